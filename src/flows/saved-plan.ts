import { readPlanFile, type PlanFile } from '../config/saved/read-plan-file.ts';
import type { Day } from '../model/day.ts';
import { fail, type Result } from '../model/diagnostic.ts';
import type { DirectoryReader } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { planDigest, sealOf } from '../plan/digest.ts';
import { resume, type Resumed } from '../plan/resume.ts';

/** A saved plan's text → the plan, unless it is none, is of another major version, or was edited. */
export function reopen(text: string): Result<PlanFile> {
  const read = readPlanFile(text);
  if (!read.ok) return read;
  const { plan: saved } = read.value;
  if (planDigest(saved.live.tenant, saved.operations) === saved.digest && sealOf(saved) === saved.seal) return read;
  const message = 'the plan was edited after it was saved: its digest does not match what it holds';
  return fail({ severity: 'error', code: 'E207', message, help: 'plan again with --out; a plan file is never edited' });
}

/** Reads the live state and says what of a saved plan is still to do, or that it is stale. */
export async function revive(saved: Plan, directory: DirectoryReader, today: Day): Promise<Result<Resumed>> {
  const live = await directory.read();
  return live.ok ? { ...live, value: resume(saved, live.value, today) } : live;
}
