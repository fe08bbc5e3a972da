import { rest, type Clock } from './clock.ts';

/** Where every request passes: a pause that one 429 asks for holds all of them, and fewer go side by side afterwards. */
export interface Gate {
  /** Waits for the end of a pause and for room; false when `signal` ended the wait. Who enters must leave. */
  enter(signal?: AbortSignal): Promise<boolean>;
  /** Waits for room only: for the one read that proves what an interrupted run has sent. */
  enterNow(): Promise<true>;
  leave(): void;
  /** Holds every request for `ms` and halves how many go side by side, once for each pause. */
  pause(ms: number): void;
  /** Said for each answer that was no 429: one more side by side after about as many answers as go side by side now. */
  faster(): void;
  /** How many requests may go side by side. */
  room(): number;
}

/** A gate for at most `connections` requests side by side: multiplicative decrease on 429, additive increase on success. */
export function openGate(clock: Clock, connections: number): Gate {
  let room = connections;
  let inside = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const queue: (() => void)[] = [];

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

  /** `reached` is remembered beside the clock, so that a wait is never repeated because a clock runs slower than its sleeps. */
  async function enter(signal?: AbortSignal): Promise<boolean> {
    let reached = clock.now();
    for (;;) {
      while (pausedUntil > reached) {
        const target = pausedUntil;
        if (!(await rest(clock, target - reached, signal))) return false;
        reached = target;
      }
      if (!(await place(signal))) return false;
      reached = Math.max(reached, clock.now());
      if (pausedUntil <= reached) return true;
      leave();
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
      const now = clock.now();
      if (now >= pausedUntil) room = Math.max(1, Math.floor(room) / 2);
      pausedUntil = Math.max(pausedUntil, now + ms);
    },
    faster: () => {
      room = Math.min(connections, room + 1 / room);
      admit();
    },
    room: () => Math.floor(room),
  };
}
