import { today } from '../request.ts';
import { connectionOf, tenantIn } from '../connection.ts';
import { exitCodes } from '../exit.ts';
import { reader } from '../service.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { appliedIn } from './apply.ts';
import { isUnbelievable } from './applying.ts';
import { readApprovals } from './approvals.ts';
import { chooseWithin } from './chosen.ts';
import { tellDrift } from './drift.ts';
import { blocked } from './faults.ts';
import { figuresOf } from './figures.ts';
import { readWindow } from '../github/history.ts';
import { print } from './log.ts';
import { failed, type Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import { statusContext, type Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { checkedAt } from './sources.ts';
import { guideOf } from './ways.ts';

/** Looks for what differs from the applied configuration, keeps the issue on it true, and writes nothing to Figma: it cannot. */
export async function findDrift(scene: Authorized): Promise<Outcome> {
  const { tip: commit, defaultBranch } = scene.repository;
  const tip = await checkedAt(scene, commit);
  if (!tip.ok) return failed(tip.diagnostics);
  const { checked, snapshot } = tip.value;
  if (!checked.ok) return failed(redactDiagnostics(checked.diagnostics, scene.redact));
  const connection = await connectionOf(scene.host, {}, tenantIn(checked.value));
  if (!connection.ok) return failed(connection.diagnostics);
  const window = await readWindow(scene.hub, commit, defaultBranch, statusContext(scene));
  if (!window.ok) return failed(window.diagnostics);
  const applied = await appliedIn(scene, window.value);
  if (!applied.ok) return failed(applied.diagnostics);
  const approvals = await readApprovals(scene, window.value.pulls, connection.value.tenantId);
  if (!approvals.ok) return failed(approvals.diagnostics);
  const service = reader(scene.host, connection.value);
  try {
    const live = await service.read();
    if (!live.ok) return failed(live.diagnostics);
    const known = { window: window.value, approvals: approvals.value, tip: tip.value, declaration: checked.value };
    const decided = chooseWithin(scene, { ...known, ...(applied.value && { applied: applied.value }) }, live, today(scene.host));
    if (!decided.ok) return failed(decided.diagnostics);
    const { whole, division, chosen } = decided.value;
    const unbelievable = isUnbelievable(chosen) ? blocked(decided.value) : undefined;
    if (unbelievable) return { ...unbelievable, summary: unbelievable.diagnostic.message, diagnostics: [unbelievable.diagnostic] };
    const operations = partsBy(whole.operations, division.drift);
    const told = await tellDrift(scene, { operations, whole, snapshot, ways: { guide: guideOf(scene.host.env) } });
    print(scene.runner, planText({ ...whole, operations }, scene.redact));
    const outputs = {
      ...figuresOf({ ...whole, operations }),
      ...(await savedPlan(scene, whole)),
      'plan-digest': whole.digest,
      drift: String(operations.length > 0),
      ...(told.ok && told.value !== undefined && { 'comment-url': told.value }),
    };
    if (!told.ok) return failed(told.diagnostics, outputs);
    const summary = operations.length === 0 ? 'No drift.' : `Drift: ${count(operations.length, 'object')}.`;
    return { exitCode: exitCodes.done, summary, diagnostics: redactDiagnostics(decided.warnings, scene.redact), outputs };
  } finally {
    await service.close();
  }
}
