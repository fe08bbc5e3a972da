import type { Limit } from '../../model/policy.ts';

/** What a limit comes to: a plain number as it is, a percentage of `base` rounded up and at least `least`, but 0 % is nothing at all. */
export function ceiling(limit: Limit, base: number, least = 1): number {
  if ('count' in limit) return limit.count;
  if (limit.percent === 0) return 0;
  // 1.1 × 1000 is a hair more than 1100, and a hair must not be rounded up to a whole user.
  return Math.max(least, Math.ceil(Number(((limit.percent * base) / 100).toFixed(9))));
}
