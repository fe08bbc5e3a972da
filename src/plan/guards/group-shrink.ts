import type { Operation } from '../../model/operation.ts';
import { ceiling } from './ceiling.ts';
import type { Guard, Situation } from './guard.ts';
import { groupOf, membersOf, membershipsEnded } from './removals.ts';
import { counted, lifting, listing } from './wording.ts';

/** Groups with fewer members may change as they like: half of a handful is no alarm. */
export const fewestMembers = 10;

interface Loss {
  readonly operation: Operation;
  readonly count: number;
  readonly members: number;
  readonly limit: number;
}

/**
 * Blocks where one group of ten or more would lose too many of its members. The number is the largest loss among the groups that are over, so
 * that an allowance never lifts a loss larger than the one it names; where none is over, that of the group that comes nearest.
 */
export const groupShrink: Guard = (situation) => {
  const losses = lossesOf(situation);
  const over = losses.filter(({ count, limit }) => count > limit);
  const blocked = over.length > 0;
  const [worst] = blocked
    ? over.toSorted((a, b) => b.count - a.count || a.limit - b.limit)
    : losses.toSorted((a, b) => b.count - b.limit - (a.count - a.limit));
  if (!worst)
    return {
      guard: 'groupShrink',
      outcome: 'allow',
      count: 0,
      message: `no group of ${fewestMembers} or more would shrink`,
      operations: [],
    };
  const { count, limit } = worst;
  return {
    guard: 'groupShrink',
    outcome: blocked ? 'block' : 'allow',
    count,
    limit,
    message: blocked ? `${listing(over.map(lossText))}${lifting('groupShrink', count)}` : lossText(worst),
    operations: (blocked ? over : losses).map(({ operation }) => operation.id),
  };
};

function lossesOf({ operations, live, basis }: Situation): Loss[] {
  return operations.flatMap((operation) => {
    const count = membershipsEnded(operation, live, basis.onlyExpired);
    const members = count === 0 ? 0 : membersOf(groupOf(operation, live));
    return members < fewestMembers ? [] : [{ operation, count, members, limit: ceiling(basis.limits.groupShrink, members) }];
  });
}

function lossText({ operation, count, members, limit }: Loss): string {
  return `the group ${operation.name} would lose ${count} of its ${counted(members, 'member')}, ${limit} ${limit === 1 ? 'is' : 'are'} allowed in one run`;
}
