import { openChanges } from '../../src/approval/tally.ts';
import type { CarriedOut } from '../../src/flows/conclude.ts';
import type { ApplyEvent, OperationEvent, Report } from '../../src/model/event.ts';
import type { Directory } from '../../src/model/live.ts';
import { isEmpty, type Plan } from '../../src/model/plan.ts';
import { renderEventText } from '../../src/render/events.ts';
import { renderReport } from '../../src/render/report.ts';
import { follow } from '../follow.ts';
import type { Interrupt } from '../host.ts';
import { print } from './log.ts';
import type { Authorized } from './scene.ts';

/** How the carrying out of a plan ended, and who stopped it. */
export interface Carried extends CarriedOut {
  readonly interrupt?: Interrupt;
}

/** Carries a plan out and logs what happens; with redaction only the counts are logged, since an event names people. */
export async function carried({ host, runner, inputs, redact }: Authorized, chosen: Plan, service: Directory): Promise<Carried> {
  if (isEmpty(chosen)) return { open: [], written: 0, failed: 0, isHarmed: false, isInterrupted: false };
  const events: OperationEvent[] = [];
  const onEvent = async (event: ApplyEvent): Promise<undefined> => {
    if (event.type !== 'summary') events.push(event);
    const text = redact === 'none' && event.type !== 'started' ? renderEventText(event, { color: false }) : undefined;
    if (text !== undefined) print(runner, text);
  };
  const { report, interrupt } = await follow(host, chosen, service, { parallelism: inputs.parallelism, onEvent });
  print(runner, renderReport(redact === 'none' ? report : anonymous(report), { color: false }));
  return {
    open: openChanges(chosen.operations, events),
    written: report.rows.filter(({ done }) => done > 0).length,
    failed: report.failed + report.skipped,
    isHarmed: report.harmed,
    isInterrupted: interrupt !== undefined,
    ...(interrupt && { interrupt }),
  };
}

/** The counts of a report without its rows. */
function anonymous(report: Report): Report {
  return report.complete ? report : { ...report, rows: [] };
}
