import type { Verdict } from '../../model/plan.ts';
import type { Tally } from '../../model/review.ts';
import { blocksText } from './approve.ts';
import { applyLink, guideLine, type Section, type Ways } from './ways.ts';

/** What stopped an apply as a whole, if anything did: guards, a change with unexpected side effects, or a cancellation. */
export type Stop = { readonly why: 'blocked'; readonly guards: readonly Verdict[] } | { readonly why: 'harmed' | 'interrupted' };

/** What to do about approved changes that are not applied: a text that starts with `mention`, and a line that leads to more. */
export function adviceLines(open: Tally['open'], stop: Stop | undefined, ways: Ways | undefined, mention = ''): readonly string[] {
  const [first = '', ...more] = textOf(open, stop, ways);
  const guide = guideLine(places[stop?.why ?? missedIn(open)], ways);
  return [`${mention}${first}`, ...more, ...(guide.length > 0 ? ['', ...guide] : [])];
}

type Missed = 'failed' | 'guarded' | 'held';

/** What keeps changes from being applied, where nothing stopped the apply as a whole: a failure first, then a guard. */
function missedIn(open: Tally['open']): Missed {
  if (open.some(({ fate }) => fate === 'failed' || fate === 'skipped')) return 'failed';
  return open.some(({ guard }) => guard !== undefined) ? 'guarded' : 'held';
}

function textOf(open: Tally['open'], stop: Stop | undefined, ways: Ways | undefined): readonly string[] {
  if (stop?.why === 'blocked') return blockedText(stop.guards);
  const why = stop?.why ?? missedIn(open);
  return why === 'guarded' ? guardedText([...new Set(open.flatMap(({ guard }) => guard ?? []))]) : [texts[why](applyLink(ways))];
}

const places: Readonly<Record<Stop['why'] | Missed, Section>> = {
  blocked: 'blocked',
  guarded: 'blocked',
  harmed: 'failed',
  interrupted: 'cancelled',
  failed: 'failed',
  held: 'held',
};

const texts: Readonly<Record<Exclude<keyof typeof places, 'blocked' | 'guarded'>, (apply: string) => string>> = {
  harmed: () =>
    '**Do not run the apply again yet**: a change had unexpected side effects and would have them again. First restore in Figma what the log of the run names.',
  interrupted: (apply) => `The run was interrupted. What is applied stays applied: run the ${apply} again, and only the rest is tried.`,
  failed: (apply) => `What is applied stays applied: run the ${apply} again, and only the rest is tried.`,
  held: () =>
    'What is applied stays applied. Another run alone does not apply what is held: approve what it waits for; the approval stays valid until then.',
};

function blockedText(guards: readonly Verdict[]): readonly string[] {
  const names = guards.filter(({ outcome }) => outcome === 'block').map(({ guard }) => guard);
  return withRemedies(`Nothing was applied: blocked by ${blocksText({ guards })}. Another run alone does not help.`, names);
}

function guardedText(names: readonly string[]): readonly string[] {
  const guards = names.map((name) => `\`${name}\``).join(', ');
  return withRemedies(`What is applied stays applied. Another run alone does not apply what is held by ${guards}.`, names);
}

/** What lifts guards, below a text. */
function withRemedies(text: string, guards: readonly string[]): readonly string[] {
  const isProtected = guards.includes('protected');
  const isLimited = guards.some((guard) => guard !== 'protected');
  return [
    `${text}${isLimited ? ' Either' : ''}`,
    '',
    ...(isProtected ? ['- change the configuration in a pull request, because nothing lifts `protected`;'] : []),
    ...(isLimited
      ? [
          '- raise the limit in a pull request: after its merge, the approved changes are applied;',
          '- or revert this pull request and open it again, with the line `seatform-allow: …` that its plan then asks for;',
          ...(isProtected ? [] : [`- or approve the digest of the plan and the guard to lift, as the summary of the run says.`]),
          '',
          'The description of a merged pull request does not count any more, whatever the plan below says.',
        ]
      : []),
  ];
}
