import { setTimeout as wait } from 'node:timers/promises';

/** Everything outside the program that a command may touch; a test passes one of its own. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Where the result goes. */
  readonly out: Terminal;
  /** Where progress, diagnostics and prompts go. */
  readonly err: Terminal;
  /** Asks a question on a terminal, and answers what was typed, or that it was interrupted; undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<Answer>) | undefined;
  readonly readStdin: () => Promise<string>;
  readonly now: () => Date;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  readonly random: () => number;
  /** Calls back at SIGINT and SIGTERM until the returned function is called. A second signal ends the process at once. */
  readonly onInterrupt: (callback: (signal: Interrupt) => void) => () => void;
}

type Answer = { readonly text: string } | { readonly interrupted: true };

export type Interrupt = 'SIGINT' | 'SIGTERM';

export interface Terminal {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** The width in columns, where it is a terminal. */
  readonly columns: number | undefined;
}

/** The exit code that a shell expects of a process that a signal ended. */
export const interruptCodes: Readonly<Record<Interrupt, number>> = { SIGINT: 130, SIGTERM: 143 };

/** The host that this process is. */
export function processHost(): Host {
  return {
    env: process.env,
    cwd: process.cwd(),
    out: terminal(process.stdout),
    err: terminal(process.stderr),
    ask: process.stdin.isTTY ? askOnTerminal : undefined,
    readStdin,
    now: () => new Date(),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, signal ? { signal } : {});
    },
    random: Math.random,
    onInterrupt: interrupts(),
  };
}

/** A reader that goes away (`| head`) ends the output, never the work; a result that could not be written (a full disk) is an error. */
function terminal(stream: NodeJS.WriteStream): Terminal {
  let gone = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone && error.code !== 'EPIPE') {
      process.once('exit', (code) => {
        process.exitCode = code === 0 ? 1 : code;
      });
      if (stream !== process.stderr) process.stderr.write(`seatform could not write its result: ${error.message}\n`);
    }
    gone = true;
  });
  return {
    write: (text) => {
      if (!gone) stream.write(text);
    },
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}

async function askOnTerminal(question: string): Promise<Answer> {
  const { createInterface } = await import('node:readline');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<Answer>((resolve) => {
      reader.once('SIGINT', () => resolve({ interrupted: true }));
      // The end of the input is no approval.
      reader.once('close', () => resolve({ text: '' }));
      reader.question(question, (text) => resolve({ text }));
    });
  } finally {
    reader.close();
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** Outside an apply nothing is under way that has to be finished: the first signal ends the process, with the exit code of an interrupt. */
function interrupts(): Host['onInterrupt'] {
  let listener: ((signal: Interrupt) => void) | undefined;
  let asked = false;
  const listen = (signal: Interrupt) => {
    if (listener === undefined || asked) process.exit(interruptCodes[signal]);
    asked = true;
    listener(signal);
  };
  for (const signal of Object.keys(interruptCodes)) process.on(signal, listen);
  return (callback) => {
    listener = callback;
    return () => {
      listener = undefined;
    };
  };
}
