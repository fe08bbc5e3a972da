import { allowanceKey, type Plan } from '../../model/plan.ts';
import { guardItems } from '../markdown-notices.ts';
import { messageText } from './alerts.ts';
import { guardSpan } from './approve.ts';

/** The guards that let a plan pass with a warning, as items of a list: those that were lifted once, and those that only warn. */
export function warnItems({ guards }: Pick<Plan, 'guards'>, allowed: { has(guard: string): boolean }): readonly string[] {
  const lifted = guards.filter((verdict) => verdict.outcome === 'warn' && allowed.has(allowanceKey(verdict)));
  const others = guards.filter((verdict) => !lifted.includes(verdict));
  return [
    ...lifted.map((verdict) => `- **Allowed once**: ${guardSpan(verdict)}: ${messageText(verdict.message)}`),
    ...guardItems({ guards: others }, 'warn', messageText),
  ];
}
