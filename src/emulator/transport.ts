import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ScimProblem } from './errors.ts';

const largestBody = 2 * 1024 * 1024;
const drips = 12;

/** Something to be sent. */
export interface Payload {
  readonly status: number;
  readonly type: string;
  readonly text: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** The body of a request as text; more than 2 MiB is a 413. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // What is too much is read to its end all the same: a sender who is cut off in the middle sees a reset, not the answer.
    if (length <= largestBody) {
      chunks.push(chunk);
    }
  }
  if (length > largestBody) {
    throw new ScimProblem(413, undefined, 'The request body is larger than 2 MiB.');
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Sends a payload: whole, only its first half under the full length, or drop by drop over `slowMs`. */
export async function send(response: ServerResponse, payload: Payload, manner: 'whole' | 'half' | 'slow', slowMs: number): Promise<void> {
  const { status, type, text, headers } = payload;
  if (text === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const bytes = Buffer.from(text);
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  if (manner === 'half') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
    return;
  }
  const step = manner === 'slow' ? Math.ceil(bytes.length / drips) : bytes.length;
  for (let sent = 0; sent < bytes.length && !response.destroyed; sent += step) {
    response.write(bytes.subarray(sent, sent + step));
    if (manner === 'slow') {
      await delay(slowMs / drips, undefined, { ref: false });
    }
  }
  response.end();
}
