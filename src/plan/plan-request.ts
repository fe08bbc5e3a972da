import type { ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Plan } from '../model/plan.ts';
import type { Nearest } from './diff-group.ts';
import type { Target } from './target.ts';

/** What a plan is asked to be: for which day, of which configuration, and of all changes which. */
export interface Request {
  readonly asOf: Day;
  readonly config: Plan['config'];
  readonly targets?: readonly Target[];
  readonly onlyExpired?: boolean;
  /** Nothing but these changes; neither with targets nor with `onlyExpired`. */
  readonly approved?: ReadonlySet<ChangeId>;
  /** Changes that were judged when they were planned, for the day that has come: no limit counts them again. Every other guard does. */
  readonly exempt?: ReadonlySet<ChangeId>;
  /** The name among `names` that somebody who wrote `text` most likely meant. */
  readonly nearest?: Nearest;
}
