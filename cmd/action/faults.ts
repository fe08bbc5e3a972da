import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isBlocked, isUnbelievable, type Plan } from '../../src/model/plan.ts';
import type { MergeFault } from '../../src/approval/outcome.ts';
import { firstOf, type OpenChange } from '../../src/approval/tally.ts';
import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult } from '../../src/flows/conclude.ts';
import type { Trouble } from '../../src/render/comment/applied.ts';
import { allowanceOf, approvalOf } from '../../src/render/comment/approve.ts';
import { workText } from '../../src/render/comment/waiting.ts';
import { unapprovedText } from '../../src/render/comment/unapproved.ts';
import { count } from '../../src/render/count.ts';
import { redactOperations, type Redaction } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { interruptCodes, type Interrupt } from '../host.ts';
import type { FailureReason } from './outcome.ts';
import type { Posted } from './post-merge.ts';
import type { Scene } from './scene.ts';

/** What makes an apply red. */
export interface Fault extends Trouble {
  readonly exitCode: number;
  readonly reason: FailureReason;
}

/** What a fault is about. */
export interface Ended {
  readonly plan: MergePlan;
  readonly result: MergeResult;
  readonly interrupt?: Interrupt | undefined;
  /** The token or signing key was changed: a status or an approval was signed with another one. */
  readonly isRotated: boolean;
}

/** The words for the gravest thing that an apply left undone, or for what GitHub would not take; nothing where all is well. */
export function faultFor(ended: Ended, posted: Posted, scene: Pick<Scene, 'inputs' | 'redact'>): Fault | undefined {
  const { fault } = ended.result;
  return fault ? texts[fault](ended, scene) : reportFault(posted);
}

const texts: Readonly<Record<MergeFault, (ended: Ended, scene: Pick<Scene, 'inputs' | 'redact'>) => Fault>> = {
  interrupted: ({ result, interrupt }, scene) => {
    const diagnostic = error('E217', `the apply was interrupted: ${soFar(result)}`, result.end.isHarmed ? restoring : again(scene));
    return { diagnostic, title: 'interrupted', section: 'cancelled', exitCode: interruptCodes[interrupt ?? 'SIGINT'], reason: 'cancelled' };
  },
  blocked: ({ plan }) => blocked(plan.chosen),
  harmed: ({ result }) => {
    const diagnostic = error('E217', `a change had unexpected side effects; ${soFar(result)}`, restoring);
    return { ...incomplete, diagnostic, title: 'a change had unexpected side effects' };
  },
  incomplete: ({ result }, scene) => ({
    ...incomplete,
    diagnostic: error('E217', `the apply is incomplete: ${soFar(result)}`, again(scene)),
  }),
  'held-by-guard': ({ plan, result }, { redact }) => {
    const title = blocksText(plan.guards);
    const held = result.open.filter(({ guard }) => guard !== undefined);
    const message = `${count(held.length, 'change')} held: ${title}; ${soFar(result)}; ${namesOf(held, redact)}`;
    return {
      diagnostic: error('E218', message, liftingHelp(plan.guards, result)),
      title,
      section: 'blocked',
      exitCode: exitCodes.blocked,
      reason: 'guard',
    };
  },
  waiting: ({ result }, { redact }) => {
    const { open } = result;
    const title = `${count(open.length, 'change')} ${open.length === 1 ? 'waits' : 'wait'} for something that is not approved`;
    const named = open.slice(0, mostNamed).map((change) => waitText(change, redact));
    const rest = open.length > mostNamed ? [`and ${open.length - mostNamed} more`] : [];
    const message = `${title}: ${soFar(result)}; ${[...named, ...rest].join('; ')}`;
    return { ...notApproved, diagnostic: error('E215', message, approving(result)), title, section: 'held' };
  },
  unapproved,
  'drift-too-large': ({ result }) => {
    const { plan: remaining } = result.rest;
    const why = isBlocked(remaining) ? `: ${blocksOf(remaining)}` : ' along with what was approved';
    const help = isBlocked(remaining)
      ? 'look at the issue on drift: undo it in Figma, or change the configuration or its limits in a pull request'
      : 'the next scheduled run tries it again';
    const diagnostic = error('E218', `the drift is larger than the limits allow to correct${why}`, help);
    return { diagnostic, title: 'the drift is larger than the limits', section: 'drift', exitCode: exitCodes.blocked, reason: 'guard' };
  },
  unresolved: ({ plan }) => {
    const number = plan.chosen.unresolved;
    const title = number === 1 ? '1 entry could not be planned' : `${number} entries could not be planned`;
    return {
      diagnostic: error('E217', title, 'fix what is named beside this'),
      title,
      section: 'partly',
      exitCode: exitCodes.error,
      reason: 'config-invalid',
    };
  },
};

