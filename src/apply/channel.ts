/** Hands values from many tasks to one reader, one at a time. */
export interface Channel<T> {
  /** Resolves once the reader has taken the value and asks for more; never, if the reader has gone. */
  send(value: T): Promise<void>;
  /** No more is sent; the reader ends after what is queued. */
  close(): void;
  values(): AsyncGenerator<T, void, undefined>;
}

/**
 * A channel whose senders wait for the reader. A task that awaits `send` before it acts is therefore sure that the reader has dealt with
 * the value: a reader that writes each value to disk before it asks for the next has it on disk before the task goes on.
 */
export function openChannel<T>(): Channel<T> {
  const queue: { readonly value: T; readonly taken: () => void }[] = [];
  let closed = false;
  let wake = () => {};
  return {
    send: (value) =>
      new Promise<void>((taken) => {
        queue.push({ value, taken });
        wake();
      }),
    close: () => {
      closed = true;
      wake();
    },
    async *values() {
      for (;;) {
        const next = queue.shift();
        if (next) {
          yield next.value;
          next.taken();
        } else if (closed) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
