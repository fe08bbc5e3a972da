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
  /** `too-many`: more approvals than a comment can carry; `not-shown`: what ends somebody's access does not fit; `none`: nothing to approve. */
  readonly approvals: 'signed' | 'too-many' | 'not-shown' | 'none';
  /** Whether what is scheduled is approved along. */
  readonly approvesTurns?: boolean;
}

/** A text with what was left out of it. */
export interface Rendered {
  readonly text: string;
  readonly isTruncated: boolean;
  /** Everything that is scheduled is shown. */
  readonly showsEveryTurn: boolean;
  /** Every deactivation, deletion and admin change is shown. */
  readonly showsEveryEnd: boolean;
}