/** What GitHub did not take: the status, which the next run would miss, or the issue. */
function reportFault({ statusErrors: [statusError], issueErrors: [issueError] }: Posted): Fault | undefined {
  const [diagnostic, title] = statusError
    ? [statusError, 'the commit could not be marked as applied']
    : [issueError, 'the drift could not be reported'];
  return diagnostic && { diagnostic, title, section: 'service', exitCode: exitCodes.error, reason: 'api-failed' };
}

/** The digest that was given is not that of what remains today. */
export function outdated(result: Pick<MergePlan, 'digest' | 'rest'>): Fault {
  const title = 'the plan differs from the approved one';
  const diagnostic = error('E215', `${title}: nothing was written`, approving(result));
  return { ...notApproved, title, section: 'digest', diagnostic };
}

/** Too few people named the digest. */
export function tooFew(
  { needed, by }: { readonly needed: number; readonly by: readonly string[] },
  plan: Pick<MergePlan, 'digest' | 'rest'>,
): Fault {
  const title = `${by.length} of ${needed} people approved this digest`;
  const help = `another person with write access, who neither starts the run nor made the change, comments \`approve ${approvalText(plan)}\` on the drift issue or the pull request; then run this again`;
  return {
    exitCode: exitCodes.notApproved,
    reason: 'not-separate',
    title,
    section: 'digest',
    diagnostic: error('E219', `${title}: nothing was written`, help),
  };
}

/** That a guard stops everything. */
export function blocked(plan: Plan): Fault {
  const diagnostic = error(
    'E218',
    `nothing was written: ${blocksOf(plan)}`,
    isUnbelievable(plan) ? 'check the tenant and the token, and run the job again' : liftingHelp(plan.guards),
  );
  return { diagnostic, title: blocksOf(plan), section: 'blocked', exitCode: exitCodes.blocked, reason: 'guard' };
}

function unapproved({ plan, result, isRotated }: Ended): Fault {
  const { changes, rules, later } = result.end.unapproved;
  const sum = changes + rules + later;
  const them = unapprovedText(changes, later, rules);
  const title = `${them} ${sum === 1 ? 'is' : 'are'} not approved`;
  const were = changes > 0 ? `${them} ${sum === 1 ? 'was' : 'were'} not written` : `${them} ${sum === 1 ? 'was' : 'were'} merged`;
  if (isRotated) {
    const diagnostic = error('E216', `${were}: the approval was signed with another key`, approving(result));
    return { diagnostic, title, section: 'rotated', exitCode: exitCodes.notApproved, reason: 'token-rotated' };
  }
  const refusals = plan.line.pulls.flatMap(({ verdict }) => (verdict.kind === 'refused' ? [verdict.because] : []));
  const isReviewed = refusals.some((because) => because === 'not-separate' || because === 'changes-requested');
  const why = isReviewed
    ? 'too few people approved it after they could see the whole plan'
    : `nobody approved ${sum === 1 ? 'it' : 'them'} in a pull request`;
  const help = isReviewed
    ? 'approve the merged pull request in a review now and run this again, or approve the digest of what remains'
    : approving(result);
  const reason = isReviewed ? 'not-separate' : 'plan-changed';
  return {
    ...notApproved,
    reason,
    diagnostic: error('E215', `${were}: ${why}`, help),
    title,
    section: isReviewed ? 'reviews' : 'unplanned',
  };
}

