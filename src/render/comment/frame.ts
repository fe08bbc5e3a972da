import type { Redaction } from '../redact.ts';

/** Gives the https URL of a line of a file, made and percent-encoded by us, or nothing where there is none. */
export type Permalink = (file: string, line: number) => string | undefined;

/** What surrounds a review. */
export interface Frame {
  /** Full names of commits: the head of the pull request, its merge commit, and what it is merged into. */
  readonly head: string;
  readonly merge: string;
  readonly base: string;
  readonly runUrl: string;
  /** ISO 8601. */
  readonly plannedAt: string;
  readonly permalink: Permalink;
  /** As `permalink`, of what it is merged into: where removed entries stood. */
  readonly formerly?: Permalink;
  readonly redact: Redaction;
  /** `too-large`: not all that the pull request causes fits into the comment, so nothing is signed; `none`: there is nothing to approve. */
  readonly approvals: 'signed' | 'too-large' | 'none';
  /** How many approving reviews a merge needs. */
  readonly needs: number;
  /** ISO 8601: approvals given before do not count. Present only where they could not be dismissed. */
  readonly countsFrom?: string | undefined;
}

/** A text, and whether anything was left out of it. */
export interface Rendered {
  readonly text: string;
  /** Everything that the pull request causes, withdraws, allows or is blocked by is visible in the text. */
  readonly isWhole: boolean;
  /** Something is left out, be it only a notice, a warning or a pending change. */
  readonly isTruncated: boolean;
}
