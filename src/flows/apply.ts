import { apply, type ApplyOptions } from '../apply/apply.ts';
import type { ApplyEvent } from '../model/event.ts';
import type { Directory } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';

/** Does what the plan says, and tells it as it happens. The directory must be the one that the plan was read from. */
export function carryOut(proposed: Plan, directory: Directory, options: ApplyOptions): AsyncGenerator<ApplyEvent, void, undefined> {
  return apply(proposed, directory, options);
}
