import type { Git, Signature } from './git.ts';

/** What a commit does to a path: a new text, nothing left there, a symbolic link, or a submodule at a commit. */
export type FileChange = string | Uint8Array | null | { readonly symlink: string } | { readonly submodule: string };

/** A commit to be made on top of a branch. */
export interface NewCommit {
  readonly branch: string;
  /** The commit below it; without one the branch starts anew. */
  readonly parent: string | undefined;
  readonly files: Readonly<Record<string, FileChange>>;
  /** For a merge: the other parents, and the tree that the files change instead of the parent's. */
  readonly merge?: { readonly parents: readonly string[]; readonly tree: string };
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** The sha of the commit that was made, the last of `count` with the same files; the branch points to it. */
export function writeCommit(git: Git, { branch, parent, files, message, author, committer, merge }: NewCommit, count = 1): string {
  const head = Buffer.from(`commit refs/heads/${branch}\n${line('author', author)}${line('committer', committer)}`);
  const from = Buffer.from(parent === undefined ? '' : `from ${parent}\n`);
  const changes = Object.entries(files).map(([path, change]) => changeOf(path, change));
  const merged = merge === undefined ? '' : `${merge.parents.map((sha) => `merge ${sha}\n`).join('')}M 040000 ${merge.tree} ""\n`;
  const first = [head, data(message), from, Buffer.from(merged), ...changes, Buffer.from('\n')];
  const next = [head, data(message), Buffer.from('\n')];
  const parts = [...first, ...Array.from({ length: count - 1 }, () => next).flat()];
  git.run(['fast-import', '--quiet', '--force', '--date-format=raw'], Buffer.concat(parts));
  const made = git.tip(branch);
  if (made === undefined) {
    throw new Error(`no commit was made on ${branch}`);
  }
  return made;
}

/** A commit of a whole tree; no branch moves. */
export function commitTree(
  git: Git,
  tree: string,
  parents: readonly string[],
  message: string,
  by: { author: Signature; committer: Signature },
): string {
  return git.run(['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])], message, by);
}

/** Points a ref of any kind to a commit. */
export function moveRef(git: Git, ref: string, sha: string): void {
  git.run(['update-ref', ref, sha]);
}

function changeOf(path: string, change: FileChange): Buffer {
  const name = `"${path.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
  if (change === null) {
    return Buffer.from(`D ${name}\n`);
  }
  if (typeof change === 'string' || change instanceof Uint8Array) {
    return Buffer.concat([Buffer.from(`M 100644 inline ${name}\n`), data(change)]);
  }
  return 'symlink' in change
    ? Buffer.concat([Buffer.from(`M 120000 inline ${name}\n`), data(change.symlink)])
    : Buffer.from(`M 160000 ${change.submodule} ${name}\n`);
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')]);
}

function line(role: string, { name, email, time }: Signature): string {
  return `${role} ${name} <${email}> ${time}\n`;
}
