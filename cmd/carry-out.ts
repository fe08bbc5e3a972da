import { resolve } from 'node:path';
import { openJournal, type Journal } from '../src/apply/journal.ts';
import { refuse } from '../src/apply/refuse.ts';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { Report } from '../src/model/event.ts';
import type { Directory } from '../src/model/live.ts';
import { isBlocked, isEmpty, type Plan } from '../src/model/plan.ts';
import { carryOut } from '../src/reconcile.ts';
import { renderEvent } from '../src/render/events.ts';
import { renderReport } from '../src/render/report.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { complain, lookOf } from './console.ts';
import { exitCodes } from './exit.ts';
import { interruptCodes, type Host, type Interrupt } from './host.ts';
import { defaultParallelism, formatOf, type ApplyFlags } from './options.ts';
import { progressOf } from './progress.ts';

/** Shows a plan, has it approved, and carries it out on the directory that it was read from. */
export async function approveAndCarryOut(host: Host, planned: Plan, service: Directory, flags: ApplyFlags): Promise<number> {
  // With --json, stdout is for events alone: the plan is what they say is planned.
  const stage = formatOf(flags) === 'json' ? host.err : host.out;
  stage.write(renderPlan(planned, lookOf(stage, host, flags)));
  if (isBlocked(planned)) {
    if (formatOf(flags) === 'json') for (const event of refuse(planned, host.now)) host.out.write(`${renderEvent(event)}\n`);
    return exitCodes.blocked;
  }
  if (isEmpty(planned) && formatOf(flags) !== 'json') return planned.unresolved === 0 ? exitCodes.done : exitCodes.error;
  const verdict = isEmpty(planned) ? 'approved' : await verdictOn(host, flags);
  if (verdict !== 'approved') {
    host.err.write('\nApply cancelled: nothing was changed.\n');
    return verdict === 'interrupted' ? interruptCodes.SIGINT : exitCodes.notApproved;
  }
  const journal = flags.journal === undefined ? undefined : await openJournal(resolve(host.cwd, flags.journal));
  if (journal?.ok === false) {
    complain(host, flags, journal.diagnostics);
    return exitCodes.error;
  }
  const { report, interrupt, unwritten } = await follow(host, planned, service, flags, journal?.value);
  if (formatOf(flags) === 'text') host.out.write(`\n${renderReport(report, lookOf(host.out, host, flags))}`);
  if (unwritten) complain(host, flags, [unwritten]);
  if (interrupt) return interruptCodes[interrupt];
  return report.complete && !unwritten ? exitCodes.done : exitCodes.error;
}

async function verdictOn(host: Host, { autoApprove }: ApplyFlags): Promise<'approved' | 'refused' | 'interrupted'> {
  if (autoApprove === true) return 'approved';
  const answer = await host.ask?.('\nDo you want to make these changes in Figma? Only "yes" is accepted: ');
  if (answer === undefined || 'text' in answer) return answer?.text === 'yes' ? 'approved' : 'refused';
  return 'interrupted';
}

interface Followed {
  readonly report: Report;
  readonly interrupt?: Interrupt;
  /** Present when the journal could not be written: nothing was started after that. */
  readonly unwritten?: Diagnostic;
}

async function follow(host: Host, planned: Plan, service: Directory, flags: ApplyFlags, journal: Journal | undefined): Promise<Followed> {
  const abort = new AbortController();
  let interrupt: Interrupt | undefined;
  let unwritten: Diagnostic | undefined;
  let report: Report | undefined;
  const stopListening = host.onInterrupt((signal) => {
    interrupt = signal;
    host.err.write(
      '\nInterrupted: finishing what is in flight. A second interrupt stops at once, and what is in flight may or may not have happened.\n',
    );
    abort.abort();
  });
  const keep = async (line: string, durable: boolean) => {
    if (unwritten) return;
    await journal?.append(line, durable).catch((error: unknown) => {
      unwritten = journalFault(flags.journal, error);
      abort.abort();
    });
  };
  const progress = progressOf(host, flags, planned.operations.length);
  try {
    const options = { parallelism: flags.parallelism ?? defaultParallelism, signal: abort.signal, now: host.now };
    for await (const event of carryOut(planned, service, options)) {
      // On disk before the generator goes on: `started` stands there before its request leaves.
      if (journal) await keep(renderEvent(event), event.type === 'started' || event.type === 'summary');
      progress.tell(event);
      if (event.type === 'summary') report = event.report;
    }
  } finally {
    progress.end();
    stopListening();
    await journal?.close().catch((error: unknown) => {
      unwritten ??= journalFault(flags.journal, error);
    });
  }
  if (!report) throw new Error('an apply ends with its summary');
  return { report, ...(interrupt && { interrupt }), ...(unwritten && { unwritten }) };
}

function journalFault(path: string | undefined, error: unknown): Diagnostic {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return {
    severity: 'error',
    code: 'E206',
    message: `the journal ${path} could not be written (${reason}): nothing was started after that`,
  };
}
