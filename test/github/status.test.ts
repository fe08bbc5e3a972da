import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyFrom, type KeyRing } from '../../src/github/key.ts';
import { latestStatus, readStatus, statusText, type AppliedStatus, type StatusPlace } from '../../src/github/status.ts';
import { daysAfter, type Day } from '../../src/model/day.ts';

const key = keyFrom('figma-token');
const ring: KeyRing = [key];
const place: StatusPlace = { repository: 812, commit: 'a1'.repeat(20), context: 'seatform/applied' };
const status: AppliedStatus = { day: '2026-11-22' as Day, sequence: '17', head: 'h'.repeat(43) };
const text = statusText(status, place, ring);

test('what was set says the same when it is read, in at most 140 characters', () => {
  expect(readStatus(text, place, ring)).toEqual({ kind: 'verified', status });
  expect(text).toMatch(/^2026-11-22 17 h{43} [\w-]{22}$/);
  const longest = statusText({ ...status, sequence: '9'.repeat(12), head: 'f'.repeat(64) }, place, ring);
  expect(longest.length).toBeLessThanOrEqual(140);
  expect(readStatus(longest, place, ring)?.kind).toBe('verified');
});

test('without a record there is a dash for number and head', () => {
  const bare: AppliedStatus = { ...status, sequence: '-', head: '-' };
  expect(readStatus(statusText(bare, place, ring), place, ring)).toEqual({ kind: 'verified', status: bare });
});

test('any day, number and head come back', () => {
  const any = fc.record({
    day: fc.integer({ min: 0, max: 30_000 }).map((count) => daysAfter('2000-01-01' as Day, count)),
    sequence: fc.oneof(fc.constant('-'), fc.integer({ min: 0, max: 999_999_999_999 }).map(String)),
    head: fc.oneof(fc.constant('-'), fc.stringMatching(/^[\w-]{1,64}$/)),
  });
  fc.assert(
    fc.property(any, (one) => {
      expect(readStatus(statusText(one, place, ring), place, ring)).toEqual({ kind: 'verified', status: one });
    }),
  );
});

describe('what does not verify', () => {
  test('any other character at any place', () => {
    const changed = text
      .split('')
      .flatMap((own, at) =>
        ['0', '1', '2', '9', 'a', 'Z', '-', '_', ' ']
          .filter((other) => other !== own)
          .map((other) => text.slice(0, at) + other + text.slice(at + 1)),
      );
    expect(changed.length).toBeGreaterThan(500);
    expect(changed.filter((one) => readStatus(one, place, ring)?.kind === 'verified')).toEqual([]);
  });

  test.each<[string, Partial<StatusPlace>]>([
    ['another commit', { commit: 'b2'.repeat(20) }],
    ['another context', { context: 'seatform/applied/emea' }],
    ['another repository', { repository: 813 }],
  ])('on %s', (_, change) => {
    expect(readStatus(text, { ...place, ...change }, ring)).toEqual({ kind: 'unknown', status });
  });

  test('under another key; an older key of the ring still counts', () => {
    expect(readStatus(text, place, [keyFrom('new')])?.kind).toBe('unknown');
    expect(readStatus(text, place, [keyFrom('new'), key])?.kind).toBe('verified');
    expect(readStatus(statusText(status, place, [keyFrom('new'), key]), place, ring)?.kind).toBe('unknown');
  });

  test.each([
    ['nothing', ''],
    ['what releases before this rule said', '2026-11-22'],
    ['no signature', '2026-11-22 17 h'],
    ['a day that does not exist', text.replace('2026-11-22', '2026-11-31')],
    ['a blank before it', ` ${text}`],
    ['a line end after it', `${text}\n`],
    ['two blanks', text.replace(' ', '  ')],
    ['a longer signature', `${text}A`],
    ['a shorter one', text.slice(0, -1)],
    ['a number of too many digits', text.replace(' 17 ', ' 1234567890123 ')],
    ['a negative number', text.replace(' 17 ', ' -1 ')],
  ])('%s is no status at all', (_, description) => {
    expect(readStatus(description, place, ring)).toBeUndefined();
  });
});

describe('of several', () => {
  const one = (day: string, sequence = '-'): AppliedStatus => ({ day: day as Day, sequence, head: '-' });

  test.each<[string, readonly AppliedStatus[], AppliedStatus | undefined]>([
    ['none', [], undefined],
    ['one', [one('2026-11-22')], one('2026-11-22')],
    ['the greatest day', [one('2026-11-21', '9'), one('2026-11-22', '1')], one('2026-11-22', '1')],
    ['of one day the greatest number, as a number', [one('2026-11-22', '9'), one('2026-11-22', '10')], one('2026-11-22', '10')],
    ['any number before none', [one('2026-11-22'), one('2026-11-22', '0')], one('2026-11-22', '0')],
  ])('%s, whatever the order', (_, statuses, latest) => {
    expect(latestStatus(statuses)).toEqual(latest);
    expect(latestStatus(statuses.toReversed())).toEqual(latest);
  });
});
