import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { count } from '../../src/render/count.ts';
import { exitCodes } from '../exit.ts';
import { interruptCodes } from '../host.ts';
import { progressOf, type Applying } from './applying.ts';
import type { FailureReason } from './outcome.ts';

/** What makes an apply red. */
export interface Fault {
  readonly diagnostic: Diagnostic;
  readonly exitCode: number;
  readonly reason: FailureReason;
}

/** The gravest thing that an apply left undone; nothing where all is well. Each says what to do. */
export function faultOf(applying: Applying): Fault | undefined {
  return [interrupted, blocked, broken, waiting, unapproved, driftTooLarge, omitted].reduce<Fault | undefined>(
    (found, look) => found ?? look(applying),
    undefined,
  );
}

function fault(code: Diagnostic['code'], message: string, help: string, exitCode: number, reason: FailureReason): Fault {
  return { diagnostic: { severity: 'error', code, message, help }, exitCode, reason };
}

const again = 'what is done stays done: run the job again, and only the rest is tried';

function soFar(applying: Applying): string {
  const { total, done } = progressOf(applying);
  return `${done} of ${count(total, 'approved change')} ${done === 1 ? 'is' : 'are'} in place`;
}

function interrupted(applying: Applying): Fault | undefined {
  const { interrupt } = applying.end;
  return interrupt && fault('E217', `the apply was interrupted: ${soFar(applying)}`, again, interruptCodes[interrupt], 'cancelled');
}

function blocked({ chosen }: Applying): Fault | undefined {
  const help =
    'if the number is meant, allow it in the description of a pull request (`seatform-allow: GUARD=N`) before it is merged, or raise the limit';
  return isBlocked(chosen) ? fault('E218', `nothing was written: ${blocksOf(chosen)}`, help, exitCodes.blocked, 'guard') : undefined;
}

function broken(applying: Applying): Fault | undefined {
  const { open, end } = applying;
  if (end.isHarmed) {
    const help = 'restore what the log names before the job is run again: it would happen again';
    return fault('E217', `a change did more than it was asked; ${soFar(applying)}`, help, exitCodes.error, 'apply-incomplete');
  }
  const isBroken = end.failed > 0 || open.some(({ fate }) => fate !== 'held');
  return isBroken ? fault('E217', `the apply is incomplete: ${soFar(applying)}`, again, exitCodes.error, 'apply-incomplete') : undefined;
}

/** Everything that failed was dealt with: what is still open waits for something that was not approved. */
function waiting(applying: Applying): Fault | undefined {
  const { open, remaining } = applying;
  if (open.length === 0) return undefined;
  const message = `${changes(open.length)} ${open.length === 1 ? 'waits' : 'wait'} for something that nobody approved: ${soFar(applying)}`;
  return fault('E215', message, approving(remaining), exitCodes.notApproved, 'plan-changed');
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
  const help = 'look at the issue on drift: write it with its digest, or change the configuration';
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
