import { atomBytes } from '../../src/github/key.ts';
import { markerOf, type Header } from '../../src/github/marker.ts';
import { isBlocked } from '../../src/model/plan.ts';
import { renderReview } from '../../src/render/comment/comment.ts';
import type { Frame, Rendered } from '../../src/render/comment/frame.ts';
import type { Reviewed } from '../../src/reconcile.ts';
import type { Authorized } from './scene.ts';

/** What a comment may measure besides its first line; GitHub refuses bodies over 65,536 characters. */
export const roomOfComment = 60_000;
/** What the approvals in a comment may measure, in characters of base64. */
const roomOfApprovals = 24_000;

/** A comment as it would stand, and what it approves. */
export interface Drawn {
  readonly rendered: Rendered;
  readonly atoms: readonly string[];
  readonly approvals: Frame['approvals'];
}

/** The comment with all approvals, or, where they do not fit or hide what ends somebody's access, without any. */
export function draw(
  { review, atoms, turns }: Reviewed,
  frame: Omit<Frame, 'approvals'>,
  header: Omit<Header, 'keyId' | 'body'>,
  { key }: Authorized,
): Drawn {
  const hashes = [...atoms, ...turns].map((atom) => key.hashOf(atom));
  if (hashes.length === 0)
    return { rendered: renderReview(review, { ...frame, approvals: 'none' }, roomOfComment), atoms: [], approvals: 'none' };
  const bare = (approvals: 'too-many' | 'not-shown'): Drawn => {
    return { rendered: renderReview(review, { ...frame, approvals }, roomOfComment), atoms: [], approvals };
  };
  if ((hashes.length * atomBytes * 4) / 3 > roomOfApprovals) return bare('too-many');
  const line = markerOf({ ...header, keyId: key.id, body: '0'.repeat(64) }, hashes, key).length + 1;
  // Its approval stands for the day on which the guard lets it pass; until then nothing is promised.
  const promised = isBlocked(review.own) ? 'none' : 'signed';
  const rendered = renderReview(review, { ...frame, approvals: promised }, roomOfComment - line);
  return rendered.showsEveryEnd ? { rendered, atoms: hashes, approvals: promised } : bare('not-shown');
}
