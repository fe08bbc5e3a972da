import { load } from '../config/load.ts';
import { nearest } from '../config/suggest.ts';
import { presentNames } from '../desired/grants.ts';
import { noticesOf } from '../desired/notices.ts';
import { policyOf } from '../desired/policy.ts';
import { resolve } from '../desired/resolve.ts';
import { scheduleOf } from '../desired/schedule.ts';
import type { Declaration, SourceFile } from '../model/declaration.ts';
import type { Diagnostic, Result } from '../model/diagnostic.ts';
import type { DirectoryReader, Live } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import { withDays } from '../plan/days-ahead.ts';
import { dayFacts } from '../plan/guards/day-facts.ts';
import { judgeDays, type DayVerdict } from '../plan/guards/days.ts';
import { plan } from '../plan/plan.ts';
import type { Request } from '../plan/plan-request.ts';

/** Files → what they declare, or everything that is wrong with them. `unread` are the faults of files that could not be read at all. */
export function check(files: readonly SourceFile[], unread: readonly Diagnostic[] = []): Result<Declaration> {
  return load(files, unread);
}

/** Which plan is asked for: of which day, and of all changes which. */
export type Asked = Pick<Request, 'asOf' | 'targets' | 'onlyExpired' | 'approved' | 'exempt'> & {
  /** What one run may do, where that is not what the declaration says. */
  readonly policy?: Policy;
};

/**
 * Reads the live state and plans what it takes to reach what is declared for the day, days to come judged along with it unless only a part is
 * asked for. Nothing is written: a reader cannot.
 */
export async function propose(declaration: Declaration, directory: DirectoryReader, asked: Asked): Promise<Result<Plan>> {
  const live = await directory.read();
  if (!live.ok) return live;
  const planned = planOn(declaration, live, asked);
  if (!planned.ok || planned.value.selection) return planned;
  return { ...planned, value: withDays(planned.value, daysAhead(declaration, live, planned.value)) };
}

/** What limits and pools say of each day within a year on which grants change something, once a plan is carried out that was made on this read. */
export function daysAhead(declaration: Declaration, live: Observed, planned: Plan): readonly DayVerdict[] {
  return judgeDays(scheduleOf(declaration, planned.asOf), dayFacts(planned, live.value, presentNames(declaration)));
}

/** What it takes to bring a live state, as it was read, to what is declared for the day: several plans can be made on one read. */
export function planOn(declaration: Declaration, live: Observed, asked: Asked): Result<Plan> {
  const { digest, files, organization } = declaration;
  const desired = resolve(declaration, asked.asOf);
  const { policy = policyOf(organization), ...request } = asked;
  const planned = plan(desired, live.value, policy, { ...request, config: { digest, files }, nearest: namesake });
  return planned.ok ? { ...planned, warnings: [...live.warnings, ...noticesOf(declaration, asked.asOf)] } : planned;
}

/** A read that succeeded, with its warnings. */
export type Observed = Extract<Result<Live>, { ok: true }>;

/** The name that was most likely meant; all that follows the first few letters of an address may be the same, so few letters may differ. */
function namesake(text: string, names: readonly string[]): string | undefined {
  return nearest(text, names, Math.max(1, Math.floor(text.length / 8)));
}
