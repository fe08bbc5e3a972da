import type { Desired } from '../model/desired.ts';
import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { Selection } from '../model/plan.ts';
import { aboutExpiries, type About } from './about.ts';
import { selectApproved, type Approvals } from './approved.ts';
import { onlyExpired } from './expired.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import type { Request } from './plan-request.ts';
import { withPresentNames } from './present-names.ts';
import { selectTargets, targetNames, targetsOf, type Target } from './target.ts';

/** What targets are looked up in: `scope` is what of `live` is ours. */
export interface Known {
  readonly desired: Desired;
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly scope: Live;
  readonly live: Live;
  readonly approvals: Omit<Approvals, 'approved'>;
}

/** The operations that were asked for. `selection` and `about` are absent where all are. */
export interface Selected {
  readonly operations: readonly Operation[];
  readonly selection?: Selection;
  readonly about?: About;
}

/** The part of all operations that a request asks for; fails for a target that nobody knows. */
export function select(
  all: readonly Operation[],
  { targets = [], onlyExpired: expired, approved, nearest }: Request,
  known: Known,
): Result<Selected> {
  if (approved) return succeed(selectApproved(all, { ...known.approvals, approved }));
  if (targets.length === 0) {
    if (expired !== true) return succeed({ operations: all });
    const due = onlyExpired(all);
    return succeed({
      operations: withPresentNames(due, all),
      selection: { by: 'expired', others: left(all, due) },
      about: aboutExpiries(known.desired),
    });
  }
  const found = targetsOf(targets, known.users, known.groups, known.scope);
  if (found.unknown.length > 0) {
    return fail(
      ...found.unknown.map((target) =>
        unknownTarget(target, known, nearest?.(target.name, targetNames(target.kind, known.desired, known.scope))),
      ),
    );
  }
  const chosen = selectTargets(all, found);
  const operations = expired === true ? onlyExpired(chosen) : chosen;
  const about = { users: found.users as ReadonlySet<UserName>, groups: found.groups as ReadonlySet<GroupName> };
  return succeed({ operations: withPresentNames(operations, all), selection: { by: 'target', others: left(all, operations) }, about });
}

/** How many operations are not, or not wholly, among those that were chosen. */
function left(all: readonly Operation[], chosen: readonly Operation[]): number {
  const edits = new Map(chosen.map((operation) => [operation.id, operation.edits.length]));
  return all.filter((operation) => edits.get(operation.id) !== operation.edits.length).length;
}

function unknownTarget({ kind, name }: Target, { live }: Known, guess: string | undefined): Diagnostic {
  const isIgnored = kind === 'user' ? live.users.has(userNameOf(name)) : live.groups.has(groupNameOf(name));
  const message = `--target ${kind}:${name} is ${isIgnored ? 'ignored by the configuration' : 'neither declared nor live'}`;
  return { severity: 'error', code: 'E209', message, ...(guess !== undefined && !isIgnored && { help: `did you mean ${kind}:${guess}?` }) };
}
