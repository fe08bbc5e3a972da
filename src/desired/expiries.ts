import { daysAfter, daysBetween, type Day } from '../model/day.ts';
import type { Declaration, GrantEntry, UserEntry } from '../model/declaration.ts';
import type { Desired, DesiredUser, Expiry } from '../model/desired.ts';
import { groupNameOf, seatRank, type Seat, type UserName } from '../model/directory.ts';
import { grantCause } from './causes.ts';
import { isInForce, type Grants } from './grants.ts';
import { userOf } from './users.ts';

/** How far ahead a plan looks. */
const daysAhead = 7;

/** What grants give that ends within seven days and that nothing else asks for then, the soonest first. */
export function expiriesOf(
  declaration: Declaration,
  desired: Pick<Desired, 'users' | 'groups'>,
  grants: Grants,
  day: Day,
): readonly Expiry[] {
  const soon = (grant: GrantEntry) => isInForce(grant, day) && daysBetween(day, grant.until.value) <= daysAhead;
  const entries = entriesByName(declaration);
  const seats = [...grants.seats].flatMap(([key, own]) => {
    const user = desired.users.get(key);
    const entry = entries.get(user?.userName ?? '');
    if (!user || !entry || user.wanted.active?.value === false) return [];
    const seatAfter = (until: Day) => userOf(entry, declaration.organization.defaults ?? [], own, daysAfter(until, 1));
    return own.filter(soon).flatMap((grant) => seatExpiry(grant, user, seatAfter(grant.until.value)));
  });
  const groups = [...grants.groups].flatMap(([name, given]) =>
    given.filter(({ grant }) => soon(grant)).flatMap(({ user, grant }) => groupExpiry(grant, user, desired, groupNameOf(name))),
  );
  return [...seats, ...groups].sort(byDay);
}

function seatExpiry(grant: GrantEntry, { userName, wanted, seatDeclared }: DesiredUser, after: DesiredUser): Expiry[] {
  if (!('seat' in grant.gives)) return [];
  const { seat, then } = grant.gives;
  const next = after.wanted.seat;
  const to = seatDeclared || next?.cause.via === 'grant' ? next?.value : (then?.value ?? next?.value);
  if (to === undefined) return [];
  if (wanted.seat?.value !== seat || seatRank(to) >= seatRank(seat)) return [];
  return [{ until: grant.until.value, userName, gives: { seat, to: to as Seat }, cause: grantCause(grant, 'grant') }];
}

function groupExpiry(
  grant: GrantEntry,
  user: UserName,
  { users, groups }: Pick<Desired, 'users' | 'groups'>,
  name: ReturnType<typeof groupNameOf>,
): Expiry[] {
  const [person, group] = [users.get(user), groups.get(name)];
  const asked = group?.members?.get(user)?.cause;
  if (!person || !group || asked?.via !== 'grant' || asked.until !== grant.until.value || person.wanted.active?.value === false) return [];
  return [{ until: grant.until.value, userName: person.userName, gives: { group: group.displayName }, cause: grantCause(grant, 'grant') }];
}

function entriesByName({ users }: Declaration): ReadonlyMap<string, UserEntry> {
  return new Map(users.map((entry) => [entry.userName.value, entry]));
}

function byDay(a: Expiry, b: Expiry): number {
  return a.until === b.until ? (a.userName < b.userName ? -1 : 1) : a.until < b.until ? -1 : 1;
}
