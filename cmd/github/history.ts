import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOfActor, type Account } from './account.ts';
import { wholeList, itemsOf } from './connection.ts';
import { authorsPage, openHistory, pullsPage, type Finder, type Found, type ShownPull } from './line-pages.ts';
import type { Hub } from './octokit.ts';
import { isWebFlow, namesOf, userOf } from './people.ts';
import { trouble } from './trouble.ts';

/** A pull request that was merged. */
export interface MergedPull {
  readonly number: number;
  /** GitHub’s own time, as it writes it. */
  readonly mergedAt: string;
  /** The newest commit of its branch when it was merged. */
  readonly head: string;
  readonly author: Account;
  readonly url: string;
  /** The commit by which it came to its base, by GitHub’s word; null where GitHub does not know it (yet). */
  readonly mergeCommit: string | null;
  /** The name of the branch that it was merged into. */
  readonly base: string;
}

/** A commit on the first-parent line of a branch. */
export interface LineCommit {
  readonly oid: string;
  /** At most three: nothing asks for more. */
  readonly parents: readonly string[];
  /** The id of its root tree. */
  readonly tree: string;
  /** The users that GitHub knows as author and committer. */
  readonly author?: Account;
  readonly committer?: Account;
  /** Author, co-authors and committer, without GitHub itself: logins, or e-mail addresses in lower case where GitHub knows no user. */
  readonly people: readonly string[];
  /** Whether it has a status of the context that was asked for, whatever it says. */
  readonly hasStatus: boolean;
  /** The merged pull requests into the branch that GitHub connects with this commit; `mergedBy` decides which of them it merged. */
  readonly pulls: readonly MergedPull[];
}

/** Which line is read, and how far. */
export interface LineRequest {
  /** The branch whose merged pull requests count. */
  readonly branch: string;
  readonly context: string;
  /** Whether a commit ends the line; asked for each, newest first, until it is true. */
  readonly isEnd: (commit: LineCommit) => Promise<Result<boolean>>;
  /** How many commits are read where none ends the line. */
  readonly most?: number;
}

/** Commits of a first-parent line, newest first. `isEnded`: the last one is the one that ends it. */
export interface Line {
  readonly commits: readonly LineCommit[];
  readonly isEnded: boolean;
}

const mostCommits = 5000;
/** Seconds to wait for GitHub to connect a new commit with its pull request. */
const pauses = [1, 2, 3, 4, 5];

/** Reads the first-parent line from `tip` back to the commit that ends it, and nothing older. */
export async function readLine(hub: Hub, tip: string, request: LineRequest): Promise<Result<Line>> {
  const start = await readTip(hub, tip, request);
  if (!start.ok) return start;
  const { find, newest } = start.value;
  const commits = [newest];
  let { isEnded } = start.value;
  while (!isEnded && commits.length < (request.most ?? mostCommits)) {
    const parent = commits.at(-1)?.parents[0];
    const found = parent === undefined ? succeed(undefined) : await find(parent);
    if (!found.ok) return found;
    if (!found.value) break;
    const commit = await commitOf(hub, found.value, request.branch);
    if (!commit.ok) return commit;
    commits.push(commit.value);
    const end = await request.isEnd(commit.value);
    if (!end.ok) return end;
    isEnded = end.value;
  }
  return succeed({ commits, isEnded });
}

interface Start {
  readonly find: Finder;
  readonly newest: LineCommit;
  readonly isEnded: boolean;
}

/**
 * Reads the newest commit; again, while GitHub connects it with no pull request or does not say how one was merged, which it learns a little later
 * than the commit. A commit that ends the line is not waited for.
 */
async function readTip(hub: Hub, tip: string, { branch, context, isEnd }: LineRequest): Promise<Result<Start>> {
  let end: Result<boolean> | undefined;
  for (let look = 0; ; look += 1) {
    const find = openHistory(hub, tip, context);
    const found = await find(tip);
    if (!found.ok) return found;
    if (!found.value) return fail(trouble(`GitHub does not show the commit ${tip.slice(0, 7)}`, 'run the job again'));
    const commit = await commitOf(hub, found.value, branch);
    if (!commit.ok) return commit;
    const newest = commit.value;
    end ??= await isEnd(newest);
    if (!end.ok) return end;
    const isKnown =
      itemsOf(found.value.commit.associatedPullRequests).length > 0 && newest.pulls.every(({ mergeCommit }) => mergeCommit !== null);
    const pause = pauses[look];
    if (end.value || isKnown || pause === undefined) return succeed({ find, newest, isEnded: end.value });
    await hub.sleep(pause * 1000);
  }
}

async function commitOf(hub: Hub, { commit: shown, repositoryUrl }: Found, branch: string): Promise<Result<LineCommit>> {
  const { oid, tree, parents, status } = shown;
  const authors = await wholeList(hub, oid, shown.authors, `list: authors(first: 100, after: $after) { ${authorsPage} }`);
  if (!authors.ok) return authors;
  const list = `list: associatedPullRequests(first: 100, after: $after) { ${pullsPage} }`;
  const pulls = await wholeList(hub, oid, shown.associatedPullRequests, list);
  if (!pulls.ok) return pulls;
  const [author, committer] = [userOf(shown.author), userOf(shown.committer)];
  return succeed({
    oid,
    parents: itemsOf(parents).map((parent) => parent.oid),
    tree: tree.oid,
    ...(author && { author }),
    ...(committer && { committer }),
    people: namesOf([shown.author, ...authors.value, ...(isWebFlow(shown.committer) ? [] : [shown.committer])]),
    hasStatus: Boolean(status?.context),
    pulls: pulls.value.flatMap((pull) => mergedPull(pull, branch, repositoryUrl)),
  });
}

/** What counts of a pull request; a commit may also be known from one of a fork, whose numbers mean something else. */
function mergedPull(pull: ShownPull, branch: string, repositoryUrl: string): readonly MergedPull[] {
  const { number, mergedAt, baseRefName: base, headRefOid: head, url } = pull;
  const isOurs = url.toLowerCase().startsWith(`${repositoryUrl.toLowerCase()}/pull/`);
  if (mergedAt === null || base !== branch || !isOurs) return [];
  return [{ number, mergedAt, head, author: accountOfActor(pull.author), url, mergeCommit: pull.mergeCommit?.oid ?? null, base }];
}
