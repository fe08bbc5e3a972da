import { parsedId, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';
import { datedField, fieldOfScheduled, type Field } from './fields.ts';
import type { JudgedPull, Standing } from './line.ts';
import { scheduledIds } from './scheduled.ts';

/**
 * The changes that were approved for a day which has come by now, under their ids of today, with what approved them. What a later commit wants otherwise for that day, or
 * today, is not among them.
 */
export function arrived(schedule: readonly ScheduledChange[], today: Day, standing: Standing): ReadonlyMap<ChangeId, JudgedPull> {
  const come = schedule.filter(({ day }) => day <= today);
  return new Map(
    come.flatMap((change) => {
      const pull = approverOf(change, standing, [fieldOfScheduled(change)]);
      return pull ? todaysIds(change).map((id) => [id, pull] as const) : [];
    }),
  );
}

/** The scheduled changes that nobody approved. */
export function unapprovedLater(schedule: readonly ScheduledChange[], standing: Standing): readonly ScheduledChange[] {
  return schedule.filter((change) => approverOf(change, standing, []) === undefined);
}

function approverOf(change: ScheduledChange, standing: Standing, more: readonly Field[]): JudgedPull | undefined {
  const fields = [datedField(change), ...more];
  return scheduledIds([change])
    .map((id) => standing.approvingDated(id, fields))
    .find((pull) => pull !== undefined);
}

/** The ids of a scheduled change from its day on. */
export function todaysIds(change: ScheduledChange): readonly ChangeId[] {
  return scheduledIds([change]).map(undated);
}

/** The change without its day. */
function undated(id: ChangeId): ChangeId {
  const { day: _, ...parts } = parsedId(id);
  return JSON.stringify(parts) as ChangeId;
}
