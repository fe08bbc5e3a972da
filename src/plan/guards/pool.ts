import { seats } from '../../model/directory.ts';
import type { Operation } from '../../model/operation.ts';
import type { Pool } from '../../model/policy.ts';
import { peaksOf, seatCounts, seatsBeyond, seatsInUse } from '../seats.ts';
import type { Guard, Situation } from './guard.ts';
import { lifting, listing } from './wording.ts';

/** A type whose seats in use would go beyond what was purchased, or further beyond it than they are. */
interface Excess {
  readonly seat: string;
  readonly pool: Pool;
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  readonly over: number;
  readonly takers: readonly Operation[];
}

/** Blocks where at any moment more seats would be in use than are there: such a seat is billed to the end of the term. */
export const pool: Guard = (situation) => {
  const excesses = excessesOf(situation);
  const count = excesses.reduce((sum, { over }) => sum + over, 0);
  if (count === 0)
    return { guard: 'pool', outcome: 'allow', count, message: 'no seat would be taken beyond the purchased ones', operations: [] };
  const remedy =
    'a seat beyond the pool is billed to the end of the term, even if it is freed a moment later: free seats in a run of their own, or correct organization.seats';
  return {
    guard: 'pool',
    outcome: 'block',
    count,
    message: `${excesses.map(excessText).join(', ')}; ${remedy}${lifting('pool', count)}`,
    operations: [...new Set(excesses.flatMap(({ takers }) => takers.map(({ id }) => id)))],
  };
};

function excessesOf({ operations, live, basis }: Situation): Excess[] {
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
    const takers = operations.filter(({ kind, seat: own }) => kind === 'user' && own?.after === seat && own.before !== seat);
    return over > 0 ? [{ seat, pool, before, peak, after: counts[seat]?.after ?? 0, over, takers }] : [];
  });
}

function excessText({ seat, pool: { purchased, outside }, before, peak, after, takers }: Excess): string {
  const there = outside > 0 ? `${Math.max(purchased - outside, 0)} (${purchased} purchased, ${outside} outside)` : `${purchased} purchased`;
  return `${seat} would rise from ${before} to ${peak} seats of ${there}${after < peak ? ` for a moment, and end at ${after},` : ''} with ${listing(takers.map(({ name }) => name))}`;
}
