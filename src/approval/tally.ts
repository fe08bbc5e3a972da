import { changesIn, type ChangeId } from '../model/change-id.ts';
import type { OperationEvent } from '../model/event.ts';
import type { Edit, Operation, OperationId } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';
import type { OpenRow, Tally } from '../model/review.ts';
import type { Hold } from './hold.ts';

/** What is known of a change after an apply. */
interface Fate {
  readonly fate: 'failed' | 'held' | 'skipped';
  readonly reason: string;
}

/** One change of the plan that was not carried out, with the operation that it is a part of. */
export interface OpenChange extends Fate {
  readonly changeId: ChangeId;
  readonly operation: Operation;
  readonly edits: readonly Edit[];
  /** What it waits for, where nobody approved that. */
  readonly needs?: OperationId;
  /** The guard that holds it. */
  readonly guard?: string;
}

/** The changes of carried-out operations that did not take effect. */
export function openChanges(operations: readonly Operation[], events: readonly OperationEvent[]): readonly OpenChange[] {
  const fates = fatesOf(events);
  const ended = new Set(events.filter(({ type }) => type !== 'planned' && type !== 'started').map(({ operation }) => operation));
  return operations.flatMap((operation) =>
    changesIn(operation).flatMap(({ changeId, edits }) => {
      const fate = ended.has(operation.id)
        ? edits.map((edit) => fates.get(operation.id)?.get(keyOf(edit))).find((one) => one !== undefined)
        : ({ fate: 'held', reason: 'interrupted before it was started' } as const);
      return fate === undefined ? [] : [{ ...fate, changeId, operation, edits }];
    }),
  );
}

/**
 * What became of what one pull request had approved: what is neither open nor superseded is written, or was in place already. `approvalOf` gives what
 * of its approval covers a change, `total` how much it holds.
 */
export function tallyOf(
  { open, superseded, total }: { readonly open: readonly OpenChange[]; readonly superseded: readonly OpenRow[]; readonly total: number },
  approvalOf: (change: OpenChange) => ChangeId | undefined,
): Tally {
  const own = open.filter((change) => approvalOf(change) !== undefined);
  return {
    total,
    done: Math.max(0, total - superseded.length - new Set(own.map(approvalOf)).size),
    open: [...own.map(rowOf), ...superseded],
    isFailure: own.length > 0,
  };
}

/** A change that is not done, as it is shown. */
export function rowOf({ operation, edits, fate, reason, guard }: OpenChange): OpenRow {
  return { operation: { ...operation, edits }, fate, reason, ...(guard !== undefined && { guard }) };
}

/** The changes that are held, with the operations that they are a part of. */
export function heldOpen(all: readonly Operation[], holds: readonly Hold[]): readonly OpenChange[] {
  const reasons = new Map(holds.map((hold) => [hold.changeId, hold]));
  return all.flatMap((operation) =>
    changesIn(operation).flatMap(({ changeId, edits }): OpenChange[] => {
      const hold = reasons.get(changeId);
      return hold
        ? [{ fate: 'held', reason: hold.reason, changeId, operation, edits, ...(hold.guard !== undefined && { guard: hold.guard }) }]
        : [];
    }),
  );
}

function fatesOf(events: readonly OperationEvent[]): ReadonlyMap<string, ReadonlyMap<string, Fate>> {
  const fates = new Map<string, Map<string, Fate>>();
  for (const event of events) {
    const reason = event.type === 'failed' ? event.problem.message : 'because' in event ? event.because : undefined;
    if (reason === undefined) continue;
    const known = fates.get(event.operation) ?? new Map<string, Fate>();
    for (const edit of event.edits) known.set(keyOf(edit), { fate: event.type as Fate['fate'], reason });
    fates.set(event.operation, known);
  }
  return fates;
}

/** Edits are compared by what they say: what is told of an operation may be a copy. */
function keyOf({ attribute, before, after }: Edit): string {
  return JSON.stringify([attribute, before ?? null, after ?? null]);
}

/** What was wanted and could not even be tried: it needs something that was not approved. */
export function heldChanges(
  all: readonly Operation[],
  wanted: ReadonlySet<ChangeId>,
  chosen: Pick<Plan, 'operations' | 'selection'>,
): readonly OpenChange[] {
  const kept = new Set(chosen.operations.map(objectOf));
  const byId = new Map(all.map((operation) => [operation.id, operation]));
  return (chosen.selection?.held ?? []).flatMap(({ operation: id, needs }) => {
    const operation = byId.get(id);
    if (!operation) return [];
    const reason = `${needs === id ? `its ${firstOf(operation)}` : workOf(needs)} was not approved`;
    const isPart = kept.has(objectOf(operation));
    return changesIn(operation)
      .filter(({ changeId, edits }) => wanted.has(changeId) && (!isPart || edits.some((edit) => edit.needs?.includes(needs))))
      .map(({ changeId, edits }): OpenChange => ({ fate: 'held', reason, changeId, operation, edits, needs }));
  });
}

/** What of an operation has to come before all else in it. */
export function firstOf({ action }: Pick<Operation, 'action'>): string {
  return action === 'create' ? 'creation' : 'reactivation';
}

/** What an operation does, in words: `the change of ada@acme.com`. */
function workOf(id: OperationId): string {
  const [action = '', kind, ...name] = id.split(' ');
  const object = kind === 'group' ? `the group "${name.join(' ')}"` : name.join(' ');
  return `the ${works[action] ?? 'change'} of ${object}`;
}

const works: Readonly<Record<string, string>> = { create: 'creation', deactivate: 'deactivation', delete: 'deletion' };

/** Every change of operations that were not begun, for one reason. */
export function untouched(operations: readonly Operation[], reason: string): readonly OpenChange[] {
  return operations.flatMap((operation) =>
    changesIn(operation).map(({ changeId, edits }): OpenChange => ({ fate: 'held', reason, changeId, operation, edits })),
  );
}

function objectOf({ kind, ref, name }: Operation): string {
  return `${kind} ${ref?.id ?? name}`;
}
