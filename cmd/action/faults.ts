import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { firstOf, type OpenChange } from '../../src/github/tally.ts';
import { workText } from '../../src/render/comment/waiting.ts';
import { count } from '../../src/render/count.ts';
import { redactOperations, type Redaction } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import { interruptCodes } from '../host.ts';
import { isUnbelievable, progressOf, type Applying } from './applying.ts';
import type { FailureReason } from './outcome.ts';
import type { Scene } from './scene.ts';

/** What makes an apply red. */
export interface Fault {
  readonly diagnostic: Diagnostic;
  readonly exitCode: number;
  readonly reason: FailureReason;
}

/** The gravest thing that an apply left undone; nothing where all is well. Each says what to do. */
export function faultOf(applying: Applying, scene: Pick<Scene, 'inputs' | 'redact'>): Fault | undefined {
  const looks = [interrupted, blocked, broken, waiting, unapproved, driftTooLarge, omitted];
  return looks.reduce<Fault | undefined>((found, look) => found ?? look(applying, scene), undefined);
}

function fault(code: Diagnostic['code'], message: string, help: string, exitCode: number, reason: FailureReason): Fault {
  return { diagnostic: { severity: 'error', code, message, help }, exitCode, reason };
}

/** How the rest is tried. A digest approved the whole, and the rest has another. */
function again({ inputs }: Pick<Scene, 'inputs'>): string {
  return inputs.approve === undefined
    ? 'what is done stays done: run the job again, and only the rest is tried'
    : 'what is done stays done: run the job again, and approve the digest of the rest that it prints';
}

function soFar(applying: Applying): string {
  const { total, done } = progressOf(applying);
  return `${done} of ${count(total, 'approved change')} ${total === 1 || done === 1 ? 'is' : 'are'} in place`;
}

function interrupted(applying: Applying, scene: Pick<Scene, 'inputs'>): Fault | undefined {
  const { interrupt } = applying.end;
  return interrupt && fault('E217', `the apply was interrupted: ${soFar(applying)}`, again(scene), interruptCodes[interrupt], 'cancelled');
}

/** What stops all writing. */
export function blocked({ chosen }: Pick<Applying, 'chosen'>): Fault | undefined {
  const help = isUnbelievable(chosen)
    ? 'check the tenant and the token, and run the job again'
    : 'the log says what each guard asks for: change the configuration or its limits in a pull request; next time `seatform-allow: GUARD=N` in the description, before it is merged, allows it';
  return isBlocked(chosen) ? fault('E218', `nothing was written: ${blocksOf(chosen)}`, help, exitCodes.blocked, 'guard') : undefined;
}

function broken(applying: Applying, scene: Pick<Scene, 'inputs'>): Fault | undefined {
  const { open, end } = applying;
  if (end.isHarmed) {
    const help = 'restore what the log names before the job is run again: it would happen again';
    return fault('E217', `a change did more than it was asked; ${soFar(applying)}`, help, exitCodes.error, 'apply-incomplete');
  }
  const isBroken = end.failed > 0 || open.some(({ fate }) => fate !== 'held');
  return isBroken
    ? fault('E217', `the apply is incomplete: ${soFar(applying)}`, again(scene), exitCodes.error, 'apply-incomplete')
    : undefined;
}

/** Everything that failed was dealt with: what is still open waits for something that was not approved. */
function waiting(applying: Applying, { redact }: Pick<Scene, 'redact'>): Fault | undefined {
  const { open, remaining } = applying;
  if (open.length === 0) return undefined;
  const named = open.slice(0, mostNamed).map((change) => waitText(change, redact));
  const rest = open.length > mostNamed ? [`and ${open.length - mostNamed} more`] : [];
  const what = `${changes(open.length)} ${open.length === 1 ? 'waits' : 'wait'} for something that nobody approved`;
  const message = `${what}: ${soFar(applying)}; ${[...named, ...rest].join('; ')}`;
  return fault('E215', message, approving(remaining), exitCodes.notApproved, 'plan-changed');
}

const mostNamed = 3;

function waitText({ operation, needs = operation.id }: OpenChange, redact: Redaction): string {
  const [masked = operation] = redactOperations([{ ...operation, needs: [needs] }], redact);
  const what = needs === operation.id ? `its ${firstOf(operation)}` : masked.needs.map(workText).join(', ');
  return `${workText(masked.id)} needs ${what}`;
}

function unapproved({ unreviewed, refusals, remaining }: Applying): Fault | undefined {
  if (unreviewed.length === 0) return undefined;
  const were = `${changes(unreviewed.length)} ${unreviewed.length === 1 ? 'was' : 'were'} not written`;
  const isRotated = refusals.includes('token-rotated');
  const why = isRotated ? 'the approval was signed with another key' : 'nobody approved them in a pull request';
  return fault(
    isRotated ? 'E216' : 'E215',
    `${were}: ${why}`,
    approving(remaining),
    exitCodes.notApproved,
    isRotated ? 'token-rotated' : 'plan-changed',
  );
}

function driftTooLarge({ isDriftTooLarge }: Applying): Fault | undefined {
  const help = 'look at the issue on drift: undo it in Figma, or change the configuration or its limits in a pull request';
  return isDriftTooLarge
    ? fault('E218', 'the drift is larger than the limits allow to correct', help, exitCodes.blocked, 'guard')
    : undefined;
}

function omitted({ chosen }: Applying): Fault | undefined {
  if (chosen.unresolved === 0) return undefined;
  return fault(
    'E217',
    'not all that the configuration asks for could be planned',
    'mend what is named beside this',
    exitCodes.error,
    'config-invalid',
  );
}

/** Which guards block, each with its number. */
export function blocksOf({ guards }: Plan): string {
  const blocks = guards.filter(({ outcome }) => outcome === 'block').map(({ guard, count }) => `${guard} ${count}`);
  return `blocked by ${blocks.join(', ')}`;
}

function changes(number: number): string {
  return count(number, 'change');
}

function approving({ digest }: Plan): string {
  return `look at the plan; to have exactly it written, run the workflow by hand with approve: ${digest}`;
}
