import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { cursorOf, wholeList, itemsOf, pageInfo, type Connection } from './connection.ts';
import type { Hub } from './octokit.ts';
import { isWebFlow, namesOf, signerFields, type Signer } from './people.ts';
import { trouble } from './trouble.ts';

/** A commit of a pull request. People are logins, or e-mail addresses in lower case where GitHub knows no user. */
export interface PullCommit {
  readonly oid: string;
  /** At most three: nothing asks for more. */
  readonly parents: readonly string[];
  /** The author first, then the co-authors that the message names. */
  readonly authors: readonly string[];
  /** Who committed it; nobody where GitHub did it for somebody in a browser. */
  readonly committers: readonly string[];
}

const authorsPage = `nodes { ${signerFields} } ${pageInfo}`;

const query = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid
      commits(first: 100, after: $after) {
        nodes {
          commit {
            oid
            parents(first: 3) { nodes { oid } }
            authors(first: 100) { ${authorsPage} }
            committer { ${signerFields} }
          }
        }
        ${pageInfo}
      }
    }
  }
}`;

interface Found {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly commits: Connection<{ readonly commit: Shown }>;
    } | null;
  } | null;
}

interface Shown {
  readonly oid: string;
  readonly parents: { readonly nodes: readonly ({ readonly oid: string } | null)[] | null };
  readonly authors: Connection<Signer>;
  readonly committer: Signer | null;
}

/** GitHub lists no more commits of a pull request than this. */
const mostListed = 250;

/**
 * The commits of a pull request, oldest first: all of them, or of many the first 250, without the head. Fewer without the head are a failure, because
 * somebody pushed meanwhile.
 */
export async function pullCommits(hub: Hub, number: number): Promise<Result<readonly PullCommit[]>> {
  const { owner, repo } = hub;
  const commits: PullCommit[] = [];
  for (let after: string | null = null; ;) {
    const answer: Result<Found> = await hub.graphql<Found>(query, { owner, repo, number, after });
    if (!answer.ok) return answer;
    const pull = answer.value.repository?.pullRequest;
    if (!pull) return fail(trouble(`GitHub does not show pull request #${number}`, 'run the job again'));
    for (const { commit } of itemsOf(pull.commits)) {
      const read = await commitOf(hub, commit);
      if (!read.ok) return read;
      commits.push(read.value);
    }
    const next: Result<string | undefined> = cursorOf(pull.commits, after);
    if (!next.ok) return next;
    if (next.value === undefined) {
      const isWhole = commits.length === 0 || commits.some(({ oid }) => oid === pull.headRefOid);
      return isWhole || commits.length >= mostListed
        ? succeed(commits)
        : fail(trouble(`GitHub did not list all commits of pull request #${number}`, 'run the job again'));
    }
    after = next.value;
  }
}

async function commitOf(hub: Hub, { oid, parents, authors, committer }: Shown): Promise<Result<PullCommit>> {
  const all = await allAuthors(hub, oid, authors);
  if (!all.ok) return all;
  const committers = isWebFlow(committer) ? [] : namesOf([committer]);
  return succeed({ oid, parents: itemsOf(parents).map((parent) => parent.oid), authors: namesOf(all.value), committers });
}

/** The author and all co-authors of a commit, whose first hundred are known. */
async function allAuthors(hub: Hub, oid: string, first: Connection<Signer>): Promise<Result<readonly Signer[]>> {
  return wholeList(hub, oid, first, `list: authors(first: 100, after: $after) { ${authorsPage} }`);
}
