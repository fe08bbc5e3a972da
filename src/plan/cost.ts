import { daysBetween, type Day } from '../model/day.ts';
import type { Cost, SeatCount } from '../model/plan.ts';
import type { Pool, Pools } from '../model/policy.ts';

/** In what and until when is paid, and the day from which on. */
export interface Terms {
  readonly currency?: string | undefined;
  readonly termEnds?: Day | undefined;
  readonly asOf: Day;
}

/** Prices are summed as whole numbers of this part of the currency's unit: 0.1 + 0.2 would not be 0.3. */
const parts = 10_000;

/**
 * What the change of seats costs a month, and until the term ends, both days counted and a month taken as the twelfth of 365 days, rounded to
 * hundredths. Nothing where no price is known; no term where it has ended.
 */
export function costOf(
  counts: Readonly<Record<string, Pick<SeatCount, 'before' | 'after'>>>,
  pools: Pools,
  { currency, termEnds, asOf }: Terms,
): Cost | undefined {
  const priced = Object.entries(pools as Readonly<Record<string, Pool>>).filter(([, { monthlyPrice }]) => monthlyPrice !== undefined);
  if (priced.length === 0) return undefined;
  const monthly = priced.reduce((sum, [seat, { monthlyPrice = 0 }]) => {
    const { before, after } = counts[seat] ?? { before: 0, after: 0 };
    return sum + (after - before) * Math.round(monthlyPrice * parts);
  }, 0);
  const days = termEnds === undefined ? 0 : daysBetween(asOf, termEnds) + 1;
  return {
    ...(currency !== undefined && { currency }),
    monthly: monthly / parts,
    ...(termEnds !== undefined && days > 0 && { term: { ends: termEnds, total: hundredths((monthly * days * 12) / 365 / (parts / 100)) } }),
  };
}

/** So many hundredths, rounded to whole ones; nothing is 0, never -0. */
function hundredths(count: number): number {
  return Math.round(count) / 100 || 0;
}
