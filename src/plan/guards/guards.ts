import type { Verdict } from '../../model/plan.ts';
import { limitNames, type LimitName } from '../../model/policy.ts';
import { ambiguous } from './ambiguous.ts';
import { budget } from './budget.ts';
import { countedOperations } from './exempt.ts';
import { groupShrink } from './group-shrink.ts';
import type { Guard, Situation } from './guard.ts';
import { limitOn } from './limits.ts';
import { minAdmins } from './min-admins.ts';
import { pool } from './pool.ts';
import { protectedUsers } from './protected.ts';
import { seatsUnavailable } from './seats-unavailable.ts';
import { shrunkLive } from './shrunk-live.ts';
import { undeclaredMembers } from './undeclared-members.ts';

const guards: ReadonlyMap<string, Guard> = new Map([
  ...limitNames.map((name): [LimitName, Guard] => [name, name === 'groupShrink' ? groupShrink : limitOn(name)]),
  ...Object.entries({ protected: protectedUsers, undeclaredMembers, ambiguous, minAdmins, pool, budget, shrunkLive, seatsUnavailable }),
]);

/** Every guard by its name, in the order in which they are reported. */
export const guardNames: readonly string[] = [...guards.keys()];

/** The verdict of every guard: none hides the next. */
export function judge(given: Omit<Situation, 'counted'>): readonly Verdict[] {
  const situation = { ...given, counted: countedOperations(given.operations, given.basis.exempt) };
  return [...guards.values()].map((guard) => guard(situation));
}
