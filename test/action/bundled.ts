import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { node24 } from './node24/node24.ts';

/** How a step that uses the Action ended; an exit code other than 0 is red. */
export interface Step {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Everything that lies in the folders of the job when it is over, one text after the other. */
  readonly left: string;
}

/** What started a step, and when it is cancelled. */
export interface Job {
  readonly payload?: object;
  /** Sends SIGINT as soon as it resolves, as GitHub does. */
  readonly cancelled?: Promise<unknown>;
}

/**
 * Runs the committed bundle as the runner does: alone with action.yml in a folder of its own, in an empty workspace, with this environment and
 * nothing else, and with the files of a job. Where Node 24 is not at hand, this process's Node takes its place.
 */
export async function runBundle(env: Readonly<Record<string, string>>, { payload, cancelled }: Job = {}): Promise<Step> {
  const root = await mkdtemp(join(tmpdir(), 'seatform-action-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [action, workspace, temp] = [join(root, 'action'), join(root, 'workspace'), join(root, 'temp')];
  await Promise.all([mkdir(join(action, 'dist'), { recursive: true }), mkdir(workspace), mkdir(temp)]);
  const [output, summary, event] = [join(temp, 'output'), join(temp, 'summary'), join(root, 'event.json')];
  await Promise.all([writeFile(output, ''), writeFile(summary, ''), writeFile(event, JSON.stringify(payload ?? {}))]);
  await cp('action.yml', join(action, 'action.yml'));
  await cp('dist/action.js', join(action, 'dist/action.js'));
  const child = spawn(node24() ?? process.execPath, [join(action, 'dist/action.js')], {
    cwd: workspace,
    env: { HOME: root, RUNNER_TEMP: temp, GITHUB_WORKSPACE: workspace, ...filesOf({ output, summary, event }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = [child.stdout, child.stderr].map(async (stream) => {
    let text = '';
    for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
    return text;
  });
  void cancelled?.then(() => child.kill('SIGINT'));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const left = await Promise.all([temp, workspace].map(textsIn));
  const told = { outputs: outputsIn(await readFile(output, 'utf8')), summary: await readFile(summary, 'utf8') };
  return { code, out: (await out) ?? '', err: (await err) ?? '', ...told, left: left.join('\n') };
}

function filesOf({ output, summary, event }: Readonly<Record<'output' | 'summary' | 'event', string>>) {
  return { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, GITHUB_EVENT_PATH: event };
}

/** What the runner reads of the file: `NAME<<DELIMITER`, the lines of the value, `DELIMITER`. */
function outputsIn(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}

async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return (await Promise.all(files.map(async (path) => `${path}\n${await readFile(path, 'utf8')}`))).join('\n');
}
