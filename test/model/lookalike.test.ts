import { describe, expect, test } from 'vitest';
import { lookalikes, showLookalikes, showLookalikesIn } from '../../src/model/lookalike.ts';

describe('the letters of an address that can look like others', () => {
  test.each([
    ['ada@example.com', []],
    ['ad\u0430@example.com', ['\u0430']],
    ['\u0430d\u0430.\u0441@example.com', ['\u0430', '\u0441']],
    ['m\u00fcller@example.com', ['\u00fc']],
    ['zoe\u0301@example.com', ['\u0301']],
    ['\uff41da@example.com', ['\uff41']],
    ['\ud835\udc1ada@example.com', ['\u{1d41a}']],
    ['\u0430\u0434\u0430@example.com', ['\u0430', '\u0434']],
    ['\u0430\u0434\u0430@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444', []],
    ['ada+1_2%😀@example.com', []],
    ['sv\u0441-*', ['\u0441']],
  ])('%s', (address, letters) => {
    expect(lookalikes(address)).toEqual(letters);
  });
});

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['ad\u0430@example.com', 'ad\\u{430}@example.com'],
  ['\ud835\udc1ada@example.com', '\\u{1d41a}da@example.com'],
  [
    '\u0430\u0434\u0430@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444',
    '\u0430\u0434\u0430@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444',
  ],
])('%s is shown as %s', (address, shown) => {
  expect(showLookalikes(address)).toBe(shown);
});

test.each([
  ['M\u00fcller, Zo\u00eb', 'M\u00fcller, Zo\u00eb'],
  ['Zo\u00eb @ Design', 'Zo\u00eb @ Design'],
  ['\u0430\u0434\u0430 is not "ad\u0430@example.com", \u0430', '\u0430\u0434\u0430 is not "ad\\u{430}@example.com", \u0430'],
  ['\u0430@b\u3000\u0430', '\\u{430}@b\u3000\u0430'],
])('in a text only words with an @ are addresses: %s', (text, shown) => {
  expect(showLookalikesIn(text)).toBe(shown);
});

test('a text of megabytes costs little', () => {
  const text = '\u0430'.repeat(2_000_000);
  expect(showLookalikesIn(text)).toBe(text);
});
