import { isGenuine, isSigned, open, type Marker } from './marker.ts';
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
  /** By whom plans are written. */
  readonly viewer: string;
}

/** Why a comment approves nothing. */
export type Refusal = 'none' | 'token-rotated' | 'forged' | 'edited' | 'other-head' | 'after-merge';

/** What a comment approves, or why nothing is approved. `body` is what people saw. */
export type Approval =
  | { readonly kind: 'approved'; readonly comment: number; readonly marker: Marker; readonly body: string }
  | { readonly kind: 'refused'; readonly because: Refusal };

/**
 * The approval that counts among the comments of a pull request: the newest that was signed for its head before the merge. If that one was edited,
 * nothing is approved: an older one must not come back to life by it. Who wrote a comment does not matter, since only the key can sign; who edited
 * it does, since the signature says nothing of what people saw in between.
 */
export function approvalOf(comments: readonly Signed[], claim: Claim, key: Key): Approval {
  const known = comments.flatMap((comment): Known[] => {
    const opened = open(comment.body);
    return opened && isAbout(opened.marker, claim) ? [{ comment, ...opened }] : [];
  });
  const signed = known.filter(({ marker }) => isSigned(marker, key));
  const timely = signed.filter(({ marker: { header } }) => header.head === claim.head && !isAfter(header.plannedAt, claim.mergedAt));
  const newest = timely.toSorted(byTime).at(-1);
  // The news that there is no plan approves nothing, and neither does any plan before it.
  if (newest?.marker.header.tenant === '') return { kind: 'refused', because: 'none' };
  if (!newest) return { kind: 'refused', because: reasonOf(known, signed, claim, key) };
  const { comment, marker, body } = newest;
  if (comment.editors.some((editor) => !sameLogin(editor, comment.author))) return { kind: 'refused', because: 'edited' };
  return isGenuine(marker, body, key) ? { kind: 'approved', comment: comment.id, marker, body } : { kind: 'refused', because: 'forged' };
}

interface Known {
  readonly comment: Signed;
  readonly marker: Marker;
  readonly body: string;
}

/** Why nothing that could count is signed. What strangers write under a foreign key is no reason. */
function reasonOf(known: readonly Known[], signed: readonly Known[], { head, viewer }: Claim, key: Key): Refusal {
  if (signed.some(({ marker }) => marker.header.head === head)) return 'after-merge';
  if (signed.length > 0) return 'other-head';
  const own = known.filter(({ comment }) => sameLogin(comment.author, viewer));
  if (own.length === 0) return 'none';
  return own.some(({ marker }) => marker.header.keyId !== key.id) ? 'token-rotated' : 'forged';
}

function isAfter(plannedAt: string, mergedAt: string | undefined): boolean {
  return mergedAt !== undefined && Date.parse(plannedAt) > Date.parse(mergedAt);
}

function byTime(a: Known, b: Known): number {
  return Date.parse(a.marker.header.plannedAt) - Date.parse(b.marker.header.plannedAt) || a.comment.id - b.comment.id;
}

/** Whether a marker claims to belong here at all; one that was pasted from elsewhere is nobody's approval. */
function isAbout({ header }: Marker, { repository, pull, commentKey, tenant }: Claim): boolean {
  return (
    header.repository === repository && header.pull === pull && header.commentKey === commentKey && ['', tenant].includes(header.tenant)
  );
}
