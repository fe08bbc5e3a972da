import type { SignedIds } from '../../src/approval/own.ts';
import { isSince } from '../../src/approval/returns.ts';
import { isShownBy } from '../../src/approval/since.ts';
import { keyOf } from '../../src/github/key.ts';
import { isGenuine, sign, signedPlan, type Said } from '../../src/github/marker.ts';
import type { SignedHashes } from '../../src/model/approval.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { withoutFooter } from '../../src/render/comment/footer.ts';
import { today } from '../request.ts';
import { updateComment } from '../github/comments.ts';
import { pullCommits } from '../github/pull-commits.ts';
import { readPull } from '../github/pull.ts';
import { dismissReview, readReviews } from '../github/reviews.ts';
import { ownComments, type Own } from './own-comments.ts';
import type { Authorized } from './scene.ts';
import { store } from './store-comment.ts';

/** What is to be in the comment of a pull request. */
export interface Post {
  readonly said: Said;
  readonly ids: SignedIds;
  readonly hashes: SignedHashes;
  /** The visible text; `countsFrom` where older approvals do not count and could not be dismissed. */
  readonly bodyOf: (countsFrom?: string) => string;
  /** Whether a comment is made where there is none yet. */
  readonly isNews: boolean;
  /** When somebody lost access who gets it back: what was shown before does not count as that. */
  readonly goneSince?: string;
}

/** What became of a comment. `superseded`: the pull request is closed or has another head by now, so nothing was written. */
export type Posted =
  | { readonly kind: 'stored' | 'unchanged'; readonly url: string }
  | { readonly kind: 'needless' | 'superseded' }
  | { readonly kind: 'lost' };

/**
 * Brings the one comment of a pull request up to date and reads it back: what could not be read back as it was signed approves nothing. Where it shows
 * more than before, it is written twice: GitHub's time of the first write, from which on reviews count, is signed by the second.
 */
export async function post(scene: Authorized, wanted: Post): Promise<Result<Posted>> {
  const { said, hashes } = wanted;
  const isOpen = await isStillOpen(scene, said);
  if (!isOpen.ok) return isOpen;
  if (!isOpen.value) return succeed({ kind: 'superseded' });
  const found = await ownComments(scene, said);
  if (!found.ok) return found;
  const { current, former } = found.value;
  if (!current && !wanted.isNews) return succeed({ kind: 'needless' });
  if (current && isNewer(current, said, scene)) return succeed({ kind: 'superseded' });
  const known = current && isGenuine(current.marker, current.body, scene.keys) && current.marker.header.since !== '' ? current : undefined;
  const isKept = isNothing(hashes) || (known !== undefined && wasShown(known) && isCovered(known, wanted, scene));
  const posted = isKept ? await postOnce(scene, wanted, current, known) : await postTwice(scene, wanted, current);
  return posted.ok && 'url' in posted.value ? retire(scene, former, posted.value) : posted;
}

/** Whether a comment is known to have shown its plan since the time that it signs: one that was posted again later has not. */
function wasShown({ comment, marker: { header } }: Own): boolean {
  return Date.parse(comment.createdAt) <= Date.parse(header.since);
}

/** Writes what could be seen before, or what signs nothing: reviews count since when they did. */
async function postOnce(scene: Authorized, wanted: Post, current: Own | undefined, known: Own | undefined): Promise<Result<Posted>> {
  const { said, hashes, bodyOf } = wanted;
  const since = isNothing(hashes) ? said.plannedAt : (known?.marker.header.since ?? '');
  const stale = isNothing(hashes) ? succeed([]) : await staleReviews(scene, said.pull, since);
  if (!stale.ok) return stale;
  const body = bodyOf(stale.value.length > 0 ? since : undefined);
  if (known && saysTheSame(known, wanted, body)) return succeed({ kind: 'unchanged', url: known.comment.url });
  const updates = known && !isNothing(hashes) ? await updatesSince(scene, known, said) : succeed([]);
  if (!updates.ok) return updates;
  const stored = await store(scene, said, current?.comment, sign({ ...said, since, updates: updates.value }, hashes, body, scene.keys[0]));
  return stored.ok ? succeed(stored.value.posted) : stored;
}

/** Writes what was never seen as a whole: first to have GitHub's time of it, then with that time. */
async function postTwice(scene: Authorized, { said, hashes, bodyOf }: Post, current: Own | undefined): Promise<Result<Posted>> {
  const first = await store(scene, said, current?.comment, sign({ ...said, since: '' }, hashes, bodyOf(), scene.keys[0]));
  if (!first.ok || first.value.posted.kind !== 'stored' || !first.value.comment) return first.ok ? succeed(first.value.posted) : first;
  const { comment } = first.value;
  const isLeft = await dismissStale(scene, said.pull, comment.updatedAt);
  const isOpen = await isStillOpen(scene, said);
  if (!isOpen.ok) return isOpen;
  if (!isOpen.value) return succeed({ kind: 'superseded' });
  const since = comment.updatedAt;
  const text = sign({ ...said, since }, hashes, bodyOf(isLeft ? since : undefined), scene.keys[0]);
  const second = await store(scene, said, comment, text);
  return second.ok ? succeed(second.value.posted) : second;
}

