import type { Verdict } from '../../model/plan.ts';
import { ambiguous } from './ambiguous.ts';
import type { Guard, Situation } from './guard.ts';

const guards: readonly Guard[] = [ambiguous];

/** The verdict of every guard: none hides the next. */
export function judge(situation: Situation): readonly Verdict[] {
  return guards.map((guard) => guard(situation));
}
