import type { Basis } from '../model/basis.ts';
import type { Desired, Expiry } from '../model/desired.ts';
import { type Diagnostic, type Result, succeed } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { narrowed, nobody, withOperations } from './about.ts';
import { approvalsOf } from './approvals.ts';
import { basisOf } from './basis.ts';
import { byPlace } from './by-place.ts';
import { diffGroup, type Nearest, type Unresolved } from './diff-group.ts';
import { diffUser } from './diff-user.ts';
import { matchGroups, matchUsers, type GroupMatching, type UserMatching } from './match.ts';
import { peopleOf } from './people.ts';
import { idlePatterns, protectedPatterns, protectionOf, type Protection } from './protection.ts';
import { restrain } from './restraint.ts';
import { inScope } from './scope.ts';
import { select } from './select.ts';
import type { Request } from './plan-request.ts';
import { unmanagedGroups, unmanagedUsers } from './unmanaged.ts';
import { warningsOf } from './warnings.ts';
import { weigh } from './weigh.ts';

/**
 * What it takes to bring the live state to the desired one, in order, with every guard's verdict; fails only for a target that nobody knows.
 * Pure: equal input gives an equal plan.
 */
export function plan(desired: Desired, live: Live, policy: Policy, request: Request): Result<Plan> {
  const scope = inScope(live, policy);
  const groups = matchGroups(desired, scope);
  const matched = matchUsers(desired, scope);
  const guarded = protectedPatterns(policy.protected, matched);
  const isProtected = protectionOf(guarded);
  const { users, warnings } = restrained(matched, isProtected);
  const drafted = draft({ users, groups, scope, policy, isProtected, nearest: request.nearest });
  const approvals = approvalsOf(live, policy);
  const selected = select(approvals.arranged(drafted.operations), request, { desired, users, groups, scope, live, approvals });
  if (!selected.ok) return selected;
  const { operations, selection, about } = selected.value;
  // What was not asked for is not missing, and doubts about it are nobody's.
  const gaps = drafted.unresolved.filter(
    ({ member, group }) =>
      !about || (selection?.by === 'target' && (about.groups.has(groupNameOf(group)) || about.users.has(userNameOf(member)))),
  );
  const unresolved = gaps.length + narrowed(users, about?.users).ambiguous.length + narrowed(groups, about?.groups).ambiguous.length;
  const weighed = { live, scope, users, groups, policy, operations, guarded };
  const basis = basisOf({
    ...weighed,
    onlyExpired: request.onlyExpired === true,
    ...(request.exempt && { exempt: request.exempt }),
    ...((about || selection) && { about: withOperations(about ?? nobody, operations) }),
  });
  return succeed({
    asOf: request.asOf,
    config: request.config,
    operations,
    unmanaged: drafted.unmanaged,
    diagnostics: [
      ...gaps.map(({ diagnostic }) => diagnostic),
      ...drafted.warnings,
      ...warnings,
      ...idlePatterns(policy.protected, users, live),
      ...idleBudgets(basis),
      ...warningsOf(users, groups),
      ...scope.diagnostics,
    ].sort(byPlace),
    unresolved,
    ...(selection && { selection }),
    expiries: heldExpiries(desired.expiries, users),
    ...weigh({ operations, live, basis, selection, unresolved, policy, asOf: request.asOf }),
  });
}

interface Draft {
  readonly operations: readonly Operation[];
  readonly unmanaged: Plan['unmanaged'];
  readonly unresolved: readonly Unresolved[];
  readonly warnings: readonly Diagnostic[];
}

/** What a draft is made from: who is who, within what is ours. */
interface Matched {
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly scope: Live;
  readonly policy: Policy;
  readonly isProtected: Protection;
  readonly nearest: Nearest | undefined;
}

function draft(matched: Matched): Draft {
  const { users, groups, scope, policy, isProtected } = matched;
  const strays = {
    users: unmanagedUsers(scope, users, policy, isProtected),
    groups: unmanagedGroups(scope, groups, policy),
  };
  const own = users.pairs.map((pair) => diffUser(pair.desired, pair.live)).filter((one) => one !== undefined);
  const userOperations = [...own, ...strays.users.operations];
  const memberships = diffGroups(matched, userOperations);
  return {
    operations: [...userOperations, ...memberships.operations, ...strays.groups.operations],
    unmanaged: [...strays.users.listed, ...strays.groups.listed].sort((a, b) => (a.name < b.name ? -1 : 1)),
    unresolved: memberships.unresolved,
    warnings: [...memberships.warnings, ...strays.users.warnings],
  };
}

/** The same matching with every wish reduced to what may be carried out. */
function restrained(users: UserMatching, isProtected: Protection): { users: UserMatching; warnings: readonly Diagnostic[] } {
  const warnings: Diagnostic[] = [];
  const pairs = users.pairs.map((pair) => {
    const { desired, warnings: own } = restrain(pair.desired, pair.live, isProtected(pair.key));
    warnings.push(...own);
    return { ...pair, desired };
  });
  return { users: { ...users, pairs }, warnings };
}

function diffGroups({ users, groups, scope, isProtected, nearest }: Matched, operations: readonly Operation[]) {
  const people = peopleOf(users, scope, new Map(operations.map((operation) => [userNameOf(operation.name), operation])), isProtected);
  const presentName = (name: UserName) => users.claimed.get(name) ?? name;
  const diffs = groups.pairs.map((pair) => diffGroup(pair.desired, pair.live, people, presentName, nearest));
  return {
    operations: diffs.map((diff) => diff.operation).filter((one) => one !== undefined),
    unresolved: diffs.flatMap((diff) => diff.unresolved),
    warnings: diffs.flatMap((diff) => diff.warnings),
  };
}

/** A warning for each budget that counts nobody: a slip in its `where` would limit nothing. */
function idleBudgets({ budgets }: Basis): readonly Diagnostic[] {
  return budgets
    .filter(({ users, leaving }) => users.length + leaving.length === 0)
    .map(({ name }) => ({
      severity: 'warning',
      code: 'W011',
      message: `the budget "${name}" counts nobody: no declared user has what its \`where\` names`,
      help: 'correct the values under `where`: they are compared as they stand, with case',
    }));
}

/** The endings of what users have once the plan is carried out: a seat that is higher than the granted one stays. */
function heldExpiries(expiries: readonly Expiry[], { pairs }: UserMatching): readonly Expiry[] {
  if (expiries.length === 0) return expiries;
  const seats = new Map(pairs.map(({ key, desired, live }) => [key, desired.wanted.seat?.value ?? live?.attributes.seat]));
  return expiries.filter(({ userName, gives }) => {
    const key = userNameOf(userName);
    return !('seat' in gives) || !seats.has(key) || seats.get(key) === gives.seat;
  });
}
