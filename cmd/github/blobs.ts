import { createHash } from 'node:crypto';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { TreeFile } from '../../src/github/tree.ts';
import { inLanes } from './lanes.ts';
import type { Hub } from './octokit.ts';

/** What one query asks for at most: more files or more text would time out. */
const mostInQuery = 50;
const mostBytesInQuery = 1_000_000;
/** GraphQL cuts the text of larger files. */
const largestInQuery = 300_000;

/**
 * Reads the files that the cache has not yet into it, small ones many at a time. Nothing comes into the cache whose hash is not its id, so that
 * what is planned is what was committed, whatever happens on the way.
 */
export async function readBlobs(hub: Hub, files: readonly TreeFile[], cache: Map<string, Uint8Array>): Promise<Result<void>> {
  const wanted = [...new Map(files.filter(({ sha }) => !cache.has(sha)).map((file) => [file.sha, file])).values()];
  const small = await inLanes(batchesOf(wanted), async (batch) => readBatch(hub, batch, cache));
  if (!small.ok) return small;
  const left = wanted.filter(({ sha }) => !cache.has(sha));
  return inLanes(left, async (file) => readOne(hub, file, cache));
}

function batchesOf(files: readonly TreeFile[]): readonly (readonly TreeFile[])[] {
  const batches: TreeFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const size = file.size ?? Number.POSITIVE_INFINITY;
    if (size > largestInQuery) continue;
    const batch = batches.at(-1);
    if (batch && batch.length < mostInQuery && bytes + size <= mostBytesInQuery) {
      batch.push(file);
      bytes += size;
    } else {
      batches.push([file]);
      bytes = size;
    }
  }
  return batches;
}

type Batch = { readonly repository: Readonly<Record<string, { readonly text?: string | null } | null>> | null };

/** Leaves out what GraphQL does not show as it is: binary, cut or converted texts. */
async function readBatch(hub: Hub, files: readonly TreeFile[], cache: Map<string, Uint8Array>): Promise<Result<void>> {
  const fields = files.map(({ sha }, index) => `b${index}: object(oid: "${sha}") { ... on Blob { text } }`);
  const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${fields.join(' ')} } }`;
  const { owner, repo } = hub;
  const answer = await hub.graphql<Batch>(query, { owner, repo });
  if (!answer.ok) return answer;
  for (const [index, { sha }] of files.entries()) {
    const text = answer.value.repository?.[`b${index}`]?.text;
    if (typeof text !== 'string') continue;
    const bytes = Buffer.from(text, 'utf8');
    if (idOf(bytes, sha) === sha) cache.set(sha, bytes);
  }
  return succeed(undefined);
}

async function readOne(hub: Hub, { path, sha }: TreeFile, cache: Map<string, Uint8Array>): Promise<Result<void>> {
  // As bytes, since base64 in JSON becomes a text that is too long for Octokit's reader from some ten megabytes on.
  const answer = await hub.bytes('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { file_sha: sha });
  if (!answer.ok) return answer;
  if (idOf(answer.value, sha) === sha) {
    cache.set(sha, answer.value);
    return succeed(undefined);
  }
  const at = { file: path, line: 1, column: 1, length: 1 };
  const message = 'what GitHub sent is not this file: its hash differs';
  return fail({ severity: 'error', code: 'E211', message, at, help: 'run the job again' });
}

/** The id that git gives these bytes, in the kind of hash that `like` is. */
function idOf(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
