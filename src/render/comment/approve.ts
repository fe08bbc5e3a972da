import { isBlocked, type Plan } from '../../model/plan.ts';
import { count } from '../count.ts';
import { codeSpan } from '../markup.ts';
import { guardText } from '../notices.ts';
import { runLink } from './link.ts';
import { applyLink, type Ways } from './ways.ts';

/** A plan that its digest approves as a whole, and how many of its changes the reader is told of. */
export interface Approvable {
  readonly whole: Pick<Plan, 'digest' | 'operations' | 'guards'>;
  readonly told: number;
  readonly runUrl: string;
  readonly ways?: Ways | undefined;
}

/** How what nobody approved is written all the same: what the digest stands for, and what to give as `approve` in a block of its own, so that it can be copied. */
export function approveLines({ whole, told, runUrl, ways }: Approvable): readonly string[] {
  const approval = approvalOf(whole);
  if (approval === undefined)
    return [
      `An approval by digest would be refused: it is for the whole plan of the default branch, and that is blocked by ${blocksText(whole)}.`,
    ];
  const others = Math.max(0, whole.operations.length - told);
  const rest = others === 0 ? 'which holds nothing else' : `which holds ${count(others, 'other change')} too`;
  return [
    `To have it written all the same, run the ${applyLink(ways)} by hand with this as \`approve\`. ` +
      `It is the digest of the whole plan of the default branch, ${rest}: read all of it in the ${runLink(runUrl)} first.` +
      (isBlocked(whole) ? ` That plan is blocked by ${blocksText(whole)}; what stands behind the digest lifts it for this once.` : ''),
    '',
    '```',
    approval,
    '```',
  ];
}

/** What `approve` takes for a plan: its digest, and the guards to lift at exactly their numbers. Nothing where a guard blocks that is not lifted so. */
export function approvalOf({ digest, guards }: Pick<Plan, 'digest' | 'guards'>): string | undefined {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  if (blocks.some(({ guard }) => guard === 'protected' || guard === 'shrunkLive' || !/^[A-Za-z]+$/.test(guard))) return undefined;
  return [/^sha256:[0-9a-f]+$/.exec(digest)?.[0] ?? '', ...blocks.map(({ guard, count: number }) => `${guard}=${number}`)].join(' ');
}

/** The guards that block, each as a code span: numbers and no names. */
export function blocksText({ guards }: Pick<Plan, 'guards'>): string {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  return blocks.map((verdict) => codeSpan(guardText(verdict))).join(', ');
}
