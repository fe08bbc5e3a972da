import { succeed, type Diagnostic, type Result } from '../../src/model/diagnostic.ts';
import type { SourceFile } from '../../src/model/declaration.ts';
import { decode } from '../../src/config/decode.ts';
import { choose, treePaths, type Choice } from '../../src/github/tree.ts';
import { readBlobs } from './blobs.ts';
import type { Hub } from './octokit.ts';
import { placesOf, rootOf, type TreeCache } from './trees.ts';

/** The configuration at one commit: the files that could be read, in the order of their paths, and why others could not. */
export interface Configuration {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The id of the blob of every file of the configuration, by its path from the root of the repository. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** What was read of a repository, by the ids of its objects, so that what commits share is read once. Empty maps start it. */
export interface RepositoryCache {
  readonly blobs: Map<string, Uint8Array>;
  readonly trees: TreeCache;
}

/** A commit, with the id of its root tree where that is known, which saves a request. */
export interface CommitTree {
  readonly commit: string;
  readonly tree?: string;
}

/** Reads the configuration under the paths (none: the default ones) as it is at a commit. */
export async function readConfig(
  hub: Hub,
  at: CommitTree,
  paths: readonly string[],
  { blobs, trees }: RepositoryCache,
): Promise<Result<Configuration>> {
  const choice = await chooseAt(hub, at, paths, trees);
  if (!choice.ok) return choice;
  const { files: chosen, diagnostics } = choice.value;
  const read = await readBlobs(hub, chosen, blobs);
  if (!read.ok) return read;
  const files: SourceFile[] = [];
  const unreadable: Diagnostic[] = [];
  for (const { path, sha: blob } of chosen) {
    const text = decode(path, blobs.get(blob) ?? new Uint8Array());
    if (typeof text === 'string') files.push({ path, text });
    else unreadable.push(text);
  }
  return succeed({ files, diagnostics: [...diagnostics, ...unreadable], blobs: blobsOf(choice.value) });
}

/** The id of the blob of every file of the configuration at a commit, by its path, without reading the files. */
export async function readPaths(
  hub: Hub,
  at: CommitTree,
  paths: readonly string[],
  { trees }: RepositoryCache,
): Promise<Result<ReadonlyMap<string, string>>> {
  const choice = await chooseAt(hub, at, paths, trees);
  return choice.ok ? succeed(blobsOf(choice.value)) : choice;
}

async function chooseAt(hub: Hub, { commit, tree }: CommitTree, paths: readonly string[], trees: TreeCache): Promise<Result<Choice>> {
  const named = treePaths(paths);
  if (!named.ok) return named;
  const root = tree === undefined ? await rootOf(hub, commit) : succeed(tree);
  if (!root.ok) return root;
  const places = await placesOf(hub, root.value, named.value, trees);
  return places.ok ? succeed(choose(places.value)) : places;
}

function blobsOf({ files }: Choice): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, sha }) => [path, sha]));
}
