import type { Verdict } from '../../model/plan.ts';
import type { Tally } from '../../model/review.ts';
import { blocksText } from './approve.ts';
import { applyLink, guideLine, type Section, type Ways } from './ways.ts';

/** What stopped an apply as a whole, if anything did: guards, a change that did more than it was asked, or whoever cancelled it. */
export type Stop = { readonly why: 'blocked'; readonly guards: readonly Verdict[] } | { readonly why: 'harmed' | 'interrupted' };

/** What to do about approved changes that are not done: a text that `mention` begins, and a line that leads to more. */
export function adviceLines(open: Tally['open'], stop: Stop | undefined, ways: Ways | undefined, mention = ''): readonly string[] {
  const missed = open.some(({ fate }) => fate !== 'held') ? 'failed' : 'held';
  const [first = '', ...more] = stop?.why === 'blocked' ? blockedText(stop.guards, ways) : [texts[stop?.why ?? missed](applyLink(ways))];
  const guide = guideLine(places[stop?.why ?? missed], ways);
  return [`${mention}${first}`, ...more, ...(guide.length > 0 ? ['', ...guide] : [])];
}

const places: Readonly<Record<Stop['why'] | 'failed' | 'held', Section>> = {
  blocked: 'blocked',
  harmed: 'failed',
  interrupted: 'cancelled',
  failed: 'failed',
  held: 'held',
};

const texts: Readonly<Record<Exclude<keyof typeof places, 'blocked'>, (apply: string) => string>> = {
  harmed: () =>
    '**Do not run the apply again yet**: a change did more than it was asked, and would do so again. Put right in Figma what the log of the run names first.',
  interrupted: (apply) => `The run was interrupted. What is done stays done: run the ${apply} again, and only the rest is tried.`,
  failed: (apply) => `What is done stays done: run the ${apply} again, and only the rest is tried.`,
  held: () =>
    'What is done stays done. What is held is not written by another run alone: ask in a pull request for what it waits for; the approval holds until then.',
};

function blockedText(guards: readonly Verdict[], ways: Ways | undefined): readonly string[] {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  const isProtected = blocks.some(({ guard }) => guard === 'protected');
  const isLimited = blocks.some(({ guard }) => guard !== 'protected');
  return [
    `Nothing was written: blocked by ${blocksText({ guards })}. Another run alone does not help.${isLimited ? ' Either' : ''}`,
    '',
    ...(isProtected ? ['- change the configuration in a pull request, since nothing lifts `protected`;'] : []),
    ...(isLimited
      ? [
          '- raise the limit in a pull request: once that is merged, what was approved is written;',
          '- or revert this one and open it again, with the line `seatform-allow: …` that its plan then asks for;',
          ...(isProtected
            ? []
            : [
                `- or run the ${applyLink(ways)} by hand with the digest of the plan and the guard to lift, as the summary of the run says.`,
              ]),
          '',
          'The description of a merged pull request no longer counts, whatever the plan below says.',
        ]
      : []),
  ];
}
