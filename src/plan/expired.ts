import type { Operation } from '../model/operation.ts';
import { partOf } from './part.ts';

/**
 * The operations with nothing but the edits that an ended grant causes: a seat that is exactly what it gave falls back, a membership that it
 * gave ends. Operations that are left without an edit are gone; what only takes away needs nothing. `others` counts what is left out or cut down.
 */
export function onlyExpired(operations: readonly Operation[]): { operations: readonly Operation[]; others: number } {
  const kept = operations.flatMap((operation) => {
    const edits = operation.edits.filter(({ cause }) => cause.via === 'expired');
    return edits.length === 0 ? [] : [{ ...partOf(operation, edits), needs: [] }];
  });
  const whole = operations.filter(({ edits }) => edits.every(({ cause }) => cause.via === 'expired')).length;
  return { operations: kept, others: operations.length - whole };
}
