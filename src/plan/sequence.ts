import { phaseOf, type Operation, type OperationId, type Phase } from '../model/operation.ts';

const phases: readonly Phase[] = ['free', 'lower-collab', 'lower-dev', 'take', 'demote', 'group', 'group-deletion'];

/**
 * Operations whose needs are known, brought into an order that can be carried out: those that come first of all, then by phase, whoever is
 * needed first, else as they stood.
 */
export function sequence(operations: readonly Operation[], isFirst: (operation: Operation) => boolean): readonly Operation[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const rank = (operation: Operation) => (isFirst(operation) ? -1 : phases.indexOf(phaseOf(operation)));
  const placed = new Set<OperationId>();
  const ordered: Operation[] = [];
  const place = (operation: Operation) => {
    if (placed.has(operation.id)) return;
    placed.add(operation.id);
    for (const need of operation.needs) {
      const needed = byId.get(need);
      if (needed) place(needed);
    }
    ordered.push(operation);
  };
  for (const operation of operations.toSorted((a, b) => rank(a) - rank(b))) place(operation);
  return ordered;
}
