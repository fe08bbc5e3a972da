import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { defaultLimits, type Limit, type LimitName } from '../../../src/model/policy.ts';
import { allow } from '../../../src/plan/guards/allow.ts';
import { ceiling } from '../../../src/plan/guards/ceiling.ts';
import { calm, change, create, disband, each, inShort, leave, names, team, verdictOf, type Scene } from './scene.ts';

describe('what a limit comes to', () => {
  test.each<[string, Limit, number, number]>([
    ['a plain number, whatever the base', { count: 3 }, 1000, 3],
    ['a plain 0', { count: 0 }, 1000, 0],
    ['a percentage', { percent: 10 }, 200, 20],
    ['is rounded up', { percent: 10 }, 201, 21],
    ['but not by a hair of the arithmetic', { percent: 10 }, 110, 11],
    ['nor by that of a fraction', { percent: 1.1 }, 1000, 11],
    ['at least one', { percent: 10 }, 3, 1],
    ['at least one of nothing', { percent: 10 }, 0, 1],
    ['0 % is none', { percent: 0 }, 1000, 0],
    ['all of them', { percent: 100 }, 7, 7],
  ])('%s', (_, limit, base, expected) => {
    expect(ceiling(limit, base)).toBe(expected);
  });

  test('a floor of its own, which 0 % and plain numbers do not have', () => {
    expect([
      ceiling({ percent: 10 }, 12, 5),
      ceiling({ percent: 10 }, 60, 5),
      ceiling({ percent: 0 }, 60, 5),
      ceiling({ count: 1 }, 60, 5),
    ]).toEqual([5, 6, 0, 1]);
  });
});

/** For each limit `count` operations that it counts, one each. */
const counting: Readonly<Record<Exclude<LimitName, 'groupShrink'>, (name: string) => Operation>> = {
  creations: (name) => create(name),
  deactivations: (name) => leave(name),
  reactivations: (name) => change(name, { active: [false, true] }),
  downgrades: (name) => change(name, { seat: ['Full', 'Dev'] }),
  emailChanges: (name) => change(name, {}, { was: `old-${name}` }),
  membershipRemovals: (name) => team(name, { remove: ['m@x'] }),
  groupDeletions: (name) => disband(name),
  adminChanges: (name) => change(name, { figmaAdmin: [undefined, true] }),
};

describe.each(Object.entries(counting))('%s', (guard, one) => {
  const judged = (count: number, limit: Limit) => {
    const operations = names(count).map(one);
    const groups = each(names(count), { members: ['m@x'] });
    return verdictOf(guard, { operations, groups, basis: { limits: { ...defaultLimits, [guard]: limit } } });
  };
  test('none', () => {
    expect(judged(0, { count: 0 })).toMatchObject({ outcome: 'allow', count: 0, limit: 0, operations: [] });
  });
  test('exactly the limit', () => {
    expect(inShort(judged(3, { count: 3 }))).toBe('allow 3 of 3');
  });
  test('one above, with the names, the first five of them, and what lifts it', () => {
    const verdict = judged(7, { count: 6 });
    expect(inShort(verdict)).toBe('block 7 of 6');
    expect(verdict.operations).toHaveLength(7);
    expect(verdict.message).toContain(': u0@x, u1@x, u2@x, u3@x, u4@x and 2 more; ');
    expect(verdict.message).toContain(`--allow ${guard}=7 lifts`);
  });
  test('one at 0 %', () => {
    expect(inShort(judged(1, { percent: 0 }))).toBe('block 1 of 0');
  });
  test('is blind to what the others count', () => {
    const others = Object.entries(counting).filter(([name]) => name !== guard);
    const operations = others.map(([name, other]) => other(`${name}@x`));
    const groups = { 'membershipRemovals@x': { members: ['m@x'] }, 'groupDeletions@x': {} };
    expect(verdictOf(guard, { operations, groups })).toMatchObject({ outcome: 'allow', count: 0, operations: [] });
  });
});

