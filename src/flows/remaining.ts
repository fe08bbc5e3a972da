import { succeed, type Result } from '../model/diagnostic.ts';
import type { ChangeId } from '../model/change-id.ts';
import type { Day } from '../model/day.ts';
import type { Plan } from '../model/plan.ts';
import { withDays } from '../plan/days-ahead.ts';
import { worseDays, type DayVerdict } from '../plan/guards/days.ts';
import type { JudgedLine } from './judged-line.ts';
import { daysAhead, planOn, type Observed } from './plan.ts';

/** The plan of what remains to be approved, with the days to come that its approval would make too much. */
export function planRemaining(line: JudgedLine, live: Observed, asOf: Day, remaining: ReadonlySet<ChangeId>): Result<Plan> {
  const left = planOn(line.tip, live, { asOf, policy: line.policy, approved: remaining });
  return left.ok ? succeed(withDays(left.value, daysMadeWorse(line, live, left.value)), left.warnings) : left;
}

/**
 * The days on which more than the limits allow would come by itself, once a plan is carried out and what nobody approved of days to come is approved
 * with it: when such a day has come, nobody judges it any more.
 */
export function daysMadeWorse({ applied, tip, later }: JudgedLine, live: Observed, planned: Plan): readonly DayVerdict[] {
  if (later.length === 0) return [];
  const before = applied && planOn(applied.declaration, live, { asOf: planned.asOf });
  const known = before?.ok === true && applied ? daysAhead(applied.declaration, live, before.value) : [];
  return worseDays(daysAhead(tip, live, planned), known).filter(({ outcome }) => outcome === 'block');
}
