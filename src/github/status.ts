import { dayAt, dayOf, daysAfter, type Day } from '../model/day.ts';

/** The description of the status that a commit's configuration was applied, as of a day. */
export function statusText(day: Day, done: number): string {
  return `As of ${day}: every approved change is in place (${done})`;
}

/**
 * The day as of which a commit was applied: the one that the status names, where that is the day on which it was set or the day before, since an
 * apply may last over midnight; else the day on which it was set. Whoever forges a status gains no earlier day by it.
 */
export function appliedDay({ at, description }: { readonly at: string; readonly description: string }): Day {
  const set = dayAt(new Date(at));
  const named = dayOf(/^As of (\S{10}):/.exec(description)?.[1] ?? '');
  return named !== undefined && daysAfter(set, -1) <= named && named <= set ? named : set;
}
