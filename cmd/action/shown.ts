import { isBlocked, isEmpty, type Plan } from '../../src/model/plan.ts';
import { withoutRemedy } from '../../src/plan/guards/allow.ts';
import { count } from '../../src/render/count.ts';
import { redactPlan, type Redaction } from '../../src/render/redact.ts';
import { renderPlan } from '../../src/render/terminal.ts';

/** A plan as text for the log: names masked, and no advice that only the command line can follow. Of a part of a plan it says what is left out. */
export function planText(plan: Plan, redact: Redaction): string {
  const { selection, ...whole } = redactPlan(plainly(plan), redact);
  const { others = 0, held = [] } = selection ?? {};
  if (others === 0) return renderPlan(whole, { color: false });
  const isNothing = isEmpty(plan) && !isBlocked(plan) && plan.unresolved === 0;
  const nothing = held.length === 0 ? 'Approved or due: nothing.' : 'What is approved or due waits for something that nobody approved.';
  const text = isNothing ? `${nothing}\n` : renderPlan(whole, { color: false });
  return `${text}${count(others, 'change')} ${others === 1 ? 'is' : 'are'} left out: see "Not written" below.\n`;
}

/** A plan whose guards advise nothing that only the command line can follow. */
export function plainly(plan: Plan): Plan {
  return { ...plan, guards: plan.guards.map((verdict) => ({ ...verdict, message: withoutRemedy(verdict) })) };
}
