import { peopleIn, touchedDays, touchedFields, type Field } from '../approval/fields.ts';
import type { Step } from '../approval/line.ts';
import { changedRules } from '../approval/rules.ts';
import { policyOf } from '../desired/policy.ts';
import { resolve } from '../desired/resolve.ts';
import { scheduleOf } from '../desired/schedule.ts';
import type { LineCommit } from '../model/approval.ts';
import type { Day } from '../model/day.ts';
import type { Declaration } from '../model/declaration.ts';
import type { Desired } from '../model/desired.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';

/** What a configuration of the line wants today, and what it changes by itself after the first day. */
interface Wants {
  readonly declaration: Declaration;
  readonly desired: Desired;
  readonly schedule: readonly ScheduledChange[];
}

/**
 * What each commit of a line, oldest first, changes of what is wanted on `asOf` and of what comes by itself after `since`. A commit with an invalid
 * configuration wants nothing: the next valid one is compared with the last one before it.
 */
export function stepsOf(line: readonly LineCommit[], asOf: Day, since: Day): readonly Step[] {
  let known: Wants | undefined;
  let first: Declaration | undefined;
  return line.map((commit): Step => {
    const { declaration } = commit;
    if (!declaration) return unchanged(commit, known?.declaration);
    if (declaration.digest === known?.declaration.digest) return unchanged(commit, declaration);
    const before = known;
    first ??= declaration;
    known = { declaration, desired: resolve(declaration, asOf), schedule: scheduleOf(declaration, since) };
    return before ? stepBetween(commit, before, known, first) : unchanged(commit, declaration);
  });
}

function unchanged(commit: LineCommit, declaration: Declaration | undefined): Step {
  const separation = policyOf(declaration?.organization ?? {}).separation;
  return { commit, fields: none, rules: [], days: none, beneficiaries: [], separation: { before: separation, after: separation } };
}

const none: ReadonlySet<Field> = new Set();

/** Logins are those of the applied configuration as well: until a change of them is approved, nobody gets out of it. */
function stepBetween(commit: LineCommit, before: Wants, after: Wants, applied: Declaration): Step {
  const fields = touchedFields(before.desired, after.desired);
  const days = touchedDays(before.schedule, after.schedule);
  const people = peopleIn([...fields, ...days]);
  return {
    commit,
    fields,
    days,
    rules: changedRules(after.declaration, before.declaration),
    beneficiaries: [applied, before.declaration, after.declaration].flatMap((declaration) => loginsOf(declaration, people)),
    separation: {
      before: policyOf(before.declaration.organization).separation,
      after: policyOf(after.declaration.organization).separation,
    },
  };
}

function loginsOf({ users }: Declaration, people: ReadonlySet<UserName>): readonly string[] {
  return users.flatMap(({ userName, github }) => (github && people.has(userNameOf(userName.value)) ? [github.value] : []));
}
