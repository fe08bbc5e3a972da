import type { MergePlan } from '../../src/flows/merge.ts';
import { planMerge } from '../../src/flows/merge.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isUnbelievable } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics, redactPlan } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { today } from '../request.ts';
import { reader } from '../service.ts';
import { blocked } from './faults.ts';
import { fetchMerge, type FetchedMerge } from './fetch-merge.ts';
import { dueSoon, figuresOf } from './figures.ts';
import { print } from './log.ts';
import { failed, type Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import { postIssue } from './post-issue.ts';
import type { Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { doubtsOf } from './sources.ts';

/** Looks for what differs from the applied configuration, keeps the issue on it true, and writes nothing to Figma: it cannot. */
export async function findDrift(scene: Authorized): Promise<Outcome> {
  const fetched = await fetchMerge(scene);
  if (!fetched.ok) return failed(fetched.diagnostics);
  const service = reader(scene.host, fetched.value.connection);
  try {
    const live = await service.read();
    if (!live.ok) return failed(live.diagnostics);
    const { facts, declaration } = fetched.value;
    const planned = planMerge(facts, declaration, live, { asOf: today(scene.host), withDrift: false });
    if (!planned.ok) return failed(planned.diagnostics);
    return await reportDrift(scene, fetched.value, planned.value, planned.warnings);
  } finally {
    await service.close();
  }
}

async function reportDrift(scene: Authorized, fetched: FetchedMerge, plan: MergePlan, warnings: readonly Diagnostic[]): Promise<Outcome> {
  const { whole, chosen, origins, rest, digest } = plan;
  if (isUnbelievable(chosen)) {
    const fault = blocked(chosen);
    return { ...fault, summary: fault.diagnostic.message, diagnostics: [fault.diagnostic] };
  }
  const drift = partsBy(whole.operations, origins.drift);
  const unapproved = partsBy(whole.operations, origins.unreviewed);
  if (drift.length === 0 && whole.unresolved > 0) return unclear(scene, plan);
  const posted = await postIssue(scene, fetched, plan, { rest, digest, drift, unapproved }, false);
  print(scene.runner, planText({ ...whole, operations: drift }, scene.redact));
  const outputs = {
    ...figuresOf(rest.plan),
    ...(await savedPlan(scene, 'plan-path', rest.plan)),
    'plan-digest': digest,
    'due-soon': dueSoon(redactPlan(whole, scene.redact)),
    drift: String(drift.length > 0),
    ...(posted.ok && posted.value !== undefined && { 'comment-url': posted.value }),
  };
  if (!posted.ok) return failed(posted.diagnostics, outputs);
  if (whole.unresolved > 0) return unclear(scene, plan, outputs);
  return {
    exitCode: exitCodes.done,
    summary: drift.length === 0 ? 'No drift.' : `Drift: ${count(drift.length, 'object')}.`,
    diagnostics: redactDiagnostics([...doubtsOf(fetched.tip), ...warnings], scene.redact),
    outputs,
  };
}

/** Where not everything could be planned, nobody knows that nothing else differs: no issue is closed, and the run is red. */
function unclear({ redact }: Authorized, { whole }: MergePlan, outputs: Outcome['outputs'] = {}): Outcome {
  const summary = 'it is not known whether more has drifted, because not all that the configuration asks for could be planned';
  const fault: Diagnostic = { severity: 'error', code: 'E217', message: summary, help: 'fix what is named beside this' };
  const diagnostics = [fault, ...redactDiagnostics(whole.diagnostics, redact)];
  return { exitCode: exitCodes.error, reason: 'config-invalid', summary, diagnostics, outputs };
}
