import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryHistory, honestHistory } from './arbitrary.ts';
import { HISTORIES } from './histories.ts';
import { type Violation, unapplied, violations } from './promises.ts';
import { replay } from './replay.ts';
import { SENTENCES, type Sentence } from './rules.ts';
import type { Edit, Step } from './world.ts';

/** SEATFORM_SEARCH multiplies the number of histories; with it set, the random search starts elsewhere each time. */
const EFFORT = Number(process.env['SEATFORM_SEARCH'] ?? 1);
const SEED = process.env['SEATFORM_SEARCH'] === undefined ? 20_261_127 : Date.now() % 2 ** 31;
const TIMEOUT = 60_000 * Math.max(1, EFFORT);

const report = (steps: readonly Step[], broken: readonly Violation[]): string =>
  broken.length === 0
    ? ''
    : [...broken.map((v) => `${v.promise}, step ${v.step}: ${v.text}`), ...steps.map((s) => JSON.stringify(s))].join('\n');

/** The promises that a history breaks, with the history; empty if it keeps all. */
const problems = (steps: readonly Step[]): string => report(steps, violations(steps).broken);
const ending = (steps: readonly Step[]): string => report(steps, unapplied(replay(steps)));

describe('the sentences', () => {
  test.each(HISTORIES)('$name', (history) => {
    expect(problems(history.steps)).toBe('');
    expect(problems(history.honest)).toBe('');
    expect(ending(history.honest)).toBe('');
  });

  test.each(HISTORIES.filter((h) => h.without.length > 0))('without $without: $name', (history) => {
    const { broken, trace } = violations(history.steps, new Set(history.without));
    const all = history.steps === history.honest ? [...broken, ...unapplied(trace)] : broken;
    expect(all.map((v) => v.promise)).toContain(history.breaks);
  });
});

interface Enumeration {
  readonly count: number;
  /** the first history that breaks a promise */
  readonly first: string;
}

/** Sentences that no history can catch alone, and why. */
const REDUNDANT: Partial<Record<Sentence, string>> = {
  'not-author': 'GitHub lets nobody review their own pull request',
};

test('each sentence has a history', () => {
  const caught = new Set(HISTORIES.flatMap((h) => h.without));
  expect(SENTENCES.filter((s) => !caught.has(s) && REDUNDANT[s] === undefined)).toEqual([]);
});

describe('the search', () => {
  test(
    'no random history breaks a promise',
    () => {
      fc.assert(
        fc.property(arbitraryHistory(), (steps) => {
          expect(problems(steps)).toBe('');
        }),
        { numRuns: 2000 * EFFORT, seed: SEED },
      );
    },
    TIMEOUT,
  );

  test(
    'every honest history ends applied',
    () => {
      fc.assert(
        fc.property(honestHistory(), (steps) => {
          expect(problems(steps) + ending(steps)).toBe('');
        }),
        { numRuns: 500 * EFFORT, seed: SEED },
      );
    },
    TIMEOUT,
  );

  /** Every history of that many of these steps, after a beginning and before an apply. */
  function enumerate(beginning: readonly Step[], alphabet: readonly Step[], length: number, end: readonly Step[]): Enumeration {
    let count = 0;
    let first = '';
    const walk = (steps: readonly Step[], left: number): void => {
      if (left === 0) {
        count++;
        first ||= problems([...beginning, ...steps, ...end]);
        return;
      }
      for (const step of alphabet) walk([...steps, step], left - 1);
    };
    walk([], length);
    return { count, first };
  }
  const start: Step = {
    do: 'start',
    config: { users: { ada: 'Full', bob: 'Dev', eve: 'View' }, grants: {}, rules: { protected: [], downgrades: 1, approvals: 1 } },
    live: { ada: 'Full', bob: 'Dev', eve: 'View' },
  };
  const push: Step = { do: 'apply', on: 'push' };
  const correct: Step = { do: 'apply', on: 'schedule', correct: true };
  const set: Edit = { users: { bob: 'Full' } };
  const depth = EFFORT > 1 ? 6 : 4;

  test(
    'no small history about one pull request breaks a promise',
    () => {
      const alphabet: Step[] = [
        { do: 'plan', pr: 1 },
        { do: 'review', pr: 1, by: 'ben', state: 'approve' },
        { do: 'review', pr: 1, by: 'ben', state: 'changes' },
        { do: 'merge', pr: 1, how: 'merge' },
        { do: 'merge', pr: 1, how: 'squash' },
        { do: 'commit', pr: 1, by: 'ann', set: { users: { ada: 'off' } } },
        { do: 'push', by: 'cat', set: { users: { bob: 'Dev' } } },
        { do: 'push', by: 'cat', set },
        { do: 'land', pr: 1, by: 'ann', how: 'ff' },
        push,
      ];
      const found = enumerate([start, push, { do: 'propose', pr: 1, by: 'ann', set }], alphabet, depth, [push, correct]);
      expect(found).toEqual({ count: alphabet.length ** depth, first: '' });
    },
    TIMEOUT,
  );

  test(
    'no small history about an applied pull request breaks a promise',
    () => {
      const beginning: Step[] = [
        start,
        push,
        { do: 'propose', pr: 1, by: 'ann', set: { users: { bob: 'off' }, grants: { ada: null }, rules: { downgrades: 3 } } },
        { do: 'plan', pr: 1 },
        { do: 'review', pr: 1, by: 'ben', state: 'approve' },
        { do: 'merge', pr: 1, how: 'merge' },
      ];
      const alphabet: Step[] = [
        push,
        correct,
        { do: 'force', back: 1 },
        { do: 'hand', user: 'bob', value: 'Dev' },
        { do: 'hand', user: 'bob', value: 'off' },
        { do: 'push', by: 'cat', set: { users: { bob: 'Dev' } } },
        { do: 'push', by: 'cat', set: { users: { bob: 'off' } } },
        { do: 'forge', back: 0, unknown: true },
        { do: 'rotate', keep: false },
        { do: 'name', by: 'dan' },
        { do: 'apply', on: 'dispatch', approve: true, by: 'ben' },
      ];
      const found = enumerate(beginning, alphabet, depth, [correct]);
      expect(found).toEqual({ count: alphabet.length ** depth, first: '' });
    },
    TIMEOUT,
  );

  test(
    'no small history about a grant breaks a promise',
    () => {
      const grant = { seat: 'Full', from: 2, until: 2 } as const;
      const beginning: Step[] = [
        start,
        push,
        { do: 'propose', pr: 1, by: 'ann', set: { grants: { bob: grant } } },
        { do: 'plan', pr: 1 },
        { do: 'review', pr: 1, by: 'ben', state: 'approve' },
      ];
      const alphabet: Step[] = [
        push,
        correct,
        { do: 'merge', pr: 1, how: 'merge' },
        { do: 'wait', days: 1 },
        { do: 'push', by: 'cat', set: { grants: { bob: null } } },
        { do: 'push', by: 'cat', set: { grants: { bob: { ...grant, until: 3 } } } },
        { do: 'push', by: 'cat', set: { grants: { bob: grant } } },
        { do: 'push', by: 'cat', set },
        { do: 'plan', pr: 1 },
      ];
      const found = enumerate(beginning, alphabet, depth, [correct, { do: 'wait', days: 1 }, correct]);
      expect(found).toEqual({ count: alphabet.length ** depth, first: '' });
    },
    TIMEOUT,
  );
});
