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

/** How what nobody approved is written all the same: what the digest stands for, and the digest in a block of its own, so that it can be copied. */
export function approveLines({ whole, told, runUrl, ways }: Approvable): readonly string[] {
  const others = Math.max(0, whole.operations.length - told);
  const rest = others === 0 ? 'which holds nothing else' : `which holds ${count(others, 'other change')} too`;
  if (isBlocked(whole))
    return [
      `An approval by digest would be refused: it is for the whole plan of the default branch, and that is blocked by ${blocksText(whole)}.`,
    ];
  return [
    `To have it written all the same, run the ${applyLink(ways)} by hand with this as \`approve\`. ` +
      `It is the digest of the whole plan of the default branch, ${rest}: read all of it in the ${runLink(runUrl)} first.`,
    '',
    '```',
    /^sha256:[0-9a-f]+$/.exec(whole.digest)?.[0] ?? '',
    '```',
  ];
}

/** The guards that block, each as a code span: numbers and no names. */
export function blocksText({ guards }: Pick<Plan, 'guards'>): string {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  return blocks.map((verdict) => codeSpan(guardText(verdict))).join(', ');
}
