import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Hub } from './octokit.ts';
import { recordOf, textOf, trouble } from './trouble.ts';

/** A pull request that was merged. */
export interface MergedPull {
  readonly number: number;
  readonly mergedAt: string;
  /** The newest commit of its branch when it was merged. */
  readonly head: string;
  readonly author: string;
  readonly url: string;
}

/** What happened to a branch since its configuration was last applied. */
export interface Window {
  /** The newest commit that was applied, and what its status says; absent before the first apply. */
  readonly applied?: { readonly commit: string; readonly at: string; readonly description: string };
  /** The commits that are newer, newest first; before the first apply the hundred newest. */
  readonly commits: readonly string[];
  /** The pull requests that these commits merged into the branch, in the order of their merging. */
  readonly pulls: readonly MergedPull[];
}

interface Node {
  readonly oid: string;
  readonly status: {
    readonly context: { readonly state: string; readonly createdAt: string; readonly description: string | null } | null;
  } | null;
  readonly associatedPullRequests: { readonly nodes: readonly (Associated | null)[] | null } | null;
}

interface Associated {
  readonly number: number;
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly url: string;
  readonly author: { readonly __typename?: string; readonly login: string } | null;
}

interface Page {
  readonly repository: {
    readonly url: string;
    readonly object: {
      readonly history?: {
        readonly nodes: readonly (Node | null)[] | null;
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  } | null;
}

const query = `query ($owner: String!, $repo: String!, $tip: GitObjectID!, $context: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    url
    object(oid: $tip) {
      ... on Commit {
        history(first: 100, after: $after) {
          nodes {
            oid
            status { context(name: $context) { state createdAt description } }
            associatedPullRequests(first: 20) {
              nodes { number merged mergedAt baseRefName headRefOid url author { __typename login } }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
}`;

/** How far back an applied commit is looked for, and what a first apply looks at. */
const mostCommits = 5000;
const firstCommits = 100;
/** Seconds to wait for GitHub to connect a new commit with its pull request. */
const pauses = [1, 2, 3, 4, 5];

/** One page of a history, newest commit first. */
interface Stretch {
  readonly nodes: readonly Node[];
  readonly next?: string;
  readonly repositoryUrl: string;
}

/**
 * Looks back from `tip` to the newest commit whose status `context` is a success, and lists the pull requests merged into `branch` since then.
 * Pull requests are found by the commits that they left on the branch, which holds for merges, squashes and rebases alike.
 */
export async function readWindow(hub: Hub, tip: string, branch: string, context: string): Promise<Result<Window>> {
  const first = await readFirst(hub, tip, context);
  if (!first.ok) return first;
  let stretch = first.value;
  const commits: Node[] = [];
  for (;;) {
    for (const node of stretch.nodes) {
      const applied = await appliedAt(hub, node, context);
      if (!applied.ok) return applied;
      if (applied.value) return succeed({ applied: applied.value, ...changes(commits, branch, stretch.repositoryUrl) });
      commits.push(node);
    }
    if (stretch.next === undefined || commits.length >= mostCommits) break;
    const further = await readStretch(hub, tip, context, stretch.next);
    if (!further.ok) return further;
    stretch = further.value;
  }
  return succeed(changes(commits.slice(0, firstCommits), branch, stretch.repositoryUrl));
}

/**
 * The newest success of a commit's status. Nothing else is ever set by an apply: where something else stands, somebody laid it over a success, which
 * would bring approvals of long ago back.
 */
async function appliedAt(hub: Hub, { oid, status }: Node, context: string): Promise<Result<Window['applied']>> {
  const shown = status?.context;
  if (!shown) return succeed(undefined);
  if (shown.state === 'SUCCESS') return succeed({ commit: oid, at: shown.createdAt, description: shown.description ?? '' });
  const listed = await hub.pages('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ref: oid });
  if (!listed.ok) return listed;
  const success = listed.value.map(recordOf).find((one) => one['context'] === context && one['state'] === 'success');
  return succeed(success && { commit: oid, at: textOf(success['created_at']), description: textOf(success['description']) });
}

/** The newest commits; again, when a new tip seems to come from no pull request, since GitHub knows that a little later than the commit. */
async function readFirst(hub: Hub, tip: string, context: string): Promise<Result<Stretch>> {
  for (let look = 0; ; look += 1) {
    const read = await readStretch(hub, tip, context, null);
    const pause = pauses[look];
    if (!read.ok || pause === undefined) return read;
    const newest = read.value.nodes[0];
    const isKnown = newest?.status?.context?.state === 'SUCCESS' || associatedOf(newest).length > 0;
    if (isKnown) return read;
    await hub.sleep(pause * 1000);
  }
}

async function readStretch(hub: Hub, tip: string, context: string, after: string | null): Promise<Result<Stretch>> {
  const { owner, repo } = hub;
  const answer = await hub.graphql<Page>(query, { owner, repo, tip, context, after });
  if (!answer.ok) return answer;
  const { repository } = answer.value;
  const history = repository?.object?.history;
  if (!repository || !history)
    return fail(trouble(`GitHub does not show the history of ${tip.slice(0, 7)} in ${owner}/${repo}`, 'run the job again'));
  const nodes = (history.nodes ?? []).filter((node) => node !== null);
  const { hasNextPage, endCursor } = history.pageInfo;
  if (nodes.length === 0 || (hasNextPage && endCursor === null))
    return fail(trouble(`GitHub did not list the history of ${tip.slice(0, 7)} whole`));
  return succeed({ nodes, repositoryUrl: repository.url, ...(hasNextPage && endCursor !== null && { next: endCursor }) });
}

function associatedOf(node: Node | undefined): readonly Associated[] {
  return (node?.associatedPullRequests?.nodes ?? []).filter((pull) => pull !== null);
}

function changes(commits: readonly Node[], branch: string, repositoryUrl: string): Omit<Window, 'applied'> {
  const pulls = new Map<number, MergedPull>();
  for (const pull of commits.flatMap((commit) => associatedOf(commit))) {
    const { number, merged, mergedAt, baseRefName, headRefOid: head, url } = pull;
    // A commit may also be known from a pull request of a fork, whose numbers mean something else.
    const isOurs = url.toLowerCase().startsWith(`${repositoryUrl.toLowerCase()}/pull/`);
    if (!merged || mergedAt === null || baseRefName !== branch || !isOurs) continue;
    pulls.set(number, { number, mergedAt, head, author: authorOf(pull), url });
  }
  const inOrder = [...pulls.values()].toSorted((a, b) => Date.parse(a.mergedAt) - Date.parse(b.mergedAt) || a.number - b.number);
  return { commits: commits.map(({ oid }) => oid), pulls: inOrder };
}

/** A login as REST writes it: what is no person is told apart by its end. */
function authorOf({ author }: Associated): string {
  return author === null ? 'ghost' : `${author.login}${author.__typename === 'Bot' ? '[bot]' : ''}`;
}
