import type { Day } from '../../model/day.ts';
import type { Basis } from '../../model/basis.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../../model/live.ts';
import type { Operation } from '../../model/operation.ts';
import type { Plan } from '../../model/plan.ts';

/** Former names of entries → their present names, in any spelling. */
export interface DeclaredNames {
  readonly users: ReadonlyMap<UserName, string>;
  readonly groups: ReadonlyMap<GroupName, string>;
}

/** A group once the plan is carried out. `unlisted` counts its members that no listed user is. */
interface GroupFacts {
  readonly members: ReadonlySet<UserName>;
  readonly unlisted: number;
}

/** What days to come are judged by: the state once a plan is carried out, under the names that the entries have, and the limits and pools. */
export interface DayFacts {
  readonly asOf: Day;
  readonly basis: Pick<Basis, 'limits' | 'pools' | 'population' | 'protected'>;
  /** Everybody who is active, with the seat in use, where one is known. */
  readonly seats: ReadonlyMap<UserName, string | undefined>;
  readonly groups: ReadonlyMap<GroupName, GroupFacts>;
  /** Seats in use by type, those of undeclared and ambiguous users included. */
  readonly inUse: ReadonlyMap<string, number>;
}

/** The facts after a plan, which was made on this live state. */
export function dayFacts({ asOf, basis, operations, seats }: Plan, live: Live, names: DeclaredNames): DayFacts {
  const users = operations.filter(({ kind }) => kind === 'user');
  const groups = operations.filter(({ kind }) => kind === 'group');
  const userName = namer(users, live.users, names.users, userNameOf);
  return {
    asOf,
    basis,
    seats: seatsAfter(users, live, userName),
    groups: groupsAfter(groups, live, userName, namer(groups, live.groups, names.groups, groupNameOf)),
    inUse: new Map(Object.entries(seats).map(([seat, { after }]) => [seat, after])),
  };
}

/** What an object that is live under a name is called by its entry: a renamed one by its new name, whether the plan renames it or not. */
function namer<N extends string>(
  operations: readonly Operation[],
  live: ReadonlyMap<N, LiveUser | LiveGroup>,
  declared: ReadonlyMap<N, string>,
  comparable: (name: string) => N,
): ReadonlyMap<N, N> {
  const waiting = [...declared]
    .map(([was, name]) => [was, comparable(name)] as const)
    .filter(([was, name]) => live.has(was) && !live.has(name));
  const renamed = operations.flatMap(({ name, was }) => (was === undefined ? [] : [[comparable(was), comparable(name)] as const]));
  return new Map([...waiting, ...renamed]);
}

function seatsAfter(operations: readonly Operation[], live: Live, names: ReadonlyMap<UserName, UserName>): DayFacts['seats'] {
  const changed = new Map(operations.map((operation) => [userNameOf(operation.was ?? operation.name), operation]));
  const seats = new Map<UserName, string | undefined>();
  for (const [name, { attributes }] of live.users) {
    const operation = changed.get(name);
    const isActive = operation?.edits.find(({ attribute }) => attribute === 'active')?.after ?? attributes.active;
    if (isActive === true) seats.set(names.get(name) ?? name, operation ? operation.seat?.after : attributes.seat);
  }
  for (const { action, name, seat } of operations) if (action === 'create') seats.set(userNameOf(name), seat?.after);
  return seats;
}

function groupsAfter(
  operations: readonly Operation[],
  live: Live,
  userNames: ReadonlyMap<UserName, UserName>,
  names: ReadonlyMap<GroupName, GroupName>,
): DayFacts['groups'] {
  const changed = new Map(operations.map((operation) => [groupNameOf(operation.was ?? operation.name), operation]));
  const groups = new Map<GroupName, GroupFacts>();
  for (const [name, { members, strangers }] of live.groups) {
    const operation = changed.get(name);
    if (operation?.action !== 'delete')
      groups.set(names.get(name) ?? name, { members: membersAfter(members, operation, userNames), unlisted: strangers });
  }
  for (const operation of operations) {
    if (operation.action !== 'create') continue;
    groups.set(groupNameOf(operation.name), { members: membersAfter(new Set(), operation, userNames), unlisted: 0 });
  }
  return groups;
}

/** The members under the names of their entries; the set itself where nothing changes in it. */
function membersAfter(
  members: ReadonlySet<UserName>,
  operation: Operation | undefined,
  names: ReadonlyMap<UserName, UserName>,
): ReadonlySet<UserName> {
  const edits = operation?.edits.filter(({ attribute }) => attribute === 'member') ?? [];
  if (edits.length === 0 && ![...names.keys()].some((name) => members.has(name))) return members;
  const after = new Set([...members].map((member) => names.get(member) ?? member));
  // A member is called by the new name in a plan that renames, by the present one in a plan that does not.
  const nameOf = (value: unknown) => {
    const name = userNameOf(String(value));
    return after.has(name) ? name : (names.get(name) ?? name);
  };
  for (const { before, after: added } of edits) {
    if (before !== undefined) after.delete(nameOf(before));
    if (added !== undefined) after.add(nameOf(added));
  }
  return after;
}
