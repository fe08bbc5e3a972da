import type { Plan, Verdict } from '../model/plan.ts';
import { sealOf } from './digest.ts';

/** A plan with what was judged of days to come: verdicts that allow are left out, as there may be some for each day of a year. */
export function withDays(plan: Plan, days: readonly Verdict[]): Plan {
  const said = days.filter(({ outcome }) => outcome !== 'allow').map(plain);
  if (said.length === 0) return plan;
  const judged = { ...plan, guards: [...plan.guards, ...said] };
  return { ...judged, seal: sealOf(judged) };
}

/** A verdict with what belongs to one and nothing else: it is part of the plan, and of its seal. */
function plain({ guard, day, outcome, count, limit, message, operations }: Verdict): Verdict {
  return { guard, ...(day !== undefined && { day }), outcome, count, ...(limit !== undefined && { limit }), message, operations };
}
