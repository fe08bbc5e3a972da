import type { Plan, Verdict } from '../../model/plan.ts';
import { messageText } from './alerts.ts';
import { guardSpan } from './approve.ts';

/** The guards that let a plan pass with a warning, as items of a list: those that were lifted once, and those that only warn. */
export function warnItems({ guards }: Pick<Plan, 'guards'>, allowed: { has(guard: string): boolean }): readonly string[] {
  const isAllowed = ({ guard, day }: Verdict) => allowed.has(day === undefined ? guard : `${guard}@${day}`);
  const warnings = guards.filter(({ outcome }) => outcome === 'warn');
  return [
    ...warnings.filter(isAllowed).map((verdict) => `- **Allowed once**: ${guardSpan(verdict)}: ${messageText(verdict)}`),
    ...warnings
      .filter((verdict) => !isAllowed(verdict))
      .map((verdict) => `- **Warning** by ${guardSpan(verdict)}: ${messageText(verdict)}`),
  ];
}
