import { difference } from '../../src/approval/origins.ts';
import { heldChanges, untouched } from '../../src/approval/tally.ts';
import { changeIdsOf } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { Directory } from '../../src/model/live.ts';
import { isBlocked, isEmpty, type Plan } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { planOn, type Observed } from '../../src/flows/plan.ts';
import type { Decided } from '../../src/flows/merge.ts';
import { today } from '../request.ts';
import { directory } from '../service.ts';
import { isUnbelievable, type Applying } from './applying.ts';
import { carried, type Carried } from './carried.ts';
import { chooseWithin, type Known } from './chosen.ts';
import { blocksOf } from './faults.ts';
import { gathered } from './gathered.ts';
import { print } from './log.ts';
import { asWarnings, failed, type Outcome } from './outcome.ts';
import type { Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { doubtsOf } from './sources.ts';
import { tell } from './told.ts';
import { stale, verdictOn } from './verdict.ts';

/**
 * Brings Figma to the tip of the default branch, as far as that was approved: what merged pull requests had approved and what has fallen due is
 * written, and nothing else. The commit that started the run does not matter, so that a run of yesterday brings back nothing.
 */
export async function applyTip(scene: Authorized): Promise<Outcome> {
  const known = await gathered(scene);
  if (!known.ok) return failed(known.diagnostics);
  const service = directory(scene.host, known.value.connection, scene.inputs.parallelism);
  try {
    return await applyOn(scene, known.value.known, service);
  } finally {
    await service.close();
  }
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
      hidesSomething(chosen) &&
      known.approvals.some(({ approval }) => approval.kind === 'approved' && approval.marker.changeIds.length > 0),
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
  const isSettled = changeIdsOf(whole.operations).size === wanted.size && open.length === 0;
  const live = written === 0 || isSettled || interrupt ? before : await service.read();
  const planned = live.ok ? planOn(declaration, live, { asOf, ...(isSettled && { approved: new Set() }) }) : live;
  const remaining = planned.ok ? planned.value : whole;
  const settled = difference(wanted, new Set(open.map(({ changeId }) => changeId)));
  const [unreviewed, drift] = [difference(division.unreviewed, settled), difference(division.drift, settled)];
  return {
    remaining,
    unreviewed: partsBy(remaining.operations, unreviewed),
    drift: partsBy(remaining.operations, drift),
    unasked: partsBy(remaining.operations, new Set([...unreviewed, ...drift])),
    warnings: planned.ok ? [] : asWarnings(planned.diagnostics),
  };
}
