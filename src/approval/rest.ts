import { createHash } from 'node:crypto';
import { ruleChangeId, type ChangeId } from '../model/change-id.ts';
import type { Plan } from '../model/plan.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';
import type { ChangedRule } from '../model/rule.ts';
import { scheduledIds } from './scheduled.ts';

/** What the default branch asks for and nobody approved: changes of Figma, of rules, and of days to come. Drift is among the changes of the plan. */
export interface Rest {
  readonly plan: Plan;
  readonly rules: readonly ChangedRule[];
  readonly later: readonly ScheduledChange[];
}

/** The digest that approves all of it: that of the plan, where there is nothing else. */
export function digestOf({ plan, rules, later }: Rest): string {
  const ids: readonly ChangeId[] = [...rules.map(ruleChangeId), ...scheduledIds(later)];
  if (ids.length === 0) return plan.digest;
  const hash = createHash('sha256').update(JSON.stringify([plan.digest, ...ids.toSorted()]));
  return `sha256:${hash.digest('hex')}`;
}

/** Whether nothing is left to approve. */
export function isNothing({ plan, rules, later }: Rest): boolean {
  return plan.operations.length + rules.length + later.length === 0;
}
