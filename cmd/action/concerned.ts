import { mayBelong } from '../../src/github/tree.ts';
import { changedFiles } from '../github/pull.ts';
import type { PullApproval } from './approvals.ts';
import type { Known } from './chosen.ts';
import type { Authorized } from './scene.ts';

/** More pull requests than this are not told of changes that nobody approved: the issue tells it. */
const mostTold = 10;

/**
 * The pull requests of a window that may have brought changes which nobody approved: those whose approval was refused, else all. Whoever had no
 * plan and changed no configuration is left alone, and before the first apply everybody who had none, since those are merges of long ago.
 */
export async function concernedIn(
  scene: Authorized,
  { approvals, window }: Pick<Known, 'approvals' | 'window'>,
): Promise<readonly PullApproval[]> {
  const refused: PullApproval[] = [];
  for (const one of approvals.toReversed()) {
    if (refused.length === mostTold) break;
    if (one.approval.kind === 'approved') continue;
    const hadNone = one.approval.because === 'none';
    if (!hadNone || (window.applied !== undefined && (await touchesConfiguration(scene, one.pull.number)))) refused.push(one);
  }
  return refused.length > 0 ? refused : approvals.filter(({ approval }) => approval.kind === 'approved').slice(-mostTold);
}

/** Whether a pull request changes files of the configuration; what cannot be told counts as yes. */
async function touchesConfiguration({ hub, inputs }: Authorized, number: number): Promise<boolean> {
  const changed = await changedFiles(hub, number);
  return !changed.ok || changed.value.some((file) => mayBelong(file, inputs.config));
}
