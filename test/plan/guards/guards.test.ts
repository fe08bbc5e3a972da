import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { userNameOf } from '../../../src/model/directory.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Verdict } from '../../../src/model/plan.ts';
import { limitNames, type Limit, type LimitName } from '../../../src/model/policy.ts';
import { guardNames, judge } from '../../../src/plan/guards/guards.ts';
import { calm, change, create, disband, leave, names, situationOf, team, verdictOf, type Scene } from './scene.ts';

const noLimits = Object.fromEntries(limitNames.map((name) => [name, { count: 0 }])) as unknown as Record<LimitName, Limit>;
const members = names(12, 'm');
/** Guards that do not advise to lift them. */
const unliftable = new Set(['protected', 'ambiguous']);

test('every guard is reported by its name, in the order of the contract', () => {
  expect(guardNames).toEqual([
    'creations',
    'deactivations',
    'reactivations',
    'downgrades',
    'emailChanges',
    'membershipRemovals',
    'groupShrink',
    'groupDeletions',
    'adminChanges',
    'protected',
    'undeclaredMembers',
    'ambiguous',
    'minAdmins',
    'pool',
    'budget',
    'shrunkLive',
    'seatsUnavailable',
  ]);
  expect(judge(situationOf({})).map(({ guard }) => guard)).toEqual(guardNames);
});

test('where nothing changes, nothing blocks or warns', () => {
  expect(judge(situationOf({ basis: { limits: noLimits } })).map(({ outcome }) => outcome)).toEqual(guardNames.map(() => 'allow'));
});

test('all that is wrong is reported at once: none hides the next', () => {
  const loss = team('G', { remove: members.slice(0, 8) });
  const scene: Scene = {
    people: { 'a@x': { figmaAdmin: true }, 'b@x': { figmaAdmin: true }, 'c@x': { active: false }, 'd@x': {}, 'old@x': {} },
    groups: { G: { members }, H: {} },
    operations: [
      leave('b@x'),
      change('d@x', { seat: ['Full', 'Dev'] }),
      change('c@x', { active: [false, true] }),
      change('new@x', {}, { was: 'old@x' }),
      change('a@x', { figmaAdmin: [true, false] }),
      create('n@x', { seat: 'Full' }),
      loss,
      disband('H'),
    ],
    basis: {
      limits: noLimits,
      protected: ['b@x'],
      pools: { Full: { purchased: 0, outside: 0 }, Dev: { purchased: 0, outside: 0 } },
      budgets: [{ name: 'All', seats: { Full: 0 }, users: [userNameOf('n@x')], joining: [], leaving: [] }],
      declared: { users: 1, missing: 1 },
      doubts: [{ message: 'who is who?' }],
      undeclaredMembers: [{ user: userNameOf('m0@x'), operation: loss.id }],
    },
  };
  const verdicts = judge(situationOf(scene));
  expect(verdicts.filter(({ outcome }) => outcome !== 'block')).toEqual([]);
  for (const { guard, message, count } of verdicts) {
    expect(message).not.toMatch(/undefined|NaN|\n/);
    expect(unliftable.has(guard) || message.includes(`--allow ${guard}=${count} `)).toBe(true);
  }
});

const operationsFrom = (picks: readonly number[]): readonly Operation[] =>
  picks.map((pick, index) => {
    const name = `p${index}@x`;
    const kinds: readonly Operation[] = [
      create(name),
      leave(name),
      change(name, { active: [false, true] }),
      change(name, { seat: ['Full', 'View'] }),
      change(name, {}, { was: `old-${name}` }),
      change(name, { figmaAdmin: [true, false] }),
      team('G', { remove: members.slice(0, index % 12) }),
      disband('H'),
    ];
    return kinds[pick] ?? create(name);
  });

const isOver = ({ count, limit }: Verdict) => limit !== undefined && count > limit;

test('a higher limit never blocks what a lower one allows', () => {
  const limit = fc.oneof(
    fc.record({ count: fc.nat(20), more: fc.nat(20) }).map(({ count, more }) => [{ count }, { count: count + more }] as const),
    fc.record({ percent: fc.nat(100), more: fc.nat(50) }).map(({ percent, more }) => [{ percent }, { percent: percent + more }] as const),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...limitNames),
      limit,
      fc.array(fc.nat(7), { maxLength: 25 }),
      fc.nat(60),
      (guard, [low, high], picks, users) => {
        const judged = (limit: Limit) =>
          verdictOf(guard, {
            groups: { G: { members }, H: { members, strangers: 3 } },
            operations: operationsFrom(picks),
            basis: { limits: { ...calm.limits, [guard]: limit }, population: { users, paid: users, memberships: users, groups: users } },
          });
        const [lower, higher] = [judged(low), judged(high)];
        expect([lower.outcome, higher.outcome]).not.toEqual(['allow', 'block']);
        expect([lower, higher].map(isOver)).toEqual([lower, higher].map(({ outcome }) => outcome === 'block'));
      },
    ),
    { numRuns: 300 },
  );
});
