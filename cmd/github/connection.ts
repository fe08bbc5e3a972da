import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Hub } from './octokit.ts';
import { trouble } from './trouble.ts';

/** A page of a list of GraphQL. */
export interface Connection<T> {
  readonly nodes: readonly (T | null)[] | null;
  readonly pageInfo: PageInfo;
}

interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** What a query asks for to get the page info of a `Connection`. */
export const pageInfo = 'pageInfo { hasNextPage endCursor }';

/** The items of a page, without those that GitHub does not show. */
export function itemsOf<T>(page: Pick<Connection<T>, 'nodes'> | null): readonly T[] {
  return (page?.nodes ?? []).filter((node) => node !== null);
}

/** Where the next page starts; undefined after the last one, a failure where GitHub does not say where it goes on after `previous`. */
export function cursorOf(page: { readonly pageInfo: PageInfo }, previous: string | null): Result<string | undefined> {
  const { hasNextPage, endCursor } = page.pageInfo;
  if (!hasNextPage) return succeed(undefined);
  if (endCursor === null || endCursor === previous) return fail(trouble('GitHub did not show a list whole', 'run the job again'));
  return succeed(endCursor);
}

/** The items of a list of a commit whose first page is known; `list` is what a query asks for to get the page after `$after`, by the name `list`. */
export async function wholeList<T>(hub: Hub, oid: string, first: Connection<T> | null, list: string): Promise<Result<readonly T[]>> {
  const items = [...itemsOf(first)];
  let page = first;
  let after: string | null = null;
  while (page) {
    const next: Result<string | undefined> = cursorOf(page, after);
    if (!next.ok) return next;
    if (next.value === undefined) break;
    after = next.value;
    const answer: Result<Found<T>> = await hub.graphql<Found<T>>(queryOf(list), { owner: hub.owner, repo: hub.repo, oid, after });
    if (!answer.ok) return answer;
    page = answer.value.repository?.object?.list ?? null;
    if (page === null) return fail(trouble(`GitHub does not show the commit ${oid.slice(0, 7)}`, 'run the job again'));
    for (const item of itemsOf(page)) items.push(item);
  }
  return succeed(items);
}

interface Found<T> {
  readonly repository: { readonly object: { readonly list?: Connection<T> } | null } | null;
}

function queryOf(list: string): string {
  return `query ($owner: String!, $repo: String!, $oid: GitObjectID!, $after: String) {
  repository(owner: $owner, name: $repo) { object(oid: $oid) { ... on Commit { ${list} } } }
}`;
}
