import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyChanges, difference, returnOf, type ChangeOrigins, type Plans } from '../../src/approval/origins.ts';
import { changeIdsOf, parsedId, type ChangeId } from '../../src/model/change-id.ts';
import { planned, type Held } from '../plan/declared.ts';
import { id, seat } from './pulls.ts';

const user = (more: string) => `users: [{ userName: a@x.io${more} }]`;
const view: Held = { users: { 'a@x.io': { seat: 'View', title: 'T' } } };
const inactive: Held = { users: { 'a@x.io': { active: false, title: 'T' } } };
const raise = planned(user(', seat: Full, title: T'), view).operations;
const nothing = planned(user(', seat: View, title: T'), view).operations;
const full = seat('a@x.io', 'Full');

/** The part of each change, as `op part`. */
function partsOf(plans: Plans, approved: readonly ChangeId[] = [], touched: readonly ChangeId[] = []): readonly string[] {
  const origins = classifyChanges(plans, new Set(approved), (one) => touched.includes(one));
  return (Object.keys(origins) as (keyof ChangeOrigins)[]).flatMap((part) =>
    [...origins[part]].map((one) => `${parsedId(one).op} ${part}`),
  );
}

describe('what a change of the tip’s plan is', () => {
  test.each<[string, Plans, readonly ChangeId[], readonly ChangeId[], string]>([
    ['approved', { tip: raise }, [full], [], 'set approved'],
    [
      'approved, although the applied configuration asks for it too',
      { tip: raise, applied: raise, formerly: raise },
      [full],
      [],
      'set approved',
    ],
    ['not approved, on a first apply', { tip: raise }, [], [], 'set unreviewed'],
    ['new since the applied configuration', { tip: raise, applied: nothing, formerly: nothing }, [], [], 'set unreviewed'],
    [
      'new, although it was asked for on the day of the status',
      { tip: raise, applied: nothing, formerly: raise },
      [],
      [],
      'set unreviewed',
    ],
    ['came with time', { tip: raise, applied: raise, formerly: nothing }, [], [], 'set due'],
    ['was there already: somebody changed Figma', { tip: raise, applied: raise, formerly: raise }, [], [], 'set drift'],
    [
      'came with time, and a later commit wanted it otherwise',
      { tip: raise, applied: raise, formerly: nothing },
      [],
      [full],
      'set unreviewed',
    ],
    [
      'approved, and a later commit touched the field before',
      { tip: raise, applied: nothing, formerly: nothing },
      [full],
      [full],
      'set approved',
    ],
    [
      'was there already, and a later commit wanted it otherwise',
      { tip: raise, applied: raise, formerly: raise },
      [],
      [full],
      'set unreviewed',
    ],
    ['new, and touched', { tip: raise, applied: nothing, formerly: nothing }, [], [full], 'set unreviewed'],
  ])('%s', (_, plans, approved, touched, part) => {
    expect(partsOf(plans, approved, touched)).toEqual([part]);
  });

  test('what is approved and no longer asked for is in no part', () => {
    expect(partsOf({ tip: nothing }, [full])).toEqual([]);
  });
});

describe('what is due for somebody who was deactivated meanwhile', () => {
  const back = planned(user(', active: true, seat: Full, title: T'), inactive).operations;
  const before = planned(user(', active: true, title: T'), inactive).operations;
  const reactivate = id('reactivate', 'a@x.io');

  test('waits for the return of access, and is whatever that is', () => {
    expect(partsOf({ tip: back, applied: back, formerly: before })).toEqual(['reactivate drift', 'set drift']);
    expect(partsOf({ tip: back, applied: planned(user(', seat: Full, title: T'), inactive).operations })).toContain(
      'reactivate unreviewed',
    );
  });

  test('is due where the return is approved', () => {
    expect(partsOf({ tip: back, applied: back, formerly: before }, [reactivate])).toEqual(['reactivate approved', 'set due']);
  });

  test('an approved change stays approved', () => {
    expect(partsOf({ tip: back, applied: back, formerly: back }, [full])).toEqual(['set approved', 'reactivate drift']);
  });
});

test('the change that gives access back, and none for a create or a deactivation', () => {
  const of = (yaml: string, held: Held) => planned(yaml, held).operations.map(returnOf);
  expect(of(user(', active: true'), inactive)).toEqual([id('reactivate', 'a@x.io')]);
  expect(of(user(', active: false'), view)).toEqual([undefined]);
  expect(of(user(', active: true'), {})).toEqual([undefined]);
  expect(of(user(', seat: Full'), view)).toEqual([undefined]);
});

test('each change is in one part only, whatever the plans are', () => {
  const all = [...changeIdsOf(planned(user(', seat: Full, title: X, department: D, figmaAdmin: true'), view).operations)];
  const tip = planned(user(', seat: Full, title: X, department: D, figmaAdmin: true'), view).operations;
  const part = (ids: readonly ChangeId[]) =>
    tip.map((operation) =>
      Object.assign({}, operation, { edits: operation.edits.filter((_, index) => ids.includes(all[index] as ChangeId)) }),
    );
  const some = fc.subarray(all);
  fc.assert(
    fc.property(some, some, some, some, (applied, formerly, approved, touched) => {
      const plans = { tip, applied: part(applied), formerly: part(formerly) };
      const origins = classifyChanges(plans, new Set(approved), (one) => touched.includes(one));
      expect([...origins.approved, ...origins.due, ...origins.unreviewed, ...origins.drift].toSorted()).toEqual(all.toSorted());
      for (const one of origins.due)
        expect([applied.includes(one), formerly.includes(one), touched.includes(one)]).toEqual([true, false, false]);
      for (const one of origins.drift) expect([applied.includes(one), touched.includes(one)]).toEqual([true, false]);
      expect([...origins.approved].toSorted()).toEqual(approved.toSorted());
    }),
  );
});

test('what is in one set and not in the other', () => {
  expect(difference(new Set([1, 2]), new Set([2, 3]))).toEqual(new Set([1]));
});
