import { expect, onTestFinished } from 'vitest';
import { startHub, type FakeHub, type HubOptions } from './hub.ts';

/** What the hub answered. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly link: string | null;
}

/** A hub until the test ends. */
export async function started(options?: HubOptions): Promise<FakeHub> {
  const hub = await startHub(options);
  onTestFinished(hub.close);
  return hub;
}

/** With a commit on main and one more on `topic`. */
export async function opened(options?: HubOptions): Promise<FakeHub> {
  const hub = await started(options);
  hub.commit('main', { 'a.yaml': 'a' });
  hub.commit('topic', { 'b.yaml': 'b' });
  return hub;
}

/** One request; it names the version of the API that the program names. */
export async function call(
  hub: FakeHub,
  method: string,
  url: string,
  body?: unknown,
  authorization = `Bearer ${hub.token}`,
  version = '2022-11-28',
): Promise<Reply> {
  const headers = {
    'user-agent': 'test',
    ...(authorization === '' ? {} : { authorization }),
    ...(version === '' ? {} : { 'x-github-api-version': version }),
  };
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json(), link: response.headers.get('link') };
}

/** A GET below the repository. */
export function get(hub: FakeHub, path: string): Promise<Reply> {
  return call(hub, 'GET', `${hub.url}/repos/${hub.owner}/${hub.repo}/${path}`);
}

/** A POST below the repository. */
export function post(hub: FakeHub, path: string, body: unknown): Promise<Reply> {
  return call(hub, 'POST', `${hub.url}/repos/${hub.owner}/${hub.repo}/${path}`, body);
}

/** A query of GraphQL, whatever its answer. */
export function graphql(hub: FakeHub, query: string, variables: object = {}): Promise<Reply> {
  return call(hub, 'POST', hub.graphqlUrl, { query, variables });
}

/** The data that a query of GraphQL gives; it must not have errors. */
export async function data(hub: FakeHub, query: string, variables?: object): Promise<unknown> {
  const { body } = await graphql(hub, query, variables);
  const { data, errors } = body as { data?: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** What a selection below the repository gives. */
export async function inRepository<T>(hub: FakeHub, selection: string): Promise<T> {
  const found = (await data(hub, `{ repository(owner: "acme", name: "figma") { ${selection} } }`)) as { repository: T };
  return found.repository;
}

/** What stands at these paths of a body, as in `parents.0.sha`. */
export function at({ body }: Reply, ...paths: readonly string[]): unknown[] {
  return paths.map((path) => path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body));
}
