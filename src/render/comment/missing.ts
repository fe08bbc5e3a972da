import { count } from '../count.ts';
import { runLink } from './link.ts';

/** How much of each kind has no room. */
export interface Missing {
  readonly changes: number;
  /** Changes whose members are not all named. */
  readonly members: number;
  readonly notices: number;
  readonly scheduled: number;
  readonly pending: number;
}

/** Names what is not shown and where all of it stands, or nothing where nothing is missing. */
export function missingText({ changes, members, notices, scheduled, pending }: Missing, runUrl: string): readonly string[] {
  const parts = [
    ...(changes > 0 ? [count(changes, 'change')] : []),
    ...(members > 0 ? [`all members of ${count(members, 'group')}`] : []),
    ...(notices > 0 ? [count(notices, 'notice')] : []),
    ...(scheduled > 0 ? [count(scheduled, 'scheduled change')] : []),
    ...(pending > 0 ? [count(pending, 'pending change')] : []),
  ];
  return parts.length === 0 ? [] : [`**${parts.join(', ')} not shown**: the step summary of the ${runLink(runUrl)} has more room.`];
}

/** What `missingText` measures at most, with a line about the diff beside it. */
export function missingSize(runUrl: string): number {
  return 400 + runUrl.length;
}
