import { isBlocked, type Plan } from '../../model/plan.ts';
import type { Review } from '../../model/review.ts';
import { caution, endsOf, guardItems } from '../markdown-notices.ts';
import { codeSpan, wholeSpan } from '../markup.ts';
import { changesOf } from '../totals.ts';
import { allowanceOf } from './approve.ts';
import type { Frame } from './frame.ts';

/** What must not be overlooked: ends, entries removed while their users are live, what the description allows, guards that block. */
export function alertOf({ own, removed, allowances }: Review): readonly string[] {
  return caution([
    ...endsOf(changesOf(own.operations.map(({ id }) => id))),
    ...removedText(removed.length),
    ...allowedText(allowances),
    ...blockedText(own),
  ]);
}

/** That a merge will not apply the plan, and since when approvals count, where that is so. */
export function approvalAlert({ approvals, countsFrom }: Pick<Frame, 'approvals' | 'countsFrom'>): readonly string[] {
  return caution([
    ...(approvals === 'too-large'
      ? [
          '**A merge will not apply this plan**: not all that it changes fits into a comment. Split the pull request, or after the merge approve its digest.',
        ]
      : []),
    ...(countsFrom === undefined ? [] : [`Approvals given before ${secondText(countsFrom)} do not count: the plan has grown since.`]),
  ]);
}

/** A moment to the second: `09:14:05 UTC on 2026-10-03`. */
function secondText(iso: string): string {
  const [day = '', time = ''] = new Date(iso).toISOString().slice(0, 19).split('T');
  return `${time} UTC on ${day}`;
}

function removedText(removed: number): readonly string[] {
  if (removed === 0) return [];
  return [
    removed === 1
      ? '**1 entry is removed, and its user keeps access.**'
      : `**${removed} entries are removed, and their users keep access.**`,
  ];
}

function allowedText(allowances: Review['allowances']): readonly string[] {
  const given = [...allowances].map(([key, count]) => wholeSpan(allowanceText(key, count)));
  return given.length === 0 ? [] : [`**Allowed by the description of this pull request**: ${given.join(', ')}`];
}

/** The allowance of a guard by its key, which ends in the day if it judges a day to come: `downgrades@2026-12-01`. */
function allowanceText(key: string, count: number): string {
  const [, guard = key, day = ''] = /^(.*)(@\d{4}-\d\d-\d\d)$/s.exec(key) ?? [];
  return `${guard}=${count}${day}`;
}

function blockedText(own: Plan): readonly string[] {
  if (!isBlocked(own)) return [];
  const blocks = own.guards.filter(({ outcome }) => outcome === 'block');
  // Nothing lifts the protection of users.
  const lines = blocks.filter(({ guard }) => guard !== 'protected').map((verdict) => codeSpan(`seatform-allow: ${allowanceOf(verdict)}`));
  return [
    ...guardItems(own, 'block', messageText),
    '',
    'This plan cannot be applied as it is.',
    ...(lines.length === 0
      ? []
      : [
          `If it is intended, add this to the description of this pull request${lines.length > 1 ? ', a line each' : ''}: ${lines.join(', ')}`,
        ]),
  ];
}

/** The message of a guard; it is not shown where names are masked. */
export function messageText(message: string): string {
  return message === '' ? 'its message names people and is not shown' : codeSpan(message);
}
