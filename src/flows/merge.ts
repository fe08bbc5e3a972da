import { allowedExactly } from '../approval/allowed.ts';
import { asleepIn } from '../approval/asleep.ts';
import { fieldsOf, peopleIn } from '../approval/fields.ts';
import { ignoredChanges, misnamedChanges } from '../approval/hold.ts';
import { changesOf } from '../approval/lift.ts';
import { classifyChanges, difference, returnOf, type ChangeOrigins, type Plans } from '../approval/origins.ts';
import { digestOf, isNothing, type Rest } from '../approval/rest.ts';
import { latestOf, returnsIn } from '../approval/returns.ts';
import { policyOf } from '../desired/policy.ts';
import { resolve } from '../desired/resolve.ts';
import { changeIdsOf, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import { succeed, type Result } from '../model/diagnostic.ts';
import type { UserName } from '../model/directory.ts';
import { isBlocked, type Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { grantedBy, type Granted } from './granted.ts';
import { judgeLine, type JudgedLine, type MergeFacts } from './judged-line.ts';
import { linksOf } from './links.ts';
import { planOn, type Observed } from './plan.ts';
import { daysMadeWorse, planRemaining } from './remaining.ts';
import { approvers, chooseWritable, type Writable } from './writable.ts';

/** What an apply is asked for. */
export interface MergeRequest {
  readonly asOf: Day;
  /** Drift is corrected as well, within the limits. */
  readonly withDrift: boolean;
  /** The digest of what remains to be approved, named by enough people, and the guards that they allow at exactly these numbers. */
  readonly approve?: { readonly digest: string; readonly allowances: ReadonlyMap<string, number> };
}

/** What may be written at the tip of the default branch, what may not, and why. */
export interface MergePlan extends Writable {
  readonly line: JudgedLine;
  readonly granted: Granted;
  /** Everything that differs. */
  readonly whole: Plan;
  readonly origins: ChangeOrigins;
  /** What is to be written, whether it can be or not. */
  readonly wanted: ReadonlySet<ChangeId>;
  /** What a digest would approve. */
  readonly remaining: ReadonlySet<ChangeId>;
  /** The same as a plan, with rules and changes of days to come, and its digest. */
  readonly rest: Rest;
  readonly digest: string;
  /** The last time at which somebody lost access who would get it back by the digest; absent where there is nobody, or the service does not say it. */
  readonly goneSince?: string;
  /** True: the digest approves all that remained. */
  readonly isApprovedWhole: boolean;
  /** Those for whom something is asked for since they are inactive: to be remembered where the tip counts as applied. */
  readonly asleep: readonly UserName[];
  /** True: drift was to be corrected as well, and guards do not allow that. */
  readonly isDriftTooLarge: boolean;
}

/** Divides the plan of the tip by what was approved, what came with time and what nobody approved, and plans what may be written of it. */
export function planMerge(
  facts: MergeFacts,
  tip: Declaration,
  live: Observed,
  { asOf, withDrift, approve }: MergeRequest,
): Result<MergePlan> {
  const line = judgeLine(facts, tip, asOf);
  const whole = planOn(tip, live, { asOf, policy: line.policy });
  if (!whole.ok) return whole;
  const isAsleep = facts.isAsleep ?? (() => false);
  const touched = line.steps.slice(1).flatMap(({ fields, days }) => Array.from(fields).concat(Array.from(days)));
  const asleep = asleepIn(touched, isAsleep, resolve(tip, asOf), live.value);
  const returns = returnsIn(whole.value.operations, live.value);
  const granted = grantedBy(line, asOf, facts.hashOf, returns);
  const origins = originsOf({ line, granted, isAsleep }, whole.value, live, asOf);
  const exempt = new Set([...origins.due, ...granted.arrived]);
  const choose = (wanted: ReadonlySet<ChangeId>): Result<Writable> => {
    const held = [
      ...ignoredChanges(whole.value.operations, line.ignored),
      ...misnamedChanges(whole.value.operations, linksOf(line, wanted)),
    ];
    return chooseWritable(tip, live, { asOf, policy: line.policy, exempt }, { wanted, held, line, granted });
  };
  const due = new Set([...origins.approved, ...origins.due]);
  const plain = choose(due);
  if (!plain.ok) return plain;
  const correctable = withDrift ? correctableDrift(origins, whole.value) : new Set<ChangeId>();
  const along = correctable.size > 0 ? choose(new Set([...due, ...correctable])) : plain;
  if (!along.ok) return along;
  const isDriftTooLarge = correctable.size > 0 && (isBlocked(along.value.chosen) || along.value.guards.length > plain.value.guards.length);
  const writable = isDriftTooLarge ? plain.value : along.value;
  const wanted = isDriftTooLarge ? due : new Set([...due, ...correctable]);
  const remaining = remainingOf(origins, wanted, writable);
  const left = planRemaining(line, live, asOf, remaining);
  if (!left.ok) return left;
  const rest: Rest = { plan: left.value, rules: line.rules, later: line.later };
  const digest = digestOf(rest);
  const isApprovedWhole = approve !== undefined && approve.digest === digest && !isNothing(rest);
  const goneSince = latestOf(returnsIn(left.value.operations, live.value).values());
  const found = { line, granted, whole: whole.value, origins, remaining, rest, digest, isApprovedWhole, isDriftTooLarge, asleep };
  const known = { ...found, ...(goneSince !== undefined && { goneSince }) };
  if (!isApprovedWhole) return succeed({ ...known, ...writable, wanted }, plain.warnings);
  // What is approved by digest changes the rules as well, and nothing of it is held for the want of another approval.
  const all = new Set([...wanted, ...remaining]);
  const asked = { asOf, policy: policyOf(tip.organization), exempt };
  const everything = chooseWritable(tip, live, asked, { wanted: all, held: [], line, granted, allowances: approve.allowances });
  if (!everything.ok) return everything;
  const { chosen } = everything.value;
  const days = allowedExactly(daysMadeWorse(line, live, chosen), approve.allowances, approvers);
  const judged = { ...everything.value, chosen: { ...chosen, guards: [...chosen.guards, ...days] } };
  return succeed({ ...known, ...judged, wanted: all }, everything.warnings);
}

/** What a digest would approve: all that nobody approved, drift that is not corrected, and all that is held, since its approval ends that. */
function remainingOf(
  { unreviewed, drift }: ChangeOrigins,
  wanted: ReadonlySet<ChangeId>,
  { chosen, holds }: Writable,
): ReadonlySet<ChangeId> {
  const held = holds.map(({ changeId }) => changeId);
  const stopped = isBlocked(chosen) ? [...wanted] : [];
  return new Set([...unreviewed, ...[...drift].filter((id) => !wanted.has(id)), ...held, ...stopped]);
}

interface Known {
  readonly line: JudgedLine;
  readonly granted: Granted;
  readonly isAsleep: (name: UserName) => boolean;
}

function originsOf({ line, granted: { approvalOf }, isAsleep }: Known, whole: Plan, live: Observed, asOf: Day): ChangeOrigins {
  const approved = new Set(changesOf(whole.operations).flatMap((change) => (approvalOf(change) === undefined ? [] : [change.changeId])));
  const plans = { tip: whole.operations, ...appliedPlans(line, live, asOf) };
  return classifyChanges(plans, approved, (id) => isTouched(line, id) || [...peopleIn(fieldsOf(id))].some(isAsleep));
}

/** The operations of the applied configuration, today and on its own day; nothing where it is not known what was applied. */
function appliedPlans({ applied, isTrusted, policy }: JudgedLine, live: Observed, asOf: Day): Partial<Plans> {
  if (!applied || !isTrusted) return {};
  const [now, then] = [asOf, applied.day].map((day) =>
    planOn(applied.declaration, live, { asOf: day, policy: policyFor(applied.declaration, policy) }),
  );
  if (!now?.ok) return {};
  return { applied: now.value.operations, formerly: (then?.ok ? then : now).value.operations };
}

/** The applied configuration under the rules in force, but for what it ignores and how it treats the undeclared. */
function policyFor({ organization }: Declaration, policy: Policy): Policy {
  const { ignore, unmanaged } = policyOf(organization);
  return { ...policy, ignore, unmanaged };
}

/** Whether a commit since the applied one wants another value than its first parent. */
function isTouched({ standing }: JudgedLine, id: ChangeId): boolean {
  return standing.lastTouch(fieldsOf(id)) > 0;
}

/** The drift that may be corrected: never the return of somebody's access. */
function correctableDrift({ drift }: ChangeOrigins, whole: Plan): ReadonlySet<ChangeId> {
  const returns = new Set(
    whole.operations.flatMap((operation) => (returnOf(operation) === undefined ? [] : [...changeIdsOf([operation])])),
  );
  return difference(drift, returns);
}
