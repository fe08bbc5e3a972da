import { describe, expect, test } from 'vitest';
import { allowedExactly, allowedUpTo, sumOfAllowances, usedAllowances } from '../../src/approval/allowed.ts';
import type { Day } from '../../src/model/day.ts';
import type { Verdict } from '../../src/model/plan.ts';

function verdict(guard: string, count: number, outcome: Verdict['outcome'] = 'block'): Verdict {
  return { guard, outcome, count, limit: 1, message: `${guard} says no`, operations: [] };
}

const outcomes = (guards: readonly Verdict[], allowances: Record<string, number>) =>
  allowedUpTo(guards, new Map(Object.entries(allowances)), () => true).map(({ outcome }) => outcome);

describe('an approved allowance', () => {
  test.each<[string, number, Record<string, number>, string]>([
    ['deactivations', 45, { deactivations: 45 }, 'warn'],
    ['deactivations', 44, { deactivations: 45 }, 'warn'],
    ['deactivations', 46, { deactivations: 45 }, 'block'],
    ['deactivations', 45, { deletions: 45 }, 'block'],
    ['deactivations', 45, {}, 'block'],
    ['deactivations', 0, { deactivations: 0 }, 'warn'],
    ['minAdmins', 1, { minAdmins: 1 }, 'warn'],
    ['minAdmins', 2, { minAdmins: 1 }, 'warn'],
    ['minAdmins', 0, { minAdmins: 1 }, 'block'],
    ['protected', 1, { protected: 1 }, 'block'],
    ['constructor', 1, {}, 'block'],
  ])('%s at %d under %j: %s', (guard, count, allowances, outcome) => {
    expect(outcomes([verdict(guard, count)], allowances)).toEqual([outcome]);
  });

  test('stands for what was approved along with it, and for nothing else', () => {
    const asked = { ...verdict('deactivations', 2), operations: ['deactivate user a', 'deactivate user b'] as const };
    const allowances = new Map([['deactivations', 2]]);
    expect(allowedUpTo([asked], allowances, () => true)[0]?.outcome).toBe('warn');
    const [refused] = allowedUpTo([asked], allowances, (_, operation) => operation === 'deactivate user a');
    expect(refused).toMatchObject({ outcome: 'block', message: expect.stringContaining('and not for this') });
  });

  test('leaves alone what does not block', () => {
    const guards = [verdict('deactivations', 3, 'allow'), verdict('downgrades', 3, 'warn')];
    expect(allowedUpTo(guards, new Map([['deactivations', 1]]), () => true)).toEqual(guards);
  });

  test('is said, and so is one that does not suffice', () => {
    const [lifted, short] = allowedUpTo([verdict('a', 3), verdict('b', 3)], new Map(Object.entries({ a: 5, b: 2 })), () => true);
    expect(lifted?.message).toBe('a says no; allowed up to 5 in an approved pull request');
    expect(short?.message).toBe('b says no; what was approved allows 2');
  });
});

describe('what a description allows', () => {
  const judged = (guard: string, count: number, allowances: Record<string, number>, outcome: Verdict['outcome'] = 'block') =>
    allowedExactly([verdict(guard, count, outcome)], new Map(Object.entries(allowances)), 'the description of the pull request').map(
      (one) => [one.outcome, one.message],
    );

  test.each<[string, number, Record<string, number>, string, string]>([
    ['deletions', 3, { deletions: 3 }, 'warn', 'deletions says no; allowed by the description of the pull request'],
    ['deletions', 3, { deletions: 4 }, 'block', 'deletions says no; an allowance of 4 was given: give exactly 3'],
    ['deletions', 3, { deactivations: 3 }, 'block', 'deletions says no'],
    ['minAdmins', 2, { minAdmins: 1 }, 'block', 'minAdmins says no; an allowance of 1 was given: give exactly 2'],
    ['protected', 1, { protected: 1 }, 'block', 'protected says no; nothing lifts this guard'],
  ])('%s at %d under %j', (guard, count, allowances, outcome, message) => {
    expect(judged(guard, count, allowances)).toEqual([[outcome, message]]);
  });

  test('does not touch what does not block', () => {
    expect(judged('deletions', 3, { deletions: 3 }, 'allow')).toEqual([['allow', 'deletions says no']]);
  });
});

test('several approvals allow together what each was given for; of what is left, the least', () => {
  const given = [{ deactivations: 3, minAdmins: 2 }, { deactivations: 4, deletions: 1 }, { minAdmins: 1 }];
  expect(Object.fromEntries(sumOfAllowances(given))).toEqual({ deactivations: 7, deletions: 1, minAdmins: 1 });
  expect(sumOfAllowances([]).size).toBe(0);
});

test('of several for one day the largest counts: each was given for all that the day changes', () => {
  const given = [
    { 'downgrades@2026-12-01': 8, downgrades: 1 },
    { 'downgrades@2026-12-01': 9, 'downgrades@2026-12-02': 2 },
    { downgrades: 2 },
  ];
  expect(Object.fromEntries(sumOfAllowances(given))).toEqual({ 'downgrades@2026-12-01': 9, 'downgrades@2026-12-02': 2, downgrades: 3 });
  expect(Object.fromEntries(sumOfAllowances([{ 'minAdmins@2026-12-01': 2 }, { 'minAdmins@2026-12-01': 1 }]))).toEqual({
    'minAdmins@2026-12-01': 1,
  });
});

describe('a verdict on a day to come', () => {
  const later: Verdict = { ...verdict('downgrades', 8), day: '2026-12-01' as Day };
  test.each<[string, number, string, string]>([
    ['downgrades@2026-12-01', 8, 'warn', 'warn'],
    ['downgrades@2026-12-01', 9, 'block', 'warn'],
    ['downgrades@2026-12-01', 7, 'block', 'block'],
    ['downgrades@2026-12-02', 8, 'block', 'block'],
    ['downgrades', 8, 'block', 'block'],
  ])('under %s=%i', (key, count, exactly, upTo) => {
    const given = new Map([[key, count]]);
    expect(allowedExactly([later], given, 'somebody')[0]?.outcome).toBe(exactly);
    expect(allowedUpTo([later], given, () => true)[0]?.outcome).toBe(upTo);
    expect([...usedAllowances([later], given)]).toEqual(exactly === 'warn' ? [[key, count]] : []);
  });
  test('its allowance lifts nothing of today', () => {
    const given = new Map([['downgrades@2026-12-01', 8]]);
    const now = verdict('downgrades', 8);
    expect([allowedExactly([now], given, 'x'), allowedUpTo([now], given, () => true)].flat().map(({ outcome }) => outcome)).toEqual([
      'block',
      'block',
    ]);
    expect(usedAllowances([now], given).size).toBe(0);
  });
});

test('used is what lifts a guard, at exactly its number, and never protected', () => {
  const guards = [verdict('a', 3), verdict('b', 3), verdict('c', 3, 'warn'), verdict('protected', 1)];
  const given = new Map(Object.entries({ a: 3, b: 4, c: 3, protected: 1, d: 1 }));
  expect([...usedAllowances(guards, given)]).toEqual([['a', 3]]);
});
