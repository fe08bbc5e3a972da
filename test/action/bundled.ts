import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { node24 } from './node24/node24.ts';

/** How a step that uses the Action ended; an exit code other than 0 is red. */
export interface Step {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the committed bundle as the runner does: alone with action.yml in a folder of its own, in an empty workspace, with this environment and
 * nothing else. Where Node 24 is not at hand, this process's Node takes its place.
 */
export async function runBundle(env: Readonly<Record<string, string>>): Promise<Step> {
  const root = await mkdtemp(join(tmpdir(), 'seatform-action-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [action, workspace] = [join(root, 'action'), join(root, 'workspace')];
  await Promise.all([mkdir(join(action, 'dist'), { recursive: true }), mkdir(workspace)]);
  await cp('action.yml', join(action, 'action.yml'));
  await cp('dist/action.js', join(action, 'dist/action.js'));
  const child = spawn(node24() ?? process.execPath, [join(action, 'dist/action.js')], {
    cwd: workspace,
    env: { HOME: root, RUNNER_TEMP: root, GITHUB_WORKSPACE: workspace, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
    return text;
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { code, out: (await out) ?? '', err: (await err) ?? '' };
}
