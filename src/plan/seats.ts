import { seats } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation, SeatCount } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';

/** The seats that active users hold, by type: what SCIM can see. Live objects of one name count too: each holds its seat. */
export function seatsInUse(live: Live): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const doubles = [...live.ambiguous.users.values()].flat();
  for (const { attributes } of [...live.users.values(), ...doubles]) {
    if (attributes.seat !== undefined) counts.set(attributes.seat, (counts.get(attributes.seat) ?? 0) + 1);
  }
  return counts;
}

/** Seats in use before and after the operations, dearest first; a type that nobody uses and nobody purchased is left out. */
export function seatCounts(
  inUse: ReadonlyMap<string, number>,
  operations: readonly Operation[],
  policy: Policy,
): Record<string, SeatCount> {
  const after = new Map(inUse);
  const add = (seat: string | undefined, step: number) => {
    if (seat !== undefined) after.set(seat, (after.get(seat) ?? 0) + step);
  };
  for (const { seat } of operations) {
    add(seat?.before, -1);
    add(seat?.after, 1);
  }
  const pools: Readonly<Record<string, { readonly purchased: number; readonly outside: number }>> = policy.pools;
  const used = [...after.keys()].filter((seat) => !(seats as readonly string[]).includes(seat));
  const types = [...seats.toReversed(), ...used.sort()].filter((seat) => after.has(seat) || pools[seat]);
  return Object.fromEntries(types.map((seat) => [seat, { before: inUse.get(seat) ?? 0, after: after.get(seat) ?? 0, ...pools[seat] }]));
}
