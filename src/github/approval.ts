import type { Refusal, SignedPlan } from '../model/approval.ts';
import { isGenuine, isSigned, open, signedPlan, type Marker } from './marker.ts';
import type { KeyRing } from './key.ts';

/** A comment on a pull request, as far as an approval depends on it. */
export interface SignedComment {
  readonly id: number;
  readonly body: string;
  /** GitHub's time. */
  readonly createdAt: string;
  /** Its author is the account that plans. */
  readonly isOwn: boolean;
  /** Somebody else has ever edited it. */
  readonly isForeign: boolean;
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

/** The plan that counts, or why none does. `body` is what people saw. */
export type Approval =
  | { readonly kind: 'signed'; readonly comment: number; readonly marker: Marker; readonly plan: SignedPlan; readonly body: string }
  | { readonly kind: 'refused'; readonly because: Refusal };

/**
 * The signed plan that counts among the comments of a pull request: the newest of its head that could be seen before the merge, written by the account
 * that plans. If somebody else edited that one, nothing counts: an older one must not come back to life by it.
 */
export function approvalOf(comments: readonly SignedComment[], claim: Claim, ring: KeyRing): Approval {
  const known = comments.flatMap((comment): Known[] => {
    const opened = open(comment.body);
    return opened && isAbout(opened.marker, claim) ? [{ comment, ...opened }] : [];
  });
  const signed = known.filter(({ marker }) => isSigned(marker, ring));
  const own = signed.filter(({ comment }) => comment.isOwn);
  const ofHead = own.filter(({ marker }) => marker.header.head === claim.head);
  const timely = ofHead.filter(({ marker }) => isTimely(marker, claim.mergedAt));
  const newest = timely.toSorted(byTime).findLast((one) => !isCopy(one)) ?? timely.at(-1);
  if (!newest) return { kind: 'refused', because: reasonOf(known, own, signed, claim, ring) };
  const { comment, marker, body } = newest;
  if (marker.header.tenant === '') return { kind: 'refused', because: marker.header.digest === '' ? 'none' : 'too-large' };
  if (comment.isForeign) return { kind: 'refused', because: 'edited' };
  if (isCopy(newest) || !isGenuine(marker, body, ring)) return { kind: 'refused', because: 'forged' };
  return { kind: 'signed', comment: comment.id, marker, plan: signedPlan(marker), body };
}

interface Known {
  readonly comment: SignedComment;
  readonly marker: Marker;
  readonly body: string;
}

/** Why nothing counts. What somebody else writes under a foreign key is no reason. */
function reasonOf(known: readonly Known[], own: readonly Known[], signed: readonly Known[], { head }: Claim, ring: KeyRing): Refusal {
  if (own.some(({ marker }) => marker.header.head === head)) return 'after-merge';
  if (own.length > 0) return 'other-head';
  if (signed.length > 0) return 'foreign-author';
  const written = known.filter(({ comment }) => comment.isOwn);
  if (written.length === 0) return 'none';
  return written.some(({ marker }) => ring.every(({ id }) => id !== marker.header.keyId)) ? 'token-rotated' : 'forged';
}

/** Whether a plan was made, and could be seen, before the merge. Without the second write nobody knows since when it could be seen. */
function isTimely({ header: { plannedAt, since, tenant } }: Marker, mergedAt: string | undefined): boolean {
  const seen = tenant === '' ? plannedAt : since;
  return (
    mergedAt === undefined || (seen !== '' && Date.parse(plannedAt) <= Date.parse(mergedAt) && Date.parse(seen) <= Date.parse(mergedAt))
  );
}

/** Whether a comment was written again after the time from which its reviews count: then it was not there when it was reviewed. */
function isCopy({ comment, marker: { header, hashes } }: Known): boolean {
  const isSigning = Object.values(hashes).some((list: readonly string[]) => list.length > 0);
  return isSigning && Date.parse(comment.createdAt) > Date.parse(header.since);
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
