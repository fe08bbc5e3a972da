import { setMaxListeners } from 'node:events';
import { Pool } from 'undici';
import { lossOf, type Lost } from './loss.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a body was: `text` is neither JSON nor markup, such as half of a JSON document. */
export type Content = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'none' | 'markup' | 'text' };

/** An answer, whatever its status. `redirect` is the host a 3xx points to, never the rest of the address. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly content: Content;
  readonly retryAfter?: string;
  readonly redirect?: string;
}

/** Sends one request and never sends it again. It can send the methods of `M` and no other. A `signal` cuts it off: for reads that nobody needs any more. */
export interface Transport<M extends Method> {
  readonly send: (method: M, path: string, body?: unknown, signal?: AbortSignal) => Promise<Answer | Lost>;
  /** The requests that were sent so far. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

export interface TransportOptions<M extends Method> {
  readonly origin: string;
  readonly path: string;
  readonly token: string;
  readonly userAgent: string;
  readonly connections: number;
  readonly methods: readonly M[];
  /** How long a request may take from first to last byte. */
  readonly timeoutMs: number;
  /** How large an answer may be. */
  readonly maxBytes: number;
}

/**
 * Opens the connections to one tenant. A method outside `methods` throws before anything is sent, whatever the types were told: this is
 * what keeps `plan` from writing. Redirects are answers like any other, since following one would hand the token over.
 */
export function openTransport<M extends Method>(options: TransportOptions<M>): Transport<M> {
  const { origin, path: root, methods, timeoutMs, maxBytes } = options;
  const pool = new Pool(origin, {
    connections: options.connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
  });
  const headers = {
    authorization: `Bearer ${options.token}`,
    accept: 'application/scim+json, application/json',
    'user-agent': options.userAgent,
  };
  let requests = 0;

  async function send(method: M, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer | Lost> {
    if (!methods.includes(method)) throw new Error(`This transport cannot send ${method}.`);
    const json = body === undefined ? undefined : jsonOf(body);
    if (body !== undefined && json === undefined) return { kind: 'lost', sent: false, why: 'unsendable' };
    requests += 1;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    try {
      const response = await pool.request({
        method,
        path: root + path,
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: json ?? null,
        signal: signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]),
      });
      const text = await textOf(response.body, maxBytes);
      if (text === undefined) return { kind: 'lost', sent: true, why: 'too-large' };
      return {
        kind: 'answer',
        status: response.statusCode,
        content: contentOf(text),
        ...retryAfterOf(response.headers['retry-after']),
        ...redirectOf(response.statusCode, response.headers['location'], origin),
      };
    } catch (error) {
      return deadline.signal.aborted ? { kind: 'lost', sent: true, why: 'timeout' } : lossOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  let closing: Promise<void> | undefined;
  return { send, requests: () => requests, close: () => (closing ??= pool.close()) };
}

/** A record that a service nests without end can be read, but not written down again. */
function jsonOf(body: unknown): string | undefined {
  try {
    return JSON.stringify(body);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function textOf(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** By content and not by type: services answer JSON as `application/scim+json`, `application/json` and worse (scim-client rule 12). */
function contentOf(text: string): Content {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(trimmed) as unknown };
  } catch {
    return { kind: trimmed.startsWith('<') ? 'markup' : 'text' };
  }
}

function retryAfterOf(header: string | string[] | undefined): { retryAfter?: string } {
  const value = Array.isArray(header) ? header[0] : header;
  return value === undefined ? {} : { retryAfter: value };
}

function redirectOf(status: number, header: string | string[] | undefined, origin: string): { redirect?: string } {
  const value = Array.isArray(header) ? header[0] : header;
  if (status < 300 || status > 399 || value === undefined || !URL.canParse(value, origin)) return {};
  return { redirect: new URL(value, origin).host };
}

/** Lets any number of waits hang on `signal`: above ten Node would warn on stderr, taking them for a leak. */
export function sharedByMany(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
