import type { Report } from '../src/model/event.ts';
import type { Directory } from '../src/model/live.ts';
import { isBlocked, isEmpty, type Plan } from '../src/model/plan.ts';
import { carryOut, propose } from '../src/reconcile.ts';
import { renderReport } from '../src/render/report.ts';
import { renderPlan } from '../src/render/terminal.ts';
import { connectionOf } from './connection.ts';
import { complain, lookOf } from './console.ts';
import { exitCodes } from './exit.ts';
import { interruptCodes, type Host, type Interrupt } from './host.ts';
import { formatOf, type ConnectionFlags, type LookFlags } from './options.ts';
import { today } from './plan.ts';
import { progressOf } from './progress.ts';
import { directory } from './service.ts';
import { checkedSources } from './sources.ts';

export type ApplyFlags = ConnectionFlags & LookFlags & { readonly autoApprove?: boolean; readonly parallelism?: number };

const defaultParallelism = 4;

/** Plans, asks, and carries the plan out. Nothing is sent but GET before somebody has approved. */
export async function apply(host: Host, paths: readonly string[], flags: ApplyFlags): Promise<number> {
  if (flags.autoApprove !== true && (!host.ask || flags.tokenFile === '-')) {
    const message = 'nobody can be asked to approve here: run it on a terminal, or use --auto-approve';
    complain(host, flags, [{ severity: 'error', code: 'E201', message }]);
    return exitCodes.error;
  }
  const { files, checked } = await checkedSources(host, paths);
  const connection = checked.ok ? await connectionOf(host, flags, checked.value.declaration.organization) : checked;
  if (!checked.ok || !connection.ok) {
    complain(
      host,
      flags,
      [...(checked.ok ? [] : checked.diagnostics), ...(connection.ok || !checked.ok ? [] : connection.diagnostics)],
      files,
    );
    return exitCodes.error;
  }
  const service = directory(host, connection.value, flags.parallelism ?? defaultParallelism);
  try {
    const planned = await propose(checked.value, service, today(host));
    if (!planned.ok) {
      complain(host, flags, planned.diagnostics, files);
      return exitCodes.error;
    }
    complain(host, flags, [...planned.warnings, ...planned.value.diagnostics], files);
    return await approveAndCarryOut(host, planned.value, service, flags);
  } finally {
    await service.close();
  }
}

async function approveAndCarryOut(host: Host, planned: Plan, service: Directory, flags: ApplyFlags): Promise<number> {
  // With --json, stdout is for events alone: the plan is what they say is planned.
  const stage = formatOf(flags) === 'json' ? host.err : host.out;
  stage.write(renderPlan(planned, lookOf(stage, host, flags)));
  if (isBlocked(planned)) return exitCodes.blocked;
  if (isEmpty(planned) && formatOf(flags) !== 'json') return planned.complete ? exitCodes.done : exitCodes.error;
  const verdict = isEmpty(planned) ? 'approved' : await verdictOn(host, flags);
  if (verdict !== 'approved') {
    host.err.write('\nApply cancelled: nothing was changed.\n');
    return verdict === 'interrupted' ? interruptCodes.SIGINT : exitCodes.notApproved;
  }
  const { report, interrupt } = await follow(host, planned, service, flags);
  if (formatOf(flags) === 'text') host.out.write(`\n${renderReport(report, lookOf(host.out, host, flags))}`);
  if (interrupt) return interruptCodes[interrupt];
  return report.complete ? exitCodes.done : exitCodes.error;
}

async function verdictOn(host: Host, { autoApprove }: ApplyFlags): Promise<'approved' | 'refused' | 'interrupted'> {
  if (autoApprove === true) return 'approved';
  const answer = await host.ask?.('\nDo you want to make these changes in Figma? Only "yes" is accepted: ');
  if (answer === undefined || 'text' in answer) return answer?.text === 'yes' ? 'approved' : 'refused';
  return 'interrupted';
}

async function follow(
  host: Host,
  planned: Plan,
  service: Directory,
  flags: ApplyFlags,
): Promise<{ report: Report; interrupt?: Interrupt }> {
  const abort = new AbortController();
  let interrupt: Interrupt | undefined;
  const stopListening = host.onInterrupt((signal) => {
    interrupt = signal;
    host.err.write(
      '\nInterrupted: finishing what is in flight. A second interrupt stops at once, and what is in flight may or may not have happened.\n',
    );
    abort.abort();
  });
  const progress = progressOf(host, flags, planned.operations.length);
  let report: Report | undefined;
  try {
    const options = { parallelism: flags.parallelism ?? defaultParallelism, signal: abort.signal, now: host.now };
    for await (const event of carryOut(planned, service, options)) {
      progress.tell(event);
      if (event.type === 'summary') report = event.report;
    }
  } finally {
    progress.end();
    stopListening();
  }
  if (!report) throw new Error('an apply ends with its summary');
  return { report, ...(interrupt && { interrupt }) };
}
