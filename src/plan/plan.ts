import type { Day } from '../model/day.ts';
import type { Desired } from '../model/desired.ts';
import { type Diagnostic, type Result, succeed, fail } from '../model/diagnostic.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan, Selection } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { adminsLosing } from './admins.ts';
import { basisOf } from './basis.ts';
import { byPlace } from './by-place.ts';
import { diffGroup, type Nearest } from './diff-group.ts';
import { diffUser } from './diff-user.ts';
import { onlyExpired } from './expired.ts';
import { matchGroups, matchUsers, type GroupMatching, type UserMatching } from './match.ts';
import { arrange } from './order.ts';
import { peopleOf } from './people.ts';
import { idlePatterns, protectionOf, type Protection } from './protection.ts';
import { restrain } from './restraint.ts';
import { inScope } from './scope.ts';
import { seatsInUse } from './seats.ts';
import { selectTargets, targetNames, targetsOf, type Target } from './target.ts';
import { unmanagedGroups, unmanagedUsers } from './unmanaged.ts';
import { warningsOf } from './warnings.ts';
import { weigh } from './weigh.ts';

/** What a plan is asked to be: for which day, of which configuration, and of all changes which. */
export interface Request {
  readonly asOf: Day;
  readonly config: Plan['config'];
  readonly targets?: readonly Target[];
  readonly onlyExpired?: boolean;
  /** The name among `names` that somebody who wrote `text` most likely meant. */
  readonly nearest?: Nearest;
}

/**
 * What it takes to bring the live state to the desired one, in order, with every guard's verdict; fails only for a target that nobody knows.
 * Pure: equal input gives an equal plan.
 */
export function plan(desired: Desired, live: Live, policy: Policy, request: Request): Result<Plan> {
  const scope = inScope(live, policy);
  const groups = matchGroups(desired, scope);
  const matched = matchUsers(desired, scope);
  const isProtected = protectionOf(policy.protected, matched);
  const { users, warnings } = restrained(matched, isProtected);
  const drafted = draft({ users, groups, scope, policy, isProtected, nearest: request.nearest });
  const all = arrange(drafted.operations, seatsInUse(live), policy.pools, adminsLosing(live));
  const selected = select(all, request, { desired, users, groups, scope });
  if (!selected.ok) return selected;
  const { operations, selection } = selected.value;
  // What was not asked for is not missing, and doubts about it are nobody's.
  const isPartial = selection !== undefined;
  const unresolved = isPartial ? [] : drafted.unresolved;
  const doubtful = isPartial ? 0 : users.ambiguous.length + groups.ambiguous.length;
  const basis = basisOf({ desired, live, scope, users, groups, policy, operations, onlyExpired: request.onlyExpired === true, isPartial });
  return succeed({
    asOf: request.asOf,
    config: request.config,
    operations,
    unmanaged: drafted.unmanaged,
    diagnostics: [
      ...unresolved,
      ...drafted.warnings,
      ...warnings,
      ...idlePatterns(policy.protected, users, live),
      ...warningsOf(users, groups),
      ...scope.diagnostics,
    ].sort(byPlace),
    unresolved: unresolved.length + doubtful,
    ...(selection && { selection }),
    expiries: desired.expiries,
    ...weigh({ operations, live, basis, selection, unresolved: unresolved.length + doubtful, policy, asOf: request.asOf }),
  });
}

interface Draft {
  readonly operations: readonly Operation[];
  readonly unmanaged: Plan['unmanaged'];
  readonly unresolved: readonly Diagnostic[];
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
    users: unmanagedUsers(scope, users.claimed, policy, isProtected),
    groups: unmanagedGroups(scope, groups.claimed, policy),
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

interface Known {
  readonly desired: Desired;
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly scope: Live;
}

function select(
  all: readonly Operation[],
  { targets = [], onlyExpired: expired, nearest }: Request,
  { desired, users, groups, scope }: Known,
): Result<{ operations: readonly Operation[]; selection?: Selection }> {
  const due = expired === true ? onlyExpired(all) : { operations: all, others: 0 };
  if (targets.length === 0) {
    return succeed({ operations: due.operations, ...(expired === true && { selection: { by: 'expired', others: due.others } }) });
  }
  const known = targetsOf(targets, users, groups, scope);
  if (known.unknown.length > 0) {
    return fail(...known.unknown.map((target) => unknownTarget(target, nearest?.(target.name, targetNames(target.kind, desired, scope)))));
  }
  const { operations, others } = selectTargets(due.operations, known);
  return succeed({ operations, selection: { by: 'target', others: others + due.others } });
}

function unknownTarget({ kind, name }: Target, guess: string | undefined): Diagnostic {
  const message = `--target ${kind}:${name} is neither declared nor live`;
  return { severity: 'error', code: 'E209', message, ...(guess !== undefined && { help: `did you mean ${kind}:${guess}?` }) };
}
