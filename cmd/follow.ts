import type { ApplyEvent, Report } from '../src/model/event.ts';
import type { Directory } from '../src/model/live.ts';
import type { Plan } from '../src/model/plan.ts';
import { carryOut } from '../src/flows/apply.ts';
import type { Host, Interrupt } from './host.ts';

export interface Following {
  readonly parallelism: number;
  /** Awaited before anything further happens: `started` is dealt with before its request leaves. `stop` starts nothing new. */
  readonly onEvent: (event: ApplyEvent) => Promise<'stop' | undefined>;
}

/** How an apply ended, and the signal that ended it early. */
export interface Followed {
  readonly report: Report;
  readonly interrupt?: Interrupt;
}

/** Carries a plan out and hands over everything that happens. At a signal what is in flight is finished, and nothing new is started. */
export async function follow(host: Host, planned: Plan, service: Directory, { parallelism, onEvent }: Following): Promise<Followed> {
  const abort = new AbortController();
  let interrupt: Interrupt | undefined;
  let report: Report | undefined;
  const stopListening = host.onInterrupt((signal) => {
    interrupt = signal;
    host.err.write(
      '\nInterrupted: finishing what is in flight. A second interrupt stops at once, and what is in flight may or may not have happened.\n',
    );
    abort.abort();
  });
  try {
    for await (const event of carryOut(planned, service, { parallelism, signal: abort.signal, now: host.now })) {
      if ((await onEvent(event)) === 'stop') abort.abort();
      if (event.type === 'summary') report = event.report;
    }
  } finally {
    stopListening();
  }
  if (!report) throw new Error('an apply ends with its summary');
  return { report, ...(interrupt && { interrupt }) };
}
