import { atomicChanges, type Atom } from '../model/atom.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { Policy } from '../model/policy.ts';
import { adminChanges } from './admins.ts';
import type { Approvals } from './approved.ts';
import { diffGroup } from './diff-group.ts';
import { diffUser } from './diff-user.ts';
import { everybody } from './guards/everybody.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import { arrange } from './order.ts';
import { seatsBeyond, seatsInUse } from './seats.ts';

/** What the choice of approved changes needs to know of both sides. */
export function approvalsOf(live: Live, users: UserMatching, groups: GroupMatching, { pools }: Policy): Omit<Approvals, 'approved'> {
  const inUse = seatsInUse(live);
  const byId = new Map(everybody(live).map((user) => [user.ref.id, user]));
  return {
    arranged: (operations) => arrange(operations, inUse, pools, adminChanges(live)),
    excess: (operations) => seatsBeyond(inUse, operations, pools),
    liveUser: ({ ref }) => byId.get(ref?.id ?? ''),
    creationOf: creations(users, groups),
  };
}

/** How an object would be created that an entry asks for. */
function creations(users: UserMatching, groups: GroupMatching): (operation: Operation) => Atom | undefined {
  const people = new Map(users.pairs.map((pair) => [pair.key, pair.desired]));
  const teams = new Map(groups.pairs.map((pair) => [pair.key, pair.desired]));
  return ({ kind, name }) => {
    const [user, group] = kind === 'user' ? [people.get(userNameOf(name))] : [undefined, teams.get(groupNameOf(name))];
    const { members: _, ...bare } = group ?? {};
    const creation = user
      ? diffUser(user, undefined)
      : group && diffGroup(bare as typeof group, undefined, new Map(), (key) => key).operation;
    return creation && atomicChanges(creation)[0]?.atom;
  };
}
