import { wordsLink } from './link.ts';

/** Where a reader can go on, as https URLs; what is not known is absent. */
export interface Ways {
  /** The page on recovery. */
  readonly guide?: string | undefined;
  /** The workflow that applies, where it is run by hand. */
  readonly workflow?: string | undefined;
}

/** The sections of the page on recovery, `docs/recovery.md`, that a text may lead to. */
export const sections = {
  index: 'Which section',
  digest: 'Approve by digest',
  failed: 'The apply failed after the merge',
  rotated: 'The token was rotated',
  service: 'A service failed',
  lost: 'The comment was lost or edited',
  blocked: 'Blocked by a guard',
  held: 'Something is held',
  unplanned: 'Merged without a plan',
  partly: 'Not all could be planned',
  drift: 'Somebody changed Figma',
  cancelled: 'A run was cancelled',
  reviews: 'Approved too early or by too few',
} as const;

export type Section = keyof typeof sections;

/** A line that leads to a section of the page on recovery, or none where it is not known where that page is. */
export function guideLine(section: Section, { guide }: Ways = {}): readonly string[] {
  if (guide === undefined) return [];
  const words = sections[section];
  return [`What to do, step by step: ${wordsLink(words, `${guide}#${words.toLowerCase().replaceAll(' ', '-')}`)}`];
}

/** The words for the workflow that applies, with a link to where it is run by hand. */
export function applyLink({ workflow }: Ways = {}): string {
  return wordsLink('apply workflow', workflow);
}
