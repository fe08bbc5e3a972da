import { resolve } from 'node:path';
import { openJournal, type Journal } from '../src/apply/journal.ts';
import { refuse } from '../src/apply/refuse.ts';
import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { ApplyEvent } from '../src/model/event.ts';
import type { Directory } from '../src/model/live.ts';
import { isBlocked, isEmpty, type Plan } from '../src/model/plan.ts';
import { renderEvent } from '../src/render/events.ts';
import { renderReport } from '../src/render/report.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { complain, lookOf } from './console.ts';
import { exitCodes } from './exit.ts';
import { follow, type Followed } from './follow.ts';
import { interruptCodes, type Host } from './host.ts';
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
  const { report, interrupt, unwritten } = await journaled(host, planned, service, flags, journal?.value);
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

interface Journaled extends Followed {
  /** Present when the journal could not be written: nothing was started after that. */
  readonly unwritten?: Diagnostic;
}

async function journaled(
  host: Host,
  planned: Plan,
  service: Directory,
  flags: ApplyFlags,
  journal: Journal | undefined,
): Promise<Journaled> {
  let unwritten: Diagnostic | undefined;
  const progress = progressOf(host, flags, planned.operations.length);
  const keep = async (event: ApplyEvent) => {
    if (unwritten) return;
    // On disk before the apply goes on: `started` stands there before its request leaves.
    const isDurable = event.type === 'started' || event.type === 'summary';
    await journal?.append(renderEvent(event), isDurable).catch((error: unknown) => {
      unwritten = journalFault(flags.journal, error);
    });
  };
  const onEvent = async (event: ApplyEvent) => {
    if (journal) await keep(event);
    progress.tell(event);
    return unwritten ? 'stop' : undefined;
  };
  let followed: Followed;
  try {
    followed = await follow(host, planned, service, { parallelism: flags.parallelism ?? defaultParallelism, onEvent });
  } finally {
    progress.end();
    await journal?.close().catch((error: unknown) => {
      unwritten ??= journalFault(flags.journal, error);
    });
  }
  return { ...followed, ...(unwritten && { unwritten }) };
}

function journalFault(path: string | undefined, error: unknown): Diagnostic {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return {
    severity: 'error',
    code: 'E206',
    message: `the journal ${path} could not be written (${reason}): nothing was started after that`,
  };
}
