import type { Desired } from '../model/desired.ts';
import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Selection } from '../model/plan.ts';
import { aboutExpiries, type About } from './about.ts';
import { onlyExpired } from './expired.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import type { Request } from './plan-request.ts';
import { selectTargets, targetNames, targetsOf, type Target } from './target.ts';

/** What targets are looked up in: `scope` is what of `live` is ours. */
export interface Known {
  readonly desired: Desired;
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly scope: Live;
  readonly live: Live;
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
  { targets = [], onlyExpired: expired, nearest }: Request,
  known: Known,
): Result<Selected> {
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

/** Members under the names that they still have, where the rename is not part of what is done. */
function withPresentNames(operations: readonly Operation[], all: readonly Operation[]): readonly Operation[] {
  const renamed = new Set(operations.filter(({ kind, was }) => kind === 'user' && was !== undefined).map(({ name }) => userNameOf(name)));
  const present = new Map(
    all.flatMap(({ kind, name, was }) =>
      kind === 'user' && was !== undefined && !renamed.has(userNameOf(name)) ? [[userNameOf(name), was] as const] : [],
    ),
  );
  if (present.size === 0) return operations;
  const named = (edit: Edit): Edit => {
    const was = edit.attribute === 'member' ? present.get(userNameOf(String(edit.after ?? edit.before))) : undefined;
    return was === undefined ? edit : { ...edit, ...(edit.after === undefined ? { before: was } : { after: was }) };
  };
  const renaming = (operation: Operation): Operation =>
    operation.kind === 'group' ? { ...operation, edits: operation.edits.map(named) } : operation;
  return operations.map(renaming);
}

function unknownTarget({ kind, name }: Target, { live }: Known, guess: string | undefined): Diagnostic {
  const isIgnored = kind === 'user' ? live.users.has(userNameOf(name)) : live.groups.has(groupNameOf(name));
  const message = `--target ${kind}:${name} is ${isIgnored ? 'ignored by the configuration' : 'neither declared nor live'}`;
  return { severity: 'error', code: 'E209', message, ...(guess !== undefined && !isIgnored && { help: `did you mean ${kind}:${guess}?` }) };
}
