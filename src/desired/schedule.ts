/**
 * What grants change on days to come, although nobody edits a file then: a plan of today cannot show it, so whoever reviews a grant has to see
 * it here. Days on which a grant starts, and the days after grants end, are compared with the day before each.
 */
import { daysAfter, type Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Cause, Desired, DesiredUser } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { ScheduledChange } from '../model/review.ts';
import { grantCause } from './causes.ts';
import { presentNames } from './grants.ts';
import { resolve } from './resolve.ts';

/** Everything that grants change after `today`, the soonest first. */
export function scheduleOf(declaration: Declaration, today: Day): readonly ScheduledChange[] {
  const granted = grantedOnly(declaration);
  const days = new Set(granted.grants.flatMap(({ from, until }) => [...(from ? [from.value] : []), daysAfter(until.value, 1)]));
  const ahead = [...days].filter((day) => day > today).sort();
  return ahead.flatMap((day) => turnsOf(granted, day));
}

/** The turns that another schedule does not have: what is in both is nobody's change. */
export function scheduledBeyond(turns: readonly ScheduledChange[], known: readonly ScheduledChange[]): readonly ScheduledChange[] {
  const told = new Set(known.map(keyOf));
  return turns.filter((turn) => !told.has(keyOf(turn)));
}

function keyOf({ day, userName, what }: ScheduledChange): string {
  return JSON.stringify([day, userNameOf(userName), what]);
}

/** The declaration without the users and groups that no grant concerns: nothing changes for them by itself. */
function grantedOnly(declaration: Declaration): Declaration {
  const present = presentNames(declaration);
  const lent = new Set(
    declaration.grants.flatMap(({ gives }) =>
      'group' in gives ? [groupNameOf(present.groups.get(groupNameOf(gives.group.value)) ?? gives.group.value)] : [],
    ),
  );
  const groups = declaration.groups.filter(
    ({ displayName, membersWhere }) => lent.has(groupNameOf(displayName.value)) || membersWhere?.value.has('seat') === true,
  );
  const granted = new Set(declaration.grants.map(({ user }) => userNameOf(present.users.get(userNameOf(user.value)) ?? user.value)));
  const users = declaration.users.filter(({ userName }) => granted.has(userNameOf(userName.value)));
  return { ...declaration, users, groups };
}

function turnsOf(declaration: Declaration, day: Day): readonly ScheduledChange[] {
  const eve = daysAfter(day, -1);
  const [before, after] = [resolve(declaration, eve), resolve(declaration, day)];
  const causes = causesOf(declaration, eve, day);
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

/** Whose grants start or end with the day, and which. */
function causesOf(declaration: Declaration, eve: Day, day: Day): ReadonlyMap<UserName, Cause> {
  const present = presentNames(declaration);
  const turning = declaration.grants.filter(({ from, until }) => from?.value === day || until.value === eve);
  return new Map(
    turning.map((grant) => {
      const name = userNameOf(present.users.get(userNameOf(grant.user.value)) ?? grant.user.value);
      return [name, grantCause(grant, grant.until.value === eve ? 'expired' : 'grant')];
    }),
  );
}
