import { approvalOf, type Approval, type Claim } from '../../src/github/approval.ts';
import { isSigned, open } from '../../src/github/marker.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { editorsOf, listComments, type Comment } from '../github/comments.ts';
import type { MergedPull } from '../github/history.ts';
import type { Authorized } from './scene.ts';

/** What a merged pull request approves, or why nothing. */
export interface PullApproval {
  readonly pull: MergedPull;
  readonly approval: Approval;
  /** The comment that approves. */
  readonly comment?: Comment;
}

/** Reads what merged pull requests approve. */
export async function readApprovals(
  scene: Authorized,
  pulls: readonly MergedPull[],
  tenant: string,
): Promise<Result<readonly PullApproval[]>> {
  const found: PullApproval[] = [];
  for (const pull of pulls) {
    const read = await readApproval(scene, pull, tenant);
    if (!read.ok) return read;
    found.push(read.value);
  }
  return succeed(found);
}

async function readApproval({ hub, inputs, repository, key }: Authorized, pull: MergedPull, tenant: string): Promise<Result<PullApproval>> {
  const listed = await listComments(hub, pull.number);
  if (!listed.ok) return listed;
  const { number, head, mergedAt } = pull;
  const { id, viewer } = repository;
  const claim: Claim = { repository: id, pull: number, commentKey: inputs.commentKey, tenant, head, mergedAt, viewer };
  const signed = [];
  for (const comment of listed.value) {
    const opened = open(comment.body);
    // Anybody can write what looks like a plan; who edited it matters only where the signature is genuine.
    const editors = opened && isSigned(opened.marker, key) ? await editorsOf(hub, comment.nodeId) : succeed([]);
    if (!editors.ok) return editors;
    if (opened) signed.push({ ...comment, editors: editors.value });
  }
  const approval = approvalOf(signed, claim, key);
  const comment = approval.kind === 'approved' ? listed.value.find((one) => one.id === approval.comment) : undefined;
  return succeed({ pull, approval, ...(comment && { comment }) });
}
