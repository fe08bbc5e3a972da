import { isBlocked, isEmpty } from '../../model/plan.ts';
import type { Review } from '../../model/review.ts';
import { count } from '../count.ts';
import { changesOf, pendingText } from '../totals.ts';

/** What a pull request does in a few words: `1 to create, 0 to change, 0 to deactivate`, or what it changes if it writes nothing. */
export function titleOf({ own, takenBack, rules, scheduled, withdrawn, removed }: Review): string {
  if (!isEmpty(own)) return pendingText(changesOf(own.operations.map(({ id }) => id)));
  const parts = [
    ...(takenBack.length > 0 ? [takenBackTitle(takenBack.length)] : []),
    ...(rules.length > 0 ? [`changes ${count(rules.length, 'rule')}`] : []),
    ...(scheduled.length > 0 ? [`schedules ${count(scheduled.length, 'change')}`] : []),
    ...(withdrawn.length > 0 ? [`withdraws ${count(withdrawn.length, 'scheduled change')}`] : []),
    ...(removed.length > 0 ? [`removes ${removed.length === 1 ? '1 entry' : `${removed.length} entries`}`] : []),
  ];
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

function takenBackTitle(changes: number): string {
  return `takes back ${count(changes, 'change')} that ${changes === 1 ? 'is' : 'are'} approved and not applied yet`;
}

/** What is said where a plan holds no changes. */
export function emptyText({ own, scheduled, takenBack }: Review): readonly string[] {
  if (!isEmpty(own)) return [];
  if (isBlocked(own)) return ['No changes in this plan, but it is blocked.'];
  if (own.unresolved > 0) return ['No changes in this plan, but it is incomplete.'];
  const today = scheduled.length > 0 ? ' today' : '';
  const withdrawal = takenBack.length > 0 ? ': it only withdraws changes that are not applied yet' : '';
  return [`This pull request changes nothing in Figma${today}${withdrawal}.`];
}

/** That not everything could be planned. */
export function incompleteText({ own }: Review): readonly string[] {
  if (own.unresolved === 0 || isEmpty(own)) return [];
  return [`**Incomplete**: ${own.unresolved === 1 ? '1 entry' : `${own.unresolved} entries`} could not be planned.`];
}
