import type { Operation } from '../../model/operation.ts';
import { isBlocked, type Plan } from '../../model/plan.ts';
import { count } from '../count.ts';
import { caution } from '../markdown-notices.ts';
import { redactOperations } from '../redact.ts';
import { changesOf } from '../totals.ts';
import { approvalOf, approveLines, blocksText, type DigestApproval, type ListFrame, type UnapprovedChanges } from './approve.ts';
import { choose, diffBlock } from './diff.ts';
import { entriesOf, mostImportantFirst } from './entries.ts';
import { footer } from './footer.ts';
import { missingSize, missingText } from './missing.ts';
import { Page, units } from './page.ts';
import { putTable } from './table.ts';
import { guideLine } from './ways.ts';

/** What surrounds the issue on drift. */
export interface DriftFrame extends DigestApproval, ListFrame {
  /** ISO 8601. */
  readonly at: string;
  /** Scheduled runs correct drift by themselves. */
  readonly isCorrecting: boolean;
  /** In UTF-16 code units. */
  readonly room: number;
}

const places = ['title', 'told', 'table', 'more', 'diff', 'missing', 'undo', 'approve', 'guide', 'footer'];

/** The body of the issue on drift: what differs, and the ways out. No operations: that nothing differs any more. */
export function renderDrift(operations: readonly Operation[], _unapproved: UnapprovedChanges, frame: DriftFrame): string {
  const { runUrl, at, permalink, redact, room, ways } = frame;
  const entries = entriesOf(redactOperations(operations, redact));
  const page = new Page(places, { room, measure: units });
  page.put('footer', [footer([], { runUrl, at })]);
  page.put('title', [`### Figma drift: ${titleOf(operations)}`]);
  if (entries.length === 0) {
    page.put('told', ['Figma matches the configuration.']);
    return page.text;
  }
  page.put('told', [driftText]);
  page.put('undo', waysOut(operations, frame));
  page.put('approve', approveLines(frame, operations.length));
  page.put('guide', guideLine('drift', ways));
  page.reserve(missingSize(runUrl));
  const tabled = putTable(page, { entries, removed: [], permalink, formerly: permalink });
  const chosen = choose(mostImportantFirst(entries), page.left, page.measure);
  page.put('diff', diffBlock(`Diff (${count(chosen.parts.size, 'change')})`, entries, chosen));
  page.reserve(-missingSize(runUrl));
  const missing = entries.length - chosen.parts.size;
  const later = entries.filter((entry) => chosen.parts.has(entry) && !tabled.has(entry)).length;
  if (later > 0) page.put('more', [`…and ${later} more in the diff`]);
  page.put('missing', missingText({ changes: missing, members: chosen.shortened, notices: 0, scheduled: 0, pending: 0 }, runUrl));
  return page.text;
}

/** How many people and groups are meant: `2 users and 1 group differ`. */
function titleOf(operations: readonly Operation[]): string {
  if (operations.length === 0) return 'none';
  const users = operations.filter(({ kind }) => kind === 'user').length;
  const groups = operations.length - users;
  const parts = [...(users > 0 ? [count(users, 'user')] : []), ...(groups > 0 ? [count(groups, 'group')] : [])];
  return `${parts.join(' and ')} ${operations.length === 1 ? 'differs' : 'differ'}`;
}

const driftText =
  'Figma is not what the configuration asks for: somebody changed it there, or nobody approved the change. ' +
  'Left of each arrow stands what is in Figma, right of it what is configured.';

function waysOut(operations: readonly Operation[], { digest, remaining, isCorrecting }: DriftFrame): readonly string[] {
  const ending = caution(endingText(operations));
  const scheduled = isCorrecting ? ` ${correctionText(remaining)}` : '';
  return [
    ...(ending.length > 0 ? [...ending, ''] : []),
    `- What should be **as configured**: change it back in Figma, or ${approvalOf(digest, remaining) === undefined ? 'change the configuration' : 'approve the plan below'}.${scheduled}`,
    '- What should be **as it is in Figma**: say so in the configuration, in a pull request.',
    '',
    'This issue closes by itself once nothing differs.',
  ];
}

/** What ends for somebody when the plan is written. */
function endingText(operations: readonly Operation[]): readonly string[] {
  const { deactivate, delete: gone } = changesOf(operations.map(({ id }) => id));
  const ends = [
    ...(deactivate > 0 ? [`deactivates ${count(deactivate, 'user')}`] : []),
    ...(gone > 0 ? [`deletes ${count(gone, 'group')}`] : []),
  ];
  return ends.length === 0 ? [] : [`**To write what is configured ${ends.join(' and ')}.**`];
}

function correctionText(whole: Pick<Plan, 'guards'>): string {
  return isBlocked(whole)
    ? `Scheduled runs do not correct it, since it is blocked by ${blocksText(whole)}: the limit can be raised in a pull request.`
    : 'The next scheduled run corrects it, within the limits.';
}
