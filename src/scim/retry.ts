import type { Answer, Method } from './client.ts';
import type { Lost } from './loss.ts';

/** What to do about one attempt: keep what came, wait because the service asked for it, or try again because it failed. */
export type Verdict =
  | { readonly kind: 'keep' }
  | { readonly kind: 'throttled'; readonly afterMs?: number }
  | { readonly kind: 'again'; readonly afterMs?: number };

/** Failed attempts after which a request is given up. */
export const maxFailures = 6;
/** A pause longer than this is not waited for. */
export const longestPauseMs = 5 * 60_000;
/** What a service asks for before a doubtful write is looked at is waited for this long at most: looking does no harm. */
const longestLookMs = 30_000;
/** How long one request waits for a service, all pauses together; when one has given up on nothing but 429s, so have all. */
export const patienceMs = 2 * 60_000;

/**
 * Judges one attempt. Reads are repeated after whatever can pass. A write is repeated only where it is certain that the service did nothing:
 * it was throttled, or the connection was never made; all else is for the caller to look at (scim-client rule 5).
 */
export function judge(method: Method, attempt: Answer | Lost, now: number): Verdict {
  if (attempt.kind === 'lost') {
    const passes = !['too-large', 'untrusted', 'unsendable'].includes(attempt.why);
    return passes && (method === 'GET' || !attempt.sent) ? { kind: 'again' } : { kind: 'keep' };
  }
  const afterMs = retryAfterMs(attempt.retryAfter, now);
  const after = afterMs === undefined ? {} : { afterMs };
  if (attempt.status === 429) return { kind: 'throttled', ...after };
  if (method !== 'GET') return { kind: 'keep' };
  return isTransient(attempt.status) || isHalf(attempt) ? { kind: 'again', ...after } : { kind: 'keep' };
}

/** 5xx and 408 may pass. 501 will not: it says that the service cannot do this (RFC 9110, 15.6.2). */
export function isTransient(status: number): boolean {
  return status === 408 || (status >= 500 && status !== 501);
}

/** A success whose body is neither JSON nor a page for people: most likely half of an answer. */
function isHalf(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300 && answer.content.kind === 'text';
}

/** The wait that a Retry-After header asks for: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when it says neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return Number(header) * 1000;
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The wait before a doubtful write is looked at: what the service asked for, within reason, and at least the backoff. */
export function pauseMs(reply: object, failures: number, chance: number, now: number): number {
  return Math.max(
    Math.min(retryAfterMs('retryAfter' in reply ? String(reply.retryAfter) : undefined, now) ?? 0, longestLookMs),
    backoffMs(failures, chance),
  );
}

const baseMs = 250;
const capMs = 20_000;

/** Full jitter: between 0 and 250 ms, doubled with each further failure, at most 20 s. `failures` counts from 1, `chance` is in [0, 1). */
export function backoffMs(failures: number, chance: number): number {
  return Math.ceil(chance * Math.min(capMs, baseMs * 2 ** (failures - 1)));
}
