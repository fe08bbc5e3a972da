import type { Live } from '../../model/live.ts';
import type { Verdict } from '../../model/plan.ts';
import type { Guard } from './guard.ts';
import { listing } from './wording.ts';

/**
 * Blocks where seatform would have to guess whom an entry means. A doubt about an operation counts only while that operation is in the plan.
 * Doubles that nobody declares are only reported.
 */
export const ambiguous: Guard = ({ operations, live, basis }) => {
  const planned = new Set(operations.map(({ id }) => id));
  const doubts = basis.doubts.filter(({ operation }) => operation === undefined || planned.has(operation));
  if (doubts.length === 0) return doubles(live);
  const message = listing(
    doubts.map((doubt) => doubt.message),
    '; ',
    '; ',
  );
  const ids = doubts.map(({ operation }) => operation).filter((id) => id !== undefined);
  return { guard: 'ambiguous', outcome: 'block', count: doubts.length, message, operations: ids };
};

function doubles({ ambiguous: { users, groups } }: Live): Verdict {
  const names = [...[...users.values()].flatMap(([first]) => first?.attributes.userName ?? []), ...groups.keys()];
  const count = names.length;
  const message = count === 0 ? 'every live name is held once' : `several live objects share a name and are left alone: ${listing(names)}`;
  return { guard: 'ambiguous', outcome: count === 0 ? 'allow' : 'warn', count, message, operations: [] };
}
