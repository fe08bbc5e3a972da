import type { Live } from '../../model/live.ts';
import type { Operation, Verdict } from '../../model/plan.ts';
import type { Policy } from '../../model/policy.ts';
import type { GroupMatching, UserMatching } from '../match.ts';

/** All that a guard may look at. */
export interface Situation {
  readonly operations: readonly Operation[];
  readonly users: UserMatching;
  readonly groups: GroupMatching;
  readonly live: Live;
  readonly policy: Policy;
}

/** Judges one dimension of a plan; pure, and blind to what other guards say. */
export type Guard = (situation: Situation) => Verdict;
