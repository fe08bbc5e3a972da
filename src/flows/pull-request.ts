import { allowedExactly, usedAllowances } from '../approval/allowed.ts';
import { touchedFields } from '../approval/fields.ts';
import { difference } from '../approval/origins.ts';
import { linkIds, ownChanges, takenBackChanges, takenBackIds, type SignedIds } from '../approval/own.ts';
import { removedEntries } from '../approval/removed.ts';
import { latestOf, returnsIn } from '../approval/returns.ts';
import { changedRules } from '../approval/rules.ts';
import { scheduledIds } from '../approval/scheduled.ts';
import { resolve } from '../desired/resolve.ts';
import { scheduledBeyond, scheduleOf } from '../desired/schedule.ts';
import { changeIdsOf, ruleChangeId, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import { type Diagnostic, succeed, type Result } from '../model/diagnostic.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import type { Review } from '../model/review.ts';
import { partsBy } from '../plan/approved.ts';
import { withoutRemedy } from '../plan/guards/allow.ts';
import { worseDays } from '../plan/guards/days.ts';
import { daysAhead, planOn, type Observed } from './plan.ts';

/** A pull request as configurations: what merging it gives, and what it is merged into, if that can be read. */
export interface Proposal {
  readonly merged: Declaration;
  readonly base?: Declaration;
}

/** A review, and what it rests on: the plan of what the pull request causes, and all that a merge would approve. */
export interface Reviewed {
  readonly review: Review;
  readonly plan: Plan;
  readonly ids: SignedIds;
  /** The last time at which somebody lost access who gets it back; absent where there is nobody, or the service does not say it. */
  readonly goneSince?: string;
}

/** What merging a pull request would do to what is live today, apart from what is pending without it. */
export function reviewPull(
  { merged, base }: Proposal,
  live: Observed,
  { asOf, allowances }: { readonly asOf: Day; readonly allowances: ReadonlyMap<string, number> },
): Result<Reviewed> {
  const whole = planOn(merged, live, { asOf });
  if (!whole.ok) return whole;
  const before = base && planOn(base, live, { asOf });
  const known = before?.ok === true ? before.value : undefined;
  const desired = resolve(merged, asOf);
  const touched = base ? touchedFields(resolve(base, asOf), desired) : new Set<never>();
  const changes = ownChanges(whole.value.operations, known?.operations ?? [], touched);
  const own = planOn(merged, live, { asOf, approved: changes });
  if (!own.ok) return own;
  const [after, until] = [scheduleOf(merged, asOf), base ? scheduleOf(base, asOf) : []];
  const [scheduled, withdrawn] = [scheduledBeyond(after, until), scheduledBeyond(until, after)];
  const takenBack = takenBackChanges(whole.value.operations, known?.operations ?? []);
  const rules = changedRules(merged, base ?? { organization: {}, users: [], groups: [] });
  // Where a pull request is looked at, no option of the command line helps.
  const days = worseDays(daysAhead(merged, live, whole.value), base && known ? daysAhead(base, live, known) : []);
  const verdicts: readonly Verdict[] = [...own.value.guards, ...days];
  const guards = verdicts.map((verdict) => Object.assign({}, verdict, { message: withoutRemedy(verdict) }));
  const review: Review = {
    own: { ...own.value, ...ownParts(whole.value, own.value, known, changes), guards: allowedExactly(guards, allowances, by) },
    pending: partsBy(whole.value.operations, difference(changeIdsOf(whole.value.operations), changes)),
    takenBack: partsBy(known?.operations ?? [], takenBack),
    removed: base ? removedEntries(merged, base, live.value, whole.value.operations) : [],
    scheduled,
    withdrawn,
    rules,
    isBaseLoaded: known !== undefined,
    allowances: usedAllowances(guards, allowances),
    digest: own.value.digest,
  };
  const ids: SignedIds = {
    changes: [...changes],
    rules: [...rules.map(ruleChangeId), ...linkIds(own.value.operations)],
    takenBack: [...takenBackIds(takenBack, desired), ...scheduledIds(withdrawn).map((id) => `takes back ${id}` as ChangeId)],
    dated: scheduledIds(scheduled),
  };
  const returns = [...returnsIn(whole.value.operations, live.value)].filter(([id]) => changes.has(id));
  const goneSince = latestOf(returns.map(([, time]) => time));
  return succeed({ review, plan: own.value, ids, ...(goneSince !== undefined && { goneSince }) }, own.warnings);
}

const by = 'the description of the pull request';

/** What is shown of the own plan: with what waits for something else, and without diagnostics that stand without the pull request too. */
function ownParts(whole: Plan, own: Plan, known: Plan | undefined, changes: ReadonlySet<ChangeId>): Partial<Plan> {
  const reported = new Set(known?.diagnostics.map(textOf));
  const diagnostics = own.diagnostics.filter((diagnostic) => !reported.has(textOf(diagnostic)));
  const waiting = partsBy(whole.operations, difference(changes, changeIdsOf(own.operations)));
  // One that takes the place of another is new, although there are no more than before.
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const unresolved = Math.max(0, own.unresolved - (known?.unresolved ?? 0), errors);
  return { operations: [...own.operations, ...waiting], diagnostics, unresolved };
}

function textOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}
