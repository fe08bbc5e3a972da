import { seats } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { SeatCount } from '../model/plan.ts';
import type { Pool, Pools } from '../model/policy.ts';
import { everybody } from './guards/everybody.ts';

/** The seats that active users hold, by type: what SCIM can see. Live objects of one name count too: each holds its seat. */
export function seatsInUse(live: Live): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { attributes } of everybody(live)) step(counts, attributes.seat, 1);
  return counts;
}

/**
 * Seats in use before and after the operations, dearest first, and the peak between where that is more than both; a type that nobody uses and
 * nobody purchased is left out.
 */
export function seatCounts(
  inUse: ReadonlyMap<string, number>,
  operations: readonly Operation[],
  pools: Pools,
): Readonly<Record<string, SeatCount>> {
  const after = new Map(inUse);
  for (const operation of operations) carryOut(after, operation);
  const peaks = peaksOf(inUse, operations);
  const bought: Readonly<Record<string, Pool>> = pools;
  const known: readonly string[] = seats;
  const others = [...peaks.keys()].filter((seat) => !known.includes(seat)).sort();
  const types = [...known.toReversed(), ...others].filter((seat) => peaks.has(seat) || bought[seat]);
  return Object.fromEntries(
    types.map((seat) => [seat, countOf(inUse.get(seat) ?? 0, after.get(seat) ?? 0, peaks.get(seat) ?? 0, bought[seat])]),
  );
}

/**
 * The most seats of each type in use at any moment of an apply in plan order. Doing the operations one by one is the worst case: whatever
 * frees a seat is a phase of its own before what takes it, and where both are in one phase the taker waits.
 */
export function peaksOf(inUse: ReadonlyMap<string, number>, operations: readonly Operation[]): ReadonlyMap<string, number> {
  const now = new Map(inUse);
  const peaks = new Map(inUse);
  for (const operation of operations) {
    carryOut(now, operation);
    for (const [seat, count] of now) peaks.set(seat, Math.max(peaks.get(seat) ?? 0, count));
  }
  return peaks;
}

/** By how many seats an apply in plan order goes beyond what is there, or further beyond it than it is; types with room are left out. */
export function seatsBeyond(
  inUse: ReadonlyMap<string, number>,
  operations: readonly Operation[],
  pools: Pools,
): ReadonlyMap<string, number> {
  const peaks = peaksOf(inUse, operations);
  const over = Object.entries(pools).map(([seat, { purchased, outside }]): [string, number] => {
    return [seat, (peaks.get(seat) ?? 0) - Math.max(purchased - outside, inUse.get(seat) ?? 0)];
  });
  return new Map(over.filter(([, count]) => count > 0));
}

function carryOut(counts: Map<string, number>, { kind, seat }: Operation): void {
  if (kind !== 'user') return;
  step(counts, seat?.before, -1);
  step(counts, seat?.after, 1);
}

function step(counts: Map<string, number>, seat: string | undefined, by: number): void {
  if (seat !== undefined) counts.set(seat, (counts.get(seat) ?? 0) + by);
}

function countOf(before: number, after: number, peak: number, pool: Pool | undefined): SeatCount {
  return {
    before,
    after,
    ...(pool && { purchased: pool.purchased, outside: pool.outside, ...(peak > Math.max(before, after) && { peak }) }),
  };
}
