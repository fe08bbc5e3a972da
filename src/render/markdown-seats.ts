import { isEmpty, type Plan } from '../model/plan.ts';
import { budgetedSeats, budgetText } from './budgets.ts';
import { codeSpan } from './markup.ts';
import { costTexts } from './money.ts';
import { seatTexts } from './totals.ts';

/** The seats before and after and what the change costs, a line each. Amounts stand as code: GitHub takes what is between two `$` for a formula. */
export function seatsOf(plan: Plan): readonly string[] {
  if (isEmpty(plan)) return [];
  const seats = seatTexts(plan);
  const lines = [
    ...(seats.length === 0 ? [] : [`**Seats** (seen by SCIM): ${seats.map(codeSpan).join(' · ')}`]),
    ...(plan.cost === undefined ? [] : [`**Cost**: ${costTexts(plan.cost).map(codeSpan).join(' · ')}`]),
  ];
  // A single line feed would join the two in a file; as paragraphs they stand apart everywhere.
  return lines.flatMap((line, index) => (index === 0 ? [line] : ['', line]));
}

/** The budgets as a table, with a column for each seat type that one of them names. */
export function budgetsOf(plan: Plan): readonly string[] {
  const seats = budgetedSeats(plan.budgets);
  if (isEmpty(plan) || seats.length === 0) return [];
  const rows = plan.budgets.map((budget) => [codeSpan(budget.name), ...seats.map((seat) => budgetText(budget, seat) ?? '')]);
  return [`| Budget | ${seats.join(' | ')} |`, `|---|${'---|'.repeat(seats.length)}`, ...rows.map((row) => `| ${row.join(' | ')} |`)];
}
