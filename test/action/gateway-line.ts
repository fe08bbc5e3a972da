import { readLine, type Line, type LineRequest } from '../../cmd/github/history.ts';
import { mergedBy } from '../../src/github/merged.ts';
import { succeed } from '../../src/model/diagnostic.ts';
import { gate, valueOf, type Gate } from './gateway.ts';
import type { HubOptions } from './hub/hub.ts';

/** The context of the status that ends a line. */
export const context = 'seatform/applied';
/** A line of main that its newest status ends. */
export const request: LineRequest = { branch: 'main', context, isEnd: async ({ hasStatus }) => succeed(hasStatus) };

/** A gate whose first commit has a status. Times go up by a minute with each look at the clock. */
export async function applied(options: HubOptions = {}): Promise<Gate & { readonly first: string }> {
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-10-03T09:00:00Z') + (minutes += 1) * 60_000);
  const opened = await gate({ now, ...options });
  const first = opened.github.commit('main', { a: '1' });
  opened.github.setStatus(first, { context });
  return { ...opened, first };
}

/** The number of a pull request with two commits of its own, merged. */
export function merged({ github }: Gate, how: 'merge' | 'squash' | 'rebase', name = `${how}-branch`, base = 'main'): number {
  github.commit(name, { [`${name}-1`]: '1' }, 'One', { author: 'ada' });
  github.commit(name, { [`${name}-2`]: '2' }, 'Two', { author: 'ada' });
  const number = github.openPull({ head: name, base, author: 'ada' });
  github.mergePull(number, how, { by: 'grace' });
  return number;
}

/** The line from the tip of main. */
export const lineOf = async ({ github, hub }: Gate, given: Partial<LineRequest> = {}) =>
  valueOf(await readLine(hub, github.tip(), { ...request, ...given }));

/** The ids of a line’s commits. */
export const oidsOf = ({ commits }: Line) => commits.map(({ oid }) => oid);

/** The numbers of the pull requests that the commits of a line merged, newest first. */
export function mergedIn({ commits }: Line): readonly number[] {
  const line = new Set(commits.map(({ oid }) => oid));
  const has = (oid: string) => line.has(oid);
  return commits.flatMap((commit) => commit.pulls.filter((pull) => mergedBy(commit, pull, has)).map(({ number }) => number));
}

interface Shown {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly pulls: readonly object[] | object;
}

/** A merged pull request as GitHub describes it. */
export function shownPull(number: number, mergeCommit: string) {
  const url = `https://github.com/acme/figma/pull/${number}`;
  const mergedAt = '2026-10-03T11:00:00Z';
  return {
    number,
    mergedAt,
    baseRefName: 'main',
    headRefOid: '9'.repeat(40),
    url,
    author: null,
    mergeCommit: { oid: mergeCommit },
  };
}

/** An answer with a page of a history, the last one unless there is a `next`. */
export function pageOf(commits: readonly Shown[], next?: string) {
  const last = { hasNextPage: false, endCursor: null };
  const nodes = commits.map(({ oid, parents, pulls }) => ({
    oid,
    tree: { oid: '3'.repeat(40) },
    parents: { nodes: parents.map((parent) => ({ oid: parent })) },
    author: null,
    committer: null,
    authors: { nodes: [], pageInfo: last },
    status: null,
    associatedPullRequests: Array.isArray(pulls) ? { nodes: pulls, pageInfo: last } : pulls,
  }));
  const history = { nodes, pageInfo: next === undefined ? last : { hasNextPage: true, endCursor: next } };
  return { data: { repository: { url: 'https://github.com/acme/figma', object: { history } } } };
}
