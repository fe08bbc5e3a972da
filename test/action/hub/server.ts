import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Call, Reply } from './call.ts';
import { faultAnswer, type Faults } from './faults.ts';
import { runQuery } from './graphql.ts';
import { Refusal } from './refusal.ts';
import { answer } from './rest.ts';
import { versionFor } from './version.ts';
import type { World } from './world.ts';

/** A request that was seen. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** What was sent, 0 where the connection was cut. */
  status: number;
  /** By names in lower case; without the token. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** If it was JSON. */
  readonly body?: unknown;
}

/** A server that plays api.github.com for one repository; the caller makes it listen. */
export function hubServer(world: World, token: string, faults: Faults, requests: SeenRequest[]): Server {
  return createServer({ keepAliveTimeout: 0 }, (request, response) => {
    serve(world, token, faults, requests, request, response).catch(() => response.destroy());
  });
}

async function serve(
  world: World,
  token: string,
  faults: Faults,
  requests: SeenRequest[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const text = await textOf(request);
  const body = parsed(text);
  const seen: SeenRequest = { method, path: url, status: 0, headers: headersOf(request), ...(body === undefined ? {} : { body }) };
  requests.push(seen);
  const fault = faults.strikes(method, url, body);
  if (fault?.kind === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'slow') {
    await delay(fault.ms ?? 1000, undefined, { ref: false });
  }
  const hasEffect = fault?.kind !== undefined && fault.kind !== 'answer';
  if (fault === undefined || hasEffect) {
    faults.turn(method, url, body);
  }
  const reply = fault === undefined || hasEffect ? await decide(world, token, request, method, url, body) : faultAnswer(fault);
  if (fault?.kind === 'reset-after') {
    request.socket.resetAndDestroy();
    return;
  }
  send(response, seen, fault?.kind === 'answer-after' ? faultAnswer(fault) : reply);
}

async function decide(world: World, token: string, request: IncomingMessage, method: string, url: string, body: unknown): Promise<Reply> {
  // A merge commit shows after so many of these.
  world.requestCount += 1;
  try {
    const { authorization = '', accept = '', 'user-agent': agent = '' } = request.headers;
    if (agent === '') {
      throw new Refusal(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.');
    }
    if (!/^(?:bearer|token) /i.test(authorization) || authorization.replace(/^\S+ /, '') !== token) {
      throw new Refusal(401, authorization === '' ? 'Requires authentication' : 'Bad credentials');
    }
    const { pathname, searchParams: query } = new URL(`http://127.0.0.1${url}`);
    const fields = isRecord(body) ? body : {};
    if (method !== 'GET' && method !== 'DELETE' && !isRecord(body)) {
      throw new Refusal(400, body === undefined ? 'Problems parsing JSON' : 'Body should be a JSON object');
    }
    return pathname === '/graphql' && method === 'POST'
      ? await runQuery(world, fields)
      : restAnswer(world, request, decodeURIComponent(pathname), { method, query, body: fields, accept });
  } catch (error) {
    if (error instanceof Refusal) {
      return { status: error.status, body: error.body, headers: error.headers };
    }
    // Not an answer of GitHub's: the hub itself is wrong, and the test has to see it.
    world.defects.push(`The hub has a defect: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    return { status: 500, body: { message: world.defects.at(-1) } };
  }
}

function restAnswer(world: World, request: IncomingMessage, path: string, call: Omit<Call, 'path' | 'version'>): Reply {
  const version = versionFor(world, headersOf(request)['x-github-api-version']);
  const { headers = {}, ...reply } = answer(world, path, { ...call, version });
  return { ...reply, headers: { ...headers, 'x-github-api-version-selected': version } };
}

function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  const { authorization: _, ...others } = headers;
  return Object.fromEntries(Object.entries(others).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}

function send(response: ServerResponse, seen: SeenRequest, { status, body, raw, headers = {} }: Reply): void {
  seen.status = status;
  const limits = { 'x-github-request-id': 'HUB0:1', 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' };
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...limits, ...headers });
  response.end(raw ?? (body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
