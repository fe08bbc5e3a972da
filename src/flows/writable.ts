import { allowedExactly } from '../approval/allowed.ts';
import { heldByGuards, holdingGuards, type Hold } from '../approval/hold.ts';
import { liftedByApprovals } from '../approval/lift.ts';
import { difference } from '../approval/origins.ts';
import type { ChangeId } from '../model/change-id.ts';
import type { Declaration } from '../model/declaration.ts';
import { succeed, type Result } from '../model/diagnostic.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import { withoutRemedy } from '../plan/guards/allow.ts';
import type { Granted } from './granted.ts';
import type { JudgedLine } from './judged-line.ts';
import { planOn, type Asked, type Observed } from './plan.ts';

/** What can be written of what is wanted. */
export interface Writable {
  /** What will be written; if a guard that holds nothing blocks it, nothing is. */
  readonly chosen: Plan;
  /** The same before anything was allowed: as it can be saved. */
  readonly unlifted: Plan;
  /** What is wanted and held, with why. */
  readonly holds: readonly Hold[];
  /** The guards that hold some of it. */
  readonly guards: readonly Verdict[];
}

/** What is wanted, and by what its guards may be lifted. */
export interface Wishes {
  readonly wanted: ReadonlySet<ChangeId>;
  /** What is held whatever the guards say. */
  readonly held: readonly Hold[];
  readonly line: JudgedLine;
  readonly granted: Granted;
  /** Present for an approval by digest: it lifts guards at exactly these numbers. */
  readonly allowances?: ReadonlyMap<string, number>;
}

/**
 * Plans what is wanted and judges it. Operations that a limit or `protected` counts beyond what is allowed are held, and the rest is planned again
 * without them, so that one change too many does not stop all others.
 */
export function chooseWritable(
  tip: Declaration,
  live: Observed,
  asked: Asked,
  { wanted, held, line, granted, allowances }: Wishes,
): Result<Writable> {
  const holds = held.filter(({ changeId }) => wanted.has(changeId));
  const guards: Verdict[] = [];
  for (;;) {
    const approved = difference(wanted, new Set(holds.map(({ changeId }) => changeId)));
    const planned = planOn(tip, live, { ...asked, approved });
    if (!planned.ok) return planned;
    // No option of the command line helps here.
    const plain = { ...planned.value, guards: planned.value.guards.map((verdict) => ({ ...verdict, message: withoutRemedy(verdict) })) };
    const lifted = allowances
      ? allowedExactly(plain.guards, allowances, approvers)
      : liftedByApprovals(plain, line.pulls, granted.approverOf);
    const chosen = { ...plain, guards: lifted };
    const stopping = holdingGuards(chosen);
    if (stopping.length === 0) return succeed({ chosen, unlifted: planned.value, holds, guards }, planned.warnings);
    guards.push(...stopping);
    holds.push(...heldByGuards(chosen, stopping));
  }
}

/** Who allows by a digest. */
export const approvers = 'those who approved this plan by its digest';
