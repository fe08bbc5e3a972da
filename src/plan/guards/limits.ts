import type { Day } from '../../model/day.ts';
import type { Verdict } from '../../model/plan.ts';
import type { Limit, LimitName } from '../../model/policy.ts';
import { ceiling } from './ceiling.ts';
import { counts } from './counts.ts';
import type { Guard } from './guard.ts';
import { counted, lifting, listing, onDay } from './wording.ts';

/** The limits that count over all objects together. */
type SumLimit = Exclude<LimitName, 'groupShrink'>;

/** The guard of one limit: blocks where a plan holds more than one run may change. */
export function limitOn(guard: SumLimit): Guard {
  const { of, base } = counts[guard];
  return (situation) => {
    const found = situation.counted.map((operation) => ({ operation, many: of(operation, situation) })).filter(({ many }) => many > 0);
    const count = found.reduce((sum, { many }) => sum + many, 0);
    const names = found.map(({ operation }) => operation.name);
    const verdict = limitVerdict(guard, { count, names, whole: base(situation), allowed: situation.basis.limits[guard] });
    return { ...verdict, operations: found.map(({ operation }) => operation.id) };
  };
}

/** What is judged by a limit: how much in which objects, of how much, and on which day to come, if it is one. */
export interface LimitCount {
  readonly count: number;
  readonly names: readonly string[];
  readonly whole: number;
  readonly allowed: Limit;
  readonly day?: Day;
}

/** The verdict of one limit; which operations it counts is not said. */
export function limitVerdict(guard: SumLimit, { count, names, whole, allowed, day }: LimitCount): Verdict {
  const { noun, fate, among, least } = counts[guard];
  const limit = ceiling(allowed, whole, least);
  const [one, which] = among;
  const floor = least === undefined ? '' : `, at least ${least}`;
  const share = 'percent' in allowed ? ` (${allowed.percent}% of ${counted(whole, one)}${which}${floor})` : '';
  const fact = `${counted(count, noun)} would ${fate}${onDay(day)}, ${limit} ${limit === 1 ? 'is' : 'are'} allowed in one run${share}`;
  const blocked = count > limit;
  return {
    guard,
    ...(day !== undefined && { day }),
    outcome: blocked ? 'block' : 'allow',
    count,
    limit,
    message: blocked ? `${fact}: ${listing(names)}${lifting(guard, count, day)}` : fact,
    operations: [],
  };
}
