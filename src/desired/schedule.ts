/**
 * What grants change on days to come, although nobody edits a file then: a plan of today cannot show it, so whoever reviews a grant has to see
 * it here. Days on which a grant starts, and the days after grants end, are compared with the day before each.
 */
import { daysAfter, type Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Cause, Desired, DesiredUser } from '../model/desired.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';
import { grantCause } from './causes.ts';
import { Concerned } from './concerned.ts';
import { resolve } from './resolve.ts';

/** Everything that grants change after `today`, the soonest first. */
export function scheduleOf(declaration: Declaration, today: Day): readonly ScheduledChange[] {
  const concerned = new Concerned(declaration);
  return [...turningDays(concerned)]
    .filter(([day]) => day > today)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, causes]) => turnsOf(concerned.only(new Set(causes.keys())), day, causes));
}

/** The turns that another schedule does not have: what is in both is nobody's change. */
export function scheduledBeyond(turns: readonly ScheduledChange[], known: readonly ScheduledChange[]): readonly ScheduledChange[] {
  const told = new Set(known.map(keyOf));
  return turns.filter((turn) => !told.has(keyOf(turn)));
}

function keyOf({ day, userName, what }: ScheduledChange): string {
  return JSON.stringify([day, userNameOf(userName), what]);
}

/** Whose grants start or end with a day, and which: of several the one that is written last. */
function turningDays({ grants }: Concerned): ReadonlyMap<Day, ReadonlyMap<UserName, Cause>> {
  const days = new Map<Day, Map<UserName, Cause>>();
  const turn = (day: Day, user: UserName, cause: Cause) => days.set(day, (days.get(day) ?? new Map<UserName, Cause>()).set(user, cause));
  for (const { user, grant } of grants) {
    if (grant.from) turn(grant.from.value, user, grantCause(grant, 'grant'));
    turn(daysAfter(grant.until.value, 1), user, grantCause(grant, 'expired'));
  }
  return days;
}

function turnsOf(declaration: Declaration, day: Day, causes: ReadonlyMap<UserName, Cause>): readonly ScheduledChange[] {
  const [before, after] = [resolve(declaration, daysAfter(day, -1)), resolve(declaration, day)];
  return [...after.users].flatMap(([key, user]) => {
    const cause = causes.get(key);
    const was = before.users.get(key);
    if (cause === undefined || was === undefined || user.wanted.active?.value === false) return [];
    const turn = (what: ScheduledChange['what']): ScheduledChange => ({ day, userName: user.userName, what, cause });
    return seatTurns(was, user)
      .concat(memberTurns(key, before, after))
      .map(turn);
  });
}

function seatTurns(was: DesiredUser, user: DesiredUser): readonly ScheduledChange['what'][] {
  const [before, after] = [landed(was), landed(user)];
  if (before === after) return [];
  return [{ seat: { ...(before !== undefined && { before }), ...(after !== undefined && { after }) } }];
}

/** Where the base is a default, the grant that ended last may say where it lands. */
function landed({ wanted: { seat }, seatDeclared, ended }: DesiredUser): string | undefined {
  return seatDeclared || seat?.cause.via === 'grant' ? seat?.value : (ended.at(-1)?.landing ?? seat?.value);
}

function memberTurns(key: UserName, before: Desired, after: Desired): readonly ScheduledChange['what'][] {
  return [...after.groups].flatMap(([name, { displayName, members }]) => {
    const [was, is] = [before.groups.get(name)?.members?.has(key) ?? false, members?.has(key) ?? false];
    return was === is ? [] : [is ? { joins: displayName } : { leaves: displayName }];
  });
}
