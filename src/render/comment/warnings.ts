import type { Plan } from '../../model/plan.ts';
import { guardItems } from '../markdown-notices.ts';
import { codeSpan } from '../markup.ts';
import { guardText } from '../notices.ts';
import { messageText } from './alerts.ts';

/** The guards that let a plan pass with a warning, as items of a list: those that were lifted for this once, and those that only warn. */
export function warnItems({ guards }: Pick<Plan, 'guards'>, allowed: { has(guard: string): boolean }): readonly string[] {
  const lifted = guards.filter(({ guard, outcome }) => outcome === 'warn' && allowed.has(guard));
  const others = guards.filter((verdict) => !lifted.includes(verdict));
  return [
    ...lifted.map((verdict) => `- **Allowed once**: ${codeSpan(guardText(verdict))}: ${messageText(verdict.message)}`),
    ...guardItems({ guards: others }, 'warn', messageText),
  ];
}
