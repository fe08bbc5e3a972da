import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approvedRules, rulesInForce, unapprovedRules } from '../../src/approval/in-force.ts';
import { changedRules } from '../../src/approval/rules.ts';
import { strictestOf, stricterOf } from '../../src/approval/stricter.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { ruleChangeId } from '../../src/model/change-id.ts';
import type { Policy } from '../../src/model/policy.ts';
import { organizations } from './organizations.ts';
import { allowedBy, bounds, looseness, policy, ruled, sourceOf } from './policies.ts';

const policies = organizations.map(policyOf);
const nothing = () => false;
const everything = () => true;

const design = (seats: string, where = '{ department: D }') => `{ budgets: [{ name: Design, where: ${where}, seats: ${seats} }] }`;
const full = (pool: string) => `{ seats: { Full: ${pool} } }`;

describe('until a change is approved the stricter of both holds, then the new one', () => {
  test.each<[string, [applied: string, tip: string], string, (one: Policy) => unknown, [open: unknown, approved: unknown]]>([
    ['fewer admins', ['{ minAdmins: 3 }', '{ minAdmins: 1 }'], 'minAdmins', (one) => one.minAdmins, [3, 1]],
    ['more admins', ['{ minAdmins: 1 }', '{ minAdmins: 3 }'], 'minAdmins', (one) => one.minAdmins, [3, 3]],
    ['the default number of admins', ['{ minAdmins: 5 }', '{ tenantId: "1" }'], 'minAdmins', (one) => one.minAdmins, [5, 2]],
    [
      'a higher limit',
      ['{ limits: { deactivations: 3 } }', '{ limits: { deactivations: 9 } }'],
      'limits.deactivations',
      (one) => one.limits.deactivations,
      [{ count: 3 }, { count: 9 }],
    ],
    [
      'a lower percentage',
      ['{ limits: { deactivations: 30% } }', '{ limits: { deactivations: 9% } }'],
      'limits.deactivations',
      (one) => one.limits.deactivations,
      [{ percent: 9 }, { percent: 9 }],
    ],
    [
      'no pool any more',
      [full('{ purchased: 5, outside: 1 }'), '{ tenantId: "1" }'],
      'seats.Full.purchased',
      (one) => one.pools.Full,
      [{ purchased: 5, outside: 1 }, undefined],
    ],
    ['a first pool', ['{ tenantId: "1" }', full('{ purchased: 5 }')], 'x', (one) => one.pools.Full?.purchased, [5, 5]],
    [
      'more seats, none of which is to be given out',
      [full('{ purchased: 5 }'), full('{ purchased: 9, outside: 4 }')],
      'seats.Full.',
      (one) => one.pools.Full,
      [
        { purchased: 9, outside: 4 },
        { purchased: 9, outside: 4 },
      ],
    ],
    [
      'fewer seats outside',
      [full('{ purchased: 5, outside: 2 }'), full('{ purchased: 5, outside: 1 }')],
      'seats.Full.outside',
      (one) => one.pools.Full,
      [
        { purchased: 5, outside: 2 },
        { purchased: 5, outside: 1 },
      ],
    ],
    [
      'another price',
      [full('{ purchased: 5, monthlyPrice: 9 }'), full('{ purchased: 7, monthlyPrice: 8 }')],
      'seats.Full.purchased',
      (one) => one.pools.Full,
      [
        { purchased: 5, outside: 0, monthlyPrice: 8 },
        { purchased: 7, outside: 0, monthlyPrice: 8 },
      ],
    ],
    [
      'a larger budget',
      [design('{ Full: 5 }'), design('{ Full: 9, Dev: 1 }')],
      'budgets.Design.seats.Full',
      (one) => one.budgets.map(({ seats }) => seats),
      [[{ Full: 5, Dev: 1 }], [{ Full: 9, Dev: 1 }]],
    ],
    [
      'no budget any more',
      [design('{ Full: 5 }'), '{ tenantId: "1" }'],
      'budgets.Design.seats.Full',
      (one) => one.budgets.map(({ seats }) => seats),
      [[{ Full: 5 }], []],
    ],
    [
      'a budget for others',
      [design('{ Full: 5 }'), design('{ Full: 5 }', '{ title: T }')],
      'budgets.Design.where.',
      (one) => one.budgets.map(({ where }) => [...where.keys()].join()),
      [['title', 'department'], ['title']],
    ],
    [
      'somebody who is protected no more',
      ['{ protected: [P@x.io, q@x.io] }', '{ protected: [q@x.io, r@x.io] }'],
      'protected["p@x.io"]',
      (one) => one.protected,
      [
        ['q@x.io', 'r@x.io', 'p@x.io'],
        ['q@x.io', 'r@x.io'],
      ],
    ],
    [
      'another way with the undeclared',
      ['{ unmanaged: { users: report } }', '{ unmanaged: { users: deactivate } }'],
      'x',
      (one) => one.unmanaged.users,
      ['deactivate', 'deactivate'],
    ],
    [
      'fewer approvals, by more people',
      ['{ separation: { approvals: 2, notBy: [author, committer] } }', '{ separation: { approvals: 1, notBy: [requester] } }'],
      'separation.',
      (one) => one.separation,
      [
        { approvals: 2, notBy: ['requester', 'author', 'committer'] },
        { approvals: 1, notBy: ['requester'] },
      ],
    ],
    [
      'people who are left out no more',
      ['{ tenantId: "1" }', '{ separation: { notBy: [] } }'],
      'separation.notBy',
      (one) => one.separation.notBy,
      [['author', 'committer', 'requester', 'beneficiary'], []],
    ],
  ])('%s', (_, [applied, tip], path, seen, [open, approved]) => {
    const under = (isApproved: (path: string) => boolean) => seen(rulesInForce(policy(applied), policy(tip), isApproved).policy);
    expect(under(nothing)).toEqual(open);
    expect(under((one) => one.startsWith(path))).toEqual(approved);
    expect(under((one) => !one.startsWith(path))).toEqual(open);
  });

  test('a number and a percentage hold both, whichever is lower', () => {
    const [applied, tip] = [policy('{ limits: { creations: 7 } }'), policy('{ limits: { creations: 10% } }')];
    const inForce = rulesInForce(applied, tip, nothing).policy;
    expect([10, 60, 61, 1000].map((population) => allowedBy(inForce, 'creations', population))).toEqual([5, 6, 7, 7]);
    expect(rulesInForce(inForce, tip, (path) => path === 'limits.creations').policy).toEqual(tip);
  });

  test('what only the applied configuration ignores is held, and ignored no more', () => {
    const applied = policy('{ ignore: { users: [A-*, b-*], groups: [X, Z] } }');
    const tip = policy('{ ignore: { users: [c-*], groups: [Z] } }');
    const { policy: inForce, heldBy } = rulesInForce(applied, tip, (path) => path === 'ignore.users["b-*"]');
    expect(inForce.ignore).toEqual(tip.ignore);
    expect(heldBy).toEqual({ users: ['a-*'], groups: ['X'] });
  });

  test('of a pool each number waits for its own approval', () => {
    const [applied, tip] = [policy(full('{ purchased: 5, outside: 2 }')), policy(full('{ purchased: 9, outside: 1 }'))];
    const seen = (...paths: readonly string[]) => rulesInForce(applied, tip, (path) => paths.includes(path)).policy.pools.Full;
    expect(seen('seats.Full.purchased')).toEqual({ purchased: 9, outside: 2 });
    expect(seen('seats.Full.outside')).toEqual({ purchased: 5, outside: 1 });
  });

  test('a budget that is about others by an approved change keeps the lower number', () => {
    const [applied, tip] = [policy(design('{ Full: 5 }')), policy(design('{ Full: 9 }', '{ department: [D, E] }'))];
    const seen = (isApproved: (path: string) => boolean) =>
      rulesInForce(applied, tip, isApproved).policy.budgets.map(({ where, seats }) => [where.get('department')?.join(), seats.Full]);
    expect(seen(nothing)).toEqual([
      ['D,E', 9],
      ['D', 5],
    ]);
    expect(seen((path) => path.includes('where'))).toEqual([['D,E', 5]]);
    expect(seen((path) => path.includes('seats'))).toEqual([
      ['D,E', 9],
      ['D', 9],
    ]);
  });
});

