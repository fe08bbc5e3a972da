import { resolve } from '../desired/resolve.ts';
import { scheduleOf, scheduledBeyond } from '../desired/schedule.ts';
import { classifyChanges, type ChangeOrigins } from '../approval/origins.ts';
import { changeIdsOf, datedChangeIds, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import { userNameOf } from '../model/directory.ts';
import type { Result } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { ScheduledChange } from '../model/review.ts';
import { approvalFor, approvedChangeIds, creationOfUser, type Change } from '../plan/creations.ts';
import { planOn, type Observed } from './plan.ts';

/** A configuration that was applied, and the day of that. */
export interface Applied {
  readonly declaration: Declaration;
  readonly day: Day;
}

/** What may be written of the plan at the tip of a branch: the plan as a whole, its parts, and the plan of what is chosen. */
export interface Decided {
  readonly whole: Plan;
  readonly division: ChangeOrigins;
  readonly chosen: Plan;
  /** What of the whole plan is to be written, whether it can be or not. */
  readonly wanted: ReadonlySet<ChangeId>;
  /** What grants change on days to come, and neither the applied configuration nor an approval says so. */
  readonly unreviewedLater: readonly ScheduledChange[];
  /** Which of approved changeIds approves a change: its own, or that of the create of what it sets a value of. */
  readonly approvalFor: (change: Change, isApproved: (changeId: ChangeId) => boolean) => ChangeId | undefined;
}

/** What one approval says of days to come: since which day, how many changes, and which. */
export interface DatedApproval {
  readonly since: Day;
  readonly size: number;
  readonly holds: (dated: ChangeId) => boolean;
}

/** What an apply may choose: by an approval of single changes, by the digest of the whole plan, and whether drift is corrected along. */
export interface Choice {
  readonly asOf: Day;
  readonly isApproved: (changeId: ChangeId) => boolean;
  readonly dated: readonly DatedApproval[];
  readonly approvedDigest?: string;
  readonly withDrift: boolean;
}

/** Divides the plan of the tip by what was approved, what came with time and what nobody approved, and plans what may be written of it. */
export function decide(tip: Declaration, applied: Applied | undefined, live: Observed, choice: Choice): Result<Decided> {
  const { asOf, isApproved, dated, approvedDigest, withDrift } = choice;
  const isApprovedTurn = (turn: ChangeId) => dated.some(({ holds }) => holds(turn));
  const whole = planOn(tip, live, { asOf });
  const now = applied && planOn(applied.declaration, live, { asOf });
  const then = applied && planOn(applied.declaration, live, { asOf: applied.day });
  if (!whole.ok) return whole;
  const { operations, digest } = whole.value;
  const everything = approvedDigest !== undefined && approvedDigest === digest;
  const desired = resolve(tip, asOf);
  const passed = approvedTurns(tip, choice);
  const approved = everything
    ? changeIdsOf(operations)
    : approvedChangeIds(operations, desired, (changeId) => isApproved(changeId) || passed.has(changeId));
  const ahead = scheduledBeyond(scheduleOf(tip, asOf), applied ? scheduleOf(applied.declaration, asOf) : []);
  const unreviewedLater = everything ? [] : ahead.filter((turn) => !isApprovedTurn(datedChangeIds(turn)?.dated ?? ('' as ChangeId)));
  const plans = {
    tip: operations,
    ...(now?.ok && { applied: now.value.operations }),
    ...(now?.ok && { formerly: (then?.ok ? then : now).value.operations }),
  };
  const division = classifyChanges(plans, approved);
  const wanted = new Set([...division.approved, ...division.due, ...(withDrift ? division.drift : [])]);
  const chosen = planOn(tip, live, { asOf, approved: wanted });
  return chosen.ok
    ? {
        ...chosen,
        value: {
          whole: whole.value,
          division,
          chosen: chosen.value,
          wanted,
          unreviewedLater,
          approvalFor: (change, isApproved) => approvalFor(change, desired, isApproved),
        },
      }
    : chosen;
}

/**
 * What grants have changed by today since something was approved, as far as it was approved before its day; a create gives by now what was approved
 * for then and for the days between.
 */
function approvedTurns(tip: Declaration, { dated, asOf, isApproved }: Choice): ReadonlySet<ChangeId> {
  return new Set(dated.flatMap((approval) => passedOf(tip, approval, asOf, isApproved)));
}

/** The same of one approval. If not all of its dates are asked for any more, none counts: what it said of a time has become another thing. */
function passedOf(
  tip: Declaration,
  { since, size, holds }: DatedApproval,
  asOf: Day,
  isApproved: Choice['isApproved'],
): readonly ChangeId[] {
  if (since >= asOf || size === 0) return [];
  const turns = scheduleOf(tip, since).map((turn) => ({ name: userNameOf(turn.userName), day: turn.day, changeIds: datedChangeIds(turn) }));
  const isHeld = ({ changeIds }: (typeof turns)[number]) => changeIds !== undefined && holds(changeIds.dated);
  if (turns.filter(isHeld).length !== size) return [];
  const passed = turns.filter(({ day }) => day <= asOf);
  const unclear = new Set(passed.filter((turn) => !isHeld(turn)).map(({ name }) => name));
  const [then, now] = [resolve(tip, since), resolve(tip, asOf)];
  return passed.filter(isHeld).flatMap(({ changeIds, name }) => {
    const wasApproved = !unclear.has(name) && isApproved(creationOfUser(then, name) ?? ('' as ChangeId));
    return [changeIds?.changeId, wasApproved ? creationOfUser(now, name) : undefined].filter((one) => one !== undefined);
  });
}

/** Whether grants change what a configuration asks for after one day, up to another. */
export function turnsBetween(declaration: Declaration, since: Day, until: Day): boolean {
  return since < until && scheduleOf(declaration, since).some(({ day }) => day <= until);
}
