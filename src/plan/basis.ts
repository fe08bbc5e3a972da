import type { Desired } from '../model/desired.ts';
import { seatRank, userNameOf } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Basis } from '../model/basis.ts';
import type { Operation } from '../model/operation.ts';
import type { Policy } from '../model/policy.ts';
import { isMeant } from '../model/where.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import { doubtsOf } from './guards/doubts.ts';

/** What the basis is made from; `scope` is what of the live state is ours, `live` all of it. */
export interface Weighed {
  readonly desired: Desired;
  readonly live: Live;
  readonly scope: Live;
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly policy: Policy;
  readonly operations: readonly Operation[];
  readonly onlyExpired: boolean;
  /** The plan was asked to hold a part only: doubts about what it does not touch do not count. */
  readonly isPartial: boolean;
}

/** All that the guards judge by, taken from both sides before anything is judged. */
export function basisOf(weighed: Weighed): Basis {
  const { desired, live, users, groups, policy, operations, onlyExpired, isPartial } = weighed;
  const { limits, minAdmins, protected: guarded, pools, budgets } = policy;
  return {
    limits,
    minAdmins,
    protected: guarded,
    pools,
    budgets: budgets.map(({ name, where, seats }) => ({
      name,
      seats,
      users: [...desired.users].filter(([, { wanted }]) => isMeant(where, (attribute) => wanted[attribute]?.value)).map(([key]) => key),
    })),
    population: populationOf(weighed),
    declared: declaredOf(users),
    doubts: doubtsOf({ users, groups, operations, live }).filter(({ operation }) => !isPartial || operation !== undefined),
    undeclaredMembers: undeclaredMembersOf(weighed),
    onlyExpired,
  };
}

function populationOf({ scope, users, groups, policy }: Weighed): Basis['population'] {
  const declared = users.pairs.flatMap(({ live }) => (live?.attributes.active ? [live] : []));
  const others = [...scope.users].filter(([name, { attributes }]) => attributes.active && !users.claimed.has(name)).map(([, user]) => user);
  const people = policy.unmanaged.users === 'deactivate' ? [...declared, ...others] : declared;
  const managed = groups.pairs.flatMap(({ desired, live }) => (desired.members && live ? [live] : []));
  return {
    users: people.length,
    paid: people.filter(({ attributes }) => seatRank(attributes.seat) > 0).length,
    memberships: managed.reduce((sum, { members }) => sum + members.size, 0),
    groups: scope.groups.size,
  };
}

/** Somebody who is declared inactive and not live has left: nobody expects to read them. */
function declaredOf({ pairs, ambiguous }: UserMatching): Basis['declared'] {
  const missing = pairs.filter(
    ({ live, desired, rivals }) => !live && rivals.length === 0 && desired.wanted.active?.value !== false,
  ).length;
  const gone = pairs.filter(({ live, desired }) => !live && desired.wanted.active?.value === false).length;
  return { users: pairs.length + ambiguous.length - gone, missing };
}

function undeclaredMembersOf({ operations, groups, users }: Weighed): Basis['undeclaredMembers'] {
  const ruled = new Set(
    groups.pairs.filter(({ desired }) => desired.membersCause?.via === 'rule').map(({ live }): string | undefined => live?.ref.id),
  );
  const declared = new Set([...users.pairs, ...users.ambiguous].map(({ key }) => key));
  return operations
    .filter(({ kind, ref }) => kind === 'group' && ref && ruled.has(ref.id))
    .flatMap(({ id, edits }) =>
      edits
        .filter(({ attribute, before, after }) => attribute === 'member' && before !== undefined && after === undefined)
        .map(({ before }) => ({ user: userNameOf(String(before)), operation: id }))
        .filter(({ user }) => !declared.has(user)),
    );
}
