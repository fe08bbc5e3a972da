import type { Budget } from './budget.ts';
import type { Answer, Method, Transport } from './client.ts';
import { rest, type Clock } from './clock.ts';
import type { Gate } from './gate.ts';
import type { Lost } from './loss.ts';
import { backoffMs, judge, longestPauseMs, maxFailures, patienceMs } from './retry.ts';

/** What became of a call: an answer or its loss after all retries, or why it was not made. */
export type Reply =
  | Answer
  | Lost
  /** The service asked for more patience than there is; it has done nothing. */
  | { readonly kind: 'throttled'; readonly afterMs: number }
  /** The signal aborted before the service had done anything. */
  | { readonly kind: 'interrupted' };

export interface CallOptions {
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** Makes one attempt even after the abort: for the read that proves what was sent before it. */
  readonly always?: boolean;
  /** Cuts a read off in mid-flight, when nobody needs it any more. */
  readonly abandon?: AbortSignal;
  /** Failed attempts after which the call is given up; 6 unless told. */
  readonly attempts?: number;
}

/** Calls with retries, waits and shared limits. A `Service<'GET'>` can do nothing but read. */
export interface Service<M extends Method> {
  readonly call: (method: M, path: string, options?: CallOptions) => Promise<Reply>;
}

export interface ServiceParts<M extends Method> {
  readonly transport: Transport<M>;
  readonly gate: Gate;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onWait?: ((ms: number) => void) | undefined;
}

export function openService<M extends Method>({ transport, gate, budget, clock, random, onWait }: ServiceParts<M>): Service<M> {
  /** Whether one call has lost its patience and nothing but 429 came since: then no other begins to wait. */
  let exhausted = false;

  async function call(method: M, path: string, options: CallOptions = {}): Promise<Reply> {
    const { body, signal, abandon, always = false, attempts = maxFailures } = options;
    budget.earn();
    let failures = 0;
    let pauses = 0;
    let waited = 0;
    for (;;) {
      const first = failures + pauses === 0;
      if (!(await gate.enter(signal)) && !(always && first && (await gate.enterNow()))) return { kind: 'interrupted' };
      const attempt = await transport.send(method, path, body, abandon).finally(() => gate.leave());
      if (abandon?.aborted) return { kind: 'interrupted' };
      const verdict = judge(method, attempt, clock.now());
      if (verdict.kind !== 'throttled') exhausted = false;
      if (verdict.kind === 'throttled') {
        pauses += 1;
        const ms = (verdict.afterMs ?? 0) + Math.max(backoffMs(verdict.afterMs ? 1 : pauses, random()), 10);
        waited += ms;
        exhausted ||= ms > longestPauseMs || (waited > patienceMs && pauses > 1);
        if (exhausted) return { kind: 'throttled', afterMs: ms };
        gate.pause(ms);
        onWait?.(ms);
      } else if (verdict.kind === 'again') {
        failures += 1;
        const ms = Math.max(verdict.afterMs ?? 0, backoffMs(failures, random()));
        waited += ms;
        if (failures >= attempts || ms > longestPauseMs || waited > patienceMs || !budget.spend()) return attempt;
        if (ms === verdict.afterMs) onWait?.(ms);
        if (!(await rest(clock, ms, signal))) return always || attempt.kind === 'answer' ? attempt : { kind: 'interrupted' };
      } else {
        gate.faster();
        return attempt;
      }
    }
  }
  return { call };
}
