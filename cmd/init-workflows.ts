import { lstat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { workflowFiles, workflowFolder } from '../src/edit/workflows.ts';
import type { SourceFile } from '../src/model/declaration.ts';
import { version } from './version.ts';

/** What `init` does about the workflows of a repository. */
export interface Workflows {
  /** What is to be written, by paths below the directory. */
  readonly files: readonly SourceFile[];
  /** Those that are there already, by paths below the directory. */
  readonly kept: readonly string[];
  /** The repository that the directory lies in without being its root: GitHub would not look for workflows there. */
  readonly outer: Outer | undefined;
}

interface Outer {
  readonly root: string;
  /** Where the directory lies in it, with slashes. */
  readonly path: string;
}

/** The workflows that a directory lacks; none below the root of a repository. */
export async function missingWorkflows(root: string): Promise<Workflows> {
  const repository = await repositoryOf(root);
  if (repository !== undefined && repository !== root) {
    const path = relative(repository, root).split(sep).join('/');
    return { files: [], kept: [], outer: { root: repository, path } };
  }
  const all = workflowFiles(version).map(({ path, text }) => ({ path: join(workflowFolder, path), text }));
  const there = await Promise.all(all.map(({ path }) => exists(join(root, path))));
  return {
    files: all.filter((_, index) => there[index] === false),
    kept: all.flatMap(({ path }, index) => (there[index] === true ? path : [])),
    outer: undefined,
  };
}

/** What is left to do on GitHub, as lines to print; `configuration` is what `init` was asked for, seen from its directory. */
export function stepsOnGitHub({ files, kept, outer }: Workflows, configuration: string): string {
  if (outer !== undefined) {
    return `
No workflows: GitHub looks for them at the root of the repository, ${outer.root}. To have them, run seatform init there, remove the
second seatform/ that it writes there, and name this configuration in each of them, under \`with:\`:
  config: ${plainOrQuoted(`${outer.path}/${configuration}`)}
`;
  }
  const already = kept.length > 0 ? `\nKept as they are: ${kept.join(', ')}\n` : '';
  return files.length > 0 ? `${already}${steps}` : already;
}

const steps = `
To plan on pull requests and apply on merge (docs/github.md):
  1. Push this to the default branch. Where that is not main, change it in ${workflowFolder}/figma-apply.yml. The first run of
     figma apply is red until the next step is done: run it again then.
  2. Make the environment figma (Settings, Environments), limited to the default branch, with the secret FIGMA_SCIM_TOKEN, the
     secret FIGMA_SIGNING_KEY (a random text of 16 characters or more), and the variable FIGMA_TENANT_ID.
  3. Make a ruleset for the default branch (Settings, Rules): a pull request, one review by somebody else, and the check "figma plan".
  4. Open a pull request.
`;

/** A path as YAML takes it. */
function plainOrQuoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}

/** The directory at or above `dir` that is the root of a repository. */
async function repositoryOf(dir: string): Promise<string | undefined> {
  if (await exists(join(dir, '.git'))) return dir;
  return dirname(dir) === dir ? undefined : repositoryOf(dirname(dir));
}

/** A path that cannot be looked at counts as there: nothing is written over it. */
function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => !['ENOENT', 'ENOTDIR'].includes(error.code ?? ''),
  );
}
