import { phaseOf, type Operation, type OperationId } from '../model/operation.ts';

/**
 * The operations in stretches that may run side by side; between two stretches lies a barrier. A stretch ends where the phase changes,
 * and before an operation that needs one of the same stretch.
 */
export function stretches(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const done: Operation[][] = [];
  let current: Operation[] = [];
  let ids = new Set<OperationId>();
  const close = () => {
    if (current.length > 0) done.push(current);
    current = [];
    ids = new Set();
  };
  for (const operation of operations) {
    const last = current.at(-1);
    if ((last && phaseOf(last) !== phaseOf(operation)) || operation.needs.some((need) => ids.has(need))) close();
    current.push(operation);
    ids.add(operation.id);
  }
  close();
  return done;
}
