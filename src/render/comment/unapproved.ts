import { count } from '../count.ts';
import { approveLines, type Approvable } from './approve.ts';
import { mentioned } from './result.ts';
import { guideLine, type Section } from './ways.ts';

/** Why a pull request approves nothing of it, and where more stands about that. */
const reasons = {
  none: ['no plan of this pull request stands in a comment', 'unplanned'],
  'token-rotated': ['the plan was signed with another key: the SCIM token or `signing-key` has been changed since', 'rotated'],
  forged: ['the comment with the plan is not as it was signed', 'lost'],
  edited: ['the comment with the plan was edited by somebody else', 'lost'],
  'other-head': ['the plan is of an earlier commit', 'unplanned'],
  'after-merge': ['the plan was made after the merge', 'unplanned'],
  nothing: ['the plan was signed without any approval: there was nothing to approve, or it was too large for a comment', 'unplanned'],
  approved: ['the plan that was approved does not hold that', 'unplanned'],
} as const satisfies Readonly<Record<string, readonly [string, Section]>>;

export type Unapproved = keyof typeof reasons;

/** How many changes nobody approved: of now, and of days to come. */
export function unapprovedText(now: number, later: number): string {
  return [...(now > 0 ? [count(now, 'change')] : []), ...(later > 0 ? [`${count(later, 'change')} of days to come`] : [])].join(' and ');
}

/**
 * That changes were not written for want of an approval, or will be although nobody gave one, and how to have them written or not. All of it is
 * our own text.
 */
export function renderUnapproved(why: Unapproved, frame: Approvable & { readonly later?: number; readonly mention?: string }): string {
  const { told, later = 0, mention, ways } = frame;
  const [reason, section] = reasons[why];
  const were = told + later === 1 ? 'was' : 'were';
  const fate = told > 0 ? `${were} not written to Figma` : `${were} merged without an approval, and will be carried out`;
  const them = `**${unapprovedText(told, later)} ${fate}**: ${reason}.`;
  const guide = guideLine(section, ways);
  return [
    `⚠️ ${mentioned(mention)}${them} What is not wanted is taken back in a pull request.`,
    ...(told > 0 ? ['', ...approveLines(frame)] : []),
    ...(guide.length > 0 ? ['', ...guide] : []),
  ].join('\n');
}