describe('approval of rules by what the tip wants of them', () => {
  const applied = ruled('{ minAdmins: 3, protected: [p@x.io, q@x.io], limits: { downgrades: 1 } }');
  const tip = ruled('{ minAdmins: 1, protected: [q@x.io], limits: { downgrades: 2 } }');
  const changes = changedRules(tip, applied);
  const [admins, downgrades, guarded] = changes.map(ruleChangeId);

  test('each by itself', () => {
    const ids = new Set([admins, guarded]);
    expect(changes).toHaveLength(3);
    expect(unapprovedRules(applied, tip, (id) => ids.has(id)).map(({ rule }) => rule)).toEqual(['limits.downgrades']);
    const isApproved = approvedRules(tip, (id) => ids.has(id));
    expect(['minAdmins', 'protected["p@x.io"]', 'limits.downgrades', 'protected["q@x.io"]'].map(isApproved)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('of another value than the approved one nothing is approved', () => {
    const isApproved = approvedRules(ruled('{ minAdmins: 0, protected: [p@x.io], limits: { downgrades: 3 } }'), (id) =>
      [admins, downgrades, guarded].includes(id),
    );
    expect(['minAdmins', 'protected["p@x.io"]', 'limits.downgrades'].map(isApproved)).toEqual([false, false, false]);
  });
});

describe('any two policies', () => {
  test('the rules in force are never looser than either', () => {
    fc.assert(
      fc.property(policies, policies, fc.nat(2000), (applied, tip, population) => {
        const inForce = rulesInForce(applied, tip, nothing).policy;
        expect(looseness(inForce, applied, population)).toEqual([]);
        expect(looseness(inForce, tip, population)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('the tip is in force where everything is approved, and is a limit to it whatever is', () => {
    fc.assert(
      fc.property(policies, policies, fc.nat(2000), fc.func(fc.boolean()), (applied, tip, population, isApproved) => {
        expect(rulesInForce(applied, tip, everything)).toEqual({ policy: tip, heldBy: { users: [], groups: [] } });
        expect(looseness(rulesInForce(applied, tip, isApproved).policy, tip, population)).toEqual([]);
      }),
    );
  });

  test('what is in force stays so when it is looked at again', () => {
    fc.assert(
      fc.property(policies, policies, fc.func(fc.boolean()), (applied, tip, isApproved) => {
        const once = rulesInForce(applied, tip, isApproved).policy;
        expect(bounds(rulesInForce(once, tip, isApproved).policy)).toEqual(bounds(once));
        const unapproved = rulesInForce(applied, tip, nothing).policy;
        expect(bounds(rulesInForce(applied, unapproved, nothing).policy)).toEqual(bounds(unapproved));
      }),
    );
  });

  test('the stricter is the same from both sides, and the strictest in any order', () => {
    fc.assert(
      fc.property(policies, policies, policies, (one, two, three) => {
        expect(bounds(stricterOf(one, two))).toEqual(bounds(stricterOf(two, one)));
        expect(bounds(strictestOf([one, two, three]))).toEqual(bounds(strictestOf([three, one, two])));
        expect(stricterOf(one, one)).toEqual(one);
      }),
    );
  });

  test('changes that are approved by their ids are in force as the tip has them', () => {
    fc.assert(
      fc.property(organizations, organizations, (before, after) => {
        const [applied, tip] = [sourceOf(before), sourceOf(after)];
        const ids = new Set(changedRules(tip, applied).map(ruleChangeId));
        const inForce = rulesInForce(
          policyOf(before),
          policyOf(after),
          approvedRules(tip, (id) => ids.has(id)),
        );
        expect(inForce).toEqual({ policy: policyOf(after), heldBy: { users: [], groups: [] } });
        expect(unapprovedRules(applied, tip, (id) => ids.has(id))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
