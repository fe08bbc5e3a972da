import { isLowerSeat } from '../model/directory.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { partOf } from './part.ts';

/**
 * The operations with nothing but the edits that an ended grant causes: a seat that is exactly what it gave falls back, a membership that it
 * gave ends. Operations that are left without an edit are gone; what only takes away needs nothing.
 */
export function onlyExpired(operations: readonly Operation[]): readonly Operation[] {
  return operations.flatMap((operation) => {
    const edits = operation.edits.filter(isDue);
    return edits.length === 0 ? [] : [{ ...partOf(operation, edits), needs: [] }];
  });
}

/** Whether an edit takes away what an ended grant gave, and nothing else. */
function isDue({ attribute, before, after, cause }: Edit): boolean {
  if (cause.via !== 'expired' || before === undefined) return false;
  return attribute === 'member' || (attribute === 'seat' && isLowerSeat(String(after), String(before)));
}
