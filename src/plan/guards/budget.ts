import type { BudgetBasis } from '../../model/basis.ts';
import type { Operation } from '../../model/operation.ts';
import { belongingOf, budgetUse } from '../budgets.ts';
import type { Guard, Situation } from './guard.ts';
import { lifting, listing } from './wording.ts';

interface Overrun {
  readonly budget: BudgetBasis;
  readonly seat: string;
  readonly before: number;
  readonly after: number;
  readonly limit: number;
}

/** Blocks where a budget would be exceeded, or further than it is; one that already was is only warned of. */
export const budget: Guard = (situation) => {
  const overruns = overrunsOf(situation);
  const count = overruns.reduce((sum, { after, limit }) => sum + after - limit, 0);
  if (count === 0) return { guard: 'budget', outcome: 'allow', count, message: 'every budget is kept', operations: [] };
  const worse = overruns.filter(({ before, after }) => after > before);
  const fact = listing(overruns.map(overrunText));
  if (worse.length === 0)
    return { guard: 'budget', outcome: 'warn', count, message: `${fact}: already over, and no worse by this plan`, operations: [] };
  const takers = [...new Set(worse.flatMap((overrun) => takersOf(overrun, situation.operations)))];
  return {
    guard: 'budget',
    outcome: 'block',
    count,
    message: `${fact}, with ${listing(takers.map(({ name }) => name))}: lower other seats first, or raise the budget${lifting('budget', count)}`,
    operations: takers.map(({ id }) => id),
  };
};

function overrunsOf({ operations, live, basis }: Situation): Overrun[] {
  const uses = budgetUse(basis.budgets, live, operations);
  return basis.budgets.flatMap((budget, index) =>
    Object.entries(uses[index]?.seats ?? {}).flatMap(([seat, { before, after, limit }]) =>
      after > limit ? [{ budget, seat, before, after, limit }] : [],
    ),
  );
}

/** Who gets such a seat, or brings one along. */
function takersOf({ budget, seat }: Overrun, operations: readonly Operation[]): Operation[] {
  const { belonged, belongs } = belongingOf(budget, operations);
  const isNew = (present: string, before: string | undefined) => belongs(present) && !(before === seat && belonged(present));
  return operations.filter(({ kind, seat: own, name, was }) => kind === 'user' && own?.after === seat && isNew(was ?? name, own.before));
}

function overrunText({ budget, seat, before, after, limit }: Overrun): string {
  return `the budget ${budget.name} would have ${after} ${seat} seats of ${limit} (${before} now)`;
}
