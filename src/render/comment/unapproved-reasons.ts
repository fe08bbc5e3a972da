import type { Section } from './ways.ts';

/** Why a pull request does not approve a change. */
interface Reason {
  readonly text: (approvals: number) => string;
  /** Where more is said about it. */
  readonly section: Section;
  /** An approving review that comes now heals it; or it would need a signed plan, which there is not. */
  readonly review: 'heals' | 'needs-plan';
}

/** The reasons by the name under which an apply finds them. */
export const unapprovedReasons = {
  none: unsigned('this pull request has no comment with a plan', 'unplanned'),
  'token-rotated': unsigned('the plan was signed with another key: the SCIM token or `signing-key` was changed since', 'rotated'),
  forged: unsigned('the comment with the plan differs from what was signed', 'lost'),
  edited: unsigned('the comment with the plan was edited by somebody else', 'lost'),
  'foreign-author': unsigned('the comment with the plan was written by somebody else than the Action', 'lost'),
  'other-head': unsigned('the plan is of an earlier commit', 'unplanned'),
  'after-merge': unsigned('the plan was made after the merge', 'unplanned'),
  'too-large': unsigned('the plan was not signed, because not all that it changes fits into a comment', 'unplanned'),
  nothing: unsigned('the plan was signed without any approval, because there was nothing to approve', 'unplanned'),
  approved: unsigned('the approved plan does not contain it', 'unplanned'),
  'not-separate': { text: fewText, section: 'reviews', review: 'heals' },
  'changes-requested': {
    text: () => 'a person with write access requested changes before the merge and has not approved since',
    section: 'reviews',
    review: 'heals',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type UnapprovedReason = keyof typeof unapprovedReasons;

function unsigned(text: string, section: Section): Reason {
  return { text: () => text, section, review: 'needs-plan' };
}

function fewText(approvals: number): string {
  const few = approvals <= 1 ? 'nobody with write access' : `fewer than ${approvals} people with write access`;
  return `${few} approved it after they could see the whole plan`;
}
