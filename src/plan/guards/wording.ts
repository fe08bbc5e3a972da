import type { Day } from '../../model/day.ts';
import type { Verdict } from '../../model/plan.ts';

/** How many names a message gives. */
const mostNamed = 5;

/** Names in a sentence: `a and b`, and of many the first five: `a, b, c, d, e and 3 more`. */
export function listing(names: readonly string[], between = ', ', last = ' and '): string {
  const parts = names.length > mostNamed ? [...names.slice(0, mostNamed), `${names.length - mostNamed} more`] : names;
  return [parts.slice(0, -1).join(between), ...parts.slice(-1)].filter((part) => part !== '').join(last);
}

/** A number with its noun: `no user`, `1 user`, `3 users`. */
export function counted(count: number, noun: string): string {
  return count === 0 ? `no ${noun}` : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How a message of a guard that blocks ends: what lifts the guard for one run. */
export function lifting(guard: string, count: number, day?: Day): string {
  return `; if this is meant, --allow ${allowanceText({ guard, count, ...(day !== undefined && { day }) })} lifts the guard for one run`;
}

/** An allowance as it is given: `downgrades=8`, for a day to come `downgrades=8@2026-12-01`. */
export function allowanceText({ guard, count, day }: Pick<Verdict, 'guard' | 'count' | 'day'>): string {
  return `${guard}=${count}${day === undefined ? '' : `@${day}`}`;
}

/** The day of something that is still to come, to stand behind what would happen: ` on 2026-12-01`. */
export function onDay(day: Day | undefined): string {
  return day === undefined ? '' : ` on ${day}`;
}
