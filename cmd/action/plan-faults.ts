import type { Drawn } from './draw.ts';
import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import type { Plan } from '../../src/model/plan.ts';
import { blocksOf } from './faults.ts';
import type { Posted } from './post.ts';

/** What is wrong with the allowances, where they stand; no more of the description is repeated than what has the form of one. */
export function inDescription({ message, help }: Diagnostic): Diagnostic {
  const [, text = ''] = /^--allow (\S+) is not/.exec(message) ?? [];
  const said =
    text === '' ? message.replace(/^--allow /, '') : `${/^[\w=.-]{1,40}$/.test(text) ? `"${text}"` : 'what stands there'} is not GUARD=N`;
  const form = 'write a line such as `seatform-allow: deactivations=12`, and nothing behind it';
  return { severity: 'error', code: 'E212', message: `seatform-allow in the description of the pull request: ${said}`, help: help ?? form };
}

/** A merge of it would be green and then not applied as a whole: that is said before. `turns`: how many changes of days to come there are. */
export function unapprovable({ approvals, turns: approved }: Pick<Drawn, 'approvals' | 'turns'>, turns: number): readonly Diagnostic[] {
  const isWhole = approvals !== 'too-many' && approvals !== 'not-shown';
  if (isWhole && approved >= turns) return [];
  const what = isWhole ? 'what grants of this pull request change on later days' : 'this plan';
  const message = `a merge will not apply ${what}: it is too large to be approved in a comment`;
  const help = 'split the pull request, or after the merge run the apply workflow with `approve:` and the digest that it prints';
  return [{ severity: 'warning', code: 'E214', message, help }];
}

/** That guards stop the plan, and what lifts them. */
export function blockFault(own: Plan): Diagnostic {
  const lifted = own.guards.filter(({ outcome, guard }) => outcome === 'block' && guard !== 'protected');
  const lines = lifted.map(({ guard, count }) => `\`seatform-allow: ${guard}=${count}\``).join(', ');
  const help =
    lines === ''
      ? 'nothing lifts the protection of users: change the configuration'
      : `if it is meant, write into the description of the pull request, a line each: ${lines}`;
  return { severity: 'error', code: 'E218', message: `the plan is ${blocksOf(own)}`, help };
}

/** Without a stored approval a merge would be refused: a green check must not promise it. */
export function storeFault(posted: Result<Posted>, approvals: number): readonly Diagnostic[] {
  if (!posted.ok) {
    const [first, ...others] = posted.diagnostics;
    if (approvals === 0 || first === undefined) return posted.diagnostics;
    return [{ ...first, code: 'E214', message: `the approval could not be stored in a comment: ${first.message}` }, ...others];
  }
  if (approvals === 0 || posted.value.kind !== 'lost') return [];
  const message = 'the approval was written into a comment, and what GitHub shows of it is something else';
  return [{ severity: 'error', code: 'E214', message, help: 'run the job again' }];
}
