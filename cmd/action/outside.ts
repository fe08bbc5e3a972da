import type { Host } from '../host.ts';

/** What the runner offers a step. */
export interface Runner {
  /** Makes the runner hide a text in every log from here on. */
  readonly mask: (secret: string) => void;
  readonly output: (name: string, value: string) => void;
  /** Replaces the step summary. */
  readonly summary: (markdown: string) => Promise<void>;
  /** Writes to the log as it stands: what is written must not be taken for a command, unless it is one. */
  readonly write: (text: string) => void;
}

/** Everything outside the Action: the step's environment, the event that started it, and the runner. */
export interface Outside {
  readonly host: Host;
  /** What GITHUB_EVENT_PATH leads to, parsed; undefined where there is none. */
  readonly payload: unknown;
  readonly runner: Runner;
}
