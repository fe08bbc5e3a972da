import { describe, expect, test } from 'vitest';
import { faultOf, isApplied, progressOf, type MergeEnd, type MergeFault } from '../../src/approval/outcome.ts';
import type { OpenChange } from '../../src/approval/tally.ts';
import type { ChangeId } from '../../src/model/change-id.ts';
import { planned } from '../plan/declared.ts';
import { seat } from './pulls.ts';

const [operation] = planned('users: [{ userName: a@x.io, seat: Full }]', { users: { 'a@x.io': { seat: 'View' } } }).operations;
const [a, b, c] = ['a@x.io', 'b@x.io', 'c@x.io'].map((name) => seat(name, 'Full')) as [ChangeId, ChangeId, ChangeId];

function open(changeId: ChangeId, more: Partial<OpenChange> = {}): OpenChange {
  if (!operation) throw new Error('no operation');
  return { fate: 'held', reason: '', changeId, operation, edits: operation.edits, ...more };
}

/** Two approved, one due, and all is well. */
const well: MergeEnd = {
  origins: { approved: new Set([a, b]), due: new Set([c]) },
  open: [],
  isBlocked: false,
  isInterrupted: false,
  isHarmed: false,
  failed: 0,
  isUncertain: false,
  unapproved: { changes: 0, rules: 0, later: 0 },
  isDriftTooLarge: false,
  unresolved: 0,
};

const some = (part: keyof MergeEnd['unapproved']) => ({ unapproved: { ...well.unapproved, [part]: 1 } });

describe('what is red, and whether the commit counts as applied', () => {
  test.each<[string, Partial<MergeEnd>, MergeFault | undefined, boolean]>([
    ['nothing', {}, undefined, true],
    ['nothing was to be done', { origins: { approved: new Set(), due: new Set() } }, undefined, true],
    ['interrupted after all was done', { isInterrupted: true }, 'interrupted', false],
    ['a guard stops everything', { isBlocked: true }, 'blocked', false],
    ['side effects, although all is in place', { isHarmed: true }, 'harmed', true],
    ['an operation failed that was drift', { failed: 1 }, 'incomplete', true],
    ['an approved change failed', { open: [open(a, { fate: 'failed' })] }, 'incomplete', false],
    ['a due change was skipped', { open: [open(c, { fate: 'skipped' })] }, 'incomplete', false],
    ['an approved change is held by a guard', { open: [open(a, { guard: 'downgrades' })] }, 'held-by-guard', false],
    ['a due change waits', { open: [open(c)] }, 'waiting', false],
    ['drift waits', { open: [open('drift' as ChangeId)] }, 'waiting', true],
    ['a change is not approved', some('changes'), 'unapproved', false],
    ['a rule is not approved', some('rules'), 'unapproved', false],
    ['a day to come is not approved', some('later'), 'unapproved', false],
    ['too much drift', { isDriftTooLarge: true }, 'drift-too-large', true],
    ['something could not be planned', { unresolved: 1 }, 'unresolved', true],
    ['not all could be read', { isUncertain: true }, undefined, false],
  ])('%s', (_, change, fault, applied) => {
    const end = { ...well, ...change };
    expect(faultOf(end)).toBe(fault);
    expect(isApplied(end)).toBe(applied);
  });
});

test('of several faults the gravest is named', () => {
  const order: readonly (readonly [MergeFault, Partial<MergeEnd>])[] = [
    ['interrupted', { isInterrupted: true }],
    ['blocked', { isBlocked: true }],
    ['harmed', { isHarmed: true }],
    ['incomplete', { failed: 1 }],
    ['held-by-guard', { open: [open(a), open(b, { guard: 'downgrades' })] }],
    ['waiting', { open: [open(a)] }],
    ['unapproved', some('rules')],
    ['drift-too-large', { isDriftTooLarge: true }],
    ['unresolved', { unresolved: 2 }],
  ];
  for (const [index, [fault]] of order.entries()) {
    // The graver of two ways in which changes are open is put last, so that it stands.
    const end = Object.assign(
      {},
      well,
      ...order
        .slice(index)
        .toReversed()
        .map(([, change]) => change),
    ) as MergeEnd;
    expect(faultOf(end)).toBe(fault);
  }
});

test('progress counts what is approved or due, each once, and nothing else that is open', () => {
  expect(progressOf(well)).toEqual({ total: 3, done: 3 });
  expect(progressOf({ ...well, open: [open(a), open(a), open('drift' as ChangeId)] })).toEqual({ total: 3, done: 2 });
  expect(progressOf({ origins: { approved: new Set([a]), due: new Set([a]) }, open: [] })).toEqual({ total: 1, done: 1 });
});
