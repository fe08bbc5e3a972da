import type { Operation } from '../../model/operation.ts';
import { isBlocked, type Plan } from '../../model/plan.ts';
import type { UnapprovedChanges } from '../../model/review.ts';
import { count } from '../count.ts';
import { caution } from '../markdown-notices.ts';
import { redactOperations, redactUnapproved } from '../redact.ts';
import { changesOf } from '../totals.ts';
import { approvalOf, approveLines, blocksText, type DigestApproval, type ListFrame } from './approve.ts';
import { itemsOf } from './entry-items.ts';
import { footer } from './footer.ts';
import { missingSize, missingText } from './missing.ts';
import { Page, units } from './page.ts';
import { fullSection, openSection, sectionPlaces, sizeOf } from './section.ts';
import { putUnapproved, unapprovedPlaces } from './unapproved-section.ts';
import { unapprovedText } from './unapproved.ts';
import { guideLine } from './ways.ts';

/** What surrounds the issue on drift. */
export interface DriftFrame extends DigestApproval, ListFrame {
  /** ISO 8601. */
  readonly at: string;
  /** Scheduled runs correct drift by themselves. */
  readonly isCorrecting: boolean;
  /** Approved changes that guards hold back: the digest covers them too. */
  readonly held?: readonly Operation[];
  /** In UTF-16 code units. */
  readonly room: number;
}

const places = [
  'title',
  'match',
  ...sectionPlaces('drift'),
  'undo',
  ...unapprovedPlaces,
  ...sectionPlaces('held'),
  'missing',
  'close',
  'approve',
  'guide',
  'footer',
];

/**
 * The body of the issue on drift: what differs in Figma, what of the default branch is not approved or is held by guards, and the ways out; or that
 * nothing is left.
 */
export function renderDrift(drift: readonly Operation[], unapproved: UnapprovedChanges, frame: DriftFrame): string {
  const { runUrl, at, permalink, redact, room, ways, held = [] } = frame;
  const style = { isDense: false, isMasked: redact !== 'none' };
  const page = new Page(places, { room, measure: units });
  page.put('footer', [footer([], { runUrl, at })]);
  page.put('title', [`### Figma drift: ${titleOf(drift, unapproved, held)}`]);
  if (drift.length + sizeOfUnapproved(unapproved) + held.length === 0) {
    page.put('match', ['Figma matches the configuration.']);
    return page.text;
  }
  page.put('close', ['This issue closes by itself when nothing differs and everything is approved.']);
  page.put('approve', approveLines(frame, drift.length + unapproved.operations.length + held.length));
  page.put('guide', guideLine('drift', ways));
  page.put('undo', drift.length === 0 ? [] : waysOut(drift, frame));
  page.reserve(missingSize(runUrl));
  const items = itemsOf(redactOperations(drift, redact), permalink, style);
  const section = openSection(page, 'drift', items, { ...fullSection, head: driftText });
  const missing = putUnapproved(page, redactUnapproved(unapproved, redact), permalink, style);
  const stopped = openSection(page, 'held', itemsOf(redactOperations(held, redact), permalink, style), {
    ...fullSection,
    head: heldText,
  }).finish();
  const { hidden, cut } = section.finish();
  page.reserve(-missingSize(runUrl));
  const { changes = 0, cut: others = 0 } = missing;
  page.put(
    'missing',
    missingText(
      { ...missing, changes: changes + sizeOf(hidden) + sizeOf(stopped.hidden), cut: others + cut.length + stopped.cut.length },
      runUrl,
    ),
  );
  return page.text;
}

function sizeOfUnapproved({ operations, rules, later }: UnapprovedChanges): number {
  return operations.length + rules.length + later.length;
}

/** How many people and groups differ, and how much is not approved or held: `2 users and 1 group differ; 3 changes are not approved`. */
function titleOf(drift: readonly Operation[], unapproved: UnapprovedChanges, held: readonly Operation[]): string {
  const users = drift.filter(({ kind }) => kind === 'user').length;
  const groups = drift.length - users;
  const objects = [...(users > 0 ? [count(users, 'user')] : []), ...(groups > 0 ? [count(groups, 'group')] : [])];
  const left = sizeOfUnapproved(unapproved);
  const { operations, rules, later } = unapproved;
  const parts = [
    ...(drift.length > 0 ? [`${objects.join(' and ')} ${drift.length === 1 ? 'differs' : 'differ'}`] : []),
    ...(left > 0 ? [`${unapprovedText(operations.length, later.length, rules.length)} ${left === 1 ? 'is' : 'are'} not approved`] : []),
    ...(held.length > 0 ? [`${count(held.length, 'approved change')} ${held.length === 1 ? 'is' : 'are'} held`] : []),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}

const driftText =
  '**Drift**: somebody changed this in Figma, and the applied configuration asks for something else. ' +
  'Left of each arrow is what is in Figma, right of it what is configured.';

const heldText = '**Held**: these changes are approved, and are not applied until what holds them is approved or allowed as well.';

function waysOut(drift: readonly Operation[], { digest, remaining, isCorrecting }: DriftFrame): readonly string[] {
  const ending = caution(endingText(drift));
  const approve = approvalOf(digest, remaining) === undefined ? 'change the configuration' : 'approve the digest below';
  return [
    ...(ending.length > 0 ? [...ending, ''] : []),
    `- Should it be **as configured**? Change it back in Figma, or ${approve}.${isCorrecting ? ` ${correctionText(remaining)}` : ''}`,
    '- Should it be **as it is in Figma**? Change the configuration in a pull request.',
  ];
}

/** What ends for somebody if the configuration is applied. */
function endingText(drift: readonly Operation[]): readonly string[] {
  const { deactivate, delete: gone } = changesOf(drift.map(({ id }) => id));
  const ends = [
    ...(deactivate > 0 ? [`deactivate ${count(deactivate, 'user')}`] : []),
    ...(gone > 0 ? [`delete ${count(gone, 'group')}`] : []),
  ];
  return ends.length === 0 ? [] : [`**Applying the configuration will ${ends.join(' and ')}.**`];
}

function correctionText(remaining: Pick<Plan, 'guards'>): string {
  return isBlocked(remaining)
    ? `Scheduled runs do not correct it, because it is blocked by ${blocksText(remaining)}. Raise the limit in a pull request.`
    : 'The next scheduled run corrects it, within the limits.';
}
