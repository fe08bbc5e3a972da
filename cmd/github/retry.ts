import type { Answer, Attempt } from './answer.ts';
import { recordOf, textOf } from './trouble.ts';

/** How often a request is tried that GitHub puts off, and how often one that fails. */
const mostPutOff = 5;
const failurePausesMs = [1000, 2000, 4000];
/** The longest of waits; GitHub names a minute for its secondary limits. */
const longestMs = 60_000;
/** A request that GitHub puts off for longer than all waits together is given up at once. */
const patienceMs = (mostPutOff - 1) * longestMs;

/**
 * The milliseconds after which a request is sent again, or undefined: this try counts. What GitHub put off has not been done and may always be sent
 * again; what failed or was lost only if it is repeatable, since a comment whose answer was lost would be there twice.
 */
export function judge(
  attempt: Attempt,
  { tries, isRepeatable, now }: { readonly tries: number; readonly isRepeatable: boolean; readonly now: number },
): number | undefined {
  if (attempt.kind === 'answer' && isPutOff(attempt)) {
    const asked = askedWaitMs(attempt, now);
    return tries < mostPutOff && asked <= patienceMs ? Math.min(asked, longestMs) : undefined;
  }
  const isSafe = isRepeatable || (attempt.kind === 'lost' && !attempt.wasSent);
  return hasFailed(attempt) && isSafe ? failurePausesMs[tries - 1] : undefined;
}

/** Whether a route changes nothing. */
export function isRead(route: string): boolean {
  return route.startsWith('GET ');
}

/** Whether a route may be sent twice: what replaces something, and a status, since GitHub keeps both and they say the same. */
export function isRepeatable(route: string): boolean {
  return !route.startsWith('POST ') || route.includes('/statuses/');
}

/** Whether nobody knows if a request took effect: GitHub failed over it, or its answer was lost. */
export function isUncertain(attempt: Attempt): boolean {
  return hasFailed(attempt) && !(attempt.kind === 'lost' && !attempt.wasSent);
}

function hasFailed(attempt: Attempt): boolean {
  return attempt.kind === 'lost' || attempt.status === 408 || (attempt.status >= 500 && attempt.status !== 501);
}

/** GitHub's limits show as 429, as 403 with one of three signs, and in GraphQL as an error in an answer of status 200. */
function isPutOff({ status, data, headers }: Answer): boolean {
  if (status === 429) return true;
  if (status === 200) return isGraphqlLimit(data);
  if (status !== 403) return false;
  if (headers['retry-after'] !== undefined || String(headers['x-ratelimit-remaining']) === '0') return true;
  return /secondary rate limit|abuse detection/i.test(textOf(recordOf(data)['message']));
}

function isGraphqlLimit(data: unknown): boolean {
  const { errors } = recordOf(data);
  return Array.isArray(errors) && errors.some((error) => isLimit(recordOf(error)));
}

/** GitHub has more than one name for it. */
function isLimit({ type, code }: Readonly<Record<string, unknown>>): boolean {
  return type === 'RATE_LIMITED' || type === 'RATE_LIMIT' || code === 'graphql_rate_limit';
}

/** Seconds in `retry-after`; else when the limit is lifted; else a minute, as GitHub's documentation says. */
function askedWaitMs({ headers }: Answer, now: number): number {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(0, after * 1000);
  const lifted = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const isSpent = String(headers['x-ratelimit-remaining']) === '0';
  return isSpent && Number.isFinite(lifted) ? Math.max(1000, lifted * 1000 - now) : longestMs;
}
