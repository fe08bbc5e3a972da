import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { Verdict } from '../../../src/model/plan.ts';
import { allow } from '../../../src/plan/guards/allow.ts';
import { guardNames } from '../../../src/plan/guards/guards.ts';
import { create, leave, names, verdictOf } from './scene.ts';

const blocked = verdictOf('creations', { operations: names(11).map((name) => create(name)) });
const lone = (verdict: Verdict, allowance: number) => allow([verdict], new Map([[verdict.guard, allowance]]))[0];

test('exactly the number that is reported lifts a guard, and the message says so instead of saying how', () => {
  const verdict = lone(blocked, 11);
  expect(verdict).toEqual({
    ...blocked,
    outcome: 'warn',
    message: expect.stringMatching(/and 6 more; allowed for this run by --allow creations=11$/),
  });
  expect(verdict?.message).not.toContain('lifts');
});

test.each([10, 12, 0])('any other number, such as %i, does not, and is told the right one', (allowance) => {
  const verdict = lone(blocked, allowance);
  expect(verdict).toEqual({ ...blocked, message: expect.stringMatching(`; an allowance of ${allowance} was given: give exactly 11$`) });
});

test('nothing lifts `protected`', () => {
  const verdict = verdictOf('protected', { operations: [leave('boss@x')], basis: { protected: ['boss@x'] } });
  for (const allowance of [0, 1, 2])
    expect(lone(verdict, allowance)).toEqual({ ...verdict, message: `${verdict.message}; no --allow lifts this guard` });
});

test('zero can be allowed where zero is what blocks', () => {
  const verdict = verdictOf('minAdmins', { people: { 'a@x': { figmaAdmin: true } }, operations: [leave('a@x')] });
  expect(verdict).toMatchObject({ outcome: 'block', count: 0 });
  expect(lone(verdict, 0)?.outcome).toBe('warn');
});

const verdicts = fc.array(
  fc.record({
    guard: fc.constantFrom(...guardNames),
    outcome: fc.constantFrom<Verdict['outcome'][]>('allow', 'warn', 'block'),
    count: fc.nat(3),
    message: fc.constantFrom('why', 'why; if this is meant, --allow pool=1 lifts the guard for one run'),
    operations: fc.constant([]),
  }),
);
const allowances = fc.dictionary(fc.constantFrom(...guardNames), fc.nat(3)).map((given) => new Map(Object.entries(given)));

test('only guards that block and are allowed by their exact number change their outcome, all else stays as it is', () => {
  fc.assert(
    fc.property(verdicts, allowances, (guards, given) => {
      const after = allow(guards, given);
      const concerned = (verdict: Verdict) => verdict.outcome === 'block' && given.has(verdict.guard);
      const lifted = (verdict: Verdict) =>
        concerned(verdict) && verdict.guard !== 'protected' && given.get(verdict.guard) === verdict.count;
      expect(after.map(({ guard, count }) => [guard, count])).toEqual(guards.map(({ guard, count }) => [guard, count]));
      expect(after.map(({ outcome }) => outcome)).toEqual(guards.map((verdict) => (lifted(verdict) ? 'warn' : verdict.outcome)));
      expect(after.filter((verdict, index) => verdict === guards[index])).toEqual(guards.filter((verdict) => !concerned(verdict)));
    }),
  );
});
