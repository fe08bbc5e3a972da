import type { Plan, Verdict } from '../../model/plan.ts';
import { count } from '../count.ts';
import { wholeSpan } from '../markup.ts';
import { guardText } from '../notices.ts';
import type { Redaction } from '../redact.ts';
import type { Permalink } from './frame.ts';
import { runLink } from './link.ts';
import { applyLink, type Ways } from './ways.ts';

/** What a digest approves, and how. */
export interface DigestApproval {
  /** Of all that remains to be approved. */
  readonly digest: string;
  /** The changes that it covers, and the guards that judge them. */
  readonly remaining: Pick<Plan, 'operations' | 'guards'>;
  /** How many other people have to name the digest. */
  readonly approvals: number;
  readonly runUrl: string;
  readonly ways?: Ways | undefined;
}

/** How changes are shown beside it. */
export interface ListFrame {
  readonly permalink: Permalink;
  readonly redact: Redaction;
}

/** How to approve what remains by its digest. `listed` says how many of the covered changes the text beside it shows. */
export function approveLines({ digest, remaining, approvals, runUrl, ways }: DigestApproval, listed: number): readonly string[] {
  const approval = approvalOf(digest, remaining);
  if (approval === undefined) return [`An approval by digest would be refused: the plan is blocked by ${blocksText(remaining)}.`];
  const others = Math.max(0, remaining.operations.length - listed);
  const covers = others === 0 ? '' : ` It covers ${count(others, 'other change')} too.`;
  const lifts = remaining.guards.some(isBlock)
    ? ` The plan is blocked by ${blocksText(remaining)}; the numbers after the digest allow exactly that, once.`
    : '';
  return [
    `**Approve by digest**: read all that it covers in the ${runLink(runUrl)} first.${covers}${lifts}`,
    '',
    ...stepsOf(approval, approvals, applyLink(ways)),
  ];
}

function stepsOf(approval: string, approvals: number, apply: string): readonly string[] {
  if (approvals <= 0) return [`Run the ${apply} by hand with this as \`approve\`; no other approval is needed.`, '', ...block(approval)];
  const people =
    approvals === 1
      ? 'Another person with write access writes this as a comment on the drift issue or the merged pull request and never edits it'
      : `${approvals} other people with write access each write this as a comment on the drift issue or the merged pull request and never edit it`;
  return [
    `${people}. Neither the person who starts the run nor an author of these changes counts.`,
    '',
    ...block(`approve ${approval}`),
    '',
    `Then run the ${apply} by hand with this as \`approve\`.`,
    '',
    ...block(approval),
  ];
}

/** What `approve` takes: the digest, and the guards to lift at exactly their numbers. Nothing where a guard blocks that is not lifted so. */
export function approvalOf(digest: string, { guards }: Pick<Plan, 'guards'>): string | undefined {
  const blocks = guards.filter(isBlock);
  if (blocks.some(({ guard }) => guard === 'protected' || guard === 'shrunkLive' || !/^[A-Za-z]+$/.test(guard))) return undefined;
  return [/^sha256:[0-9a-f]+$/.exec(digest)?.[0] ?? '', ...blocks.map(allowanceOf)].join(' ');
}

/** What allows a guard at its number, as it is written into a description or after a digest: `downgrades=8@2026-12-01`. */
export function allowanceOf({ guard, count: number, day }: Pick<Verdict, 'guard' | 'count' | 'day'>): string {
  return `${guard}=${number}${day === undefined ? '' : `@${day}`}`;
}

/** The guards that block, each as a code span: numbers and no names. */
export function blocksText({ guards }: Pick<Plan, 'guards'>): string {
  return guards.filter(isBlock).map(guardSpan).join(', ');
}

/** A guard with its number, and its day if it judges a day to come. */
export function guardSpan(verdict: Verdict): string {
  const { day } = verdict;
  return wholeSpan(`${guardText(verdict)}${day === undefined ? '' : ` on ${day}`}`);
}

function isBlock({ outcome }: Verdict): boolean {
  return outcome === 'block';
}

function block(text: string): readonly string[] {
  return ['```', text, '```'];
}
