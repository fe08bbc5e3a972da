import { isGenuine, open, type Marker } from './marker.ts';
import type { Key } from './key.ts';
import { sameLogin } from './login.ts';

/** A comment on a pull request, as far as an approval depends on it. `editors` are the logins of everybody who ever edited it. */
export interface Signed {
  readonly id: number;
  readonly author: string;
  readonly body: string;
  readonly editors: readonly string[];
}

/** What an approval has to be for. `mergedAt` is absent while the pull request is open. */
export interface Claim {
  readonly repository: number;
  readonly pull: number;
  readonly commentKey: string;
  readonly tenant: string;
  readonly head: string;
  readonly mergedAt?: string;
}

/** Why a comment approves nothing. */
export type Refusal = 'none' | 'token-rotated' | 'forged' | 'edited' | 'other-head' | 'after-merge';

/** What a comment approves, or why nothing is approved. `body` is what people saw. */
export type Approval =
  | { readonly kind: 'approved'; readonly comment: number; readonly marker: Marker; readonly body: string }
  | { readonly kind: 'refused'; readonly because: Refusal };

/**
 * The approval that counts among the comments of a pull request: the newest that is genuine. Who wrote a comment does not matter, since only
 * the key can sign; who edited it does, since the signature says nothing of what people saw in between.
 */
export function approvalOf(comments: readonly Signed[], claim: Claim, key: Key): Approval {
  const judged = comments.flatMap((comment) => {
    const opened = open(comment.body);
    return opened && isAbout(opened.marker, claim) ? [{ comment, ...opened, fault: faultOf(comment, opened, claim, key) }] : [];
  });
  const good = judged
    .filter(({ fault }) => fault === undefined)
    .toSorted((a, b) => Date.parse(a.marker.header.plannedAt) - Date.parse(b.marker.header.plannedAt) || a.comment.id - b.comment.id);
  const newest = good.at(-1);
  if (newest) return { kind: 'approved', comment: newest.comment.id, marker: newest.marker, body: newest.body };
  const faults = new Set(judged.map(({ fault }) => fault));
  return { kind: 'refused', because: gravest.find((fault) => faults.has(fault)) ?? 'none' };
}

/** Of several refused comments the one is told that says most of what happened. */
const gravest: readonly Refusal[] = ['token-rotated', 'edited', 'after-merge', 'other-head', 'forged'];

/** Whether a marker claims to belong here at all; one that was pasted from elsewhere is nobody's approval. */
function isAbout({ header }: Marker, { repository, pull, commentKey, tenant }: Claim): boolean {
  return header.repository === repository && header.pull === pull && header.commentKey === commentKey && header.tenant === tenant;
}

function faultOf(
  { author, editors }: Signed,
  { marker, body }: { readonly marker: Marker; readonly body: string },
  { head, mergedAt }: Claim,
  key: Key,
): Refusal | undefined {
  const { header } = marker;
  if (header.keyId !== key.id) return 'token-rotated';
  if (!isGenuine(marker, body, key)) return 'forged';
  if (editors.some((editor) => !sameLogin(editor, author))) return 'edited';
  if (mergedAt !== undefined && Date.parse(header.plannedAt) > Date.parse(mergedAt)) return 'after-merge';
  return header.head === head ? undefined : 'other-head';
}
