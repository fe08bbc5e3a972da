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
  const logins = new Map<UserName, ReadonlySet<string>>();
  return line.map((commit): Step => {
    const { declaration } = commit;
    if (!declaration) return unchanged(commit, known?.declaration);
    addLogins(logins, declaration);
    if (declaration.digest === known?.declaration.digest) return unchanged(commit, declaration);
    const before = known;
    known = { declaration, desired: resolve(declaration, asOf), schedule: scheduleOf(declaration, since) };
    return before ? stepBetween(commit, before, known, logins) : unchanged(commit, declaration);
  });
}

function unchanged(commit: LineCommit, declaration: Declaration | undefined): Step {
  const separation = policyOf(declaration?.organization ?? {}).separation;
  return { commit, fields: none, rules: [], days: none, beneficiaries: [], separation: { before: separation, after: separation } };
}

const none: ReadonlySet<Field> = new Set();

function stepBetween(commit: LineCommit, before: Wants, after: Wants, logins: ReadonlyMap<UserName, ReadonlySet<string>>): Step {
  const fields = touchedFields(before.desired, after.desired);
  const days = touchedDays(before.schedule, after.schedule);
  const rules = changedRules(after.declaration, before.declaration);
  const renamed = rules.flatMap(({ leaf }) => (leaf.kind === 'user' ? [userNameOf(leaf.name)] : []));
  const people = new Set([...peopleIn([...fields, ...days]), ...renamed]);
  return {
    commit,
    fields,
    days,
    rules,
    beneficiaries: [...people].flatMap((name) => [...(logins.get(name) ?? [])]),
    separation: {
      before: policyOf(before.declaration.organization).separation,
      after: policyOf(after.declaration.organization).separation,
    },
  };
}

/** Whose login was another one in a former commit of the line has both: nobody gets rid of one by a commit that is not approved yet. */
function addLogins(logins: Map<UserName, ReadonlySet<string>>, { users }: Declaration): void {
  for (const { userName, github } of users) {
    const name = userNameOf(userName.value);
    if (github) logins.set(name, new Set([...(logins.get(name) ?? []), github.value]));
  }
}
