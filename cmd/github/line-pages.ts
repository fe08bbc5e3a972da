import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { actorFields, type Actor } from './account.ts';
import { cursorOf, itemsOf, pageInfo, type Connection } from './connection.ts';
import type { Hub } from './octokit.ts';
import { signerFields, type Signer } from './people.ts';
import { trouble } from './trouble.ts';

/** A commit of a history as GitHub describes it. */
interface ShownCommit {
  readonly oid: string;
  readonly tree: { readonly oid: string };
  readonly parents: { readonly nodes: readonly ({ readonly oid: string } | null)[] | null };
  readonly author: Signer | null;
  readonly committer: Signer | null;
  readonly authors: Connection<Signer>;
  readonly status: { readonly context: { readonly state: string } | null } | null;
  readonly associatedPullRequests: Connection<ShownPull> | null;
}

/** A pull request that GitHub connects with a commit. */
export interface ShownPull {
  readonly number: number;
  /** Null unless it was merged. */
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly headRefOid: string;
  readonly url: string;
  readonly author: Actor;
  readonly mergeCommit: { readonly oid: string } | null;
}

/** The lists of a commit that may have more than one page, as a query asks for them. */
export const authorsPage = `nodes { ${signerFields} } ${pageInfo}`;
export const pullsPage = `nodes {
  number mergedAt baseRefName headRefOid url
  author { ${actorFields} }
  mergeCommit { oid }
} ${pageInfo}`;

const query = `query ($owner: String!, $repo: String!, $tip: GitObjectID!, $context: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    url
    object(oid: $tip) {
      ... on Commit {
        history(first: 100, after: $after) {
          nodes {
            oid
            tree { oid }
            parents(first: 3) { nodes { oid } }
            author { ${signerFields} }
            committer { ${signerFields} }
            authors(first: 10) { ${authorsPage} }
            status { context(name: $context) { state } }
            associatedPullRequests(first: 100) { ${pullsPage} }
          }
          ${pageInfo}
        }
      }
    }
  }
}`;

interface Answer {
  readonly repository: { readonly url: string; readonly object: { readonly history?: Connection<ShownCommit> } | null } | null;
}

/** Pages of a history hold side branches too: this many are read for one line. */
const mostPages = 500;

/** A commit of a history, and the address of its repository. */
export interface Found {
  readonly commit: ShownCommit;
  readonly repositoryUrl: string;
}

/** Finds commits in a history; undefined after so many pages that it is too far away. Statuses are those of one context. */
export type Finder = (oid: string) => Promise<Result<Found | undefined>>;

/** Opens the history of a commit. Its pages are read one after the other, and only as far as the commits that are looked for. */
export function openHistory(hub: Hub, tip: string, context: string): Finder {
  const commits = new Map<string, Found>();
  let pages = 0;
  let after: string | null | undefined = null;
  return async (oid) => {
    for (;;) {
      const known = commits.get(oid);
      if (known) return succeed(known);
      if (after === undefined)
        return fail(trouble(`GitHub does not list the commit ${oid.slice(0, 7)} in the history of ${tip.slice(0, 7)}`, again));
      if (pages === mostPages) return succeed(undefined);
      const page: Result<Page> = await readPage(hub, { tip, context }, after);
      if (!page.ok) return page;
      for (const found of page.value.found) commits.set(found.commit.oid, found);
      after = page.value.next;
      pages += 1;
    }
  };
}

const again = 'run the job again';

interface Page {
  readonly found: readonly Found[];
  readonly next: string | undefined;
}

async function readPage(hub: Hub, of: { readonly tip: string; readonly context: string }, after: string | null): Promise<Result<Page>> {
  const { owner, repo } = hub;
  const answer = await hub.graphql<Answer>(query, { owner, repo, ...of, after });
  if (!answer.ok) return answer;
  const { repository } = answer.value;
  const history = repository?.object?.history;
  if (!repository || !history) return fail(trouble(`GitHub does not show the history of ${of.tip.slice(0, 7)} in ${owner}/${repo}`, again));
  const next = cursorOf(history, after);
  if (!next.ok) return next;
  return succeed({ found: itemsOf(history).map((commit) => ({ commit, repositoryUrl: repository.url })), next: next.value });
}
