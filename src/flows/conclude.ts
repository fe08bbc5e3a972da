import { holds, type JudgedPull } from '../approval/line.ts';
import { difference } from '../approval/origins.ts';
import { isApplied, faultOf, progressOf, type MergeEnd, type MergeFault } from '../approval/outcome.ts';
import { digestOf, type Rest } from '../approval/rest.ts';
import { heldChanges, heldOpen, rowOf, tallyOf, untouched, type OpenChange } from '../approval/tally.ts';
import type { HashOf } from '../model/approval.ts';
import { changeId, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import { succeed, type Result } from '../model/diagnostic.ts';
import { userNameOf } from '../model/directory.ts';
import type { Operation } from '../model/operation.ts';
import { isBlocked, isUnbelievable } from '../model/plan.ts';
import type { Tally } from '../model/review.ts';
import { partsBy } from '../plan/approved.ts';
import type { MergePlan } from './merge.ts';
import type { Observed } from './plan.ts';
import { planRemaining } from './remaining.ts';
import { supersededOf } from './superseded.ts';

/** How the carrying out of a plan ended. */
export interface CarriedOut {
  readonly open: readonly OpenChange[];
  /** How many operations took effect, wholly or in part. */
  readonly written: number;
  readonly failed: number;
  readonly isHarmed: boolean;
  readonly isInterrupted: boolean;
}

/** How an apply ended: what is open, what remains to be approved, and what is red. */
export interface MergeResult {
  readonly end: MergeEnd;
  readonly fault?: MergeFault;
  /** The tip counts as applied. */
  readonly isApplied: boolean;
  readonly open: readonly OpenChange[];
  readonly tally: Tally;
  /** How many drifted objects were to be corrected along with the rest, and how many are. */
  readonly corrected: { readonly total: number; readonly done: number };
  readonly rest: Rest;
  readonly digest: string;
  /** What nobody approved, and drift that is not corrected. */
  readonly unapproved: readonly Operation[];
  readonly drift: readonly Operation[];
  readonly pulls: readonly PullResult[];
}

/** What became of what one pull request approved. */
export interface PullResult {
  readonly judged: JudgedPull;
  readonly tally: Tally;
  /** The hashes of its reactivations that are in place: their approval is used up. */
  readonly spent: readonly string[];
}

/** What an apply that wrote nothing ended as: everything is held by the guards that stop the plan. */
export function unbegun({ chosen }: Pick<MergePlan, 'chosen'>, reason: string): CarriedOut {
  return { open: untouched(chosen.operations, reason), written: 0, failed: 0, isHarmed: false, isInterrupted: false };
}

/** Judges how an apply ended. `live` is what is there now, where something was written or is open, and something remains. */
export function concludeMerge(
  planned: MergePlan,
  carried: CarriedOut,
  live: Observed | undefined,
  { asOf, hashOf }: { readonly asOf: Day; readonly hashOf: HashOf },
): Result<MergeResult> {
  const { line, whole, wanted, chosen, holds: held, origins, isApprovedWhole } = planned;
  const open = [...carried.open, ...heldChanges(whole.operations, wanted, chosen), ...heldOpen(whole.operations, held)];
  const openIds = new Set(open.map(({ changeId: id }) => id));
  const settled = difference(wanted, openIds);
  const [unreviewed, drift] = [difference(origins.unreviewed, settled), difference(origins.drift, settled)];
  const owed = isApprovedWhole ? { approved: wanted, due: new Set<ChangeId>() } : origins;
  // What cannot be planned is not in place, and would be taken for drift later; of the applied configuration alone it was known before.
  const isSame = line.applied !== undefined && line.steps.length === 1;
  const isUncertain = (chosen.unresolved > 0 || isUnbelievable(chosen)) && !isSame;
  const unsettled = isApprovedWhole && openIds.size === 0 && !isBlocked(chosen) ? { rules: [], later: [] } : line;
  const end: MergeEnd = {
    origins: owed,
    open,
    isBlocked: isBlocked(chosen),
    isInterrupted: carried.isInterrupted,
    isHarmed: carried.isHarmed,
    failed: carried.failed,
    isUncertain,
    unapproved: { changes: unreviewed.size, rules: unsettled.rules.length, later: unsettled.later.length },
    isDriftTooLarge: planned.isDriftTooLarge,
    unresolved: chosen.unresolved,
  };
  // Drift that was to be corrected and is not remains like any other.
  const remaining = new Set([...difference(planned.remaining, settled), ...drift]);
  const left = live ? planRemaining(line, live, asOf, remaining) : succeed(planned.rest.plan);
  if (!left.ok) return left;
  const rest: Rest = { plan: left.value, rules: unsettled.rules, later: unsettled.later };
  const fault = faultOf(end);
  const progress = progressOf(end);
  return succeed({
    end,
    ...(fault && { fault }),
    isApplied: isApplied(end),
    open,
    tally: { ...progress, open: open.map(rowOf), isFailure: open.length > 0 },
    corrected: correctedIn(planned, openIds),
    rest,
    digest: digestOf(rest),
    unapproved: partsBy(whole.operations, unreviewed),
    drift: partsBy(whole.operations, drift),
    pulls: line.pulls.flatMap((judged) => pullResult(planned, judged, open, { asOf, hashOf })),
  });
}

/** How many objects were to be brought back from drift along with the rest, and how many are. */
function correctedIn({ whole, wanted, origins, isApprovedWhole }: MergePlan, open: ReadonlySet<ChangeId>): MergeResult['corrected'] {
  if (isApprovedWhole) return { total: 0, done: 0 };
  const tried = new Set([...origins.drift].filter((id) => wanted.has(id)));
  const total = partsBy(whole.operations, tried).length;
  return { total, done: total - partsBy(whole.operations, new Set([...tried].filter((id) => open.has(id)))).length };
}

function pullResult(
  planned: MergePlan,
  judged: JudgedPull,
  open: readonly OpenChange[],
  { asOf, hashOf }: { readonly asOf: Day; readonly hashOf: HashOf },
): readonly PullResult[] {
  const { verdict } = judged;
  if (verdict.kind !== 'approved') return [];
  const { plan } = verdict;
  const superseded = supersededOf(planned.line, judged, asOf, hashOf);
  const approvalOf = (change: OpenChange) => {
    const id = planned.granted.approvalOf(change);
    return id !== undefined && holds(plan, 'changes', id, hashOf) ? id : undefined;
  };
  const tally = tallyOf({ open, superseded, total: plan.hashes.changes.length }, approvalOf);
  return [{ judged, tally, spent: spentIn(planned, plan, open, hashOf) }];
}

function spentIn(
  { line }: MergePlan,
  { keyId, returns, spent }: Extract<JudgedPull['verdict'], { kind: 'approved' }>['plan'],
  open: readonly OpenChange[],
  hashOf: HashOf,
): readonly string[] {
  if (returns.length === spent.length) return spent;
  const left = new Set(open.map(({ changeId: id }) => id));
  const here = line.tip.users.flatMap(({ userName, attributes }) => {
    const id = changeId({ op: 'reactivate', kind: 'user', name: userNameOf(userName.value) });
    const hash = attributes.active?.value === true && !left.has(id) ? hashOf(keyId, id) : undefined;
    return hash !== undefined && returns.includes(hash) ? [hash] : [];
  });
  return [...new Set([...spent, ...here])];
}
