import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ignoredByGit, starterFiles } from '../src/edit/starter.ts';
import { writeFiles } from '../src/edit/write.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import type { LookFlags } from './options.ts';
import { modeline, schemaBeside } from './schema-beside.ts';

const configuration = 'seatform';
const gitignore = '.gitignore';

/** Writes a starter configuration below a directory, and a .gitignore where there is none; never over a file that exists. */
export async function init(host: Host, dir: string, flags: LookFlags): Promise<number> {
  const root = resolve(host.cwd, dir);
  const starter = [...starterFiles(modeline), schemaBeside()].map(({ path, text }) => ({ path: join(configuration, path), text }));
  const present = await gitignoreOf(root);
  const files = [...starter, ...(present === undefined ? [{ path: gitignore, text: ignoredByGit }] : [])];
  const written = await writeFiles(root, files);
  if (!written.ok) {
    complain(host, flags, written.diagnostics);
    return exitCodes.error;
  }
  const listed = files.filter(({ path }) => !path.includes('schema')).map(({ path }) => `  ${path}\n`);
  host.out.write(`Wrote a starter configuration${dir === '.' ? '' : ` to ${dir}`}:\n${listed.join('')}`);
  if (present !== undefined && !ignoresPlans(present)) {
    host.out.write(`\n${gitignore} is there already: add these lines to it, since plans and journals name people.\n${ignoredByGit}`);
  }
  host.out.write(
    '\nNext: seatform import writes what is live beside it, seatform validate checks it, seatform plan shows what would change.\n',
  );
  return exitCodes.done;
}

/** What a .gitignore holds, or undefined where there is none; one that cannot be read is there. */
async function gitignoreOf(root: string): Promise<string | undefined> {
  const path = join(root, gitignore);
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  return isThere ? readFile(path, 'utf8').catch(() => '') : undefined;
}

function ignoresPlans(text: string): boolean {
  const lines = new Set(text.split(/\r?\n/));
  return ignoredByGit
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .every((line) => lines.has(line));
}
