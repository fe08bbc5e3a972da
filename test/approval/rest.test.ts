import { expect, test } from 'vitest';
import { digestOf, isNothing, type Rest } from '../../src/approval/rest.ts';
import { changedRules } from '../../src/approval/rules.ts';
import type { Day } from '../../src/model/day.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';
import { planned } from '../plan/declared.ts';
import { ruled } from './policies.ts';

const live = { users: { 'a@x.io': { seat: 'View' } } };
const plan = planned('users: [{ userName: a@x.io, seat: Full }]', live);
const none = planned('users: [{ userName: a@x.io, seat: View }]', live);
const rules = changedRules(ruled('{ minAdmins: 1, protected: [a@x.io] }'), ruled('{ minAdmins: 3 }'));
const change = (seat: string, day = '2026-12-01'): ScheduledChange => ({
  day: day as Day,
  userName: 'a@x.io',
  what: { seat: { after: seat } },
  cause: { via: 'grant' },
});
const rest = (more: Partial<Rest> = {}): Rest => ({ plan, rules: [], later: [], ...more });

test('the digest is that of the plan where there is nothing else', () => {
  expect(digestOf(rest())).toBe(plan.digest);
});

test('every part of the rest has a digest of its own, whatever the order', () => {
  const all = [
    rest(),
    rest({ rules }),
    rest({ rules: rules.slice(0, 1) }),
    rest({ rules: changedRules(ruled('{ minAdmins: 2 }'), ruled('{ minAdmins: 3 }')) }),
    rest({ later: [change('Full')] }),
    rest({ later: [change('Dev')] }),
    rest({ later: [change('Full', '2026-12-02')] }),
    rest({ rules, later: [change('Full')] }),
    rest({ plan: none, rules }),
  ];
  const digests = all.map(digestOf);
  expect(new Set(digests).size).toBe(all.length);
  for (const digest of digests) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(digestOf(rest({ rules: rules.toReversed() }))).toBe(digestOf(rest({ rules })));
});

test('a rule that is given back its old value is another rule', () => {
  const there = changedRules(ruled('{ minAdmins: 1 }'), ruled('{ minAdmins: 3 }'));
  const back = changedRules(ruled('{ minAdmins: 3 }'), ruled('{ minAdmins: 1 }'));
  expect(digestOf(rest({ rules: there }))).not.toBe(digestOf(rest({ rules: back })));
});

test('nothing is left where no part holds anything', () => {
  expect(isNothing(rest({ plan: none }))).toBe(true);
  expect(isNothing(rest())).toBe(false);
  expect(isNothing(rest({ plan: none, rules }))).toBe(false);
  expect(isNothing(rest({ plan: none, later: [change('Full')] }))).toBe(false);
});
