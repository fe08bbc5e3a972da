import type { Desired } from '../model/desired.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation, Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { diffGroup } from './diff-group.ts';
import { diffUser } from './diff-user.ts';
import { liveDigest, planDigest } from './digest.ts';
import { judge } from './guards/guards.ts';
import { matchGroups, matchUsers, type GroupMatching, type UserMatching } from './match.ts';
import { arrange } from './order.ts';
import { peopleOf } from './people.ts';
import { seatCounts, seatsInUse } from './seats.ts';
import { unmanagedGroups, unmanagedUsers } from './unmanaged.ts';
import { warningsOf } from './warnings.ts';

/** What the plan records of its circumstances without weighing it. */
export interface Circumstances {
  readonly asOf: string;
  readonly config: Plan['config'];
}

/** What it takes to bring the live state to the desired one, in order, with every guard's verdict. Pure: equal input gives an equal plan. */
export function plan(desired: Desired, live: Live, policy: Policy, circumstances: Circumstances): Plan {
  const users = matchUsers(desired, live);
  const groups = matchGroups(desired, live);
  const strays = { users: unmanagedUsers(live, users.claimed, policy), groups: unmanagedGroups(live, groups.claimed, policy) };
  const userOperations = [...users.pairs.map((pair) => diffUser(pair.desired, pair.live)), ...strays.users.operations].filter(
    (one) => one !== undefined,
  );
  const memberships = diffGroups(groups, users, live, userOperations);
  const inUse = seatsInUse(live);
  const operations = arrange(
    [...userOperations, ...memberships.operations, ...strays.groups.operations],
    inUse,
    policy.pools,
    admins(live),
  );
  return {
    ...circumstances,
    operations,
    unmanaged: [...strays.users.listed, ...strays.groups.listed].sort((a, b) => (a.name < b.name ? -1 : 1)),
    guards: judge({ operations, users, groups, live, policy }),
    diagnostics: [...memberships.unresolved, ...memberships.warnings, ...warningsOf(users, groups), ...live.diagnostics].sort(byPlace),
    complete: memberships.unresolved.length + users.ambiguous.length + groups.ambiguous.length === 0,
    seats: seatCounts(inUse, operations, policy),
    live: {
      tenant: live.tenant,
      digest: liveDigest(live),
      users: count(live.users.size, live.ambiguous.users),
      groups: count(live.groups.size, live.ambiguous.groups),
      requests: live.requests,
    },
    digest: planDigest(live.tenant, operations),
  };
}

function diffGroups(groups: GroupMatching, users: UserMatching, live: Live, operations: readonly Operation[]) {
  const people = peopleOf(users, live, new Map(operations.map((operation) => [userNameOf(operation.name), operation])));
  const presentName = (name: UserName) => users.claimed.get(name) ?? name;
  const diffs = groups.pairs.map((pair) => diffGroup(pair.desired, pair.live, people, presentName));
  return {
    operations: diffs.map((diff) => diff.operation).filter((one) => one !== undefined),
    unresolved: diffs.flatMap((diff) => diff.unresolved),
    warnings: diffs.flatMap((diff) => diff.warnings),
  };
}

/** Whether an operation costs a live admin the rights: by an edit, or because the account goes. */
function admins(live: Live): (operation: Operation) => boolean {
  const ids = new Set(
    [...live.users.values()].filter((user) => user.attributes.figmaAdmin === true).map((user): string | undefined => user.ref.id),
  );
  return ({ action, ref, edits }) =>
    ids.has(ref?.id) && (action === 'deactivate' || edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.after === false));
}

function count(single: number, doubles: ReadonlyMap<unknown, readonly unknown[]>): number {
  return single + [...doubles.values()].flat().length;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [x, y] = [a.at, b.at];
  if (!x || !y) return x ? -1 : y ? 1 : 0;
  return x.file === y.file ? x.line - y.line || x.column - y.column : x.file < y.file ? -1 : 1;
}
