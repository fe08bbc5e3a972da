import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { firstOf, type OpenChange } from '../../src/approval/tally.ts';
import type { Trouble } from '../../src/render/comment/applied.ts';
import { approvalOf } from '../../src/render/comment/approve.ts';
import { workText } from '../../src/render/comment/waiting.ts';
import { unapprovedText } from '../../src/render/comment/unapproved.ts';
import { count } from '../../src/render/count.ts';
import { redactOperations, type Redaction } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { interruptCodes } from '../host.ts';
import { correctedIn, isUnbelievable, progressOf, type Applying, type Told } from './applying.ts';
import type { FailureReason } from './outcome.ts';
import type { Scene } from './scene.ts';

/** What makes an apply red. */
export interface Fault extends Trouble {
  readonly exitCode: number;
  readonly reason: FailureReason;
}

/** The gravest thing that an apply left undone; nothing where all is well. Each says what to do. */
export function faultOf(applying: Applying, scene: Pick<Scene, 'inputs' | 'redact'>): Fault | undefined {
  const looks = [interrupted, blocked, broken, waiting, unapproved, driftTooLarge, omitted];
  return looks.reduce<Fault | undefined>((found, look) => found ?? look(applying, scene), undefined);
}

/** What GitHub would not take: that the commit is applied, which the next run would not know then, or what has drifted. */
export function unheard({ unset: [unset], untold: [untold] }: Told): Fault | undefined {
  const [diagnostic, title] = unset ? [unset, 'the commit could not be marked as applied'] : [untold, 'the drift could not be told'];
  return diagnostic && { diagnostic, title, section: 'service', exitCode: exitCodes.error, reason: 'api-failed' };
}

/** The digest that was approved is not that of the plan today. */
export function outdated(whole: Plan): Fault {
  const told = { title: 'the plan is another than the one that was approved', section: 'digest', reason: 'plan-changed' } as const;
  return {
    ...told,
    diagnostic: error('E215', 'the plan is not the one that was approved: nothing was written', approving(whole)),
    exitCode: exitCodes.notApproved,
  };
}

function error(code: Diagnostic['code'], message: string, help: string): Diagnostic {
  return { severity: 'error', code, message, help };
}

/** How the rest is tried. A digest approved the whole, and the rest has another. */
function again({ inputs }: Pick<Scene, 'inputs'>): string {
  return inputs.approve === undefined
    ? 'what is done stays done: run the job again, and only the rest is tried'
    : 'what is done stays done: run the job again, and approve the digest of the rest that it prints';
}

function soFar(applying: Applying): string {
  const { total, done } = progressOf(applying);
  const corrected = correctedIn(applying);
  return [
    ...(total > 0 || corrected.total === 0 ? [partText(done, total, 'approved change', 'in place')] : []),
    ...(corrected.total > 0 ? [partText(corrected.done, corrected.total, 'drifted object', 'corrected')] : []),
  ].join(', ');
}

function partText(done: number, total: number, noun: string, state: string): string {
  return `${done} of ${count(total, noun)} ${total === 1 || done === 1 ? 'is' : 'are'} ${state}`;
}

function interrupted(applying: Applying, scene: Pick<Scene, 'inputs'>): Fault | undefined {
  const { interrupt, isHarmed } = applying.end;
  if (!interrupt) return undefined;
  const diagnostic = error('E217', `the apply was interrupted: ${soFar(applying)}`, isHarmed ? restoring : again(scene));
  return { diagnostic, title: 'interrupted', section: 'cancelled', exitCode: interruptCodes[interrupt], reason: 'cancelled' };
}

/** What stops all writing. */
export function blocked({ chosen }: Pick<Applying, 'chosen'>): Fault | undefined {
  if (!isBlocked(chosen)) return undefined;
  const diagnostic = error('E218', `nothing was written: ${blocksOf(chosen)}`, liftingHelp(chosen));
  return { diagnostic, title: blocksOf(chosen), section: 'blocked', exitCode: exitCodes.blocked, reason: 'guard' };
}

function liftingHelp(plan: Plan): string {
  if (isUnbelievable(plan)) return 'check the tenant and the token, and run the job again';
  const lifted = plan.guards.filter(({ outcome, guard }) => outcome === 'block' && guard !== 'protected');
  if (lifted.length === 0) return 'nothing lifts the protection of users: change the configuration in a pull request';
  const lines = lifted.map(({ guard, count: number }) => `\`seatform-allow: ${guard}=${number}\``).join(', ');
  return `raise the limit in a pull request; or revert the merge and open the pull request again with ${lines} in its description, which is not read any more once it is merged`;
}

const restoring = 'restore what the log names before the job is run again: it would happen again';

