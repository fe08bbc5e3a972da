import { notFound } from './refusal.ts';
import type { World } from './world.ts';

/** A request to the REST API. */
export interface Call {
  readonly method: string;
  /** Below the repository, decoded, as in `pulls/7`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly accept: string;
  /** The version of the REST API that is asked for. */
  readonly version: string;
}

/** What is sent back: JSON, or bytes as they are, or nothing. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly raw?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What answers a request; `parts` are the variable parts of its path. */
type Handler = (world: World, call: Call, parts: readonly string[]) => Reply;

/** A method and a path below the repository, as in `GET pulls/([0-9]+)`. */
export type Route = readonly [pattern: string, handler: Handler];

/** A success. */
export function found(body: unknown): Reply {
  return { status: 200, body };
}

/** One page of a list, with the Link header that GitHub sends: its addresses name the repository by its id. */
export function paged(world: World, { path, query }: Call, items: readonly unknown[]): Reply {
  const [size, page] = [bounded(query.get('per_page'), 30, 100), bounded(query.get('page'), 1, Infinity)];
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (rel: string, to: number) => {
    const params = new URLSearchParams(query);
    params.set('page', String(to));
    return `<${world.apiUrl}/repositories/${world.setup.repositoryId}/${path}?${params.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link('prev', Math.min(page - 1, last))] : []),
    ...(page < last ? [link('next', page + 1), link('last', last)] : []),
    ...(page > 1 ? [link('first', 1)] : []),
  ];
  const body = items.slice((page - 1) * size, page * size);
  return { status: 200, body, ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }) };
}

/** The entry of a map, or 404. */
export function existing<T>(map: ReadonlyMap<number, T>, number: string | undefined): T {
  const found = map.get(Number(number));
  if (found === undefined) {
    throw notFound();
  }
  return found;
}

function bounded(text: string | null, otherwise: number, most: number): number {
  const number = Number(text ?? otherwise);
  return Number.isInteger(number) && number >= 1 ? Math.min(number, most) : otherwise;
}
