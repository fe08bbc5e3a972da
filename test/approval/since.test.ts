import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SignedIds } from '../../src/approval/own.ts';
import { isShownBy } from '../../src/approval/since.ts';
import { datedId, type ChangeId } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import { hashOf, id, seat, signedPlan } from './pulls.ts';

const day = (text: string) => text as Day;
const full = seat('a@x.io', 'Full');
const dev = seat('b@x.io', 'Dev');
const rule = id('rule', 'organization', { kind: 'organization', attribute: 'minAdmins', value: '1' });
const back = `takes back ${dev}` as ChangeId;
const later = datedId(seat('c@x.io', 'Full'), '2026-11-25');
const none: SignedIds = { changes: [], rules: [], takenBack: [], dated: [] };
const all: SignedIds = { changes: [full, dev], rules: [rule], takenBack: [back], dated: [later] };

/** Whether a plan of the 22nd that signed one thing has shown another. */
function shown(former: SignedIds, ids: SignedIds, { today = '2026-11-22', given = {}, now = {}, keyId = 'key' } = {}): boolean {
  return isShownBy(signedPlan(former, { allowances: given, keyId }), { ids, allowances: now, today: day(today) }, hashOf);
}

describe('whether all that a plan signs could be seen before', () => {
  test.each<[string, SignedIds, SignedIds, boolean]>([
    ['the same', all, all, true],
    ['nothing after nothing', none, none, true],
    ['less', all, none, true],
    ['one change more', { ...all, changes: [full] }, all, false],
    ['another value', { ...all, changes: [seat('a@x.io', 'Dev'), dev] }, all, false],
    ['a rule more', { ...all, rules: [] }, all, false],
    ['a withdrawal more', { ...all, takenBack: [] }, all, false],
    ['a day to come more', { ...all, dated: [] }, all, false],
    ['a day to come on another day', { ...all, dated: [datedId(seat('c@x.io', 'Full'), '2026-11-26')] }, all, false],
    ['a change that was shown as a withdrawal', { ...none, takenBack: [full] }, { ...none, changes: [full] }, false],
    ['a change that was shown as a rule', { ...none, rules: [full] }, { ...none, changes: [full] }, false],
  ])('%s', (_, former, ids, expected) => {
    expect(shown(former, ids)).toBe(expected);
  });

  test('under another key nothing can be compared', () => {
    expect(shown(all, all, { keyId: 'old' })).toBe(false);
    expect(shown(all, none, { keyId: 'old' })).toBe(true);
  });
});

describe('a change of a day that has come', () => {
  const former = { ...none, dated: [later] };
  const now = { ...none, changes: [seat('c@x.io', 'Full')] };

  test.each([
    ['2026-11-24', false],
    ['2026-11-25', true],
    ['2026-12-24', true],
    ['2027-11-22', true],
  ])('on %s', (today, expected) => {
    expect(shown(former, now, { today })).toBe(expected);
  });

  test('counts as shown with the value that was shown', () => {
    expect(shown(former, { ...none, changes: [seat('c@x.io', 'Dev')] }, { today: '2026-11-26' })).toBe(false);
  });

  test('one of a day that was past when it was planned was not shown as one of a day to come', () => {
    const past = { ...none, dated: [datedId(seat('c@x.io', 'Full'), '2026-11-22')] };
    expect(shown(past, now, { today: '2026-11-26' })).toBe(false);
  });
});

describe('allowances', () => {
  test.each<[Record<string, number>, Record<string, number>, boolean]>([
    [{}, {}, true],
    [{ downgrades: 3 }, { downgrades: 3 }, true],
    [{ downgrades: 3, 'downgrades@2026-12-01': 1 }, { downgrades: 3 }, true],
    [{ downgrades: 3 }, { downgrades: 4 }, false],
    [{ downgrades: 3 }, { downgrades: 2 }, false],
    [{}, { downgrades: 3 }, false],
    [{ downgrades: 3 }, { 'downgrades@2026-12-01': 3 }, false],
  ])('%j then %j', (given, now, expected) => {
    expect(shown(all, all, { given, now })).toBe(expected);
  });
});

test('a plan shows every part of what it signed, and nothing that it did not', () => {
  const ids = ['a', 'b', 'c', 'd'].map((name) => seat(name, 'Full'));
  const some = fc.record({ changes: fc.subarray(ids), rules: fc.subarray(ids), takenBack: fc.subarray(ids), dated: fc.subarray(ids) });
  fc.assert(
    fc.property(some, some, (former, now) => {
      const kinds = ['changes', 'rules', 'takenBack', 'dated'] as const;
      expect(shown(former, now)).toBe(kinds.every((kind) => now[kind].every((one) => former[kind].includes(one))));
    }),
  );
});
