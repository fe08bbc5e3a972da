import type { Clock } from '../../src/scim/clock.ts';
import { openGate, type Gate } from '../../src/scim/gate.ts';

/** A clock on which waiting takes no real time. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `work` is done, and answers what it came to. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

/** A clock at 0; `skew` says how far what it shows is from the time that has passed. */
export function virtualClock(skew: (passed: number) => number = () => 0): VirtualClock {
  let passed = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => passed + skew(passed),
    sleep: (ms, signal) =>
      new Promise((wake) => {
        const sleeper = { at: passed + ms, wake };
        const later = sleepers.findIndex(({ at }) => at > sleeper.at);
        sleepers.splice(later === -1 ? sleepers.length : later, 0, sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          wake();
        });
      }),
    run: async (work) => {
      const state = { done: false };
      const end = work.finally(() => {
        state.done = true;
      });
      for (;;) {
        await new Promise(setImmediate);
        if (state.done) return end;
        const next = sleepers.shift();
        if (next === undefined) throw new Error('Everybody waits for ever.');
        passed = next.at;
        next.wake();
      }
    },
  };
}

/** Whether a request that arrives at a moment is within what a service allows. */
export type Limiter = (at: number) => boolean;

/** At most so many within any second. */
export function slidingWindow(perSecond: (at: number) => number): Limiter {
  let admitted: number[] = [];
  return (at) => {
    admitted = admitted.filter((before) => at - before < 1000);
    return admitted.length < perSecond(at) && admitted.push(at) > 0;
  };
}

/** At most so many within each window of a length, the first of which begins at 0. */
export function fixedWindow(limit: number, lengthMs: number): Limiter {
  const used = new Map<number, number>();
  return (at) => {
    const window = Math.floor(at / lengthMs);
    const before = used.get(window) ?? 0;
    used.set(window, Math.min(limit, before + 1));
    return before < limit;
  };
}

/** A bucket that holds so many and fills at a rate. */
export function tokenBucket(perSecond: number, size: number): Limiter {
  let [tokens, last] = [size, 0];
  return (at) => {
    tokens = Math.min(size, tokens + ((at - last) / 1000) * perSecond);
    last = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Requests, so many side by side, to a service that throttles. */
export interface Traffic {
  readonly requests: number;
  readonly atOnce: number;
  readonly latencyMs: number;
  readonly limiter: Limiter;
  /** The wait that a 429 asks for; one second unless told. */
  readonly retryAfterMs?: (at: number) => number;
  readonly clock?: VirtualClock;
}

/** What became of them, by the time that the service saw them. */
export interface Carried {
  readonly answered: readonly number[];
  readonly throttled: readonly number[];
  readonly gate: Gate;
}

/** Carries all requests through a gate, each again after a 429, as `service.ts` does. */
export async function carry(traffic: Traffic): Promise<Carried> {
  const { requests, atOnce, latencyMs, limiter, retryAfterMs = () => 1000, clock = virtualClock() } = traffic;
  const gate = openGate(clock, atOnce);
  const answered: number[] = [];
  const throttled: number[] = [];
  let left = requests;
  const send = async (): Promise<boolean> => {
    await gate.enter();
    await clock.sleep(latencyMs / 2);
    const at = clock.now();
    const allowed = limiter(at);
    (allowed ? answered : throttled).push(at);
    await clock.sleep(latencyMs / 2);
    gate.leave();
    // As much jitter as the backoff adds to what is asked for, the same in every run.
    if (!allowed) gate.pause(retryAfterMs(clock.now()) + 10 + ((throttled.length * 71) % 240));
    else gate.faster();
    return allowed;
  };
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      while (!(await send()));
    }
  };
  await clock.run(Promise.all(Array.from({ length: atOnce }, worker)));
  return { answered, throttled, gate };
}
