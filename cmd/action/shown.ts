import type { Plan } from '../../src/model/plan.ts';
import { withoutRemedy } from '../../src/plan/guards/allow.ts';
import { redactPlan, type Redaction } from '../../src/render/redact.ts';
import { renderPlan } from '../../src/render/terminal.ts';

/** A plan as text for the log: names masked, and no advice that only the command line can follow. */
export function planText(plan: Plan, redact: Redaction): string {
  return renderPlan(redactPlan(plainly(plan), redact), { color: false });
}

/** A plan whose guards advise nothing that only the command line can follow. */
export function plainly(plan: Plan): Plan {
  return { ...plan, guards: plan.guards.map((verdict) => ({ ...verdict, message: withoutRemedy(verdict) })) };
}
