import { approvalOf, type Approval } from '../../src/github/approval.ts';
import { isSigned, open } from '../../src/github/marker.ts';
import type { MergedPlan, Opinion } from '../../src/model/approval.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { sameAccount } from '../github/account.ts';
import { editorsOf, listComments, type Comment } from '../github/comments.ts';
import type { MergedPull } from '../github/history.ts';
import { pullCommits } from '../github/pull-commits.ts';
import { hasWriteAccess, readReviews, type Review } from '../github/reviews.ts';
import { plannerOf, type Authorized } from './scene.ts';

/** A merged pull request with everything that its approval depends on, and the comment that holds its plan. */
export interface FetchedPull {
  readonly pull: MergedPull;
  readonly plan: MergedPlan;
  readonly signed?: { readonly comment: Comment; readonly approval: Extract<Approval, { kind: 'signed' }> };
}

/** Reads what a merged pull request says for its approval: comments, reviews and the people of its commits. */
export async function fetchPull(scene: Authorized, pull: MergedPull, tenant: string): Promise<Result<FetchedPull>> {
  const { hub } = scene;
  const found = await fetchApproval(scene, pull, tenant);
  if (!found.ok) return found;
  const { approval, comment } = found.value;
  const listed = await pullCommits(hub, pull.number);
  if (!listed.ok) return listed;
  const commits = listed.value.map(({ oid, authors, committers }) => ({ oid, people: [...authors, ...committers] }));
  const isCut = commits.length > 0 && commits.every(({ oid }) => oid !== pull.head);
  const known = { number: pull.number, author: pull.author.login, mergedAt: pull.mergedAt, ...(isCut && { isCut }) };
  if (approval.kind === 'refused') return succeed({ pull, plan: { ...known, signed: approval, opinions: [], commits } });
  const reviews = await readReviews(hub, pull.number);
  if (!reviews.ok) return reviews;
  const opinions = await opinionsOf(scene, reviews.value, approval.plan.access);
  if (!opinions.ok) return opinions;
  const plan: MergedPlan = { ...known, signed: { kind: 'signed', plan: approval.plan }, opinions: opinions.value, commits };
  return succeed({ pull, plan, ...(comment && { signed: { comment, approval } }) });
}

async function fetchApproval(
  scene: Authorized,
  { number, head, mergedAt }: MergedPull,
  tenant: string,
): Promise<Result<{ readonly approval: Approval; readonly comment: Comment | undefined }>> {
  const { hub, inputs, repository, keys } = scene;
  const listed = await listComments(hub, number);
  if (!listed.ok) return listed;
  const planner = plannerOf(scene);
  const comments = [];
  for (const comment of listed.value) {
    const opened = open(comment.body);
    if (!opened) continue;
    const isOwn = sameAccount(comment.author, planner);
    // Anybody can write what looks like a plan; who edited it matters only where the signature is genuine.
    const editors = isOwn && isSigned(opened.marker, keys) ? await editorsOf(hub, comment.nodeId) : succeed([]);
    if (!editors.ok) return editors;
    const isForeign = editors.value.some((editor) => !sameAccount(editor, planner) && !sameAccount(editor, repository.viewer));
    comments.push({ id: comment.id, body: comment.body, createdAt: comment.createdAt, isOwn, isForeign });
  }
  const claim = { repository: repository.id, pull: number, commentKey: inputs.commentKey, tenant, head, mergedAt };
  const approval = approvalOf(comments, claim, keys);
  const comment = approval.kind === 'signed' ? listed.value.find(({ id }) => id === approval.comment) : undefined;
  return succeed({ approval, comment });
}

/** The opinions of people. Who had write access when an apply first saw the merge is taken from there. */
async function opinionsOf(
  { hub }: Authorized,
  reviews: readonly Review[],
  access: Readonly<Record<string, boolean>>,
): Promise<Result<readonly Opinion[]>> {
  const opinions: Opinion[] = [];
  for (const { author, state, submittedAt: at } of reviews) {
    if (state === 'COMMENTED' || state === 'PENDING' || author.type !== 'User') continue;
    const known = access[author.login.toLowerCase()];
    const allowed = known === undefined ? await hasWriteAccess(hub, author.login) : succeed(known);
    if (!allowed.ok) return allowed;
    opinions.push({ author: author.login, state, at, counts: allowed.value });
  }
  return succeed(opinions);
}
