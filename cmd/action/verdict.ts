import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isEmpty, type Plan } from '../../src/model/plan.ts';
import type { Tally } from '../../src/model/review.ts';
import { renderApplied, type AppliedFrame } from '../../src/render/comment/applied.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { progressOf, type Applying, type Told } from './applying.ts';
import { faultOf } from './faults.ts';
import { figuresOf } from './figures.ts';
import { print } from './log.ts';
import type { Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import type { Authorized } from './scene.ts';
import { plainly, planText } from './shown.ts';

/** What an apply answers: whatever is left undone makes it red. */
export async function verdictOn(scene: Authorized, applying: Applying, told: Told): Promise<Outcome> {
  const { chosen, unlifted, remaining, drift, unasked, end, open, warnings } = applying;
  const fault = faultOf(applying, scene);
  if (unasked.length > 0) printRest(scene, remaining);
  const tally = tallyOf(applying);
  const page = { tally, chosen, rest: unasked, digest: remaining.digest, ...(fault && { fault: fault.diagnostic }) };
  await scene.runner.summary(renderApplied(page, frameOf(scene)));
  const notices = redactDiagnostics([...warnings, ...chosen.diagnostics], scene.redact);
  const reason = fault?.reason ?? (told.unset.length > 0 ? ('api-failed' as const) : undefined);
  return {
    exitCode: fault?.exitCode ?? (told.unset.length > 0 ? exitCodes.error : exitCodes.done),
    ...(reason && { reason }),
    summary: fault?.diagnostic.message ?? summaryOf(tally, drift.length),
    diagnostics: [...(fault ? [fault.diagnostic] : []), ...told.unset, ...told.warnings, ...notices],
    outputs: {
      ...figuresOf(chosen),
      ...(await savedPlan(scene, unlifted)),
      'plan-digest': remaining.digest,
      drift: String(drift.length > 0),
      applied: String(end.written),
      failed: String(end.failed),
      held: String(open.filter(({ fate }) => fate === 'held').length),
      ...(told.issueUrl !== undefined && { 'comment-url': told.issueUrl }),
    },
  };
}

/** The digest that was approved is not that of the plan today: the plan is shown, and nothing is written. */
export async function stale(scene: Authorized, whole: Plan): Promise<Outcome> {
  printRest(scene, whole);
  const message = 'the plan is not the one that was approved: nothing was written';
  const help = `look at the plan; to have exactly it written, run the workflow again with approve: ${whole.digest}`;
  const diagnostic: Diagnostic = { severity: 'error', code: 'E215', message, help };
  const nothing = { total: whole.operations.length, done: 0, open: [], isFailure: true };
  const page = {
    tally: nothing,
    chosen: plainly({ ...whole, operations: [] }),
    rest: whole.operations,
    digest: whole.digest,
    fault: diagnostic,
  };
  await scene.runner.summary(renderApplied(page, frameOf(scene)));
  const outputs = { ...figuresOf(whole), ...(await savedPlan(scene, whole)), 'plan-digest': whole.digest };
  return { exitCode: exitCodes.notApproved, reason: 'plan-changed', summary: message, diagnostics: [diagnostic], outputs };
}

function printRest({ runner, redact }: Authorized, plan: Plan): void {
  const text = isEmpty(plan) ? '' : `\nNot written:\n\n${planText(plan, redact)}\nDigest of this plan: ${plan.digest}\n`;
  print(runner, text);
}

function tallyOf(applying: Applying): Tally {
  const { total, done } = progressOf(applying);
  const open = applying.open.map(({ operation, edits, fate, reason }) => ({ operation: { ...operation, edits }, fate, reason }));
  return { total, done, open, isFailure: open.length > 0 };
}

function frameOf({ repository, runUrl, host, redact }: Authorized): AppliedFrame {
  return { head: repository.tip, runUrl, plannedAt: host.now().toISOString(), redact };
}

function summaryOf({ total, done }: Tally, drift: number): string {
  const applied = total === 0 ? 'Nothing was to be applied.' : `Applied ${done} of ${count(total, 'approved change')}.`;
  return drift === 0 ? applied : `${applied} Drift: ${count(drift, 'object')}.`;
}
