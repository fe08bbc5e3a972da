/**
 * What the pull requests on the line of the default branch approve, and what ended it. The order is the position on the line, never a time: a commit
 * that wants another value of a field than its first parent ends every earlier approval for that field. Its author and what is live do not matter.
 */
import type { HashOf, LineCommit, MergedPlan, Refusal, SignedPlan } from '../model/approval.ts';
import { fieldOfRule, ruleChangeId, type ChangeId } from '../model/change-id.ts';
import type { Separation } from '../model/policy.ts';
import { fieldOf, fieldsOf, type Field } from './fields.ts';
import { judgeReviews } from './reviews.ts';
import { separationAfter, stricterSeparation } from './separation.ts';
import type { ChangedRule } from '../model/rule.ts';

/** A commit of the line with what it changes of what is wanted, against the valid configuration before it. */
export interface Step {
  readonly commit: LineCommit;
  /** The fields of which it wants another value today. */
  readonly fields: ReadonlySet<Field>;
  /** The rules that it changes. */
  readonly rules: readonly ChangedRule[];
  /** The fields and days on which it changes what comes by itself. */
  readonly days: ReadonlySet<Field>;
  /** The logins of those whose access it changes, now or on a day to come. */
  readonly beneficiaries: readonly string[];
  /** Who has to approve a change, by the configuration that it was merged into and by its own. */
  readonly separation: { readonly before: Separation; readonly after: Separation };
}

/** A merged pull request of the line, and whether it approves what its comment signed. */
export interface JudgedPull {
  readonly pull: MergedPlan;
  /** Its place on the line: 0 is the oldest commit. */
  readonly position: number;
  readonly commit: string;
  readonly verdict: { readonly kind: 'approved'; readonly plan: SignedPlan; readonly by: readonly string[] } | Refused;
}

/** Why a pull request approves nothing. `needed` is the number of approvals that its place on the line asks for. */
interface Refused {
  readonly kind: 'refused';
  readonly because: Refusal;
  readonly needed: number;
}

/**
 * Judges every pull request of the line by the separation in force at its place: only approved changes before it have loosened that.
 * `beneficiariesOf` gives the logins of those whose access a signed plan changes.
 */
export function judgePulls(
  steps: readonly Step[],
  start: Separation,
  hashOf: HashOf,
  beneficiariesOf: (plan: SignedPlan, step: Step) => readonly string[] = () => [],
): { readonly pulls: readonly JudgedPull[]; readonly separation: Separation } {
  const judged: JudgedPull[] = [];
  let approved = start;
  // A rebase leaves several commits, of which GitHub names the last.
  let pending: Pick<Step, 'beneficiaries' | 'rules'> = { beneficiaries: [], rules: [] };
  for (const [position, step] of steps.entries()) {
    pending = { beneficiaries: [...pending.beneficiaries, ...step.beneficiaries], rules: [...pending.rules, ...step.rules] };
    if (step.commit.pulls.length === 0) continue;
    const { beneficiaries, rules } = pending;
    const inForce = stricterSeparation(approved, step.separation.before);
    // A commit before may have asked for what a pull request signs: then its own changes nothing.
    const favored = ({ signed }: MergedPlan) =>
      signed.kind === 'signed' ? [...beneficiaries, ...beneficiariesOf(signed.plan, step)] : beneficiaries;
    const own = step.commit.pulls.map((pull): JudgedPull => {
      return { pull, position, commit: step.commit.oid, verdict: judgePull(pull, favored(pull), inForce) };
    });
    judged.push(...own);
    const plans = own.flatMap(({ verdict }) => (verdict.kind === 'approved' ? [verdict.plan] : []));
    const isApproved = (rule: ChangedRule) => plans.some((plan) => holds(plan, 'rules', ruleChangeId(rule), hashOf));
    approved = separationAfter(approved, step.separation.after, rules, isApproved);
    pending = { beneficiaries: [], rules: [] };
  }
  return { pulls: judged, separation: approved };
}

function judgePull(pull: MergedPlan, beneficiaries: readonly string[], inForce: Separation): JudgedPull['verdict'] {
  const needed = inForce.approvals;
  if (pull.signed.kind === 'refused') return { ...pull.signed, needed };
  const { plan } = pull.signed;
  // Nobody can be told apart from the committers where not all of them are known.
  if (pull.isCut === true && needed > 0 && inForce.notBy.includes('committer')) return { kind: 'refused', because: 'not-separate', needed };
  const { author, commits } = pull;
  const verdict = judgeReviews(pull, plan.since, inForce, { author, commits, updates: plan.updates, beneficiaries });
  return verdict.kind === 'approved' ? { kind: 'approved', plan, by: verdict.by } : { ...verdict, needed };
}

/** Whether a signed plan holds a change. */
export function holds(plan: SignedPlan, kind: keyof SignedPlan['hashes'], id: ChangeId, hashOf: HashOf): boolean {
  const hash = hashOf(plan.keyId, id);
  return hash !== undefined && setOf(plan.hashes[kind]).has(hash);
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

function setOf(hashes: readonly string[]): ReadonlySet<string> {
  const known = sets.get(hashes);
  if (known) return known;
  const set = new Set(hashes);
  sets.set(hashes, set);
  return set;
}

/** Which approvals of the line still stand. */
export interface Standing {
  /** The newest pull request that approves a change and that no later commit took back. */
  readonly approving: (id: ChangeId) => JudgedPull | undefined;
  /** The same of a change on a day of its own; `field` is its dated field. */
  readonly approvingDated: (id: ChangeId, fields: readonly Field[]) => JudgedPull | undefined;
  readonly approvingRule: (rule: ChangedRule) => JudgedPull | undefined;
  /** The newest pull request that approves that an object is live under a former name. */
  readonly approvingLink: (rename: ChangeId) => JudgedPull | undefined;
  /** The position of the last commit that wants another value of one of the fields; -1 for none. */
  readonly lastTouch: (fields: readonly Field[]) => number;
}

/** What stands of the approvals of a line. */
export function standingOf(steps: readonly Step[], pulls: readonly JudgedPull[], hashOf: HashOf): Standing {
  const touched = new Map<Field, number>();
  for (const [position, { fields, days, rules }] of steps.entries()) {
    for (const field of [...fields, ...days, ...rules.flatMap(ruleFields)]) touched.set(field, position);
  }
  const lastTouch = (fields: readonly Field[]) => Math.max(-1, ...fields.map((field) => touched.get(field) ?? -1));
  const newest = pulls
    .flatMap((judged) => (judged.verdict.kind === 'approved' ? [{ judged, plan: judged.verdict.plan }] : []))
    .toReversed();
  const find = (id: ChangeId, fields: readonly Field[], kinds: readonly (keyof SignedPlan['hashes'])[]) => {
    const least = lastTouch(fields);
    return newest.find(({ judged, plan }) => judged.position >= least && kinds.some((kind) => holds(plan, kind, id, hashOf)))?.judged;
  };
  return {
    lastTouch,
    approving: (id) => find(id, fieldsOf(id), ['changes', 'takenBack']),
    approvingLink: (id) => find(id, fieldsOf(id), ['changes', 'rules']),
    approvingDated: (id, fields) => find(id, fields, ['dated']),
    approvingRule: (rule) => find(ruleChangeId(rule), [fieldOfRule(rule) as Field], ['rules']),
  };
}

/** The field of a rule, and the one that changes which rest on it name. */
export function ruleFields(rule: ChangedRule): readonly Field[] {
  return [fieldOfRule(rule) as Field, fieldOf('rule', rule.rule)];
}
