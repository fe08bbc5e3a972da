import { count } from '../count.ts';
import { runLink } from './link.ts';

/** How much of each kind has no room. */
export interface Missing {
  readonly rules?: number;
  readonly changes?: number;
  /** Changes whose names are not all listed. */
  readonly cut?: number;
  readonly removed?: number;
  readonly takenBack?: number;
  readonly scheduled?: number;
  readonly notices?: number;
  readonly pending?: number;
}

/** Names what is not shown and where all of it is, or nothing if nothing is missing. */
export function missingText(missing: Missing, runUrl: string): readonly string[] {
  const { rules = 0, changes = 0, cut = 0, removed = 0, takenBack = 0, scheduled = 0, notices = 0, pending = 0 } = missing;
  const parts = [
    ...(rules > 0 ? [count(rules, 'rule')] : []),
    ...(changes > 0 ? [count(changes, 'change')] : []),
    ...(cut > 0 ? [`all names of ${count(cut, 'list')}`] : []),
    ...(removed > 0 ? [count(removed, 'removed user')] : []),
    ...(takenBack > 0 ? [count(takenBack, 'withdrawal')] : []),
    ...(scheduled > 0 ? [count(scheduled, 'scheduled change')] : []),
    ...(notices > 0 ? [count(notices, 'notice')] : []),
    ...(pending > 0 ? [count(pending, 'pending change')] : []),
  ];
  return parts.length === 0 ? [] : [`**${parts.join(', ')} not shown**: the step summary of the ${runLink(runUrl)} has more room.`];
}

/** More than `missingText` measures. */
export function missingSize(runUrl: string): number {
  return 400 + runUrl.length;
}
