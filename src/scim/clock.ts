/** Time as it is passed in. `sleep` may resolve or reject when `signal` aborts; both end the wait. */
export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Waits `ms`; false when `signal` ended the wait. A wait of nothing asks the clock for nothing. */
export async function rest(clock: Clock, ms: number, signal?: AbortSignal): Promise<boolean> {
  if (signal?.aborted) return false;
  if (ms <= 0) return true;
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return !signal?.aborted;
}
