import type { JudgedPull } from '../../src/approval/line.ts';
import { mayBelong } from '../../src/github/tree.ts';
import { changedFiles } from '../github/pull.ts';
import type { Authorized } from './scene.ts';

/** More pull requests than this get no note about changes that nobody approved: the issue reports it. */
const mostNotes = 10;

/**
 * The pull requests of a line that may have brought changes which nobody approved: those whose approval was refused, else all. One that had no plan
 * and changed no configuration is left alone, and before the first apply everyone that had none, because those are merges of long ago.
 */
export async function concernedIn(scene: Authorized, pulls: readonly JudgedPull[], isApplied: boolean): Promise<readonly JudgedPull[]> {
  const refused: JudgedPull[] = [];
  for (const one of pulls.toReversed()) {
    if (refused.length === mostNotes) break;
    if (one.verdict.kind === 'approved') continue;
    const hadNone = one.verdict.because === 'none';
    if (!hadNone || (isApplied && (await touchesConfiguration(scene, one.pull.number)))) refused.push(one);
  }
  return refused.length > 0 ? refused : pulls.filter(({ verdict }) => verdict.kind === 'approved').slice(-mostNotes);
}

/** Whether a pull request changes files of the configuration; what cannot be read counts as yes. */
async function touchesConfiguration({ hub, inputs }: Authorized, number: number): Promise<boolean> {
  const changed = await changedFiles(hub, number);
  return !changed.ok || changed.value.some((file) => mayBelong(file, inputs.config));
}
