import { allowanceKey, type Verdict } from '../../model/plan.ts';
import { allowanceText, lifting } from './wording.ts';

/**
 * The verdicts under what was allowed for this run: a guard that blocks only warns where the allowance is exactly the number that it reports,
 * so that a permission given for one change never covers another; one for a day to come names that day. Nothing lifts `protected`; guards that do
 * not block stay as they are.
 */
export function allow(guards: readonly Verdict[], allowances: ReadonlyMap<string, number>): readonly Verdict[] {
  return guards.map((verdict) => {
    const allowance = allowances.get(allowanceKey(verdict));
    return verdict.outcome !== 'block' || allowance === undefined ? verdict : judged(verdict, allowance);
  });
}

function judged(verdict: Verdict, allowance: number): Verdict {
  const { guard, count } = verdict;
  if (guard === 'protected') return { ...verdict, message: `${verdict.message}; no --allow lifts this guard` };
  const fact = withoutRemedy(verdict);
  if (allowance !== count) return { ...verdict, message: `${fact}; an allowance of ${allowance} was given: give exactly ${count}` };
  return { ...verdict, outcome: 'warn', message: `${fact}; allowed for this run by --allow ${allowanceText(verdict)}` };
}

/** What a guard says without the advice to allow it, which is out of place once it was followed, and where there is no command line. */
export function withoutRemedy({ guard, count, day, message }: Verdict): string {
  const remedy = lifting(guard, count, day);
  return message.endsWith(remedy) ? message.slice(0, -remedy.length) : message;
}
