import type { Day } from '../model/day.ts';
import type { Live } from '../model/live.ts';
import type { Basis } from '../model/basis.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan, Selection } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { budgetUse } from './budgets.ts';
import { costOf } from './cost.ts';
import { liveDigest, planDigest, sealOf } from './digest.ts';
import { judge } from './guards/guards.ts';
import { seatCounts, seatsInUse } from './seats.ts';

export interface Weighing {
  readonly operations: readonly Operation[];
  readonly live: Live;
  readonly basis: Basis;
  readonly selection: Selection | undefined;
  readonly unresolved: number;
  readonly policy: Pick<Policy, 'currency' | 'termEnds'>;
  readonly asOf: Day;
}

/** What operations mean for the organization: seats, money, budgets, every guard's verdict, and the digests that make them one plan. */
export function weigh({
  operations,
  live,
  basis,
  selection,
  unresolved,
  policy,
  asOf,
}: Weighing): Pick<Plan, 'seats' | 'budgets' | 'cost' | 'guards' | 'basis' | 'live' | 'digest' | 'seal'> {
  const seats = seatCounts(seatsInUse(live), operations, basis.pools);
  const guards = judge({ operations, live, basis });
  const cost = costOf(seats, basis.pools, { ...policy, asOf });
  return {
    seats,
    budgets: budgetUse(basis.budgets, live, operations),
    ...(cost && { cost }),
    guards,
    basis,
    live: {
      tenant: live.tenant,
      digest: liveDigest(live),
      users: count(live.users.size, live.ambiguous.users),
      groups: count(live.groups.size, live.ambiguous.groups),
      requests: live.requests,
    },
    digest: planDigest(live.tenant, operations),
    seal: sealOf({ basis, guards, ...(selection && { selection }), unresolved, operations }),
  };
}

function count(single: number, doubles: ReadonlyMap<unknown, readonly unknown[]>): number {
  return single + [...doubles.values()].flat().length;
}
