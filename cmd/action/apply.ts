import { difference } from '../../src/github/division.ts';
import { appliedDay } from '../../src/github/status.ts';
import { heldChanges, untouched } from '../../src/github/tally.ts';
import { atomsOf } from '../../src/model/atom.ts';
import type { Day } from '../../src/model/day.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Directory } from '../../src/model/live.ts';
import { isBlocked, isEmpty, type Plan } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { planOn, type Applied, type Decided, type Observed } from '../../src/reconcile.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { connectionOf, tenantIn } from '../connection.ts';
import { today } from '../request.ts';
import { directory } from '../service.ts';
import { isUnbelievable, type Applying } from './applying.ts';
import { readApprovals } from './approvals.ts';
import { carried, type Carried } from './carried.ts';
import { chooseWithin, type Known } from './chosen.ts';
import { blocksOf } from './faults.ts';
import { readWindow, type Window } from '../github/history.ts';
import { print } from './log.ts';
import { asWarnings, failed, type Outcome } from './outcome.ts';
import { statusContext, type Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { checkedAt, doubtsOf } from './sources.ts';
import { tell } from './told.ts';
import { stale, verdictOn } from './verdict.ts';

/**
 * Brings Figma to the tip of the default branch, as far as that was approved: what merged pull requests had approved and what has fallen due is
 * written, and nothing else. The commit that started the run does not matter, so that a run of yesterday brings back nothing.
 */
export async function applyTip(scene: Authorized): Promise<Outcome> {
  const { tip: commit, defaultBranch } = scene.repository;
  const tip = await checkedAt(scene, commit);
  if (!tip.ok) return failed(tip.diagnostics);
  const { checked } = tip.value;
  if (!checked.ok) return failed(redactDiagnostics(checked.diagnostics, scene.redact));
  const connection = await connectionOf(scene.host, {}, tenantIn(checked.value));
  if (!connection.ok) return failed(connection.diagnostics);
  const window = await readWindow(scene.hub, commit, defaultBranch, statusContext(scene));
  if (!window.ok) return failed(window.diagnostics);
  const applied = await appliedIn(scene, window.value);
  if (!applied.ok) return failed(applied.diagnostics);
  const approvals = await readApprovals(scene, window.value.pulls, connection.value.tenantId);
  if (!approvals.ok) return failed(approvals.diagnostics);
  const service = directory(scene.host, connection.value, scene.inputs.parallelism);
  const known = { window: window.value, approvals: approvals.value, tip: tip.value, declaration: checked.value };
  try {
    return await applyOn(scene, { ...known, ...(applied.value && { applied: applied.value }) }, service);
  } finally {
    await service.close();
  }
}

/** What was applied last, and as of which day. Configuration that is invalid by today's rules counts as none: then nothing is due, and nothing drift. */
export async function appliedIn(scene: Authorized, { applied }: Window): Promise<Result<Applied | undefined>> {
  if (!applied) return succeed(undefined);
  const read = await checkedAt(scene, applied.commit);
  if (!read.ok) return read;
  const { checked } = read.value;
  return succeed(checked.ok ? { declaration: checked.value, day: appliedDay(applied) } : undefined);
}

async function applyOn(scene: Authorized, known: Known, service: Directory): Promise<Outcome> {
  const live = await service.read();
  if (!live.ok) return failed(live.diagnostics);
  const asOf = today(scene.host);
  const decided = chooseWithin(scene, known, live, asOf);
  if (!decided.ok) return failed(decided.diagnostics);
  const { whole, chosen, wanted } = decided.value;
  const { approve } = scene.inputs;
  // Where nothing is left to write, the digest has had its effect: the run was started again.
  if (approve !== undefined && approve !== whole.digest && !isEmpty(whole)) return stale(scene, whole);
  print(scene.runner, planText(chosen, scene.redact));
  const end = isBlocked(chosen) ? unbegun(chosen) : await carried(scene, chosen, service);
  const open = [...end.open, ...heldChanges(whole.operations, wanted, chosen)];
  const rest = await restOf(known, decided.value, { ...end, open }, service, live, asOf);
  const applying: Applying = {
    ...decided.value,
    ...rest,
    end,
    open,
    isUncertain:
      hidesSomething(chosen) && known.approvals.some(({ approval }) => approval.kind === 'approved' && approval.marker.atoms.length > 0),
    refusals: known.approvals.flatMap(({ approval }) => (approval.kind === 'refused' ? [approval.because] : [])),
    warnings: [...doubtsOf(known.tip), ...decided.warnings, ...rest.warnings],
  };
  const told = await tell(scene, known, applying, asOf);
  return verdictOn(scene, applying, told);
}

function unbegun(chosen: Plan): Carried {
  return { open: untouched(chosen.operations, blocksOf(chosen)), written: 0, failed: 0, isHarmed: false };
}

/** Whether what is absent from a plan need not be in place: not everybody was read, or nobody can tell who is meant. */
function hidesSomething(plan: Plan): boolean {
  return plan.unresolved > 0 || isUnbelievable(plan);
}

/** What differs after the apply, by a fresh read where something was written and something was not to be. */
async function restOf(
  { declaration }: Known,
  { whole, wanted, division }: Decided,
  { written, interrupt, open }: Carried,
  service: Directory,
  before: Observed,
  asOf: Day,
): Promise<Pick<Applying, 'remaining' | 'unreviewed' | 'drift' | 'unasked' | 'warnings'>> {
  const isSettled = atomsOf(whole.operations).size === wanted.size && open.length === 0;
  const live = written === 0 || isSettled || interrupt ? before : await service.read();
  const planned = live.ok ? planOn(declaration, live, { asOf, ...(isSettled && { approved: new Set() }) }) : live;
  const remaining = planned.ok ? planned.value : whole;
  const settled = difference(wanted, new Set(open.map(({ atom }) => atom)));
  const [unreviewed, drift] = [difference(division.unreviewed, settled), difference(division.drift, settled)];
  return {
    remaining,
    unreviewed: partsBy(remaining.operations, unreviewed),
    drift: partsBy(remaining.operations, drift),
    unasked: partsBy(remaining.operations, new Set([...unreviewed, ...drift])),
    warnings: planned.ok ? [] : asWarnings(planned.diagnostics),
  };
}
