import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOfUser, type Account } from './account.ts';
import type { Hub } from './octokit.ts';
import { trouble } from './trouble.ts';

/** The repository that a run is about, and who the run is. */
export interface Repository {
  readonly id: number;
  /** True for internal repositories too. */
  readonly isPrivate: boolean;
  /** Such as `https://github.com/acme/figma`. */
  readonly url: string;
  /** The account that the token writes as. */
  readonly viewer: Account;
  readonly defaultBranch: string;
  /** The newest commit of the default branch. */
  readonly tip: string;
}

interface Found {
  readonly repository: {
    readonly databaseId: number | null;
    readonly isPrivate: boolean;
    readonly url: string;
    readonly defaultBranchRef: { readonly name: string; readonly target: { readonly oid: string } | null } | null;
  } | null;
  readonly viewer: { readonly login: string };
}

/** By GraphQL, because REST does not show a workflow’s token who it is, nor all of this at once. */
const query = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    databaseId isPrivate url
    defaultBranchRef { name target { oid } }
  }
  viewer { login }
}`;

/** Reads the repository, the tip of its default branch, and who the token belongs to. */
export async function readRepository(hub: Hub): Promise<Result<Repository>> {
  const { owner, repo } = hub;
  const answer = await hub.graphql<Found>(query, { owner, repo });
  if (!answer.ok) return answer;
  const { repository, viewer } = answer.value;
  const tip = repository?.defaultBranchRef?.target?.oid;
  if (!repository || repository.databaseId === null) {
    return fail(trouble(`GitHub does not show the repository ${owner}/${repo} to this token`, 'grant `contents: read`'));
  }
  if (!repository.defaultBranchRef || tip === undefined) {
    return fail(trouble(`the repository ${owner}/${repo} has no commit on its default branch`, 'push the configuration first'));
  }
  const { databaseId: id, isPrivate, url, defaultBranchRef } = repository;
  return succeed({ id, isPrivate, url, viewer: accountOfUser(viewer.login), defaultBranch: defaultBranchRef.name, tip });
}