describe('what percentages are of', () => {
  test.each<[LimitName, number]>([
    ['creations', 11],
    ['deactivations', 11],
    ['reactivations', 11],
    ['emailChanges', 11],
    ['downgrades', 4],
    ['membershipRemovals', 31],
    ['groupDeletions', 5],
    ['adminChanges', 1],
  ])('%s', (guard, limit) => {
    const population = { users: 110, paid: 40, memberships: 310, groups: 50 };
    const people = { 'a@x': { figmaAdmin: true }, 'b@x': { figmaAdmin: true, active: false }, 'c@x': { figmaAdmin: false } };
    const limits = { ...defaultLimits, [guard]: { percent: 10 } };
    expect(verdictOf(guard, { people, basis: { population, limits } }).limit).toBe(limit);
  });

  test('admins who share a name are admins', () => {
    const doubles = { 'a@x': [{ figmaAdmin: true }, { figmaAdmin: true }, { active: false, figmaAdmin: true }] };
    expect(verdictOf('adminChanges', { doubles, basis: { limits: { ...defaultLimits, adminChanges: { percent: 100 } } } }).limit).toBe(2);
  });

  test('of a small organization five users may be created all the same', () => {
    const population = { ...calm.population, users: 12 };
    const judged = (count: number) =>
      verdictOf('creations', { operations: names(count).map((name) => create(name)), basis: { population } });
    expect([judged(5), judged(6)].map(inShort)).toEqual(['allow 5 of 5', 'block 6 of 5']);
    expect(judged(6).message).toMatch(/^6 users would be created, 5 are allowed in one run \(10% of 12 users in scope, at least 5\): /);
  });
});

describe('what counts', () => {
  test.each<[string, LimitName, Operation, number]>([
    ['a group that is created is no creation', 'creations', { ...team('G', {}), action: 'create', id: 'create group G' }, 0],
    ['a user who is created active is not reactivated', 'reactivations', create('a@x', { active: true }), 0],
    ['a reactivation need not be alone', 'reactivations', change('a@x', { active: [false, true], title: ['A', 'B'] }), 1],
    ['a raise is no downgrade', 'downgrades', change('a@x', { seat: ['Dev', 'Full'] }), 0],
    ['of two types that Figma may add none is lower', 'downgrades', change('a@x', { seat: ['Buzz', 'Content'] }), 0],
    ['a first seat is none', 'downgrades', change('a@x', { seat: [undefined, 'View'] }), 0],
    ['who leaves is not lowered', 'downgrades', leave('a@x', { seat: 'Full' }), 0],
    ['a seat of a user who is created is not lowered', 'downgrades', create('a@x', { seat: 'View' }), 0],
    ['another title is no other address', 'emailChanges', change('a@x', { title: ['A', 'B'] }), 0],
    ['the address of a user who is created is not changed', 'emailChanges', create('a@x'), 0],
    ['a declared non-admin is no change', 'adminChanges', create('a@x', { figmaAdmin: false }), 0],
    ['nor is one whom the service said nothing of', 'adminChanges', change('a@x', { figmaAdmin: [undefined, false] }), 0],
    ['an admin who is created is one', 'adminChanges', create('a@x', { figmaAdmin: true }), 1],
    ['so is a loss', 'adminChanges', change('a@x', { figmaAdmin: [true, false] }), 1],
    ['who is added leaves nothing', 'membershipRemovals', team('G', { add: ['a@x', 'b@x'] }), 0],
    ['each member counts', 'membershipRemovals', team('G', { add: ['c@x'], remove: ['a@x', 'b@x'] }), 2],
    ['a deleted group counts all of its members', 'membershipRemovals', disband('G'), 5],
  ])('%s', (_, guard, operation, count) => {
    const groups = { G: { members: ['a@x', 'b@x', 'd@x'], strangers: 2 } };
    expect(verdictOf(guard, { groups, operations: [operation] }).count).toBe(count);
  });
});

