import { succeed, type Diagnostic, type Result } from '../../src/model/diagnostic.ts';
import type { SourceFile } from '../../src/model/declaration.ts';
import { decode } from '../../src/config/decode.ts';
import { choose, treePaths, type Choice } from '../../src/github/tree.ts';
import { readBlobs } from './blobs.ts';
import type { Hub } from './octokit.ts';
import { placesOf } from './trees.ts';

/** The configuration at one commit: the files that could be read, in the order of their paths, and why others could not. */
export interface Configuration {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The id of the blob of every file of the configuration, by its path from the root of the repository. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** What was read of a repository, by the ids of its blobs, so that what two commits share is read once. */
export type BlobCache = Map<string, Uint8Array>;

/** Reads the configuration under the paths (none: the default ones) as it is at a commit. */
export async function readConfig(hub: Hub, sha: string, paths: readonly string[], cache: BlobCache): Promise<Result<Configuration>> {
  const choice = await chooseAt(hub, sha, paths);
  if (!choice.ok) return choice;
  const { files: chosen, diagnostics } = choice.value;
  const read = await readBlobs(hub, chosen, cache);
  if (!read.ok) return read;
  const files: SourceFile[] = [];
  const unreadable: Diagnostic[] = [];
  for (const { path, sha: blob } of chosen) {
    const text = decode(path, cache.get(blob) ?? new Uint8Array());
    if (typeof text === 'string') files.push({ path, text });
    else unreadable.push(text);
  }
  return succeed({ files, diagnostics: [...diagnostics, ...unreadable], blobs: blobsOf(choice.value) });
}

/** The id of the blob of every file of the configuration at a commit, by its path, without reading the files. */
export async function readPaths(hub: Hub, sha: string, paths: readonly string[]): Promise<Result<ReadonlyMap<string, string>>> {
  const choice = await chooseAt(hub, sha, paths);
  return choice.ok ? succeed(blobsOf(choice.value)) : choice;
}

async function chooseAt(hub: Hub, sha: string, paths: readonly string[]): Promise<Result<Choice>> {
  const named = treePaths(paths);
  if (!named.ok) return named;
  const places = await placesOf(hub, sha, named.value);
  return places.ok ? succeed(choose(places.value)) : places;
}

function blobsOf({ files }: Choice): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, sha }) => [path, sha]));
}
