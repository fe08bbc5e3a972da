import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import { allowanceOf } from '../../src/render/comment/approve.ts';
import type { Drawn } from './draw.ts';
import { blocksOf } from './faults.ts';
import type { Posted } from './store-comment.ts';

/** What is wrong with the allowances, where they are; no more of the description is repeated than what has the form of one. */
export function inDescription({ message, help }: Diagnostic): Diagnostic {
  const [, text = ''] = /^--allow (\S+) is not/.exec(message) ?? [];
  const said =
    text === ''
      ? message.replace(/^--allow /, '')
      : `${/^[\w=.@-]{1,40}$/.test(text) ? `"${text}"` : 'what is written there'} is not GUARD=N`;
  const form = 'write a line such as `seatform-allow: deactivations=12`, and nothing after it';
  return { severity: 'error', code: 'E212', message: `seatform-allow in the description of the pull request: ${said}`, help: help ?? form };
}

/** A merge of it would not be applied: a green check must not promise it. `isLeading`: it is merged into the branch that is applied. */
export function sizeFault({ approvals }: Pick<Drawn, 'approvals'>, isLeading: boolean): readonly Diagnostic[] {
  if (approvals !== 'too-large' || !isLeading) return [];
  const message = 'a merge will not apply this plan: not all that it changes fits into a comment';
  return [
    {
      severity: 'error',
      code: 'E220',
      message,
      help: 'split the pull request, or after the merge approve the digest that the apply prints',
    },
  ];
}

/** That guards stop the plan, and what lifts them. */
export function blockFault(own: Plan): Diagnostic {
  const lifted = own.guards.filter(({ outcome, guard }) => outcome === 'block' && guard !== 'protected');
  const lines = lifted.map((verdict) => `\`seatform-allow: ${allowanceOf(verdict)}\``).join(', ');
  const help =
    lines === ''
      ? 'nothing lifts the protection of users: change the configuration'
      : `if the number is intended, write into the description of the pull request, a line each: ${lines}`;
  return { severity: 'error', code: 'E218', message: `the plan is ${blocksOf(own)}`, help };
}

/** Without a stored approval a merge would be refused: a green check must not promise it. */
export function storeFault(posted: Result<Posted>, isSigning: boolean): readonly Diagnostic[] {
  if (!posted.ok) {
    const [first, ...others] = posted.diagnostics;
    if (!isSigning || first === undefined) return posted.diagnostics;
    return [{ ...first, code: 'E214', message: `the approval could not be stored in a comment: ${first.message}` }, ...others];
  }
  if (!isSigning || posted.value.kind !== 'lost') return [];
  const message = 'the approval was written into a comment, and what GitHub shows of it is something else';
  return [{ severity: 'error', code: 'E214', message, help: 'run the job again' }];
}
