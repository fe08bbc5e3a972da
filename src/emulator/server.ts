import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from './access.ts';
import { errorBody, ScimProblem } from './errors.ts';
import type { FaultPlan } from './faults.ts';
import type { JsonObject } from './json.ts';
import { answer } from './routes.ts';
import { readText, send, type Payload } from './transport.ts';
import type { World } from './world.ts';

const root = '/scim/v2/';

/** A request and what became of it. */
export interface LoggedRequest {
  readonly method: string;
  /** Below the base URL of the tenant and with its query, as in `/Users?count=200`; a path elsewhere is whole. */
  readonly path: string;
  /** The status that was sent, or 0 where the connection was cut instead. */
  readonly status: number;
  /** The body, if it was JSON. */
  readonly body?: unknown;
}

/** What a server needs to know. */
export interface Service {
  readonly world: World;
  readonly tenantId: string;
  readonly access: Access;
  readonly faults: FaultPlan;
  /** Folded userNames, ids and group names that no write may touch. */
  readonly refused: ReadonlySet<string>;
  readonly retryAfter: number;
  readonly slowMs: number;
  readonly log: (request: LoggedRequest) => void;
}

/** A server that plays Figma's SCIM API; the caller makes it listen. Whatever comes in, it answers. */
export function scimServer(service: Service): Server {
  // A client may keep a connection as long as it likes: only a fault cuts one.
  return createServer({ keepAliveTimeout: 0 }, (request, response) => {
    serve(service, request, response).catch(() => response.destroy());
  });
}

async function serve(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { faults, log } = service;
  const { method = 'GET', url = '/' } = request;
  const { text, problem } = await received(request);
  const latency = faults.amount('latency', method);
  if (latency !== undefined) {
    // No reason to stay alive for somebody who has closed the emulator meanwhile.
    await delay(latency, undefined, { ref: false });
  }
  const path = shortPath(service, url);
  const body = parsedOrNothing(text);
  const entry = { method, path, ...(body === undefined ? {} : { body }) };
  if (faults.strikes('reset', method) !== undefined) {
    log({ ...entry, status: 0 });
    request.socket.resetAndDestroy();
    return;
  }
  const payload = problem === undefined ? decide(service, request, method, url, text) : failure(problem);
  if (payload.status < 400 && faults.strikes('reset-after', method) !== undefined) {
    log({ ...entry, status: 0 });
    request.socket.resetAndDestroy();
    return;
  }
  log({ ...entry, status: payload.status });
  const half = payload.text !== undefined && faults.strikes('truncated', method) !== undefined;
  const slow = payload.text !== undefined && !half && faults.strikes('slow', method) !== undefined;
  await send(response, payload, half ? 'half' : slow ? 'slow' : 'whole', service.slowMs);
}

function decide(service: Service, request: IncomingMessage, method: string, url: string, text: string): Payload {
  const { faults } = service;
  const retry = { 'retry-after': String(service.retryAfter) };
  if (!service.access.paces(method)) {
    return failure(new ScimProblem(429, undefined, 'Too many requests.', { 'retry-after': '1' }));
  }
  if (faults.strikes('throttle', method) !== undefined) {
    return failure(new ScimProblem(429, undefined, 'Too many requests.', retry));
  }
  if (faults.strikes('throttle-silent', method) !== undefined) {
    return failure(new ScimProblem(429, undefined, 'Too many requests.'));
  }
  if (faults.strikes('unavailable', method) !== undefined) {
    return failure(new ScimProblem(503, undefined, 'The service is unavailable.'));
  }
  if (faults.strikes('bad-gateway', method) !== undefined) {
    const page = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return { status: 502, type: 'text/html', text: page, headers: {} };
  }
  try {
    return routed(service, request, method, url, text);
  } catch (error) {
    // Anything else is a defect of the emulator and must not pass for an answer of Figma's.
    return failure(error instanceof ScimProblem ? error : new ScimProblem(500, undefined, `The emulator has a defect: ${String(error)}`));
  }
}

function routed(service: Service, request: IncomingMessage, method: string, url: string, text: string): Payload {
  const { pathname, searchParams } = located(url);
  const [tenant, ...path] = pathname.startsWith(root) ? pathname.slice(root.length).split('/').map(decoded) : [];
  const atBase = path.every((part) => part === '');
  const admitted = service.access.admits(request.headers.authorization, method);
  if (atBase && tenant !== undefined && tenant !== service.tenantId) {
    throw new ScimProblem(400, 'invalidValue', 'The tenant ID is not valid.');
  }
  if (!admitted) {
    throw new ScimProblem(401, undefined, 'The token is not valid.');
  }
  if (tenant !== service.tenantId) {
    throw new ScimProblem(404, undefined, 'There is nothing at this path.');
  }
  const call = { method, path: atBase ? [] : path, query: searchParams, contentType: request.headers['content-type'], text };
  const { status, body } = answer(service.world, service.faults, service.refused, call);
  return json(status, body, {});
}

async function received(request: IncomingMessage): Promise<{ text: string; problem?: ScimProblem }> {
  try {
    return { text: await readText(request) };
  } catch (error) {
    if (error instanceof ScimProblem) {
      return { text: '', problem: error };
    }
    throw error;
  }
}

function shortPath(service: Service, url: string): string {
  const base = `${root}${service.tenantId}`;
  const below = url.slice(base.length);
  return url.startsWith(base) && /^(?:$|[/?])/.test(below) ? below || '/' : url;
}

function located(url: string): URL {
  try {
    return new URL(`http://127.0.0.1${url}`);
  } catch {
    throw new ScimProblem(400, 'invalidSyntax', 'The URL is not valid.');
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ScimProblem(400, 'invalidSyntax', 'The URL is not valid.');
  }
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(problem: ScimProblem): Payload {
  return json(problem.status, errorBody(problem.status, problem.scimType, problem.message), problem.headers);
}

function json(status: number, body: JsonObject | undefined, headers: Readonly<Record<string, string>>): Payload {
  return { status, type: 'application/scim+json', text: body === undefined ? undefined : JSON.stringify(body), headers };
}
