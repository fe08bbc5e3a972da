/**
 * What defaults and ended grants may do to somebody who is live.
 *
 * A default never lowers a seat: nobody asked for that by name. A seat that is exactly what an ended grant gave falls back, whether the base
 * is a default or an entry, and the change then rests on the grant. For a protected user neither happens: nothing but the own entry, and a
 * grant that is in force, changes such a user.
 */
import type { DesiredUser, Wanted } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isLowerSeat, sameValue, type User, type UserAttribute } from '../model/directory.ts';
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
  const { userName, wanted, seatDeclared } = desired;
  const { seat: want } = wanted;
  const have = attributes.seat;
  if (!want || have === want.value) return want;
  const landed = landingOf(desired, have);
  if (landed && isLowerSeat(landed.value, have)) {
    if (!isProtected) return landed;
    warnings.push(leftAlone(userName, landed, `a grant has ended that gave the seat ${have}`));
    return undefined;
  }
  if (seatDeclared) return want;
  // Where an ended grant said that it lands, the default has no say.
  if (want.cause.via === 'default' && hasLanded(desired, have)) return undefined;
  if (isLowerSeat(want.value, have)) {
    if (want.cause.via !== 'grant') warnings.push(keptHigher(userName, have, want));
    return undefined;
  }
  if (isProtected && want.cause.via !== 'grant') {
    warnings.push(leftAlone(userName, want, `a default would set the seat ${want.value}`));
    return undefined;
  }
  return want;
}

/** What follows where the live seat is exactly what an ended grant gave: the base or a grant in force, or where the grant said that it lands. */
function landingOf(desired: DesiredUser, have: string | undefined): Wanted<string> | undefined {
  const { wanted, seatDeclared, ended } = desired;
  const over = ended.findLast(({ value }) => value === have);
  if (!over || !wanted.seat || !isLowerSeat(wanted.seat.value, have) || hasLanded(desired, have, over.cause.until)) return undefined;
  const landing = seatDeclared || wanted.seat.cause.via === 'grant' ? undefined : over.landing;
  return { value: landing ?? wanted.seat.value, cause: over.cause };
}

/** Whether the live seat is where a grant that has ended, on this day or later, said that it lands, from above the default. */
function hasLanded({ wanted, seatDeclared, ended }: DesiredUser, have: string | undefined, since = ''): boolean {
  return (
    !seatDeclared &&
    ended.some(
      ({ value, landing, cause }) =>
        landing !== undefined && landing === have && (cause.until ?? '') >= since && isLowerSeat(wanted.seat?.value, value),
    )
  );
}

function keptHigher(userName: string, have: string | undefined, { value, cause }: Wanted<string>): Diagnostic {
  const message = `${userName} has the seat ${have}, and a default says ${value}: a default never lowers a seat`;
  return notice('warning', 'W008', message, cause, '', `write seat: ${value} in the entry to lower it, or seat: ${have} to keep it`);
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
