import type { LimitName } from '../../model/policy.ts';
import { ceiling } from './ceiling.ts';
import { counts } from './counts.ts';
import type { Guard } from './guard.ts';
import { counted, lifting, listing } from './wording.ts';

/** The guard of one limit: blocks where a plan holds more than one run may change. */
export function limitOn(guard: Exclude<LimitName, 'groupShrink'>): Guard {
  const { of, noun, fate, base, among, least } = counts[guard];
  return (situation) => {
    const found = situation.operations.map((operation) => ({ operation, many: of(operation, situation) })).filter(({ many }) => many > 0);
    const count = found.reduce((sum, { many }) => sum + many, 0);
    const allowed = situation.basis.limits[guard];
    const whole = base(situation);
    const limit = ceiling(allowed, whole, least);
    const [one, which] = among;
    const floor = least === undefined ? '' : `, at least ${least}`;
    const share = 'percent' in allowed ? ` (${allowed.percent}% of ${counted(whole, one)}${which}${floor})` : '';
    const fact = `${counted(count, noun)} would ${fate}, ${limit} ${limit === 1 ? 'is' : 'are'} allowed in one run${share}`;
    const blocked = count > limit;
    return {
      guard,
      outcome: blocked ? 'block' : 'allow',
      count,
      limit,
      message: blocked ? `${fact}: ${listing(found.map(({ operation }) => operation.name))}${lifting(guard, count)}` : fact,
      operations: found.map(({ operation }) => operation.id),
    };
  };
}
