import { isEmpty, type Plan } from '../../src/model/plan.ts';
import type { Tally } from '../../src/model/review.ts';
import { correctedText, deedsText, renderApplied, type Applied, type AppliedFrame } from '../../src/render/comment/applied.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { correctedIn, progressOf, type Applying, type Told } from './applying.ts';
import { faultOf, outdated, unheard } from './faults.ts';
import { figuresOf } from './figures.ts';
import { print } from './log.ts';
import type { Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import type { Authorized } from './scene.ts';
import { plainly, planText } from './shown.ts';
import { waysOf } from './ways.ts';

/** What an apply answers: whatever is left undone makes it red. */
export async function verdictOn(scene: Authorized, applying: Applying, told: Told): Promise<Outcome> {
  const { chosen, unlifted, remaining, drift, unasked, end, open, warnings } = applying;
  const fault = faultOf(applying, scene) ?? unheard(told);
  if (unasked.length > 0) printRest(scene, remaining);
  const tally = tallyOf(applying);
  const corrected = correctedIn(applying);
  const page = { tally, corrected, chosen, allowed: allowedIn(applying), rest: unasked, remaining, ...(fault && { fault }) };
  await scene.runner.summary(renderApplied(page, frameOf(scene)));
  const notices = redactDiagnostics([...warnings, ...chosen.diagnostics], scene.redact);
  return {
    exitCode: fault?.exitCode ?? exitCodes.done,
    ...(fault && { reason: fault.reason }),
    summary: fault?.diagnostic.message ?? summaryOf(tally, corrected, drift.length),
    diagnostics: [...new Set([...(fault ? [fault.diagnostic] : []), ...told.unset, ...told.untold, ...told.warnings, ...notices])],
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
  const fault = outdated(whole);
  const none = { tally: { total: 0, done: 0, open: [], isFailure: true }, corrected: { total: 0, done: 0 }, allowed: new Set<string>() };
  const page = { ...none, chosen: plainly({ ...whole, operations: [] }), rest: whole.operations, remaining: whole, fault };
  await scene.runner.summary(renderApplied(page, frameOf(scene)));
  const outputs = { ...figuresOf(whole), ...(await savedPlan(scene, whole)), 'plan-digest': whole.digest };
  return { exitCode: fault.exitCode, reason: fault.reason, summary: fault.diagnostic.message, diagnostics: [fault.diagnostic], outputs };
}

/** The guards that would block without what approved pull requests allow. */
function allowedIn({ chosen, unlifted }: Applying): ReadonlySet<string> {
  const blocking = new Set(unlifted.guards.filter(({ outcome }) => outcome === 'block').map(({ guard }) => guard));
  return new Set(chosen.guards.filter(({ guard, outcome }) => outcome === 'warn' && blocking.has(guard)).map(({ guard }) => guard));
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

function frameOf(scene: Authorized): AppliedFrame {
  const { repository, runUrl, host, redact } = scene;
  return { head: repository.tip, runUrl, plannedAt: host.now().toISOString(), redact, ways: waysOf(scene) };
}

function summaryOf({ total, done }: Tally, corrected: Applied['corrected'], drift: number): string {
  const deeds = deedsText([
    ...(total === 0 ? [] : [`applied ${done} of ${count(total, 'approved change')}`]),
    ...(corrected.total === 0 ? [] : [correctedText(corrected)]),
  ]);
  const said = deeds === '' ? 'Nothing was to be applied.' : `${deeds}.`;
  return drift === 0 ? said : `${said} Drift: ${count(drift, 'object')}.`;
}
