import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/model/day.ts';
import { lines, verdicts, type Held } from '../plan/declared.ts';
import { reviewOf, said } from './merged.ts';

const user = (more: string, rest = '') => `users: [{ userName: a@x.io${more} }, { userName: b@x.io }]\n${rest}`;
const live: Held = { users: { 'a@x.io': { seat: 'View', title: 'T' }, 'b@x.io': {} } };
const grant = (until: string, more = '') => `grants: [{ user: a@x.io, seat: Full, until: ${until}${more} }]`;

/** What a pull request signs, by kind. */
function signed(merged: string, base: string | undefined, held = live) {
  const { ids } = reviewOf(merged, base, held);
  return { changes: said(ids.changes), rules: ids.rules.length, takenBack: said(ids.takenBack), dated: said(ids.dated) };
}

const nothing = { changes: [], rules: 0, takenBack: [], dated: [] };

describe('what a pull request signs', () => {
  test('nothing, if it changes nothing', () => {
    expect(signed(user(', seat: View'), user(', seat: View'))).toEqual(nothing);
  });

  test('what it causes, and not what is pending without it', () => {
    expect(signed(user(', seat: Full, title: X'), user(', title: X'))).toEqual({ ...nothing, changes: ['set a@x.io seat Full'] });
    const { review } = reviewOf(user(', seat: Full, title: X'), user(', title: X'), live);
    expect(lines({ operations: review.pending })).toEqual([expect.stringContaining('title T→X')]);
    expect(lines(review.own)).toEqual([expect.stringMatching(/seat View→Full$/)]);
  });

  test('what it withdraws, with the value then wanted', () => {
    expect(signed(user(', seat: View'), user(', seat: Full'))).toEqual({
      ...nothing,
      takenBack: ['takes back set a@x.io seat Full', 'set a@x.io seat View'],
    });
    expect(signed(user(''), user(', seat: Full')).takenBack).toEqual(['takes back set a@x.io seat Full']);
    expect(lines({ operations: reviewOf(user(''), user(', seat: Full'), live).review.takenBack })).toHaveLength(1);
  });

  test('what comes on a day to come, and what it withdraws of that', () => {
    const from = grant('2026-12-31', ', from: 2026-12-01');
    expect(signed(user(', seat: View', from), user(', seat: View')).dated).toEqual([
      'set a@x.io seat Full 2026-12-01',
      'set a@x.io seat View 2027-01-01',
    ]);
    expect(signed(user(', seat: View'), user(', seat: View', from)).takenBack).toEqual([
      'takes back set a@x.io seat Full 2026-12-01',
      'takes back set a@x.io seat View 2027-01-01',
    ]);
    expect(signed(user(', seat: View', from), user(', seat: View', from))).toEqual(nothing);
  });

  test('rules, and that an object which is deactivated is live under another name', () => {
    expect(signed(user('', 'organization: { minAdmins: 1 }'), user('')).rules).toBe(1);
    const renamed = (more = '') => `users: [{ userName: new@x.io, previously: [a@x.io]${more} }, { userName: b@x.io }]`;
    expect(said(reviewOf(renamed(', active: false'), user(''), live).ids.rules)).toContain('rename a@x.io new@x.io');
    expect(said(reviewOf(renamed(), user(''), live).ids.changes)).toContain('rename a@x.io new@x.io');
    expect(said(reviewOf(renamed(), user(''), live).ids.rules)).not.toContain('rename a@x.io new@x.io');
  });

  test('everything, if what it is merged into cannot be read', () => {
    const { review, ids } = reviewOf(user(', seat: Full, title: X', 'organization: { minAdmins: 1 }'), undefined, live);
    expect(review.isBaseLoaded).toBe(false);
    expect(said(ids.changes)).toEqual(['set a@x.io seat Full', 'set a@x.io title X']);
    expect(ids.rules).toHaveLength(1);
  });

  test('what is pending without it and asked for otherwise by it: its merge ends what approved that', () => {
    const before = user('', 'organization: { defaults: [{ seat: Full }] }');
    expect(said(reviewOf(user(', seat: Full'), before, live).ids.changes)).toEqual(['set a@x.io seat Full']);
  });

  test('what waits for something that it does not cause is shown all the same', () => {
    const pool = 'organization: { seats: { Full: { purchased: 1 } } }';
    const held: Held = { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'Full' } } };
    const both = (a: string) => `users: [{ userName: a@x.io${a} }, { userName: b@x.io, seat: View }]\n${pool}`;
    const { review, ids, plan } = reviewOf(both(', seat: Full'), both(', seat: View'), held);
    expect(said(ids.changes)).toEqual(['set a@x.io seat Full']);
    expect(lines(plan)).toEqual([]);
    expect(lines(review.own)).toEqual([expect.stringContaining('seat View→Full')]);
  });
});

describe('what a pull request shows', () => {
  test('an entry that is gone while its user is live', () => {
    const { review, ids } = reviewOf('users: [{ userName: b@x.io }]', user(', seat: View'), live);
    expect(review.removed).toMatchObject([{ userName: 'a@x.io', seat: 'View' }]);
    expect(ids.changes).toEqual([]);
  });

  test('a guard, which its description lifts at exactly its number', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const held: Held = { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': {} } };
    const guarded = (given: Record<string, number>) =>
      reviewOf(user(', seat: View', limit), user(', seat: Full', limit), held, given).review;
    expect(verdicts(guarded({}).own)).toEqual(['downgrades block 1/0']);
    expect(verdicts(guarded({ downgrades: 2 }).own)).toEqual(['downgrades block 1/0']);
    expect(verdicts(guarded({ downgrades: 1 }).own)).toEqual(['downgrades warn 1/0']);
    expect(guarded({ downgrades: 1 }).allowances).toEqual(new Map([['downgrades', 1]]));
    expect(guarded({ downgrades: 2, deactivations: 3 }).allowances).toEqual(new Map());
    expect(guarded({}).own.guards.every(({ message }) => !message.includes('--allow'))).toBe(true);
  });

  test('the day to come that it makes worse', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const held: Held = { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': {} } };
    const text = `${grant('2026-11-30')}\n${limit}`;
    const { review } = reviewOf(user(', seat: View', text), user(', seat: Full', limit), held);
    expect(review.own.guards.filter(({ outcome }) => outcome === 'block').map(({ guard, day }) => [guard, day])).toEqual([
      ['downgrades', '2026-12-01'],
    ]);
    const allowed = reviewOf(user(', seat: View', text), user(', seat: Full', limit), held, { 'downgrades@2026-12-01': 1 }).review;
    expect(allowed.allowances).toEqual(new Map([['downgrades@2026-12-01', 1]]));
    expect(verdicts(allowed.own)).toEqual(['downgrades warn 1/0']);
    const same = reviewOf(user(', seat: View, title: X', text), user(', seat: View', text), held).review;
    expect(same.own.guards.filter(({ outcome }) => outcome === 'block')).toEqual([]);
  });

  test('what a grant changes is a matter of its day', () => {
    const text = user(', seat: View', grant('2026-12-31', ', from: 2026-12-01'));
    const on = (day: string) => said(reviewOf(text, user(', seat: View'), live, {}, day as Day).ids.changes);
    expect(on('2026-11-30')).toEqual([]);
    expect(on('2026-12-01')).toEqual(['set a@x.io seat Full']);
  });
});
