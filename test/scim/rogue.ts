import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DirectoryOptions } from '../../src/scim/directory.ts';
import { connect } from './harness.ts';

export interface Asked {
  readonly method: string;
  /** Below the tenant, decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

export interface Told {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

type Json = Record<string, unknown>;

/** What a rogue holds; its `oddity` answers first and may answer nothing. */
export interface Rogue {
  readonly users: Json[];
  readonly groups: Json[];
  readonly oddity: (asked: Asked, usual: () => Told) => Told | undefined;
}

/** Runs `test` with a small service that misbehaves as `rogue.oddity` says, and a directory on it. */
export async function withRogue(
  rogue: Rogue,
  test: (directory: ReturnType<typeof connect>, asked: Asked[], baseUrl: string) => Promise<void>,
  settings: Partial<DirectoryOptions> = {},
): Promise<void> {
  const log: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://rogue');
      const text = Buffer.concat(chunks).toString();
      const path = url.pathname.split('/').slice(4).map(decodeURIComponent).join('\n');
      const asked = { method: request.method ?? '', path, query: url.searchParams, body: text === '' ? {} : (JSON.parse(text) as Json) };
      log.push(asked);
      const usual = (): Told => answer(rogue, asked);
      const { status, body, headers } = rogue.oddity(asked, usual) ?? usual();
      response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
      response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  const directory = connect({ baseUrl, ...settings });
  try {
    await test(directory, log, baseUrl);
  } finally {
    await directory.close();
    server.closeAllConnections();
    server.close();
  }
}

function answer(rogue: Rogue, { method, path, query, body }: Asked): Told {
  const [collection, id] = path.split('\n');
  const objects = collection === 'Users' ? rogue.users : rogue.groups;
  if (collection === 'ServiceProviderConfig') return { status: 404, body: 'nothing here' };
  if (method === 'POST') {
    objects.push({ id: `new${objects.length}`, ...body });
    return { status: 201, body: objects.at(-1) };
  }
  if (id === undefined) return { status: 200, body: list(objects, query) };
  const index = objects.findIndex((each) => each['id'] === id);
  const found = objects[index];
  if (found === undefined) return { status: 404, body: { detail: 'unknown' } };
  if (method === 'DELETE') objects.splice(index, 1);
  if (method === 'PUT') objects[index] = { id, ...body };
  if (method === 'PATCH') for (const each of body['Operations'] as Operation[]) patch(found, each);
  return method === 'DELETE' ? { status: 204 } : { status: 200, body: objects[index] };
}

function list(objects: readonly Json[], query: URLSearchParams): Json {
  const wanted = /"(.*)"$/.exec(query.get('filter') ?? '')?.[1];
  const matching = objects.filter((each) => wanted === undefined || [each['userName'], each['displayName']].includes(wanted));
  const start = Number(query.get('startIndex') ?? 1);
  return {
    totalResults: matching.length,
    Resources: matching.slice(start - 1, start - 1 + Math.min(100, Number(query.get('count') ?? 100))),
  };
}

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

function patch(object: Json, { op, path, value }: Operation): void {
  const members = (object['members'] as { value: string }[] | undefined) ?? [];
  const one = /^members\[value eq "(.*)"\]$/.exec(path ?? '')?.[1];
  if (path === undefined) Object.assign(object, value);
  else if (op === 'add') object[path] = [...members, ...(value as { value: string }[])];
  else if (one !== undefined) object['members'] = members.filter((each) => each.value !== one);
  else if (op === 'remove') {
    const gone = new Set((value as { value: string }[]).map((each) => each.value));
    object['members'] = members.filter((each) => !gone.has(each.value));
  } else object[path] = value;
}
