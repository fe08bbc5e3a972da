import type { Live } from '../model/live.ts';
import type { Policy } from '../model/policy.ts';
import { adminChanges } from './admins.ts';
import type { Approvals } from './approved.ts';
import { everybody } from './guards/everybody.ts';
import { arrange } from './order.ts';
import { seatsBeyond, seatsInUse } from './seats.ts';

/** What the choice of approved changes needs to know of what is live. */
export function approvalsOf(live: Live, { pools }: Policy): Omit<Approvals, 'approved'> {
  const inUse = seatsInUse(live);
  const byId = new Map(everybody(live).map((user) => [user.ref.id, user]));
  return {
    arranged: (operations) => arrange(operations, inUse, pools, adminChanges(live)),
    excess: (operations) => seatsBeyond(inUse, operations, pools),
    liveUser: ({ ref }) => byId.get(ref?.id ?? ''),
  };
}
