import type { OperationId } from '../../model/operation.ts';
import type { OperationDocument } from './document.ts';
import { quoted } from '../report.ts';

/** Everything that is wrong with what operations and their edits need of each other: two of one name, an unknown name, a circle. */
export function* needFaults(operations: readonly OperationDocument[]): Generator<string> {
  const known = new Set<OperationId>();
  for (const [index, { id }] of operations.entries()) {
    if (known.has(id)) yield `operations/${index} is a second ${quoted(id)}`;
    known.add(id);
  }
  for (const [index, operation] of operations.entries()) {
    const stranger = needsOf(operation).find((need) => !known.has(need));
    if (stranger !== undefined) yield `operations/${index} needs ${quoted(stranger)}, which is no operation of the plan`;
  }
  const circle = inCircle(operations);
  if (circle !== undefined) yield `${quoted(circle)} waits for itself, by what it needs`;
}

function needsOf({ needs, edits }: OperationDocument): readonly OperationId[] {
  return [...needs, ...edits.flatMap((edit) => edit.needs ?? [])];
}

/** An operation that takes part in a circle. What needs nothing is taken away, until nothing is left or all that is left needs something. */
function inCircle(operations: readonly OperationDocument[]): OperationId | undefined {
  const waiting = new Map(operations.map((operation) => [operation.id, new Set(needsOf(operation))]));
  const followers = new Map<OperationId, OperationId[]>(operations.map(({ id }) => [id, []]));
  for (const [id, needs] of waiting) for (const need of needs) followers.get(need)?.push(id);
  const free = [...waiting].flatMap(([id, needs]) => (needs.size === 0 ? [id] : []));
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    waiting.delete(id);
    for (const follower of followers.get(id) ?? []) {
      const needs = waiting.get(follower);
      needs?.delete(id);
      if (needs?.size === 0) free.push(follower);
    }
  }
  return memberOf(waiting);
}

/** Of operations that all wait for another of them, one that waits for itself: whoever follows the needs comes back to it. */
function memberOf(waiting: ReadonlyMap<OperationId, ReadonlySet<OperationId>>): OperationId | undefined {
  const seen = new Set<OperationId>();
  let [at] = waiting.keys();
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    [at] = waiting.get(at) ?? [];
  }
  return at;
}
