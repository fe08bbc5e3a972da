import { reportOf, type ApplyEvent, type OperationEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';

/** The events of a plan that a guard blocks: everything is planned, everything is held with the guards that block, and that is all. */
export function* refuse(
  { operations, guards, unresolved }: Pick<Plan, 'operations' | 'guards' | 'unresolved'>,
  now: () => Date,
): Generator<ApplyEvent> {
  const because = `blocked by ${guards
    .filter(({ outcome }) => outcome === 'block')
    .map(({ guard, count, day }) => `${guard} (${count}${day === undefined ? '' : ` on ${day}`})`)
    .join(', ')}`;
  const at = () => now().toISOString();
  const events = [
    ...operations.map(({ id, edits }): OperationEvent => ({ type: 'planned', at: at(), operation: id, edits })),
    ...operations.map(({ id, edits }): OperationEvent => ({ type: 'held', at: at(), operation: id, edits, because })),
  ];
  yield* events;
  yield { type: 'summary', at: at(), report: reportOf(events, { omitted: unresolved > 0 }) };
}