const incomplete = { section: 'failed', exitCode: exitCodes.error, reason: 'apply-incomplete' } as const;
const notApproved = { exitCode: exitCodes.notApproved, reason: 'plan-changed' } as const;
const restoring = 'restore what the log names before the job is run again: it would happen again';
const mostNamed = 3;

function error(code: Diagnostic['code'], message: string, help: string): Diagnostic {
  return { severity: 'error', code, message, help };
}

/** How the rest is tried. A digest approved the whole, and the rest has another. */
function again({ inputs }: Pick<Scene, 'inputs'>): string {
  return inputs.approve === undefined
    ? 'what is done stays done: run the job again, and only the rest is tried'
    : 'what is done stays done: run the job again, and approve the digest of the rest that it prints';
}

function soFar({ tally: { total, done }, corrected }: Pick<MergeResult, 'tally' | 'corrected'>): string {
  return [
    ...(total > 0 || corrected.total === 0 ? [partText(done, total, 'approved change', 'in place')] : []),
    ...(corrected.total > 0 ? [partText(corrected.done, corrected.total, 'drifted object', 'corrected')] : []),
  ].join(', ');
}

function partText(done: number, total: number, noun: string, state: string): string {
  return `${done} of ${count(total, noun)} ${total === 1 || done === 1 ? 'is' : 'are'} ${state}`;
}

function liftingHelp(guards: Plan['guards'], result?: Pick<MergeResult, 'digest' | 'rest'>): string {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  const lifted = blocks.filter(({ guard }) => guard !== 'protected');
  if (lifted.length === 0) return 'nothing lifts the protection of users: change the configuration in a pull request';
  const lines = lifted.map((verdict) => `\`seatform-allow: ${allowanceOf(verdict)}\``).join(', ');
  const digest = result ? `; or ${approving(result)}` : '';
  return `raise the limit in a pull request; or revert the merge and open the pull request again with ${lines} in its description, which is not read any more once it is merged${digest}`;
}

function waitText({ operation, needs = operation.id, reason }: OpenChange, redact: Redaction): string {
  const [masked = operation] = redactOperations([{ ...operation, needs: [needs] }], redact);
  if (needs === operation.id && !reason.startsWith('its '))
    return redact === 'none' ? `${workText(masked.id)}: ${reason}` : workText(masked.id);
  const what = needs === operation.id ? `its ${firstOf(operation)}` : masked.needs.map(workText).join(', ');
  return `${workText(masked.id)} needs ${what}`;
}

function namesOf(open: readonly OpenChange[], redact: Redaction): string {
  const ids = [
    ...new Set(
      redactOperations(
        open.map(({ operation }) => operation),
        redact,
      ).map(({ id }) => workText(id)),
    ),
  ];
  return [...ids.slice(0, mostNamed), ...(ids.length > mostNamed ? [`and ${ids.length - mostNamed} more`] : [])].join(', ');
}

/** Which guards block, each with its number. */
export function blocksOf({ guards }: Pick<Plan, 'guards'>): string {
  return blocksText(guards.filter(({ outcome }) => outcome === 'block'));
}

function blocksText(guards: Plan['guards']): string {
  return `blocked by ${guards.map(({ guard, count: number, day }) => `${guard} ${number}${day === undefined ? '' : ` on ${day}`}`).join(', ')}`;
}

/** How what remains is written by its digest. */
function approving({ digest, rest }: Pick<MergePlan, 'digest' | 'rest'>): string {
  const approval = approvalOf(digest, rest.plan);
  return approval === undefined
    ? `change the configuration in a pull request: what remains is ${blocksOf(rest.plan)}, so that its digest cannot be approved`
    : `look at what remains; to have it written, run the workflow by hand with approve: ${approval}`;
}

function approvalText({ digest, rest }: Pick<MergePlan, 'digest' | 'rest'>): string {
  return approvalOf(digest, rest.plan) ?? digest;
}
