import { isEmpty, type Plan } from '../../model/plan.ts';
import { codeSpan } from '../markup.ts';
import { costTexts } from '../money.ts';
import { seatTexts } from '../totals.ts';

/** Seats and cost of a plan in one line. Amounts are code: GitHub takes what is between two `$` for a formula. */
export function seatsLine(own: Plan): readonly string[] {
  if (isEmpty(own)) return [];
  const cost = own.cost === undefined ? [] : costTexts(own.cost).map((text) => `**${codeSpan(text)}**`);
  const parts = [...seatTexts(own).map(codeSpan), ...cost];
  return parts.length === 0 ? [] : [`**Seats** ${parts.join(' · ')}`];
}
