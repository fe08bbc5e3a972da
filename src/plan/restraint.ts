/**
 * What defaults and ended grants may do to somebody who is live.
 *
 * A default never lowers a seat: nobody asked for that by name. A seat that is exactly what an ended grant gave falls back, whether the base
 * is a default or an entry, and the change then rests on the grant. For a protected user neither happens: nothing but the own entry, and a
 * grant that is in force, changes such a user.
 */
import type { DesiredUser, Wanted } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { sameValue, seatRank, type User, type UserAttribute } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import { staysActive } from './diff-user.ts';
import { notice } from './warnings.ts';

export interface Restrained {
  readonly desired: DesiredUser;
  readonly warnings: readonly Diagnostic[];
}

/** The same wishes without those that may not be carried out, and a warning for each that would have changed something. */
export function restrain(desired: DesiredUser, live: LiveUser | undefined, isProtected: boolean): Restrained {
  if (!live || !staysActive(desired, live)) return { desired, warnings: [] };
  const warnings: Diagnostic[] = [];
  const wanted: Record<string, Wanted<string | boolean>> = {};
  for (const [name, wish] of Object.entries(desired.wanted)) {
    const attribute = name as Exclude<UserAttribute, 'userName'>;
    const kept =
      attribute === 'seat'
        ? seatWish(desired, live, isProtected, warnings)
        : ownWish(desired, wish, live, attribute, isProtected, warnings);
    if (kept) wanted[name] = kept;
  }
  return { desired: { ...desired, wanted }, warnings };
}

function ownWish(
  { userName }: DesiredUser,
  wish: Wanted<string | boolean>,
  { attributes }: LiveUser,
  attribute: keyof User,
  isProtected: boolean,
  warnings: Diagnostic[],
): Wanted<string | boolean> | undefined {
  if (wish.cause.via !== 'default' || !isProtected) return wish;
  if (!sameValue(attribute, wish.value, attributes[attribute]))
    warnings.push(leftAlone(userName, wish, `a default would set ${attribute}`));
  return undefined;
}

function seatWish(
  desired: DesiredUser,
  { attributes }: LiveUser,
  isProtected: boolean,
  warnings: Diagnostic[],
): Wanted<string> | undefined {
  const { userName, wanted, seatDeclared, ended } = desired;
  const { seat: want } = wanted;
  const have = attributes.seat;
  if (!want || have === want.value) return want;
  const lowers = have !== undefined && (seatRank(have) === -1 || seatRank(want.value) < seatRank(have));
  const over = lowers && ended.findLast(({ value }) => value === have);
  if (over) {
    if (!isProtected) return { value: want.value, cause: over.cause };
    warnings.push(leftAlone(userName, over, `a grant has ended that gave the seat ${have}`));
    return undefined;
  }
  if (seatDeclared) return want;
  if (lowers) {
    const message = `${userName} has the seat ${have}, and a default says ${want.value}: a default never lowers a seat`;
    warnings.push(
      notice('warning', 'W008', message, want.cause, '', `write seat: ${want.value} in the entry to lower it, or seat: ${have} to keep it`),
    );
    return undefined;
  }
  if (isProtected && want.cause.via !== 'grant') {
    warnings.push(leftAlone(userName, want, `a default would set the seat ${want.value}`));
    return undefined;
  }
  return want;
}

/** That a protected user is not changed, though something other than the own entry asks for it. */
export function leftAlone(userName: string, { cause }: Pick<Wanted<unknown>, 'cause'>, reason: string): Diagnostic {
  return notice(
    'warning',
    'W007',
    `${userName} is protected and left alone: ${reason}`,
    cause,
    '',
    'say it in the user’s own entry if it is meant',
  );
}
