import { apply, type ApplyOptions } from './apply/apply.ts';
import { load } from './config/load.ts';
import { readPlanFile, type PlanFile } from './config/saved/read-plan-file.ts';
import { nearest } from './config/suggest.ts';
import { noticesOf } from './desired/notices.ts';
import { policyOf } from './desired/policy.ts';
import { resolve } from './desired/resolve.ts';
import { scheduleOf, scheduledBeyond } from './desired/schedule.ts';
import { allowedExactly, usedAllowances } from './approval/allowed.ts';
import { causedBy, difference, classifyChanges, type ChangeOrigins } from './approval/origins.ts';
import { removedEntries } from './approval/removed.ts';
import { changedRules } from './approval/rules.ts';
import { changeIdsOf, datedChangeIds, type ChangeId } from './model/change-id.ts';
import type { Day } from './model/day.ts';
import type { Declaration, SourceFile } from './model/declaration.ts';
import { userNameOf } from './model/directory.ts';
import { fail, type Diagnostic, type Result } from './model/diagnostic.ts';
import type { ApplyEvent } from './model/event.ts';
import type { Directory, DirectoryReader, Live } from './model/live.ts';
import type { Plan } from './model/plan.ts';
import type { Review, ScheduledChange } from './model/review.ts';
import { partsBy } from './plan/approved.ts';
import { approvalFor, approvedAtoms, creationOfUser, type Change } from './plan/creations.ts';
import { planDigest, sealOf } from './plan/digest.ts';
import { withoutRemedy } from './plan/guards/allow.ts';
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

/** A pull request as configurations: what merging it gives, and what it is merged into, if that can be read. */
export interface Proposal {
  readonly merged: Declaration;
  readonly base?: Declaration;
}

/** A review, and what it rests on: the plan of what the pull request causes, and the changes in it that a merge would approve. */
export interface Reviewed {
  readonly review: Review;
  readonly plan: Plan;
  readonly changeIds: ReadonlySet<ChangeId>;
  /** What grants of it change later, each with its day. */
  readonly turns: ReadonlySet<ChangeId>;
}

/** What merging a pull request would do to what is live today, apart from what is pending without it. */
export function review(
  { merged, base }: Proposal,
  live: Observed,
  { asOf, allowances }: { readonly asOf: Day; readonly allowances: ReadonlyMap<string, number> },
): Result<Reviewed> {
  const whole = planOn(merged, live, { asOf });
  const before = base && planOn(base, live, { asOf });
  if (!whole.ok) return whole;
  const known = before?.ok === true ? before.value : undefined;
  const changeIds = causedBy(whole.value.operations, known?.operations ?? []);
  const own = planOn(merged, live, { asOf, approved: changeIds });
  if (!own.ok) return own;
  const { diagnostics } = own.value;
  // Where a pull request is looked at, no option of the command line helps.
  const guards = own.value.guards.map((verdict) => ({ ...verdict, message: withoutRemedy(verdict) }));
  const told = new Set(known?.diagnostics.map(({ code, message }) => `${code} ${message}`));
  const news = diagnostics.filter(({ code, message }) => !told.has(`${code} ${message}`));
  // What waits for something else is approved along with the rest, so it is shown along with it.
  const waiting = partsBy(whole.value.operations, difference(changeIds, changeIdsOf(own.value.operations)));
  const [after, until] = [scheduleOf(merged, asOf), base ? scheduleOf(base, asOf) : []];
  const scheduled = scheduledBeyond(after, until);
  const reviewed: Review = {
    own: {
      ...own.value,
      operations: [...own.value.operations, ...waiting],
      guards: allowedExactly(guards, allowances, 'the description of the pull request'),
      diagnostics: news,
      // One that takes the place of another is new, although there are no more than before.
      unresolved: Math.max(0, own.value.unresolved - (known?.unresolved ?? 0), news.filter(({ severity }) => severity === 'error').length),
    },
    pending: partsBy(whole.value.operations, difference(changeIdsOf(whole.value.operations), changeIds)),
    removed: base ? removedEntries(merged, base, live.value, whole.value.operations) : [],
    scheduled,
    withdrawn: scheduledBeyond(until, after),
    rules: changedRules(merged.organization, base?.organization ?? {}),
    isBaseLoaded: known !== undefined,
    allowances: usedAllowances(guards, allowances),
    digest: whole.value.digest,
  };
  const turns = new Set(scheduled.flatMap((turn) => datedChangeIds(turn)?.dated ?? []));
  return { ...own, value: { review: reviewed, plan: own.value, changeIds, turns } };
}

/** A configuration that was applied, and the day of that. */
export interface Applied {
  readonly declaration: Declaration;
  readonly day: Day;
}

