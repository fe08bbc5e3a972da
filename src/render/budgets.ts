import { seats, type Seat } from '../model/directory.ts';
import type { BudgetUse } from '../model/plan.ts';

/** The seat types that a budget names, highest first. */
export function budgetedSeats(budgets: readonly BudgetUse[]): readonly Seat[] {
  return seats.toReversed().filter((seat) => budgets.some((budget) => budget.seats[seat] !== undefined));
}

/** How many seats of one type the people of a budget use: `9 → 11 of 10 (1 over)`; nothing where the budget does not name the type. */
export function budgetText({ seats }: BudgetUse, seat: Seat): string | undefined {
  const use = seats[seat];
  if (use === undefined) return undefined;
  const over = use.after - use.limit;
  return `${use.before} → ${use.after} of ${use.limit}${over > 0 ? ` (${over} over)` : ''}`;
}
