import { rest, type Clock } from './clock.ts';
import { openPace } from './pace.ts';

/**
 * Where every request passes: a pause that one 429 asks for holds all of them; afterwards fewer go side by side, and they follow one another
 * no faster than the service allows.
 */
export interface Gate {
  /** Waits for the end of a pause, for room and for its turn; false when `signal` ended the wait. Who enters must leave. */
  enter(signal?: AbortSignal): Promise<boolean>;
  /** Waits for room only: for the one read that proves what an interrupted run has sent. */
  enterNow(): Promise<true>;
  leave(): void;
  /** Holds every request for `ms`; once for each pause it halves how many go side by side and slows them down. */
  pause(ms: number): void;
  /** Said for each answer that was no 429: one more side by side after about as many answers as go side by side now, and a little faster. */
  faster(): void;
  /** How many requests may go side by side. */
  room(): number;
}

/** A service that asks for a second or two has rounded up: that much of a pause says nothing of its rate. */
const roundedMs = 2000;
/** After so long without a request what was answered before says nothing of the rate that the service allows. */
const idleMs = 1000;

/**
 * A gate for at most `connections` requests side by side: multiplicative decrease on 429, additive increase on success, for the room and,
 * from the first 429 on, for the rate.
 */
export function openGate(clock: Clock, connections: number): Gate {
  const pace = openPace();
  let room = connections;
  let inside = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let nextTurn = Number.NEGATIVE_INFINITY;
  let lastLeft = Number.NEGATIVE_INFINITY;
  let busySince = clock.now();
  let reached = Number.NEGATIVE_INFINITY;
  const queue: (() => void)[] = [];

  /** What was waited for has been reached, so that a wait is never repeated because a clock runs slower than its sleeps. */
  function time(): number {
    return Math.max(clock.now(), reached);
  }

  async function until(moment: number, signal: AbortSignal | undefined): Promise<boolean> {
    if (!(await rest(clock, moment - time(), signal))) return false;
    reached = Math.max(reached, moment);
    return true;
  }

  function admit(): void {
    while (inside < Math.floor(room)) {
      const next = queue.shift();
      if (next === undefined) return;
      inside += 1;
      next();
    }
  }

  function leave(): void {
    inside -= 1;
    lastLeft = time();
    admit();
  }

  function place(signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve(true);
      };
      const abort = (): void => {
        queue.splice(queue.indexOf(enter), 1);
        resolve(false);
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(enter);
      admit();
    });
  }

  function noticeIdleness(): void {
    const now = time();
    if (now - Math.max(lastLeft, pausedUntil) <= idleMs) return;
    pace.idled();
    busySince = now;
  }

  /** Turns count from when the last was taken, not from when it could have been: catching up would be a burst. */
  async function takeTurn(signal: AbortSignal | undefined): Promise<boolean> {
    while (nextTurn > time()) if (!(await until(nextTurn, signal))) return false;
    nextTurn = time() + pace.interval();
    return true;
  }

  async function enter(signal?: AbortSignal): Promise<boolean> {
    for (;;) {
      while (pausedUntil > time()) if (!(await until(pausedUntil, signal))) return false;
      noticeIdleness();
      if (!(await place(signal))) return false;
      const taken = pausedUntil <= time() && (await takeTurn(signal));
      if (taken && pausedUntil <= time()) return true;
      leave();
      if (signal?.aborted) return false;
    }
  }

  return {
    enter,
    enterNow: async () => {
      await place();
      return true;
    },
    leave,
    pause: (ms) => {
      const now = time();
      if (now >= pausedUntil) {
        room = Math.max(1, Math.floor(room) / 2);
        pace.throttled(now - busySince + Math.max(0, ms - roundedMs));
        busySince += Math.min(ms, roundedMs);
      }
      pausedUntil = Math.max(pausedUntil, now + ms);
    },
    faster: () => {
      room = Math.min(connections, room + 1 / room);
      pace.answered();
      admit();
    },
    room: () => Math.floor(room),
  };
}
