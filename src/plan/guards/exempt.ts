import { changesIn, type ChangeId } from '../../model/change-id.ts';
import type { Operation } from '../../model/operation.ts';

/**
 * What the limits count of the operations: each without the edits whose change was judged on an earlier day already; an operation that is left
 * without any is gone. Name and action stay those of the operation as it is carried out.
 */
export function countedOperations(operations: readonly Operation[], exempt: readonly ChangeId[] = []): readonly Operation[] {
  if (exempt.length === 0) return operations;
  const isExempt = new Set(exempt);
  return operations.flatMap((operation) => {
    const changes = changesIn(operation);
    const left = changes.filter(({ changeId }) => !isExempt.has(changeId));
    if (left.length === changes.length) return [operation];
    const edits = new Set(left.flatMap((change) => change.edits));
    return left.length === 0 ? [] : [{ ...operation, edits: operation.edits.filter((edit) => edits.has(edit)) }];
  });
}

/** The exempt changes that are in the operations, sorted: all that a plan has to remember of them. */
export function exemptAmong(operations: readonly Operation[], exempt: ReadonlySet<ChangeId> | undefined): readonly ChangeId[] {
  if (exempt === undefined || exempt.size === 0) return [];
  const found = operations.flatMap((operation) => changesIn(operation).map(({ changeId }) => changeId)).filter((id) => exempt.has(id));
  return [...new Set(found)].sort();
}
