import type { UnapprovedChanges } from '../../model/review.ts';
import { count } from '../count.ts';
import { redactUnapproved } from '../redact.ts';
import { approveLines, type DigestApproval, type ListFrame } from './approve.ts';
import { missingSize, missingText } from './missing.ts';
import { Page, units } from './page.ts';
import { mentioned } from './result.ts';
import { putUnapproved, unapprovedPlaces } from './unapproved-section.ts';
import { unapprovedReasons, type UnapprovedReason } from './unapproved-reasons.ts';
import { applyLink, guideLine } from './ways.ts';

/** What surrounds a report of unapproved changes. */
export interface UnapprovedFrame extends DigestApproval, ListFrame {
  /** The login to mention. */
  readonly mention?: string;
  /** In UTF-16 code units. */
  readonly room: number;
}

/** How many changes are not approved: of now, of days to come, and of rules. */
export function unapprovedText(now: number, later: number, rules = 0): string {
  const parts = [
    ...(now > 0 ? [count(now, 'change')] : []),
    ...(rules > 0 ? [count(rules, 'rule')] : []),
    ...(later > 0 ? [count(later, 'scheduled change')] : []),
  ];
  return parts.length === 3 ? `${parts[0]}, ${parts[1]} and ${parts[2]}` : parts.join(' and ');
}

/** Reports changes that nobody approved, in a comment of the pull request that asks for them: why, how to approve them, and which ones they are. */
export function renderUnapproved(why: UnapprovedReason, changes: UnapprovedChanges, frame: UnapprovedFrame): string {
  const { approvals, mention, permalink, redact, room, runUrl, ways } = frame;
  const { operations, rules, later } = changes;
  const { text, section, review } = unapprovedReasons[why];
  const page = new Page(['title', 'review', 'digest', 'withdraw', 'guide', ...unapprovedPlaces, 'missing'], { room, measure: units });
  const are = operations.length + rules.length + later.length === 1 ? 'is' : 'are';
  page.put('title', [
    `⚠️ ${mentioned(mention)}**${unapprovedText(operations.length, later.length, rules.length)} ${are} not approved and not applied**: ${text(approvals)}.`,
  ]);
  page.put('review', [reviewText(review, applyLink(ways))]);
  page.put('digest', approveLines(frame, operations.length));
  page.put('withdraw', ['**Not intended?** Take it back in a pull request.']);
  page.put('guide', guideLine(section, ways));
  page.reserve(missingSize(runUrl));
  const missing = putUnapproved(page, redactUnapproved(changes, redact), permalink, { isDense: false, isMasked: redact !== 'none' });
  page.reserve(-missingSize(runUrl));
  page.put('missing', missingText(missing, runUrl));
  return page.text;
}

/** The first remedy: a review of the merged pull request, or that there is nothing that a review could approve. */
function reviewText(review: 'heals' | 'needs-plan', apply: string): string {
  return review === 'heals'
    ? `**Approve this pull request now**: an approving review counts after the merge too. Then run the ${apply} again.`
    : `**An approving review of this pull request** counts after the merge too, but only for a plan that was signed in its comment. Without one, approve the digest.`;
}
