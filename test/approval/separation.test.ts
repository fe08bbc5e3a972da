import { describe, expect, test } from 'vitest';
import { separationAfter, stricterSeparation } from '../../src/approval/separation.ts';
import { changedRules } from '../../src/approval/rules.ts';
import { policyOf } from '../../src/desired/policy.ts';
import type { Separation } from '../../src/model/policy.ts';
import { ruled } from './policies.ts';

const of = (approvals: number, notBy: Separation['notBy']): Separation => ({ approvals, notBy });

test('the stricter of two: more approvals, and nobody whom either leaves out', () => {
  expect(stricterSeparation(of(1, ['author']), of(2, ['committer']))).toEqual(of(2, ['author', 'committer']));
  expect(stricterSeparation(of(2, ['committer']), of(1, ['author']))).toEqual(of(2, ['author', 'committer']));
  expect(stricterSeparation(of(0, []), of(0, []))).toEqual(of(0, []));
});

describe('after a commit', () => {
  const separationOf = (text: string) => policyOf(ruled(text).organization).separation;
  const after = (before: string, wanted: string, approved: readonly string[]) =>
    separationAfter(separationOf(before), separationOf(wanted), changedRules(ruled(wanted), ruled(before)), ({ rule }) =>
      approved.includes(rule),
    );

  const one = '{ separation: { approvals: 1, notBy: [author] } }';
  const none = '{ separation: { approvals: 0, notBy: [] } }';
  const [approvals, notBy] = ['separation.approvals', 'separation.notBy'];

  test.each<[string, string, string, readonly string[], Separation]>([
    ['nothing is approved', one, none, [], of(1, ['author'])],
    ['both are', one, none, [approvals, notBy], of(0, [])],
    ['only the number is', one, none, [approvals], of(0, ['author'])],
    ['only the people are', one, none, [notBy], of(1, [])],
    ['something else is', one, none, ['minAdmins'], of(1, ['author'])],
    ['nothing changes, whatever is approved', one, one, [approvals, notBy], of(1, ['author'])],
    [
      'a number is no longer written',
      '{ separation: { approvals: 0 } }',
      '{ minAdmins: 2 }',
      [approvals],
      separationOf('{ minAdmins: 2 }'),
    ],
  ])('%s', (_, before, wanted, approved, expected) => {
    expect(after(before, wanted, approved)).toEqual(expected);
  });

  test('what is in force may differ from what the configuration before said: it stays until a change is approved', () => {
    const rules = changedRules(ruled(none), ruled(one));
    expect(separationAfter(of(3, ['committer']), of(0, []), [], () => true)).toEqual(of(3, ['committer']));
    expect(separationAfter(of(3, ['committer']), of(0, []), rules, () => false)).toEqual(of(3, ['committer']));
  });
});