function broken(applying: Applying, scene: Pick<Scene, 'inputs'>): Fault | undefined {
  const { open, end } = applying;
  const told = { section: 'failed', exitCode: exitCodes.error, reason: 'apply-incomplete' } as const;
  if (end.isHarmed) {
    const diagnostic = error('E217', `a change did more than it was asked; ${soFar(applying)}`, restoring);
    return { ...told, diagnostic, title: 'a change did more than it was asked' };
  }
  const isBroken = end.failed > 0 || open.some(({ fate }) => fate !== 'held');
  return isBroken ? { ...told, diagnostic: error('E217', `the apply is incomplete: ${soFar(applying)}`, again(scene)) } : undefined;
}

/** Everything that failed was dealt with: what is still open waits for something that was not approved. */
function waiting(applying: Applying, { redact }: Pick<Scene, 'redact'>): Fault | undefined {
  const { open, remaining } = applying;
  if (open.length === 0) return undefined;
  const named = open.slice(0, mostNamed).map((change) => waitText(change, redact));
  const rest = open.length > mostNamed ? [`and ${open.length - mostNamed} more`] : [];
  const title = `${changes(open.length)} ${open.length === 1 ? 'waits' : 'wait'} for something that nobody approved`;
  const message = `${title}: ${soFar(applying)}; ${[...named, ...rest].join('; ')}`;
  return {
    diagnostic: error('E215', message, `${approving(remaining)}; or ask for it in a pull request`),
    title,
    section: 'held',
    ...unasked,
  };
}

const unasked = { exitCode: exitCodes.notApproved, reason: 'plan-changed' } as const;

const mostNamed = 3;

function waitText({ operation, needs = operation.id }: OpenChange, redact: Redaction): string {
  const [masked = operation] = redactOperations([{ ...operation, needs: [needs] }], redact);
  const what = needs === operation.id ? `its ${firstOf(operation)}` : masked.needs.map(workText).join(', ');
  return `${workText(masked.id)} needs ${what}`;
}

function unapproved({ unreviewed, unreviewedLater, refusals, remaining }: Applying): Fault | undefined {
  const [now, later] = [unreviewed.length, unreviewedLater.length];
  if (now + later === 0) return undefined;
  const them = unapprovedText(now, later);
  const were = now > 0 ? `${them} ${now + later === 1 ? 'was' : 'were'} not written` : `${them} ${later === 1 ? 'was' : 'were'} merged`;
  const title = `${them} ${now + later === 1 ? 'is' : 'are'} not approved`;
  const help =
    now > 0
      ? approving(remaining)
      : 'what a grant changes is carried out on its day: if it is not meant, take it back in a pull request before';
  if (refusals.includes('token-rotated')) {
    const diagnostic = error('E216', `${were}: the approval was signed with another key`, help);
    return { diagnostic, title, section: 'rotated', exitCode: exitCodes.notApproved, reason: 'token-rotated' };
  }
  const message = `${were}: nobody approved ${now + later === 1 ? 'it' : 'them'} in a pull request`;
  return { diagnostic: error('E215', message, help), title, section: 'unplanned', ...unasked };
}

/** Where what is left fits into the limits, it was too much only together with what was written. */
function driftTooLarge({ isDriftTooLarge, remaining }: Applying): Fault | undefined {
  if (!isDriftTooLarge) return undefined;
  const isStill = isBlocked(remaining);
  const message = `the drift is larger than the limits allow to correct${isStill ? `: ${blocksOf(remaining)}` : ' along with what was approved'}`;
  const help = isStill
    ? 'look at the issue on drift: undo it in Figma, or change the configuration or its limits in a pull request'
    : 'the next scheduled run tries it again';
  const told = { title: 'the drift is larger than the limits', section: 'drift', exitCode: exitCodes.blocked, reason: 'guard' } as const;
  return { ...told, diagnostic: error('E218', message, help) };
}

function omitted({ chosen }: Applying): Fault | undefined {
  if (chosen.unresolved === 0) return undefined;
  const title = 'not all that the configuration asks for could be planned';
  const diagnostic = error('E217', title, 'mend what is named beside this');
  return { diagnostic, title, section: 'partly', exitCode: exitCodes.error, reason: 'config-invalid' };
}

/** Which guards block, each with its number. */
export function blocksOf({ guards }: Pick<Plan, 'guards'>): string {
  const blocks = guards.filter(({ outcome }) => outcome === 'block').map(({ guard, count }) => `${guard} ${count}`);
  return `blocked by ${blocks.join(', ')}`;
}

function changes(number: number): string {
  return count(number, 'change');
}

/** How all that differs is written by its digest. */
function approving(whole: Plan): string {
  const approval = approvalOf(whole);
  return approval === undefined
    ? `change the configuration in a pull request: the whole plan is ${blocksOf(whole)}, so that its digest cannot be approved`
    : `look at the whole plan; to have all of it written, run the workflow by hand with approve: ${approval}`;
}
