import type { ChangeId } from '../model/change-id.ts';
import { seatRank, userNameOf } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Basis } from '../model/basis.ts';
import type { Operation } from '../model/operation.ts';
import type { Policy } from '../model/policy.ts';
import { narrowed, type About } from './about.ts';
import { budgetBasisOf } from './budget-basis.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import { doubtsOf } from './guards/doubts.ts';
import { countedOperations, exemptAmong } from './guards/exempt.ts';
import { lowerLimits } from './lower-limits.ts';

/** What the basis is made from; `scope` is what of the live state is ours, `live` all of it. */
export interface Weighed {
  readonly live: Live;
  readonly scope: Live;
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly policy: Policy;
  readonly operations: readonly Operation[];
  readonly onlyExpired: boolean;
  readonly exempt?: ReadonlySet<ChangeId>;
  /** The protected, by patterns in comparable form. */
  readonly guarded: readonly string[];
  /** Whom and what the plan is about, where it is a part only: doubts about others do not count. */
  readonly about?: About;
}

/** All that the guards judge by, taken from both sides before anything is judged. */
export function basisOf(weighed: Weighed): Basis {
  const { live, users, groups, policy, operations, onlyExpired, guarded, about } = weighed;
  const { limits, minAdmins, pools, budgets } = policy;
  const exempt = exemptAmong(operations, weighed.exempt);
  const basis: Basis = {
    limits,
    minAdmins,
    protected: guarded,
    pools,
    budgets: budgetBasisOf(budgets, users, operations),
    population: populationOf(weighed),
    declared: declaredOf(users),
    doubts: doubtsOf({ users: narrowed(users, about?.users), groups: narrowed(groups, about?.groups), operations, live }),
    undeclaredMembers: undeclaredMembersOf(weighed),
    onlyExpired,
    ...(exempt.length > 0 && { exempt }),
  };
  return { ...basis, limits: lowerLimits(policy, { operations, counted: countedOperations(operations, basis.exempt), live, basis }) };
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
        .filter(({ user }) => !declared.has(user) && !users.claimed.has(user)),
    );
}
