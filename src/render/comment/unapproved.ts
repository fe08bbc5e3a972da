import { count } from '../count.ts';
import { approveLines } from './approve.ts';
import { runLink } from './link.ts';

/** Why a pull request approves nothing of it. */
const reasons = {
  none: 'no plan of this pull request stands in a comment',
  'token-rotated': 'the plan was signed with another key: the SCIM token or `signing-key` has been changed since',
  forged: 'the comment with the plan is not as it was signed',
  edited: 'the comment with the plan was edited by somebody else',
  'other-head': 'the plan is of an earlier commit',
  'after-merge': 'the plan was made after the merge',
  approved: 'the plan that was approved does not hold that, or had no room for approvals',
} as const;

export type Unapproved = keyof typeof reasons;

/** That changes were not written for want of an approval, and how to have them written. All of it is our own text. */
export function renderUnapproved(
  why: Unapproved,
  changes: number,
  { digest, runUrl, mention }: { readonly digest: string; readonly runUrl: string; readonly mention?: string },
): string {
  const named = mention !== undefined && /^[A-Za-z0-9-]+$/.test(mention) ? `@${mention} ` : '';
  const them = `**${count(changes, 'change')} ${changes === 1 ? 'was' : 'were'} not written to Figma**: ${reasons[why]}.`;
  const remedy = `Look at the plan in the ${runLink(runUrl)}. To have exactly it written, run the apply workflow by hand`;
  return [`⚠️ ${named}${them}`, '', ...approveLines(remedy, digest)].join('\n');
}