/** What may be written of the plan at the tip of a branch: the plan as a whole, its parts, and the plan of what is chosen. */
export interface Decided {
  readonly whole: Plan;
  readonly division: ChangeOrigins;
  readonly chosen: Plan;
  /** What of the whole plan is to be written, whether it can be or not. */
  readonly wanted: ReadonlySet<ChangeId>;
  /** What grants change on days to come, and neither the applied configuration nor an approval says so. */
  readonly unreviewedLater: readonly ScheduledChange[];
  /** Which of approved changeIds approves a change: its own, or that of the create of what it sets a value of. */
  readonly approvalFor: (change: Change, isApproved: (changeId: ChangeId) => boolean) => ChangeId | undefined;
}

/** What one approval says of days to come: since which day, how many changes, and which. */
export interface DatedApproval {
  readonly since: Day;
  readonly size: number;
  readonly holds: (dated: ChangeId) => boolean;
}

/** What an apply may choose: by an approval of single changes, by the digest of the whole plan, and whether drift is corrected along. */
export interface Choice {
  readonly asOf: Day;
  readonly isApproved: (changeId: ChangeId) => boolean;
  readonly dated: readonly DatedApproval[];
  readonly approvedDigest?: string;
  readonly withDrift: boolean;
}

/** Divides the plan of the tip by what was approved, what came with time and what nobody approved, and plans what may be written of it. */
export function decide(tip: Declaration, applied: Applied | undefined, live: Observed, choice: Choice): Result<Decided> {
  const { asOf, isApproved, dated, approvedDigest, withDrift } = choice;
  const isApprovedTurn = (turn: ChangeId) => dated.some(({ holds }) => holds(turn));
  const whole = planOn(tip, live, { asOf });
  const now = applied && planOn(applied.declaration, live, { asOf });
  const then = applied && planOn(applied.declaration, live, { asOf: applied.day });
  if (!whole.ok) return whole;
  const { operations, digest } = whole.value;
  const everything = approvedDigest !== undefined && approvedDigest === digest;
  const desired = resolve(tip, asOf);
  const passed = approvedTurns(tip, choice);
  const approved = everything
    ? changeIdsOf(operations)
    : approvedAtoms(operations, desired, (changeId) => isApproved(changeId) || passed.has(changeId));
  const ahead = scheduledBeyond(scheduleOf(tip, asOf), applied ? scheduleOf(applied.declaration, asOf) : []);
  const unreviewedLater = everything ? [] : ahead.filter((turn) => !isApprovedTurn(datedChangeIds(turn)?.dated ?? ('' as ChangeId)));
  const plans = {
    tip: operations,
    ...(now?.ok && { applied: now.value.operations }),
    ...(now?.ok && { formerly: (then?.ok ? then : now).value.operations }),
  };
  const division = classifyChanges(plans, approved);
  const wanted = new Set([...division.approved, ...division.due, ...(withDrift ? division.drift : [])]);
  const chosen = planOn(tip, live, { asOf, approved: wanted });
  return chosen.ok
    ? {
        ...chosen,
        value: {
          whole: whole.value,
          division,
          chosen: chosen.value,
          wanted,
          unreviewedLater,
          approvalFor: (change, isApproved) => approvalFor(change, desired, isApproved),
        },
      }
    : chosen;
}

/**
 * What grants have changed by today since something was approved, as far as it was approved before its day; a create gives by now what was approved
 * for then and for the days between.
 */
function approvedTurns(tip: Declaration, { dated, asOf, isApproved }: Choice): ReadonlySet<ChangeId> {
  return new Set(dated.flatMap((approval) => passedOf(tip, approval, asOf, isApproved)));
}

/** The same of one approval. If not all of its dates are asked for any more, none counts: what it said of a time has become another thing. */
function passedOf(
  tip: Declaration,
  { since, size, holds }: DatedApproval,
  asOf: Day,
  isApproved: Choice['isApproved'],
): readonly ChangeId[] {
  if (since >= asOf || size === 0) return [];
  const turns = scheduleOf(tip, since).map((turn) => ({ name: userNameOf(turn.userName), day: turn.day, changeIds: datedChangeIds(turn) }));
  const isHeld = ({ changeIds }: (typeof turns)[number]) => changeIds !== undefined && holds(changeIds.dated);
  if (turns.filter(isHeld).length !== size) return [];
  const passed = turns.filter(({ day }) => day <= asOf);
  const unclear = new Set(passed.filter((turn) => !isHeld(turn)).map(({ name }) => name));
  const [then, now] = [resolve(tip, since), resolve(tip, asOf)];
  return passed.filter(isHeld).flatMap(({ changeIds, name }) => {
    const wasApproved = !unclear.has(name) && isApproved(creationOfUser(then, name) ?? ('' as ChangeId));
    return [changeIds?.changeId, wasApproved ? creationOfUser(now, name) : undefined].filter((one) => one !== undefined);
  });
}

/** Whether grants change what a configuration asks for after one day, up to another. */
export function turnsBetween(declaration: Declaration, since: Day, until: Day): boolean {
  return since < until && scheduleOf(declaration, since).some(({ day }) => day <= until);
}

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
