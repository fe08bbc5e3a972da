import type { OperationId } from '../model/operation.ts';
import { allowanceKey, type Verdict } from '../model/plan.ts';

/** Guards whose number is what is left, not what is changed: the lower, the worse. */
const counting: ReadonlySet<string> = new Set(['minAdmins']);

/**
 * The verdicts under the allowances that were signed with approvals: each covers what was approved with it and nothing else, so that a guard is
 * lifted up to that number and not beyond. `isCovered` says whether an operation was approved together with an allowance of the guard. Nothing lifts `protected`.
 */
export function allowedUpTo(
  guards: readonly Verdict[],
  allowances: ReadonlyMap<string, number>,
  isCovered: (guard: string, operation: OperationId) => boolean,
): readonly Verdict[] {
  return guards.map((verdict) => {
    const { guard, outcome, count, message, operations } = verdict;
    const most = allowances.get(allowanceKey(verdict));
    if (outcome !== 'block' || most === undefined || guard === 'protected') return verdict;
    const isWithin = counting.has(guard) ? count >= most : count <= most;
    if (!operations.every((operation) => isCovered(guard, operation)))
      return { ...verdict, message: `${message}; an allowance stands for what was approved along with it, and not for this` };
    if (!isWithin) return { ...verdict, message: `${message}; what was approved allows ${most}` };
    return { ...verdict, outcome: 'warn', message: `${message}; allowed up to ${most} in an approved pull request` };
  });
}

/** The verdicts under what the description of a pull request allows: it lifts a guard at exactly its number. Nothing lifts `protected`. */
export function allowedExactly(guards: readonly Verdict[], allowances: ReadonlyMap<string, number>, by: string): readonly Verdict[] {
  return guards.map((verdict) => {
    const { guard, outcome, count, message } = verdict;
    const given = allowances.get(allowanceKey(verdict));
    if (outcome !== 'block' || given === undefined) return verdict;
    if (guard === 'protected') return { ...verdict, message: `${message}; nothing lifts this guard` };
    if (given !== count) return { ...verdict, message: `${message}; an allowance of ${given} was given: give exactly ${count}` };
    return { ...verdict, outcome: 'warn', message: `${message}; allowed by ${by}` };
  });
}

/**
 * What several approvals allow together. Each was given for changes of its own; but one for a day to come was given for all that the day changes,
 * so that of several the largest counts.
 */
export function sumOfAllowances(given: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const [key, count] of given.flatMap((allowances) => Object.entries(allowances))) {
    const known = sum.get(key);
    sum.set(key, known === undefined ? count : together(key, known, count));
  }
  return sum;
}

function together(key: string, one: number, other: number): number {
  const [guard = '', day] = key.split('@');
  if (counting.has(guard)) return Math.min(one, other);
  return day === undefined ? one + other : Math.max(one, other);
}

/** The allowances that lift a guard of this plan, exactly as given. */
export function usedAllowances(guards: readonly Verdict[], allowances: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const used = guards.filter(
    (verdict) => verdict.outcome === 'block' && verdict.guard !== 'protected' && allowances.get(allowanceKey(verdict)) === verdict.count,
  );
  return new Map(used.map((verdict) => [allowanceKey(verdict), verdict.count]));
}
