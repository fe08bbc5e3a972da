import { daysAfter, type Day } from '../../model/day.ts';
import { groupNameOf, isLowerSeat, userNameOf } from '../../model/directory.ts';
import type { ScheduledChange } from '../../model/scheduled-change.ts';
import type { DayFacts } from './day-facts.ts';
import { DayState } from './day-state.ts';
import type { Loss } from './group-shrink.ts';

/** How many days ahead are judged. */
const daysAhead = 365;

/** What one day changes, all of it together. */
export interface DayChanges {
  readonly day: Day;
  /** Who gets a lower seat. */
  readonly lowered: readonly string[];
  /** The groups that lose members, with the members that each has before the day. */
  readonly losses: readonly Loss[];
  /** The types of seats that somebody gets on the day: how many are in use before and after it, and who gets one. */
  readonly taken: ReadonlyMap<string, { readonly before: number; readonly after: number; readonly takers: readonly string[] }>;
}

/** The changes of each day within a year on which something really changes, the soonest first. */
export function dayChanges(scheduled: readonly ScheduledChange[], facts: DayFacts): readonly DayChanges[] {
  const last = daysAfter(facts.asOf, daysAhead);
  const days = new Map<Day, ScheduledChange[]>();
  for (const change of scheduled) {
    if (change.day <= facts.asOf || change.day > last) continue;
    const known = days.get(change.day);
    if (known) known.push(change);
    else days.set(change.day, [change]);
  }
  const state = new DayState(facts);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([day, changes]) => changesOf(day, changes, state) ?? []);
}

/** Carries the changes of a day out, and says what became of them; nothing where none changes anything. */
function changesOf(day: Day, scheduled: readonly ScheduledChange[], state: DayState): DayChanges | undefined {
  const inUse = state.inUse();
  const sizes = new Map(
    scheduled.flatMap(({ what }) => ('leaves' in what ? [[groupNameOf(what.leaves), state.size(groupNameOf(what.leaves))] as const] : [])),
  );
  const lowered: string[] = [];
  const takers = new Map<string, string[]>();
  const lost = new Map<string, number>();
  let changed = 0;
  for (const { userName, what } of scheduled) {
    const name = userNameOf(userName);
    if ('joins' in what) {
      changed += Number(state.join(name, groupNameOf(what.joins)));
    } else if ('leaves' in what) {
      if (!state.leave(name, groupNameOf(what.leaves))) continue;
      changed += 1;
      lost.set(what.leaves, (lost.get(what.leaves) ?? 0) + 1);
    } else {
      const step = state.turnSeat(name, what.seat);
      if (step === undefined) continue;
      changed += 1;
      if (isLowerSeat(step.after, step.before)) lowered.push(userName);
      const known = takers.get(step.after);
      if (known) known.push(userName);
      else takers.set(step.after, [userName]);
    }
  }
  if (changed === 0) return undefined;
  const after = state.inUse();
  return {
    day,
    lowered,
    losses: [...lost].map(([group, count]) => ({ group, count, members: sizes.get(groupNameOf(group)) ?? 0 })),
    taken: new Map(
      [...takers].map(([seat, names]) => [seat, { before: inUse.get(seat) ?? 0, after: after.get(seat) ?? 0, takers: names }]),
    ),
  };
}
