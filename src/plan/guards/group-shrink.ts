import type { Day } from '../../model/day.ts';
import type { Operation } from '../../model/operation.ts';
import type { Verdict } from '../../model/plan.ts';
import type { Limit } from '../../model/policy.ts';
import { ceiling } from './ceiling.ts';
import type { Guard } from './guard.ts';
import { groupOf, membersOf, membershipsEnded } from './removals.ts';
import { counted, lifting, listing, onDay } from './wording.ts';

/** Groups with fewer members may change as they like: half of a handful is no alarm. */
const fewest = 10;

/** How many of its members one group would lose. */
export interface Loss {
  readonly group: string;
  readonly count: number;
  readonly members: number;
}

/**
 * Blocks where one group of ten or more would lose too many of its members. The number is the largest loss among the groups that are over, so
 * that an allowance never lifts a loss larger than the one it names; where none is over, that of the group that comes nearest.
 */
export const groupShrink: Guard = ({ counted: operations, live, basis }) => {
  const losses = operations.map((operation): Loss & { readonly operation: Operation } => {
    const count = membershipsEnded(operation, live);
    return { operation, group: operation.name, count, members: count === 0 ? 0 : membersOf(groupOf(operation, live)) };
  });
  const { verdict, judged } = shrinkVerdict(losses, basis.limits.groupShrink);
  return { ...verdict, operations: judged.map(({ operation }) => operation.id) };
};

/** The verdict on what groups would lose, and the losses that it is about: those that are over, or where none is, all of groups that are watched. */
export function shrinkVerdict<L extends Loss>(
  losses: readonly L[],
  allowed: Limit,
  day?: Day,
): { readonly verdict: Verdict; readonly judged: readonly L[] } {
  const watched = losses
    .filter(({ count, members }) => count > 0 && members >= fewest)
    .map((loss) => ({ loss, limit: ceiling(allowed, loss.members) }));
  const over = watched.filter(({ loss, limit }) => loss.count > limit);
  const blocked = over.length > 0;
  const [worst] = blocked
    ? over.toSorted((a, b) => b.loss.count - a.loss.count || a.limit - b.limit)
    : watched.toSorted((a, b) => b.loss.count - b.limit - (a.loss.count - a.limit));
  const about = { guard: 'groupShrink', ...(day !== undefined && { day }), operations: [] };
  if (!worst) {
    const message = `no group of ${fewest} or more would shrink${onDay(day)}`;
    return { verdict: { ...about, outcome: 'allow', count: 0, message }, judged: [] };
  }
  const { count } = worst.loss;
  const message = blocked ? `${listing(over.map((one) => lossText(one, day)))}${lifting('groupShrink', count, day)}` : lossText(worst, day);
  const verdict: Verdict = { ...about, outcome: blocked ? 'block' : 'allow', count, limit: worst.limit, message };
  return { verdict, judged: (blocked ? over : watched).map(({ loss }) => loss) };
}

function lossText(
  { loss: { group, count, members }, limit }: { readonly loss: Loss; readonly limit: number },
  day: Day | undefined,
): string {
  return `the group ${group} would lose ${count} of its ${counted(members, 'member')}${onDay(day)}, ${limit} ${limit === 1 ? 'is' : 'are'} allowed in one run`;
}
