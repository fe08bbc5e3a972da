import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { latestStatus, readStatus, type AppliedStatus } from '../../src/github/status.ts';
import { mergedBy } from '../../src/github/merged.ts';
import { readLine, type LineCommit, type MergedPull } from '../github/history.ts';
import { listStatuses } from '../github/statuses.ts';
import { statusContext, type Authorized } from './scene.ts';

/** The first-parent line of the default branch since its configuration was last applied. */
export interface FetchedLine {
  /** Oldest first, each with the pull requests that it merged; the oldest is the one that was applied, if any was. */
  readonly commits: readonly (LineCommit & { readonly merged: readonly MergedPull[] })[];
  /** What the verified status of the oldest commit says; absent where no status on the line verifies. */
  readonly applied?: AppliedStatus;
  /** A status was signed with a key that is not known: the token was rotated, or somebody made it up. */
  readonly hasUnknownKey: boolean;
}

/** Looks back from the tip to the newest commit with a verified status. Without any, 100 commits, or as far as one that another key may have signed. */
export async function fetchLine(scene: Authorized): Promise<Result<FetchedLine>> {
  const { hub, repository } = scene;
  let applied: AppliedStatus | undefined;
  let unknownAt: number | undefined;
  let looked = 0;
  const isEnd = async ({ oid, hasStatus }: LineCommit): Promise<Result<boolean>> => {
    looked += 1;
    const read = hasStatus ? await statusAt(scene, oid) : succeed(undefined);
    if (!read.ok) return read;
    if (read.value?.kind === 'unknown') unknownAt ??= looked;
    applied = read.value?.kind === 'verified' ? read.value.status : undefined;
    return succeed(applied !== undefined);
  };
  const line = await readLine(hub, repository.tip, { branch: repository.defaultBranch, context: statusContext(scene), isEnd });
  if (!line.ok) return line;
  // Where no status verifies, rules and authors of older commits count still; pull requests count only after what another key may have signed.
  const commits = applied ? line.value.commits : line.value.commits.slice(0, Math.max(firstCommits, unknownAt ?? 0));
  const bound = applied ? commits.length : (unknownAt ?? commits.length + 1);
  const onLine = new Set(commits.map(({ oid }) => oid));
  const merging = commits.map((commit, index) => {
    const pulls = index + 1 < bound ? commit.pulls : [];
    const merged = pulls.filter((pull) => mergedBy(commit, pull, (oid) => onLine.has(oid)));
    return Object.assign({}, commit, { merged });
  });
  return succeed({ commits: merging.toReversed(), ...(applied && { applied }), hasUnknownKey: unknownAt !== undefined });
}

/** What a first apply looks at. */
const firstCommits = 100;

/** The best of all statuses that were ever set on a commit: one that is posted again, or laid over it, changes nothing. */
async function statusAt(scene: Authorized, commit: string): Promise<Result<ReturnType<typeof readStatus>>> {
  const context = statusContext(scene);
  const listed = await listStatuses(scene.hub, commit, context);
  if (!listed.ok) return listed;
  const place = { repository: scene.repository.id, commit, context };
  const read = listed.value.flatMap(({ state, description }) =>
    state === 'success' ? (readStatus(description, place, scene.keys) ?? []) : [],
  );
  const verified = latestStatus(read.filter(({ kind }) => kind === 'verified').map(({ status }) => status));
  return succeed(verified ? { kind: 'verified', status: verified } : read.find(({ kind }) => kind === 'unknown'));
}

/** Whether a commit is on the line that ends with `from`, at most 5,000 commits before it. */
export async function isOnLine({ hub, repository }: Authorized, from: string, commit: string): Promise<Result<boolean>> {
  const isEnd = async ({ oid }: LineCommit) => succeed(oid === commit);
  const line = await readLine(hub, from, { branch: repository.defaultBranch, context: '-', isEnd });
  return line.ok ? succeed(line.value.isEnded) : line;
}
