import type { Plan } from '../../src/model/plan.ts';
import { changesOf } from '../../src/render/totals.ts';

/** The outputs that say what a plan holds. */
export function figuresOf(plan: Plan): Readonly<Record<string, string>> {
  const { create, change, deactivate, delete: gone } = changesOf(plan.operations.map(({ id }) => id));
  const deltas = Object.entries(plan.seats).map(([seat, { before, after }]): [string, number] => [seat, after - before]);
  return {
    changes: String(plan.operations.length > 0),
    'to-create': String(create),
    'to-change': String(change),
    'to-deactivate': String(deactivate),
    'to-delete': String(gone),
    'seats-delta': JSON.stringify(Object.fromEntries(deltas.filter(([, delta]) => delta !== 0))),
  };
}

/** What grants give that ends within seven days, as JSON: the last day, who, and which seat or group. */
export function dueSoon({ expiries }: Pick<Plan, 'expiries'>): string {
  return JSON.stringify(expiries.map(({ until, userName, gives }) => ({ until, user: userName, ...gives })));
}
