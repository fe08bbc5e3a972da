import { fieldsOf } from '../approval/fields.ts';
import { ignoredChanges, misnamedChanges } from '../approval/hold.ts';
import { changesOf } from '../approval/lift.ts';
import { classifyChanges, returnOf, type ChangeOrigins, type Plans } from '../approval/origins.ts';
import { digestOf, isNothing, type Rest } from '../approval/rest.ts';
import { policyOf } from '../desired/policy.ts';
import { changeIdsOf, type ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import { succeed, type Result } from '../model/diagnostic.ts';
import { isBlocked, type Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { grantedBy, type Granted } from './granted.ts';
import { judgeLine, type JudgedLine, type MergeFacts } from './judged-line.ts';
import { linksOf } from './links.ts';
import { planOn, type Observed } from './plan.ts';
import { chooseWritable, type Writable } from './writable.ts';

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
  /** What remains to be approved, and the digest that approves it. */
  readonly rest: Rest;
  readonly digest: string;
  /** False: a digest was given, and it is that of something else. */
  readonly isCurrent: boolean;
  /** True: the digest approves all that remained. */
  readonly isApprovedWhole: boolean;
  /** True: drift was to be corrected as well, and guards do not allow that. */
  readonly isDriftTooLarge: boolean;
}

/** Divides the plan of the tip by what was approved, what came with time and what nobody approved, and plans what may be written of it. */
export function planMerge(facts: MergeFacts, tip: Declaration, live: Observed, request: MergeRequest): Result<MergePlan> {
  const { asOf, approve } = request;
  const line = judgeLine(facts, tip, asOf);
  const whole = planOn(tip, live, { asOf, policy: line.policy });
  if (!whole.ok) return whole;
  const granted = grantedBy(line, asOf, facts.hashOf);
  const origins = originsOf(line, granted, whole.value, live, asOf);
  const due = new Set([...origins.approved, ...origins.due]);
  const remaining = new Set([...origins.unreviewed, ...origins.drift]);
  const left = planOn(tip, live, { asOf, policy: line.policy, approved: remaining });
  if (!left.ok) return left;
  const rest: Rest = { plan: left.value, rules: line.rules, later: line.later };
  const digest = digestOf(rest);
  const isApprovedWhole = approve !== undefined && approve.digest === digest;
  const base = { line, granted, whole: whole.value, origins, rest, digest, isApprovedWhole };
  const isCurrent = approve === undefined || isApprovedWhole || isNothing(rest);
  const exempt = new Set([...origins.due, ...granted.arrived]);
  const choose = (wanted: ReadonlySet<ChangeId>): Result<Writable> => {
    const policy = isApprovedWhole ? policyOf(tip.organization) : line.policy;
    const held = isApprovedWhole
      ? []
      : [...ignoredChanges(whole.value.operations, line.ignored), ...misnamedChanges(whole.value.operations, linksOf(line, wanted))];
    return chooseWritable(
      tip,
      live,
      { asOf, policy, exempt },
      { wanted, held, line, granted, ...(isApprovedWhole && { allowances: approve.allowances }) },
    );
  };
  const wanted = isApprovedWhole ? new Set([...due, ...remaining]) : due;
  const plain = choose(wanted);
  if (!plain.ok) return plain;
  const found: MergePlan = { ...base, ...plain.value, wanted, isCurrent, isDriftTooLarge: false };
  const correctable = request.withDrift && !isApprovedWhole ? correctableDrift(found) : new Set<ChangeId>();
  if (correctable.size === 0) return succeed(found, plain.warnings);
  const along = new Set([...wanted, ...correctable]);
  const both = choose(along);
  if (!both.ok) return both;
  const isDriftTooLarge = isBlocked(both.value.chosen) || both.value.guards.length > plain.value.guards.length;
  return succeed(isDriftTooLarge ? { ...found, isDriftTooLarge } : { ...found, ...both.value, wanted: along }, both.warnings);
}

function originsOf(line: JudgedLine, { approvalOf }: Granted, whole: Plan, live: Observed, asOf: Day): ChangeOrigins {
  const approved = new Set(changesOf(whole.operations).flatMap((change) => (approvalOf(change) === undefined ? [] : [change.changeId])));
  const plans = { tip: whole.operations, ...appliedPlans(line, live, asOf) };
  return classifyChanges(plans, approved, (id) => isTouched(line, id));
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

/** The drift that may be corrected: never what a later commit wants otherwise, and never the return of somebody's access. */
function correctableDrift({ line, origins: { drift }, whole }: MergePlan): ReadonlySet<ChangeId> {
  const returns = new Set(
    whole.operations.flatMap((operation) => (returnOf(operation) === undefined ? [] : [...changeIdsOf([operation])])),
  );
  return new Set([...drift].filter((id) => !returns.has(id) && !isTouched(line, id)));
}
