import type { HashOf, SignedPlan } from '../model/approval.ts';
import { datedId, type ChangeId } from '../model/change-id.ts';
import { dayAt, daysAfter, type Day } from '../model/day.ts';
import { holds } from './line.ts';
import type { SignedIds } from './own.ts';

/** What a new plan signs. */
export interface Signing {
  readonly ids: SignedIds;
  readonly allowances: Readonly<Record<string, number>>;
  readonly today: Day;
}

/**
 * Whether all that a new plan signs could be seen in a former one already: then approvals of that one still count. A change of a day of its own that
 * has come by now counts as shown.
 */
export function isShownBy(former: SignedPlan, { ids, allowances, today }: Signing, hashOf: HashOf): boolean {
  const has = (kind: keyof SignedIds) => (id: ChangeId) => holds(former, kind, id, hashOf);
  const days = daysSince(former, today);
  const isShown = (id: ChangeId) => has('changes')(id) || days.some((day) => has('dated')(datedId(id, day)));
  return (
    ids.changes.every(isShown) &&
    ids.rules.every(has('rules')) &&
    ids.takenBack.every(has('takenBack')) &&
    ids.dated.every(has('dated')) &&
    Object.entries(allowances).every(([guard, count]) => former.allowances[guard] === count)
  );
}

/** The days after a plan was made, today among them; at most a year. */
function daysSince({ plannedAt, hashes }: SignedPlan, today: Day): readonly Day[] {
  const days: Day[] = [];
  if (hashes.dated.length === 0) return days;
  for (let day = daysAfter(dayAt(new Date(plannedAt)), 1); day <= today && days.length < 366; day = daysAfter(day, 1)) days.push(day);
  return days;
}
