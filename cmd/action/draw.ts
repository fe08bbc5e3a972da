import type { ChangeId } from '../../src/model/change-id.ts';
import { hashBytes } from '../../src/github/key.ts';
import { markerOf, type Header } from '../../src/github/marker.ts';
import { isBlocked } from '../../src/model/plan.ts';
import { renderReview } from '../../src/render/comment/comment.ts';
import type { Frame, Rendered } from '../../src/render/comment/frame.ts';
import type { Reviewed } from '../../src/flows/pull-request.ts';
import type { Authorized } from './scene.ts';

/** What a comment may measure besides its first line; GitHub refuses bodies over 65,536 characters. */
export const roomOfComment = 60_000;
/** What the approvals in a comment may measure, in characters of base64. */
const roomOfApprovals = 24_000;

/** A comment as it would stand, and what it approves. */
export interface Drawn {
  readonly rendered: Rendered;
  /** The hashes of what is approved, those of later days last. */
  readonly changeIds: readonly string[];
  readonly turns: number;
  readonly approvals: Frame['approvals'];
}

/**
 * The comment with all approvals, or, where they do not fit or hide what ends somebody's access, without any. What is scheduled and has no room is
 * not approved with the rest.
 */
export function draw(
  { review, changeIds, turns }: Reviewed,
  frame: Omit<Frame, 'approvals'>,
  header: Omit<Header, 'keyId' | 'body' | 'turns'>,
  { key }: Authorized,
): Drawn {
  const bare = (approvals: 'none' | 'too-many' | 'not-shown'): Drawn => {
    return { rendered: renderReview(review, { ...frame, approvals }, roomOfComment), changeIds: [], turns: 0, approvals };
  };
  // Its approval stands for the day on which the guard lets it pass; until then nothing is promised.
  const promised = isBlocked(review.own) ? 'none' : 'signed';
  const signed = (later: readonly ChangeId[]): Drawn => {
    const hashes = [...changeIds, ...later].map((changeId) => key.hashOf(changeId));
    if ((hashes.length * hashBytes * 4) / 3 > roomOfApprovals) return later.length > 0 ? signed([]) : bare('too-many');
    const line = markerOf({ ...header, turns: later.length, keyId: key.id, body: '0'.repeat(64) }, hashes, key).length + 1;
    const rendered = renderReview(
      review,
      { ...frame, approvals: promised, approvesTurns: promised === 'signed' && later.length > 0 },
      roomOfComment - line,
    );
    if (!rendered.showsEveryTurn && later.length > 0) return signed([]);
    return rendered.showsEveryEnd ? { rendered, changeIds: hashes, turns: later.length, approvals: promised } : bare('not-shown');
  };
  return changeIds.size + turns.size === 0 ? bare('none') : signed([...turns]);
}
