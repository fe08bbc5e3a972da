import { isBlocked, type Plan } from '../../model/plan.ts';
import type { Review, RuleChange } from '../../model/review.ts';
import { caution, endsOf, guardItems } from '../markdown-notices.ts';
import { codeSpan } from '../markup.ts';
import { changesOf } from '../totals.ts';
import type { Frame } from './frame.ts';

/** What must not be overlooked: ends, entries removed while their users are live, rules that change, what the description allows, guards that block. */
export function alertOf({ own, removed, rules, allowances }: Review): readonly string[] {
  return caution([
    ...endsOf(changesOf(own.operations.map(({ id }) => id))),
    ...removedText(removed.length),
    ...rulesText(rules),
    ...allowedText(allowances),
    ...blockedText(own),
  ]);
}

function removedText(removed: number): readonly string[] {
  if (removed === 0) return [];
  return [
    removed === 1
      ? '**1 entry is removed, and its user keeps access.**'
      : `**${removed} entries are removed, and their users keep access.**`,
  ];
}

/** More than so many rules are counted, not told. */
const mostRules = 100;

/** What a plan shows nothing of, and what decides on the plans to come. */
function rulesText(rules: readonly RuleChange[]): readonly string[] {
  if (rules.length === 0) return [];
  const told = rules.slice(0, mostRules).map(({ rule, before, after }) => {
    return `- ${codeSpan(rule)}: ${before === undefined ? 'none' : codeSpan(before)} → ${after === undefined ? 'none' : codeSpan(after)}`;
  });
  const rest = rules.length - mostRules;
  return ['**The rules of the organization change**:', ...told, ...(rest > 0 ? [`- …and ${rest} more`] : []), ''];
}

function allowedText(allowances: Review['allowances']): readonly string[] {
  const given = [...allowances].map(([guard, number]) => codeSpan(`${guard}=${number}`));
  return given.length === 0 ? [] : [`**Allowed by the description of this pull request**: ${given.join(', ')}`];
}

function blockedText(own: Plan): readonly string[] {
  if (!isBlocked(own)) return [];
  // Nothing lifts the protection of users.
  const lifted = own.guards.filter(({ outcome, guard }) => outcome === 'block' && guard !== 'protected');
  const lines = lifted.map(({ guard, count }) => codeSpan(`seatform-allow: ${guard}=${count}`));
  return [
    ...guardItems(own, 'block', messageText),
    '',
    'This plan cannot be applied as it is.',
    ...(lines.length === 0
      ? []
      : [`If it is meant, write into the description of this pull request${lines.length > 1 ? ', a line each' : ''}: ${lines.join(', ')}`]),
  ];
}

/** The message of a guard; it is kept back where names may not be shown. */
export function messageText(message: string): string {
  return message === '' ? 'its message is not shown, since it names people' : codeSpan(message);
}

/** That a merge will not apply the plan, and what to do, where that is so. */
export function approvalText(approvals: Frame['approvals']): readonly string[] {
  if (approvals !== 'too-large') return [];
  return [
    '**A merge will not apply this plan**: not all that it changes fits into a comment. Split the pull request, or after the merge approve its digest.',
  ];
}