async function isStillOpen({ hub }: Authorized, { pull: number, head }: Said): Promise<Result<boolean>> {
  const pull = await readPull(hub, number);
  return pull.ok ? succeed(pull.value.state === 'open' && pull.value.head === head) : pull;
}

/** Dismisses the approvals given before a plan had grown; whether some are left, since GitHub does not let everybody do that. */
async function dismissStale(scene: Authorized, pull: number, since: string): Promise<boolean> {
  const stale = await staleReviews(scene, pull, since);
  if (!stale.ok) return true;
  let isLeft = false;
  for (const id of stale.value) {
    const dismissed = await dismissReview(scene.hub, pull, id, grown);
    isLeft ||= !dismissed.ok || dismissed.value !== 'dismissed';
  }
  return isLeft;
}

const grown = 'The plan has grown since this approval: read the comment with the plan again, and approve what it shows now.';

/** The approving reviews that were submitted before a time, or in the same second. */
async function staleReviews({ hub }: Authorized, pull: number, since: string): Promise<Result<readonly number[]>> {
  const reviews = await readReviews(hub, pull);
  if (!reviews.ok) return reviews;
  return succeed(
    reviews.value
      .filter(({ state, submittedAt }) => state === 'APPROVED' && Date.parse(submittedAt) <= Date.parse(since))
      .map(({ id }) => id),
  );
}

/** The merges of the base into the branch that changed nothing of what is signed, the new ones among them. */
async function updatesSince({ hub }: Authorized, { marker: { header } }: Own, { pull, head }: Said): Promise<Result<readonly string[]>> {
  if (header.head === head) return succeed(header.updates);
  const commits = await pullCommits(hub, pull);
  if (!commits.ok) return commits;
  const oids = new Set(commits.value.map(({ oid }) => oid));
  const start = commits.value.findIndex(({ oid }) => oid === header.head);
  const fresh = start === -1 ? [] : commits.value.slice(start + 1);
  const merges = fresh.filter(({ parents: [, second, third] }) => second !== undefined && third === undefined && !oids.has(second));
  return succeed([...header.updates, ...merges.map(({ oid }) => oid)]);
}

function isCovered({ marker }: Own, { said, ids, goneSince }: Post, scene: Authorized): boolean {
  const { header } = marker;
  const hashOf = (keyId: string, id: Parameters<NonNullable<ReturnType<typeof keyOf>>['hashOf']>[0]) =>
    keyOf(scene.keys, keyId)?.hashOf(id);
  return (
    header.tenant === said.tenant &&
    isSince(header.since, goneSince) &&
    isShownBy(signedPlan(marker), { ids, allowances: said.allowances, today: today(scene.host) }, hashOf)
  );
}

/** Whether another run has planned this very head later: its plan stays. */
function isNewer({ marker, body }: Own, { head, plannedAt }: Said, { keys }: Authorized): boolean {
  return isGenuine(marker, body, keys) && marker.header.head === head && marker.header.plannedAt > plannedAt;
}

/** Whether a comment is signed for this head and says the same, but for when and where it was made. */
function saysTheSame({ marker: { header, hashes }, body: shown }: Own, { said, hashes: wanted }: Post, body: string): boolean {
  const all = ({ changes, rules, takenBack, dated }: SignedHashes) =>
    [changes, rules, takenBack, dated].map((list) => list.toSorted().join()).join('|');
  return (
    header.head === said.head &&
    header.digest === said.digest &&
    header.tenant === said.tenant &&
    JSON.stringify(header.allowances) === JSON.stringify(said.allowances) &&
    all(hashes) === all(wanted) &&
    withoutFooter(shown) === withoutFooter(body)
  );
}

function isNothing({ changes, rules, takenBack, dated }: SignedHashes): boolean {
  return changes.length + rules.length + takenBack.length + dated.length === 0;
}

/** A former plan must not stay beside the newest: it is replaced by the way to that. */
async function retire({ hub }: Authorized, former: readonly Own[], posted: Posted & { readonly url: string }): Promise<Result<Posted>> {
  for (const { comment } of former) {
    const updated = await updateComment(hub, comment.id, `The plan of this pull request is in [another comment](${posted.url}).`);
    if (!updated.ok) return updated;
  }
  return succeed(posted);
}
