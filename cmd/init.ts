import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ignoredByGit, starterFiles } from '../src/edit/starter.ts';
import { writeFiles } from '../src/edit/write.ts';
import type { SourceFile } from '../src/model/declaration.ts';
import { complain } from './console.ts';
import { exitCodes } from './exit.ts';
import type { Host } from './host.ts';
import { missingWorkflows, stepsOnGitHub } from './init-workflows.ts';
import { pathsBelow } from './listing.ts';
import type { LookFlags } from './options.ts';
import { modeline, schemaBeside, schemaFile } from './schema-beside.ts';
import { configurationFile, hasConfigurationFile } from './sources.ts';

const configuration = 'seatform';
const gitignore = '.gitignore';

/**
 * Writes a starter configuration below a directory, a .gitignore where there is none, and the workflows that a repository lacks; never over a
 * file that exists, and no starter where there is a configuration already.
 */
export async function init(host: Host, dir: string, flags: LookFlags): Promise<number> {
  const root = resolve(host.cwd, dir);
  const below = await pathsBelow(join(root, configuration), configuration);
  if (!below.ok) {
    complain(host, flags, below.diagnostics);
    return exitCodes.error;
  }
  const lying = below.value;
  const configured = await configuredBy(root, lying);
  const starter = configured !== undefined ? [] : [...starterFiles(modeline), ...(lying.includes(schemaFile) ? [] : [schemaBeside()])];
  const ignoring = await gitignoreOf(root);
  const workflows = await missingWorkflows(root);
  const files = [
    ...starter.map(({ path, text }) => ({ path: join(configuration, path), text })),
    ...(ignoring === undefined ? [{ path: gitignore, text: ignoredByGit }] : []),
    ...workflows.files,
  ];
  const written = await writeFiles(root, files);
  if (!written.ok) {
    complain(host, flags, written.diagnostics);
    return exitCodes.error;
  }
  host.out.write(reportOf(files, configured));
  if (ignoring !== undefined && !ignoresPlans(ignoring)) {
    host.out.write(`\n${gitignore} is there already: add these lines to it, since plans and journals name people.\n${ignoredByGit}`);
  }
  if (configured === undefined) host.out.write(next);
  host.out.write(stepsOnGitHub(workflows, configured ?? configuration));
  return exitCodes.done;
}

const next = '\nNext: seatform import writes what is live beside it, seatform validate checks it, seatform plan shows what would change.\n';

/** What is the configuration of a directory already, if anything is: the directory with YAML in it before the file. */
async function configuredBy(root: string, lying: readonly string[]): Promise<string | undefined> {
  if (lying.some((path) => /\.ya?ml$/.test(path))) return configuration;
  return (await hasConfigurationFile(root)) ? configurationFile : undefined;
}

function reportOf(files: readonly SourceFile[], configured: string | undefined): string {
  const listed = files.filter(({ path }) => !path.endsWith(schemaFile)).map(({ path }) => `  ${path}\n`);
  const is = configured === configuration ? `${configuration}/ holds a configuration already` : `${configured} is the configuration`;
  const kept = configured === undefined ? '' : `${is}: it is left as it is.\n`;
  return `${kept}${listed.length > 0 ? `Wrote:\n${listed.join('')}` : ''}`;
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