describe('groupShrink', () => {
  const members = names(20);
  const judged = (lost: number, has: number, scene: Scene = {}) =>
    verdictOf('groupShrink', {
      groups: { G: { members: members.slice(0, has) } },
      operations: [team('G', { remove: members.slice(0, lost) })],
      ...scene,
    });
  test.each<[string, number, number, string]>([
    ['half of it', 5, 10, 'allow 5 of 5'],
    ['one above half', 6, 10, 'block 6 of 5'],
    ['rounded up', 6, 11, 'allow 6 of 6'],
    ['one above that', 7, 11, 'block 7 of 6'],
    ['nine are no group to watch', 9, 9, 'allow 0'],
    ['nobody leaves', 0, 10, 'allow 0'],
  ])('%s', (_, lost, has, expected) => {
    expect(inShort(judged(lost, has))).toBe(expected);
  });

  test('members who match no user are members', () => {
    expect(inShort(judged(5, 8, { groups: { G: { members: members.slice(0, 8), strangers: 2 } } }))).toBe('allow 5 of 5');
  });
  test('a deleted group loses everybody', () => {
    expect(inShort(judged(0, 10, { operations: [disband('G')] }))).toBe('block 10 of 5');
  });
  test('a new group loses nobody', () => {
    const { ref: _, ...created } = team('G', { add: members });
    expect(inShort(judged(0, 10, { operations: [{ ...created, action: 'create' }] }))).toBe('allow 0');
  });
  test('a plain number, and 0 %', () => {
    const limited = (groupShrink: Limit) => inShort(judged(3, 10, { basis: { limits: { ...defaultLimits, groupShrink } } }));
    expect([limited({ count: 3 }), limited({ count: 2 }), limited({ percent: 0 })]).toEqual([
      'allow 3 of 3',
      'block 3 of 2',
      'block 3 of 0',
    ]);
  });
  const groups = { A: { members: members.slice(0, 10) }, B: { members }, C: { members: members.slice(0, 12) } };
  test('of the groups that are over the largest loss speaks, and every group that is over is named', () => {
    const operations = [
      team('A', { remove: members.slice(0, 6) }),
      team('B', { remove: members.slice(0, 14) }),
      team('C', { remove: members.slice(0, 5) }),
    ];
    const verdict = verdictOf('groupShrink', { groups, operations });
    expect(inShort(verdict)).toBe('block 14 of 10');
    expect(verdict.operations).toEqual(['patch group A', 'patch group B']);
    expect(verdict.message).toMatch(
      /group A would lose 6 of its 10 members.* group B would lose 14 of its 20 members.*--allow groupShrink=14 /,
    );
  });
  test('a group that is over by more does not hide a larger loss: an allowance for it is refused', () => {
    const many = names(100);
    const scene: Scene = {
      groups: { Large: { members: many }, Small: { members }, Huge: { members: names(400) } },
      operations: [
        team('Small', { remove: members.slice(0, 18) }),
        team('Large', { remove: many.slice(0, 55) }),
        team('Huge', { remove: many.slice(0, 60) }),
      ],
    };
    const verdict = verdictOf('groupShrink', scene);
    expect(inShort(verdict)).toBe('block 55 of 50');
    expect(verdict.operations).toEqual(['patch group Small', 'patch group Large']);
    const allowed = (count: number) => allow([verdict], new Map([['groupShrink', count]]))[0]?.outcome;
    expect([allowed(18), allowed(60), allowed(55)]).toEqual(['block', 'block', 'warn']);
  });
  test('where none is over, the one that comes nearest', () => {
    const operations = [team('B', { remove: members.slice(0, 8) }), team('C', { remove: members.slice(0, 5) })];
    const verdict = verdictOf('groupShrink', { groups, operations });
    expect(inShort(verdict)).toBe('allow 5 of 6');
    expect(verdict.operations).toEqual(['patch group B', 'patch group C']);
  });
});
