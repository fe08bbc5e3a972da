import { scheduleOf, scheduledBeyond } from '../desired/schedule.ts';
import { allowedExactly, usedAllowances } from '../approval/allowed.ts';
import { causedBy, difference } from '../approval/origins.ts';
import { removedEntries } from '../approval/removed.ts';
import { changedRules } from '../approval/rules.ts';
import { changeIdsOf, datedChangeIds, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Result } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Review } from '../model/review.ts';
import { partsBy } from '../plan/approved.ts';
import { withoutRemedy } from '../plan/guards/allow.ts';
import { planOn, type Observed } from './plan.ts';

/** A pull request as configurations: what merging it gives, and what it is merged into, if that can be read. */
export interface Proposal {
  readonly merged: Declaration;
  readonly base?: Declaration;
}

/** A review, and what it rests on: the plan of what the pull request causes, and the changes in it that a merge would approve. */
export interface Reviewed {
  readonly review: Review;
  readonly plan: Plan;
  readonly changeIds: ReadonlySet<ChangeId>;
  /** What grants of it change later, each with its day. */
  readonly turns: ReadonlySet<ChangeId>;
}

/** What merging a pull request would do to what is live today, apart from what is pending without it. */
export function review(
  { merged, base }: Proposal,
  live: Observed,
  { asOf, allowances }: { readonly asOf: Day; readonly allowances: ReadonlyMap<string, number> },
): Result<Reviewed> {
  const whole = planOn(merged, live, { asOf });
  const before = base && planOn(base, live, { asOf });
  if (!whole.ok) return whole;
  const known = before?.ok === true ? before.value : undefined;
  const changeIds = causedBy(whole.value.operations, known?.operations ?? []);
  const own = planOn(merged, live, { asOf, approved: changeIds });
  if (!own.ok) return own;
  const { diagnostics } = own.value;
  // Where a pull request is looked at, no option of the command line helps.
  const guards = own.value.guards.map((verdict) => ({ ...verdict, message: withoutRemedy(verdict) }));
  const told = new Set(known?.diagnostics.map(({ code, message }) => `${code} ${message}`));
  const news = diagnostics.filter(({ code, message }) => !told.has(`${code} ${message}`));
  // What waits for something else is approved along with the rest, so it is shown along with it.
  const waiting = partsBy(whole.value.operations, difference(changeIds, changeIdsOf(own.value.operations)));
  const [after, until] = [scheduleOf(merged, asOf), base ? scheduleOf(base, asOf) : []];
  const scheduled = scheduledBeyond(after, until);
  const reviewed: Review = {
    own: {
      ...own.value,
      operations: [...own.value.operations, ...waiting],
      guards: allowedExactly(guards, allowances, 'the description of the pull request'),
      diagnostics: news,
      // One that takes the place of another is new, although there are no more than before.
      unresolved: Math.max(0, own.value.unresolved - (known?.unresolved ?? 0), news.filter(({ severity }) => severity === 'error').length),
    },
    pending: partsBy(whole.value.operations, difference(changeIdsOf(whole.value.operations), changeIds)),
    removed: base ? removedEntries(merged, base, live.value, whole.value.operations) : [],
    scheduled,
    withdrawn: scheduledBeyond(until, after),
    rules: changedRules(merged, base),
    isBaseLoaded: known !== undefined,
    allowances: usedAllowances(guards, allowances),
    digest: whole.value.digest,
  };
  const turns = new Set(scheduled.flatMap((turn) => datedChangeIds(turn)?.dated ?? []));
  return { ...own, value: { review: reviewed, plan: own.value, changeIds, turns } };
}
