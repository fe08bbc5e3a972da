import { count } from '../count.ts';
import { approveLines, type DigestApproval, type ListFrame, type UnapprovedChanges } from './approve.ts';
import { mentioned } from './result.ts';
import { guideLine, type Section } from './ways.ts';

/** Why a pull request does not approve a change: the sentence, the section about it, and whether an approving review of it still helps. */
interface Reason {
  readonly text: (approvals: number) => string;
  readonly section: Section;
  readonly isHealedByReview: boolean;
}

/** Whether the plan that was signed can still be approved by a late review. */
const reasons = {
  none: fixed('there is no comment with a plan of this pull request', 'unplanned'),
  'token-rotated': fixed('the plan was signed with another key: the SCIM token or `signing-key` was changed since', 'rotated'),
  forged: fixed('the comment with the plan differs from what was signed', 'lost'),
  edited: fixed('somebody else edited the comment with the plan', 'lost'),
  'foreign-author': fixed('the comment with the plan was written by somebody else than the Action', 'lost'),
  'other-head': fixed('the plan is of an earlier commit', 'unplanned'),
  'after-merge': fixed('the plan was made after the merge', 'unplanned'),
  'too-large': fixed('the plan was not signed, because not all that it changes fits into a comment', 'unplanned'),
  nothing: fixed('the plan was signed without any approval, because there was nothing to approve', 'unplanned'),
  approved: fixed('the approved plan does not contain this', 'unplanned'),
  'not-separate': { text: fewText, section: 'reviews', isHealedByReview: true },
  'changes-requested': {
    text: () => 'somebody with write access requested changes before the merge and has not approved since',
    section: 'reviews',
    isHealedByReview: true,
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type UnapprovedReason = keyof typeof reasons;

function fixed(text: string, section: Section): Reason {
  return { text: () => text, section, isHealedByReview: false };
}

function fewText(approvals: number): string {
  const few = approvals <= 1 ? 'nobody with write access' : `fewer than ${approvals} people with write access`;
  return `${few} approved it after they could see the whole plan`;
}

/** How many changes are not approved: of now, of rules, and of days to come. */
export function unapprovedText(now: number, later: number, rules = 0): string {
  return [
    ...(now > 0 ? [count(now, 'change')] : []),
    ...(rules > 0 ? [count(rules, 'rule')] : []),
    ...(later > 0 ? [count(later, 'scheduled change')] : []),
  ].join(' and ');
}

/** Reports changes that nobody approved in a comment of at most `room` UTF-16 code units: why, which ones, and how to approve them. */
export function renderUnapproved(
  why: UnapprovedReason,
  changes: UnapprovedChanges,
  frame: DigestApproval & ListFrame & { readonly mention?: string; readonly room: number },
): string {
  const { operations, rules, later } = changes;
  const { approvals, mention, ways } = frame;
  const { text, section } = reasons[why];
  const them = unapprovedText(operations.length, later.length, rules.length);
  const guide = guideLine(section, ways);
  return [
    `⚠️ ${mentioned(mention)}**${them} not applied**: ${text(approvals)}.`,
    '',
    ...approveLines(frame, operations.length),
    ...(guide.length > 0 ? ['', ...guide] : []),
  ].join('\n');
}
