import { type Limit, limitNames, type Limits, type Policy } from '../model/policy.ts';
import { ceiling } from './guards/ceiling.ts';
import { counts } from './guards/counts.ts';
import { fewestMembers, groupShrink } from './guards/group-shrink.ts';
import type { Situation } from './guards/guard.ts';

/** The limits that hold for one plan: of two limits on one thing, the one that allows less of what there is to count among. */
export function lowerLimits({ limits, otherLimits = {} }: Pick<Policy, 'limits' | 'otherLimits'>, situation: Situation): Limits {
  const lower = limitNames.map((name) => {
    const [one, other] = [limits[name], otherLimits[name]];
    if (!other) return [name, one] as const;
    if (name === 'groupShrink') return [name, lowerShrink(one, other, situation)] as const;
    const { base, least } = counts[name];
    const whole = base(situation);
    return [name, ceiling(other, whole, least) < ceiling(one, whole, least) ? other : one] as const;
  });
  return Object.fromEntries(lower) as Limits;
}

/**
 * Each group is counted by itself, so one of the two limits can be lower for one group and the other for the next. The limit that stops all that
 * either stops is taken; where each stops something of its own, a number that no group may exceed by either.
 */
function lowerShrink(one: Limit, other: Limit, situation: Situation): Limit {
  const [mine, its] = [shrinkUnder(one, situation), shrinkUnder(other, situation)];
  const isCovered = [...its.stopped].every((id) => mine.stopped.has(id));
  const isCovering = [...mine.stopped].every((id) => its.stopped.has(id));
  if (isCovered && isCovering) return its.limit < mine.limit ? other : one;
  if (isCovered || isCovering) return isCovered ? one : other;
  return { count: Math.min(ceiling(one, fewestMembers), ceiling(other, fewestMembers)) };
}

function shrinkUnder(limit: Limit, { basis, ...situation }: Situation): { readonly stopped: ReadonlySet<string>; readonly limit: number } {
  const verdict = groupShrink({ ...situation, basis: { ...basis, limits: { ...basis.limits, groupShrink: limit } } });
  return { stopped: new Set(verdict.outcome === 'block' ? verdict.operations : []), limit: verdict.limit ?? 0 };
}
