import { seats } from '../../model/directory.ts';
import type { Day } from '../../model/day.ts';
import type { Verdict } from '../../model/plan.ts';
import type { Pool } from '../../model/policy.ts';
import { peaksOf, seatCounts, seatsBeyond, seatsInUse } from '../seats.ts';
import type { Guard, Situation } from './guard.ts';
import { lifting, listing, onDay } from './wording.ts';

/** A type whose seats in use would go beyond what was purchased, or further beyond it than they are. */
export interface Excess {
  readonly seat: string;
  readonly pool: Pool;
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly over: number;
  /** The names of those who get such a seat. */
  readonly takers: readonly string[];
}

/** Blocks where at any moment more seats would be in use than are there: such a seat is billed to the end of the term. */
export const pool: Guard = (situation) => {
  const excesses = excessesOf(situation);
  const remedy =
    'a seat beyond the pool is billed to the end of the term, even if it is freed a moment later: free seats in a run of their own, or correct organization.seats';
  const taking = new Set(excesses.flatMap(({ operations }) => operations.map(({ id }) => id)));
  return { ...poolVerdict(excesses, remedy), operations: [...taking] };
};

/** The verdict on the types that would go beyond their pools. */
export function poolVerdict(excesses: readonly Excess[], remedy: string, day?: Day): Verdict {
  const count = excesses.reduce((sum, { over }) => sum + over, 0);
  const about = { guard: 'pool', ...(day !== undefined && { day }), count, operations: [] };
  if (count === 0) return { ...about, outcome: 'allow', message: `no seat would be taken beyond the purchased ones${onDay(day)}` };
  const facts = excesses.map((excess) => excessText(excess, day)).join(', ');
  return { ...about, outcome: 'block', message: `${facts}; ${remedy}${lifting('pool', count, day)}` };
}

function excessesOf({ operations, live, basis }: Situation): (Excess & Pick<Situation, 'operations'>)[] {
  const inUse = seatsInUse(live);
  const peaks = peaksOf(inUse, operations);
  const counts = seatCounts(inUse, operations, basis.pools);
  const beyond = seatsBeyond(inUse, operations, basis.pools);
  const pools: Readonly<Record<string, Pool>> = basis.pools;
  return seats.toReversed().flatMap((seat) => {
    const pool = pools[seat];
    if (!pool) return [];
    const before = inUse.get(seat) ?? 0;
    const peak = peaks.get(seat) ?? 0;
    const over = beyond.get(seat) ?? 0;
    const taking = operations.filter(({ kind, seat: own }) => kind === 'user' && own?.after === seat && own.before !== seat);
    const takers = taking.map(({ name }) => name);
    return over > 0 ? [{ seat, pool, before, peak, after: counts[seat]?.after ?? 0, over, takers, operations: taking }] : [];
  });
}

function excessText({ seat, pool: { purchased, outside }, before, peak, after, takers }: Excess, day: Day | undefined): string {
  const there = outside > 0 ? `${Math.max(purchased - outside, 0)} (${purchased} purchased, ${outside} outside)` : `${purchased} purchased`;
  return `${seat} would rise from ${before} to ${peak} seats of ${there}${after < peak ? ` for a moment, and end at ${after},` : ''}${onDay(day)} with ${listing(takers)}`;
}
