import { datedChangeIds, type ChangeId } from '../model/change-id.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';

/** The ids of changes that come on a day of their own, each with its day. */
export function scheduledIds(changes: readonly ScheduledChange[]): readonly ChangeId[] {
  return changes.flatMap((change) => datedChangeIds(change)?.dated ?? []);
}
