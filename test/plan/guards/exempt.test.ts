import { describe, expect, test } from 'vitest';
import { changesIn, type ChangeId } from '../../../src/model/change-id.ts';
import type { Operation } from '../../../src/model/operation.ts';
import { limitNames, type Limit, type LimitName } from '../../../src/model/policy.ts';
import { countedOperations, exemptAmong } from '../../../src/plan/guards/exempt.ts';
import { change, create, disband, inShort, leave, names, team, verdictOf, type Scene } from './scene.ts';

const idsOf = (...operations: readonly Operation[]) =>
  operations.flatMap((operation) => changesIn(operation).map(({ changeId }) => changeId));
const none = Object.fromEntries(limitNames.map((name) => [name, { count: 0 }])) as Record<LimitName, Limit>;

/** What a guard counts where nothing is allowed, and these changes are exempt. */
function judged(guard: string, operations: readonly Operation[], exempt: readonly ChangeId[], scene: Scene = {}) {
  return verdictOf(guard, { operations, ...scene, basis: { limits: none, exempt, ...scene.basis } });
}

describe('limits do not count what is exempt', () => {
  const groups = { G: { members: names(12) }, H: { members: names(2) } };
  test.each<[string, Operation, number]>([
    ['creations', create('a@x'), 1],
    ['deactivations', leave('a@x'), 1],
    ['reactivations', change('a@x', { active: [false, true] }), 1],
    ['downgrades', change('a@x', { seat: ['Full', 'Dev'] }), 1],
    ['emailChanges', change('a@x', {}, { was: 'old@x' }), 1],
    ['membershipRemovals', team('G', { remove: names(6) }), 6],
    ['groupShrink', team('G', { remove: names(6) }), 6],
    ['groupDeletions', disband('H'), 1],
    ['adminChanges', change('a@x', { figmaAdmin: [true, false] }), 1],
  ])('%s', (guard, operation, count) => {
    expect(judged(guard, [operation], [], { groups })).toMatchObject({ outcome: 'block', count });
    expect(judged(guard, [operation], idsOf(operation), { groups })).toMatchObject({ outcome: 'allow', count: 0, operations: [] });
  });

  test('of one operation the other edits count, under the name of the operation', () => {
    const both = change('a@x', { seat: ['Full', 'View'], figmaAdmin: [true, false] });
    const [seat, admin] = idsOf(both);
    const count = (guard: string, exempt: ChangeId | undefined) => judged(guard, [both], exempt === undefined ? [] : [exempt]);
    expect([count('downgrades', seat), count('adminChanges', seat)].map(inShort)).toEqual(['allow 0 of 0', 'block 1 of 0']);
    expect([count('downgrades', admin), count('adminChanges', admin)].map(inShort)).toEqual(['block 1 of 0', 'allow 0 of 0']);
    expect(count('adminChanges', seat).operations).toEqual([both.id]);
  });

  test('of a group only the members who are not exempt', () => {
    const operation = team('G', { remove: names(7), add: ['new@x'] });
    const exempt = idsOf(team('G', { remove: names(4) }));
    expect(inShort(judged('membershipRemovals', [operation], exempt, { groups }))).toBe('block 3 of 0');
    expect(inShort(judged('groupShrink', [operation], exempt, { groups }))).toBe('block 3 of 0');
    expect(countedOperations([operation], exempt)[0]).toMatchObject({ id: operation.id, action: 'patch', edits: { length: 4 } });
  });

  test('a deleted group is exempt as a whole, its members included, and not by the members alone', () => {
    const gone = disband('G');
    for (const guard of ['groupDeletions', 'membershipRemovals', 'groupShrink']) {
      expect(judged(guard, [gone], idsOf(gone), { groups }).count).toBe(0);
      expect(judged(guard, [gone], idsOf(team('G', { remove: names(12) })), { groups }).count).toBeGreaterThan(0);
    }
  });

  test('another change of the same object is not', () => {
    const lower = change('a@x', { seat: ['Full', 'View'] });
    expect(
      judged('downgrades', [lower], idsOf(change('a@x', { seat: ['Full', 'Dev'] }), change('b@x', { seat: ['Full', 'View'] }))).count,
    ).toBe(1);
  });
});

describe('every other guard sees what is exempt', () => {
  test.each<[string, Operation, Scene]>([
    ['protected', leave('a@x'), { basis: { protected: ['a@x'] } }],
    ['minAdmins', leave('a@x'), { people: { 'a@x': { figmaAdmin: true } } }],
    [
      'pool',
      change('a@x', { seat: ['View', 'Full'] }),
      { people: { 'a@x': { seat: 'View' } }, basis: { pools: { Full: { purchased: 0, outside: 0 } } } },
    ],
    [
      'budget',
      change('a@x', { seat: ['View', 'Full'] }),
      {
        people: { 'a@x': { seat: 'View' } },
        basis: { budgets: [{ name: 'B', seats: { Full: 0 }, users: ['a@x' as never], joining: [], leaving: [] }] },
      },
    ],
  ])('%s', (guard, operation, scene) => {
    expect(judged(guard, [operation], idsOf(operation), scene).outcome).toBe('block');
  });
});

test('a plan remembers of what is exempt what is in it, once and in order', () => {
  const operations = [leave('b@x'), change('a@x', { seat: ['Full', 'View'], title: ['A', 'B'] })];
  const [b, seat] = idsOf(...operations);
  const exempt = new Set([seat, b, ...idsOf(leave('c@x'))].filter((id) => id !== undefined));
  expect(exemptAmong(operations, exempt)).toEqual([b, seat].filter((id) => id !== undefined).sort());
  expect(exemptAmong(operations, undefined)).toEqual([]);
  expect(exemptAmong([], exempt)).toEqual([]);
});
