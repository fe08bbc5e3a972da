import { standingOf, judgePulls, type JudgedPull, type Standing, type Step } from '../approval/line.ts';
import { datedField } from '../approval/fields.ts';
import { unapprovedLater } from '../approval/dated.ts';
import type { Patterns } from '../approval/hold.ts';
import { rulesInForce } from '../approval/in-force.ts';
import { looserRules } from '../approval/looser.ts';
import { strictestOf } from '../approval/stricter.ts';
import { changedRules } from '../approval/rules.ts';
import { policyOf } from '../desired/policy.ts';
import { scheduledBeyond, scheduleOf } from '../desired/schedule.ts';
import type { HashOf, LineCommit } from '../model/approval.ts';
import { ruleChangeId } from '../model/change-id.ts';
import { dayAt, type Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { UserName } from '../model/directory.ts';
import type { Policy } from '../model/policy.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';
import type { ChangedRule } from '../model/rule.ts';
import { approvedPolicies } from './approved-policies.ts';
import { loginsIn } from './concerned-logins.ts';
import { stepsOf } from './line.ts';

/** Everything on GitHub that decides what may be written. */
export interface MergeFacts {
  /** The first-parent line, oldest commit first; the last is the tip of the default branch. */
  readonly line: readonly LineCommit[];
  /** The day of the verified status that the oldest commit carries; absent where no status on the line verifies. */
  readonly appliedDay?: Day;
  /** False where what was applied last is not known: then nothing is due, drift or corrected. */
  readonly isTrusted: boolean;
  /** What the issue remembers as applied, where history was rewritten since: its rules hold until others are approved. */
  readonly remembered?: Declaration;
  readonly hashOf: HashOf;
  /** For whom something came to be asked for while they were inactive, which therefore never was in place. */
  readonly isAsleep?: (name: UserName) => boolean;
}

/** A configuration that was applied, and the day of that. */
export interface Applied {
  readonly declaration: Declaration;
  readonly day: Day;
}

/** The line with what its pull requests approve, and the rules in force at its tip. */
export interface JudgedLine {
  readonly tip: Declaration;
  /** Absent on a first apply, and where it is invalid by today's rules. */
  readonly applied?: Applied;
  readonly isTrusted: boolean;
  readonly steps: readonly Step[];
  readonly pulls: readonly JudgedPull[];
  readonly standing: Standing;
  /** What one run may do: where a changed rule is not approved, the stricter of both sides. */
  readonly policy: Policy;
  /** Patterns that the tip ignores no longer, and nobody approved that. */
  readonly ignored: Patterns;
  /** Rules that the applied configuration lacks and nobody approved. */
  readonly rules: readonly ChangedRule[];
  /** What comes by itself on days to come, and neither the applied configuration nor an approval says so. */
  readonly later: readonly ScheduledChange[];
  /** What comes by itself since the first plan of the line. */
  readonly schedule: readonly ScheduledChange[];
}

/** Judges a line whose tip is valid. */
export function judgeLine({ line, appliedDay, isTrusted, remembered, hashOf }: MergeFacts, tip: Declaration, asOf: Day): JudgedLine {
  const first = line[0]?.declaration;
  const applied = appliedDay !== undefined && first ? { declaration: first, day: appliedDay } : undefined;
  const since = firstDay(line, applied?.day ?? asOf);
  const steps = stepsOf(line, asOf, since);
  const walked = line.flatMap(({ declaration }) => (declaration ? [policyOf(declaration.organization)] : []));
  const former = remembered ? [policyOf(remembered.organization)] : [];
  const start = strictestOf([...(applied ? [policyOf(applied.declaration.organization)] : walked), ...former]);
  const merging = steps.map((step, position) =>
    position === 0 && appliedDay !== undefined ? { ...step, commit: { ...step.commit, pulls: [] } } : step,
  );
  const { pulls } = judgePulls(merging, start.separation, hashOf, (plan, { commit: { declaration } }) =>
    loginsIn(plan, [...(first ? [first] : []), ...(declaration ? [declaration] : []), tip], asOf, hashOf),
  );
  const standing = standingOf(merging, pulls, hashOf);
  const wanted = policyOf(tip.organization);
  // What was approved on the line holds like what was applied, also where the tip has gone back to that.
  const later = approvedPolicies(merging, start, pulls, hashOf);
  const other = strictestOf([start, ...later]);
  const looser = applied && !remembered && later.length === 0 ? [] : looserRules({ policy: wanted, source: tip }, other);
  const changed = new Map(
    [...looser, ...(applied ? changedRules(tip, applied.declaration) : [])].map((rule) => [ruleChangeId(rule), rule]),
  );
  const rules = [...changed.values()].filter((rule) => standing.approvingRule(rule) === undefined);
  const open = new Set(rules.map(({ leaf }) => (leaf.kind === 'organization' ? leaf.attribute : '')));
  const { policy, heldBy } = rulesInForce(other, wanted, (attribute) => !open.has(attribute));
  const known = applied ? scheduleOf(applied.declaration, asOf) : [];
  // What commits took back and asked for again is not what was applied, although it reads the same.
  const isTouched = (change: ScheduledChange) => standing.lastTouch([datedField(change)]) > 0;
  const ahead = scheduleOf(tip, asOf);
  const unknown = new Set(scheduledBeyond(ahead, known));
  return {
    tip,
    ...(applied && { applied }),
    isTrusted: isTrusted && applied !== undefined,
    steps,
    pulls,
    standing,
    policy,
    ignored: heldBy,
    rules,
    later: unapprovedLater(
      ahead.filter((change) => unknown.has(change) || isTouched(change)),
      standing,
    ),
    schedule: scheduleOf(tip, since),
  };
}

/** The day of the oldest plan of the line, or that of the applied configuration if it is older. */
function firstDay(line: readonly LineCommit[], applied: Day): Day {
  const planned = line.flatMap(({ pulls }) =>
    pulls.flatMap(({ signed }) => (signed.kind === 'signed' ? [dayAt(new Date(signed.plan.plannedAt))] : [])),
  );
  return [applied, ...planned].sort()[0] ?? applied;
}
