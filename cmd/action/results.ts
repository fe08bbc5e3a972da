import { sameLogin } from '../../src/github/login.ts';
import { approvedBy, sign } from '../../src/github/marker.ts';
import { tallyOf, type OpenChange } from '../../src/approval/tally.ts';
import type { ChangeId } from '../../src/model/change-id.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Decided } from '../../src/flows/merge.ts';
import type { Stop } from '../../src/render/comment/advice.ts';
import { renderResult } from '../../src/render/comment/result.ts';
import { renderUnapproved } from '../../src/render/comment/unapproved.ts';
import type { PullApproval } from './approvals.ts';
import { updateComment } from '../github/comments.ts';
import { note } from './notes.ts';
import { asWarnings } from './outcome.ts';
import type { Authorized } from './scene.ts';
import { waysOf } from './ways.ts';

/** How an apply ended, as far as pull requests are told. */
export interface Ended {
  readonly open: readonly OpenChange[];
  /** What is absent from the plan need not be in place. */
  readonly isUncertain: boolean;
  readonly approvalFor: Decided['approvalFor'];
  /** What stopped the apply as a whole. */
  readonly stop?: Stop | undefined;
  /** How many changes nobody approved, and the plan that holds them. */
  readonly unreviewed: number;
  /** How many changes of days to come nobody approved. */
  readonly later: number;
  readonly remaining: Plan;
}

/**
 * Tells every merged pull request what became of what it had approved, and those that are concerned that changes were not written for want of an
 * approval. What could not be told comes back as warnings.
 */
export async function tellResults(
  scene: Authorized,
  approvals: readonly PullApproval[],
  concerned: readonly PullApproval[],
  ended: Ended,
): Promise<readonly Diagnostic[]> {
  const warnings: Diagnostic[] = [];
  for (const one of approvals) {
    const told = one.approval.kind === 'approved' ? await tellTally(scene, one, ended) : undefined;
    const warned = concerned.includes(one) ? await tellUnapproved(scene, one, ended) : undefined;
    for (const result of [told, warned]) if (result?.ok === false) warnings.push(...asWarnings(result.diagnostics));
  }
  return warnings;
}

async function tellTally(scene: Authorized, { pull, approval, comment }: PullApproval, { open, isUncertain, approvalFor, stop }: Ended) {
  if (approval.kind !== 'approved' || !comment) return undefined;
  const { host, key, redact, repository, runUrl } = scene;
  const { marker, body } = approval;
  // What is approved for a day to come is told of by nobody yet.
  const approved = new Set(approvedBy(marker).now);
  if (approved.size === 0) return undefined;
  const isApproved = (changeId: ChangeId) => approved.has(key.hashOf(changeId));
  const tally = tallyOf(open, approved.size, (change) => approvalFor(change, isApproved));
  // Success that may be none is not told; the run is red and says why.
  if (isUncertain && !tally.isFailure) return undefined;
  const frame = { runUrl, at: host.now().toISOString(), redact, mention: pull.author, stop, ways: waysOf(scene) };
  const text = renderResult(tally, frame);
  if (!sameLogin(comment.author, repository.viewer)) return note(scene, pull.number, 'result', text);
  const { keyId: _, body: __, ...header } = marker.header;
  const start = `${text}\n\n`;
  const renewed = sign({ ...header, result: start.length }, marker.changeIds, `${start}${body.slice(header.result)}`, key);
  const updated = await updateComment(scene.hub, comment.id, renewed);
  return updated.ok && updated.value === 'gone' ? note(scene, pull.number, 'result', text) : updated;
}

async function tellUnapproved(scene: Authorized, { pull, approval }: PullApproval, { unreviewed, later, remaining }: Ended) {
  const why = approval.kind === 'refused' ? approval.because : approval.marker.changeIds.length === 0 ? 'nothing' : 'approved';
  const frame = { whole: remaining, told: unreviewed, later, runUrl: scene.runUrl, ways: waysOf(scene), mention: pull.author };
  return note(scene, pull.number, 'unapproved', renderUnapproved(why, frame));
}
