import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/operation.ts';
import { defaultLimits, defaultPolicy, type Limit, type LimitName, limitNames } from '../../src/model/policy.ts';
import { groupShrink } from '../../src/plan/guards/group-shrink.ts';
import { judge } from '../../src/plan/guards/guards.ts';
import { lowerLimits } from '../../src/plan/lower-limits.ts';
import { plan } from '../../src/plan/plan.ts';
import { situation } from './agreement.ts';
import type { Situation } from '../../src/plan/guards/guard.ts';
import { create, leave, names, type Scene, situationOf as situationWithout, team } from './guards/scene.ts';

/** A situation in which every edit counts. */
function situationOf(scene: Scene): Situation {
  const situation = situationWithout(scene);
  return { ...situation, counted: situation.operations };
}

/** The limit that holds where a number and a percentage do both. */
function lower(name: LimitName, limits: readonly [Limit, Limit], scene: Scene): Limit {
  return lowerLimits({ limits: { ...defaultLimits, [name]: limits[0] }, otherLimits: { [name]: limits[1] } }, situationOf(scene))[name];
}

const population = (users: number) => ({ basis: { population: { users, paid: users, memberships: users, groups: users } } });

test.each<[LimitName, [number, number], number, Limit]>([
  ['deactivations', [3, 10], 30, { percent: 10 }],
  ['deactivations', [3, 10], 31, { count: 3 }],
  ['deactivations', [0, 10], 0, { count: 0 }],
  ['deactivations', [5, 0], 1000, { percent: 0 }],
  ['creations', [6, 10], 10, { percent: 10 }],
  ['creations', [4, 10], 10, { count: 4 }],
  ['downgrades', [3, 20], 15, { percent: 20 }],
  ['downgrades', [3, 20], 16, { count: 3 }],
  ['membershipRemovals', [3, 20], 16, { count: 3 }],
  ['groupDeletions', [3, 20], 10, { percent: 20 }],
  ['adminChanges', [2, 50], 10, { percent: 50 }],
])('%s: of %j (a number, a percentage) among %d', (name, [count, percent], users, expected) => {
  expect(lower(name, [{ percent }, { count }], population(users))).toEqual(expected);
});

test('of creations at least five count whichever limit stands first', () => {
  expect(lower('creations', [{ count: 4 }, { percent: 10 }], population(10))).toEqual({ count: 4 });
  expect(lower('creations', [{ count: 6 }, { percent: 10 }], population(10))).toEqual({ percent: 10 });
});

test('where there is one limit it holds', () => {
  expect(lowerLimits({ limits: defaultLimits }, situationOf(population(1000)))).toEqual(defaultLimits);
});

describe('a group that shrinks', () => {
  const groupOf = (name: string, members: number, losing: number): readonly [string, readonly string[], Operation] => {
    const list = names(members, name);
    return [name, list, team(name, { remove: list.slice(0, losing) })];
  };
  const shrinking = (...groups: readonly ReturnType<typeof groupOf>[]): Scene => ({
    groups: Object.fromEntries(groups.map(([name, members]) => [name, { members }])),
    operations: groups.map(([, , operation]) => operation),
  });

  test.each<[string, Scene, Limit]>([
    ['is judged by the number where that is lower', shrinking(groupOf('G', 40, 11)), { count: 10 }],
    ['is judged by the percentage where that is lower', shrinking(groupOf('G', 12, 7)), { percent: 50 }],
    ['is judged by the one that stops it, whatever the others do', shrinking(groupOf('G', 40, 10), groupOf('H', 12, 7)), { percent: 50 }],
    ['is let go by no limit that either would not', shrinking(groupOf('G', 40, 11), groupOf('H', 12, 7)), { count: 5 }],
    ['says the lower number where nothing is stopped', shrinking(groupOf('G', 40, 2)), { count: 10 }],
  ])('%s', (_, scene, expected) => {
    expect(lower('groupShrink', [{ percent: 50 }, { count: 10 }], scene)).toEqual(expected);
    expect(lower('groupShrink', [{ count: 10 }, { percent: 50 }], scene)).toEqual(expected);
  });

  test('is stopped where either limit stops it', () => {
    const limit = fc.oneof(
      fc.nat(15).map((count): Limit => ({ count })),
      fc.nat(100).map((percent): Limit => ({ percent })),
    );
    const groups = fc.array(
      fc.tuple(fc.integer({ min: 9, max: 40 }), fc.nat(40)).map(([members, losing]) => ({ members, losing })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(limit, limit, groups, (one, other, sizes) => {
        const scene = shrinking(...sizes.map(({ members, losing }, index) => groupOf(`g${index}`, members, losing)));
        const stoppedBy = (groupShrinkLimit: Limit): readonly string[] => {
          const { outcome, operations } = groupShrink(
            situationOf({ ...scene, basis: { limits: { ...defaultLimits, groupShrink: groupShrinkLimit } } }),
          );
          return outcome === 'block' ? operations : [];
        };
        expect(stoppedBy(lower('groupShrink', [one, other], scene))).toEqual(
          expect.arrayContaining([...stoppedBy(one), ...stoppedBy(other)]),
        );
      }),
      { numRuns: 300 },
    );
  });
});

test('a limit that is lower is what every guard blocks by', () => {
  const people = names(30, 'p');
  const operations = [...people.slice(0, 4).map((name) => leave(name)), ...names(6, 'n').map((name) => create(name))];
  const blocked = (otherLimits: { readonly [L in LimitName]?: Limit }) => {
    const scene = situationOf({ people: Object.fromEntries(people.map((name) => [name, {}])), operations });
    const limits = lowerLimits({ limits: defaultLimits, otherLimits }, scene);
    return judge({ ...scene, basis: { ...scene.basis, limits } })
      .filter(({ outcome }) => outcome === 'block')
      .map(({ guard }) => guard);
  };
  expect(blocked({})).toEqual([]);
  expect(blocked({ deactivations: { count: 3 }, creations: { count: 6 } })).toEqual(['deactivations']);
  expect(blocked({ creations: { count: 5 } })).toEqual(['creations']);
  expect(new Set(Object.keys(defaultLimits))).toEqual(new Set(limitNames));
});

test('a plan says by which limit it was judged', () => {
  const people = Object.fromEntries(names(30, 'p').map((name) => [name, { want: { active: name !== 'p0@x' }, have: {} }]));
  const { desired, live } = situation(people);
  const policy = { ...defaultPolicy, otherLimits: { deactivations: { count: 0 }, creations: { count: 50 } } };
  const planned = plan(desired, live, policy, { asOf: '2026-11-22' as never, config: { digest: '', files: [] } });
  if (!planned.ok) throw new Error('no plan');
  expect(planned.value.basis.limits).toEqual({ ...defaultLimits, deactivations: { count: 0 } });
  expect(planned.value.guards.filter(({ outcome }) => outcome === 'block').map(({ guard }) => guard)).toEqual(['deactivations']);
});
