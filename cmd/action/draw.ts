import type { SignedHashes } from '../../src/model/approval.ts';
import type { SignedIds } from '../../src/approval/own.ts';
import type { Key } from '../../src/github/key.ts';
import { sign, type Said } from '../../src/github/marker.ts';
import { parsedId } from '../../src/model/change-id.ts';
import { isBlocked } from '../../src/model/plan.ts';
import { renderReview } from '../../src/render/comment/comment.ts';
import type { Frame } from '../../src/render/comment/frame.ts';
import type { Reviewed } from '../../src/flows/pull-request.ts';

/** What a comment may measure, its first line included; GitHub refuses bodies over 65,536 characters. */
export const roomOfComment = 60_000;

/** A comment as it would be, and what it signs: all that the pull request does, or nothing. */
export interface Drawn {
  readonly ids: SignedIds;
  readonly hashes: SignedHashes;
  /** The hashes of the changes that give access back. */
  readonly returns: readonly string[];
  readonly approvals: Frame['approvals'];
  readonly isTruncated: boolean;
  /** The visible text. `countsFrom`: approvals given before that time do not count, and could not be dismissed. */
  readonly bodyOf: (countsFrom?: string) => string;
}

/** Draws the comment with all that is signed, or, where not all of it can be shown and signed, without any. */
export function draw({ review, ids }: Reviewed, frame: Omit<Frame, 'approvals' | 'countsFrom'>, said: Said, key: Key): Drawn {
  const hashes = hashesOf(ids, key);
  const isNothing = Object.values(ids).every((list) => list.length === 0);
  const returns = ids.changes.filter((id) => parsedId(id).op === 'reactivate').map((id) => key.hashOf(id));
  const line = sign({ ...said, returns, since: said.plannedAt }, hashes, '', key).length;
  const renderAs = (approvals: Frame['approvals'], countsFrom?: string) =>
    renderReview(review, { ...frame, approvals, ...(countsFrom !== undefined && { countsFrom }) }, roomOfComment - line);
  // A guard that blocks today may let the plan pass on a later day: until then nothing is promised.
  const promised = isNothing || isBlocked(review.own) ? 'none' : 'signed';
  const widest = line > roomOfComment / 2 ? undefined : renderAs(promised, said.plannedAt);
  if (isNothing || widest?.isWhole === true) {
    return {
      ids,
      hashes,
      returns,
      approvals: promised,
      isTruncated: widest?.isTruncated ?? true,
      bodyOf: (countsFrom) => renderAs(promised, countsFrom).text,
    };
  }
  const { text } = renderReview(review, { ...frame, approvals: 'too-large' }, roomOfComment - emptyLine);
  return { ids: nothing, hashes: nothing, returns: [], approvals: 'too-large', isTruncated: true, bodyOf: () => text };
}

/** More than a first line measures that signs nothing. */
const emptyLine = 2000;
const nothing = { changes: [], rules: [], takenBack: [], dated: [] } as const;

function hashesOf({ changes, rules, takenBack, dated }: SignedIds, key: Key): SignedHashes {
  return {
    changes: changes.map(key.hashOf),
    rules: rules.map(key.hashOf),
    takenBack: takenBack.map(key.hashOf),
    dated: dated.map(key.hashOf),
  };
}
