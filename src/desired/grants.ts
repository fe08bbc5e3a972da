import type { Day } from '../model/day.ts';
import type { Declaration, GrantEntry } from '../model/declaration.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';

/** The grants by whom and what they are for, under present names: a grant may name a person or group as they were called before. */
export interface Grants {
  readonly seats: ReadonlyMap<UserName, readonly GrantEntry[]>;
  readonly groups: ReadonlyMap<GroupName, readonly { readonly user: UserName; readonly grant: GrantEntry }[]>;
}

/** Former names → present names, in the declared spelling. */
export interface PresentNames {
  readonly users: ReadonlyMap<UserName, string>;
  readonly groups: ReadonlyMap<GroupName, string>;
}

export function presentNames({ users, groups }: Pick<Declaration, 'users' | 'groups'>): PresentNames {
  return {
    users: new Map(
      users.flatMap(({ userName, previously }) => previously.map(({ value }) => [userNameOf(value), userName.value] as const)),
    ),
    groups: new Map(
      groups.flatMap(({ displayName, previously }) => previously.map(({ value }) => [groupNameOf(value), displayName.value] as const)),
    ),
  };
}

export function grantsOf(grants: readonly GrantEntry[], present: PresentNames): Grants {
  const seats = new Map<UserName, GrantEntry[]>();
  const groups = new Map<GroupName, { readonly user: UserName; readonly grant: GrantEntry }[]>();
  for (const grant of grants) {
    const user = userNameOf(present.users.get(userNameOf(grant.user.value)) ?? grant.user.value);
    if ('seat' in grant.gives) {
      seats.set(user, [...(seats.get(user) ?? []), grant]);
      continue;
    }
    const name = grant.gives.group.value;
    const group = groupNameOf(present.groups.get(groupNameOf(name)) ?? name);
    const known = groups.get(group);
    if (known) known.push({ user, grant });
    else groups.set(group, [{ user, grant }]);
  }
  return { seats, groups };
}

export function isInForce({ from, until }: GrantEntry, day: Day): boolean {
  return (from === undefined || from.value <= day) && day <= until.value;
}

export function hasEnded({ until }: GrantEntry, day: Day): boolean {
  return until.value < day;
}
