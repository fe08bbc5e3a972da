import { getOctokit } from '@actions/github';
import { lossOf, type Lost } from '../../src/scim/loss.ts';
import type { Answer, Attempt } from './answer.ts';
import { isRecord, recordOf } from './trouble.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** How a request is answered: by REST in JSON or as the bytes of a file, or by GraphQL. */
export type Format = 'json' | 'bytes' | 'graphql';

/** Sends single requests by Octokit. */
export interface Sender {
  /** Sends a request once. In the format `bytes` the answer's data are a Uint8Array. */
  send(route: string, parameters: Parameters, format: Format): Promise<Attempt>;
  /** Method and path of a request, as people see them. */
  asked(route: string, parameters: Parameters): string;
}

/** The version of REST that this code is written for; later ones lack fields. */
const apiVersion = '2022-11-28';

/** How long one request may take. */
const timeoutMs = 60_000;

/** Octokit would warn on the console of what GitHub means to retire. */
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Opens Octokit, with the proxy that the environment names. Nothing is sent before it is asked for something. */
export function openSender({ token, apiUrl, userAgent }: { token: string; apiUrl: string; userAgent: string }): Sender {
  const octokit = getOctokit(token, { baseUrl: apiUrl, userAgent, log: silent });

  async function send(route: string, parameters: Parameters, format: Format): Promise<Attempt> {
    const isRaw = format === 'bytes';
    const request = { signal: AbortSignal.timeout(timeoutMs), log: silent, ...(isRaw && { parseSuccessResponseBody: false }) };
    const version = format === 'graphql' ? {} : { 'x-github-api-version': apiVersion };
    const headers = { ...version, ...(isRaw && { accept: 'application/vnd.github.raw+json' }) };
    try {
      const { status, data, headers: received } = (await octokit.request(route, { ...parameters, headers, request })) as Answer;
      const whole = isRaw ? await bytesOf(data) : data;
      // Octokit gives what is no JSON, such as half an answer, as text.
      const isHalf = status !== 204 && (typeof whole !== 'object' || whole === null);
      return isHalf ? { kind: 'lost', wasSent: true, why: losses.half } : { kind: 'answer', status, data: whole, headers: received };
    } catch (error) {
      return attemptOf(error);
    }
  }

  function asked(route: string, parameters: Parameters): string {
    const { method, url } = octokit.request.endpoint(route, parameters);
    const path = url.startsWith(apiUrl) ? url.slice(apiUrl.length) : new URL(url).pathname;
    return `${method} ${path.split('?')[0] ?? ''}`;
  }

  return { send, asked };
}

async function bytesOf(stream: unknown): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  } catch (error) {
    throw new Broken(error);
  }
  return Buffer.concat(chunks);
}

/** An answer that broke off while it was read. */
class Broken extends Error {
  constructor(cause: unknown) {
    super('the answer broke off', { cause });
    this.name = 'HttpError';
  }
}

/** Octokit throws for statuses from 400 on, with the answer, and for lost connections, without one. Its messages may quote the token. */
function attemptOf(error: unknown): Attempt {
  if (!(error instanceof Error) || error.name !== 'HttpError') throw error;
  const { response } = recordOf(error);
  if (isRecord(response) && typeof response['status'] === 'number') {
    const headers = recordOf(response['headers']) as Answer['headers'];
    return { kind: 'answer', status: response['status'], data: response['data'], headers };
  }
  const { cause } = error;
  if (cause instanceof Error && cause.name === 'TimeoutError') return { kind: 'lost', wasSent: true, why: losses.timeout };
  // What fetch throws is a shell around what happened to the connection.
  const { sent, why } = lossOf(cause instanceof Error && cause.cause !== undefined ? cause.cause : cause);
  return { kind: 'lost', wasSent: sent, why: losses[why] };
}

const losses: Readonly<Record<Lost['why'] | 'half', string>> = {
  refused: 'no connection could be made',
  unresolved: 'its name could not be resolved',
  untrusted: 'its certificate is not trusted',
  cut: 'the connection was cut',
  timeout: `it took more than ${timeoutMs / 1000} seconds`,
  'too-large': 'the answer is too large',
  unsendable: 'the request cannot be sent',
  half: 'half an answer came',
};
