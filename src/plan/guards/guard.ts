import type { Live } from '../../model/live.ts';
import type { Basis } from '../../model/basis.ts';
import type { Operation } from '../../model/operation.ts';
import type { Verdict } from '../../model/plan.ts';

/** All that a guard may look at; `live` is everything that was read, what is ignored and inactive included. */
export interface Situation {
  readonly operations: readonly Operation[];
  /** The operations without the edits that are exempt: what the limits count. */
  readonly counted: readonly Operation[];
  readonly live: Live;
  readonly basis: Basis;
}

/** Judges one dimension of a plan; pure, and blind to what other guards say. */
export type Guard = (situation: Situation) => Verdict;
