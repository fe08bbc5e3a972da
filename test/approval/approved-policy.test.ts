import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { approvedPolicy } from '../../src/approval/approved-policy.ts';
import { stricterOf } from '../../src/approval/stricter.ts';
import { policyOf } from '../../src/desired/policy.ts';
import type { Policy } from '../../src/model/policy.ts';
import { organizations } from './organizations.ts';
import { bounds, policy } from './policies.ts';

const applied = policy(`{
  protected: [p@x.io, q@x.io], minAdmins: 3, limits: { creations: 4 }, separation: { approvals: 2, notBy: [author] },
  seats: { Full: { purchased: 5, outside: 1, monthlyPrice: 9 } },
  budgets: [{ name: Design, where: { department: D }, seats: { Full: 5 } }]
  }`);
const tip = policy(`{
  protected: [q@x.io, r@x.io], minAdmins: 4, limits: { creations: 5% }, separation: { approvals: 3 },
  seats: { Full: { purchased: 9, monthlyPrice: 8 }, Dev: { purchased: 1 } },
  budgets: [{ name: Titles, where: { title: T }, seats: { Full: 1 } }]
  }`);

test.each<[string, readonly string[], (one: Policy) => unknown, unknown]>([
  [
    'nothing approved: stricter or not, it waits',
    [],
    (one) => [one.minAdmins, one.separation.approvals, one.protected],
    [3, 2, applied.protected],
  ],
  ['a number', ['minAdmins'], (one) => one.minAdmins, 4],
  ['who is protected no more', ['protected["p@x.io"]'], (one) => one.protected, ['q@x.io']],
  ['who is protected now', ['protected["r@x.io"]'], (one) => one.protected, ['p@x.io', 'q@x.io', 'r@x.io']],
  ['who was protected and is', ['protected["q@x.io"]'], (one) => one.protected, ['p@x.io', 'q@x.io']],
  ['a limit', ['limits.creations'], (one) => [one.limits.creations, one.otherLimits], [{ percent: 5 }, undefined]],
  ['a new pool', ['seats.Dev.purchased'], (one) => one.pools.Dev, { purchased: 1, outside: 0 }],
  ['a new pool that is not approved', [], (one) => one.pools.Dev, undefined],
  ['the price of a pool needs no approval', [], (one) => one.pools.Full, { purchased: 5, outside: 1, monthlyPrice: 8 }],
  ['a new budget of which the number is approved only', ['budgets.Titles.seats.Full'], (one) => one.budgets, applied.budgets],
  [
    'a new budget',
    ['budgets.Titles.seats.Full', 'budgets.Titles.where.title["T"]'],
    (one) => one.budgets,
    [...applied.budgets, ...tip.budgets],
  ],
  [
    'who may not approve',
    ['separation.notBy'],
    (one) => one.separation,
    { approvals: 2, notBy: ['author', 'committer', 'requester', 'beneficiary'] },
  ],
])('%s', (_, approved, seen, expected) => {
  expect(seen(approvedPolicy(applied, tip, (path) => approved.includes(path)))).toEqual(expected);
});

test('of two limits on one thing neither stays when another is approved', () => {
  const both = stricterOf(applied, policy('{ limits: { creations: 9% } }'));
  expect(both.otherLimits).toEqual({ creations: { count: 4 } });
  expect(approvedPolicy(both, tip, () => false).otherLimits).toEqual(both.otherLimits);
  expect(approvedPolicy(both, tip, (path) => path === 'limits.creations').otherLimits).toBeUndefined();
});

test('what bounds nothing is the last one’s', () => {
  expect(stricterOf(applied, tip).pools.Full).toEqual({ purchased: 5, outside: 1, monthlyPrice: 8 });
  expect(stricterOf(tip, applied).pools.Full).toEqual({ purchased: 5, outside: 1, monthlyPrice: 9 });
});

test('a budget is the same whatever the case of a manager’s address and the order of its values', () => {
  const managed = (managers: string, where = 'value') =>
    policy(`{ budgets: [{ name: A, where: { manager: { ${where}: ${managers} } }, seats: { Full: 1 } }] }`);
  const count = (one: Policy, other: Policy) => stricterOf(one, other).budgets.length;
  expect(count(managed('[M@x.io, n@x.io]'), managed('[n@x.io, m@x.io]'))).toBe(1);
  expect(count(managed('[m@x.io, n@x.io]'), managed('m@x.io'))).toBe(2);
  expect(count(managed('M', 'displayName'), managed('m', 'displayName'))).toBe(2);
});

test('between any two it goes from the one to the other', () => {
  const policies = organizations.map(policyOf);
  fc.assert(
    fc.property(policies, policies, (before, after) => {
      expect(bounds(approvedPolicy(before, after, () => false))).toEqual(bounds(before));
      expect(bounds(approvedPolicy(before, after, () => true))).toEqual(bounds(after));
    }),
  );
});
