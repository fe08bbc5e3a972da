import { apply, type ApplyOptions } from './apply/apply.ts';
import { load } from './config/load.ts';
import { readPlanFile, type PlanFile } from './config/saved/read-plan-file.ts';
import { nearest } from './config/suggest.ts';
import { noticesOf } from './desired/notices.ts';
import { policyOf } from './desired/policy.ts';
import { resolve } from './desired/resolve.ts';
import type { Day } from './model/day.ts';
import type { Declaration, SourceFile } from './model/declaration.ts';
import { fail, type Diagnostic, type Result } from './model/diagnostic.ts';
import type { ApplyEvent } from './model/event.ts';
import type { Directory, DirectoryReader, Live } from './model/live.ts';
import type { Plan } from './model/plan.ts';
import { planDigest, sealOf } from './plan/digest.ts';
import { plan } from './plan/plan.ts';
import type { Request } from './plan/plan-request.ts';
import { resume, type Resumed } from './plan/resume.ts';

/** Files → what they declare, or everything that is wrong with them. `unread` are the faults of files that could not be read at all. */
export function check(files: readonly SourceFile[], unread: readonly Diagnostic[] = []): Result<Declaration> {
  return load(files, unread);
}

/** Which plan is asked for: of which day, and of all changes which. */
export type Asked = Pick<Request, 'asOf' | 'targets' | 'onlyExpired' | 'approved'>;

/** Reads the live state and plans what it takes to reach what is declared for the day. Nothing is written: a reader cannot. */
export async function propose(declaration: Declaration, directory: DirectoryReader, asked: Asked): Promise<Result<Plan>> {
  const live = await directory.read();
  return live.ok ? planOn(declaration, live, asked) : live;
}

/** What it takes to bring a live state, as it was read, to what is declared for the day: several plans can be made on one read. */
export function planOn(declaration: Declaration, live: Observed, asked: Asked): Result<Plan> {
  const { digest, files, organization } = declaration;
  const desired = resolve(declaration, asked.asOf);
  const planned = plan(desired, live.value, policyOf(organization), { ...asked, config: { digest, files }, nearest: namesake });
  return planned.ok ? { ...planned, warnings: [...live.warnings, ...noticesOf(declaration, asked.asOf)] } : planned;
}

/** A read that succeeded, with its warnings. */
export type Observed = Extract<Result<Live>, { ok: true }>;

/** The name that was most likely meant; all that follows the first few letters of an address may be the same, so few letters may differ. */
function namesake(text: string, names: readonly string[]): string | undefined {
  return nearest(text, names, Math.max(1, Math.floor(text.length / 8)));
}

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

/** Does what the plan says, and tells it as it happens. The directory must be the one that the plan was read from. */
export function carryOut(proposed: Plan, directory: Directory, options: ApplyOptions): AsyncGenerator<ApplyEvent, void, undefined> {
  return apply(proposed, directory, options);
}
