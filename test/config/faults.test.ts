import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { type Row, correct, valueRows, yamlRows } from './rows.ts';
import { faults, where, words } from './shown.ts';

const rows = { 'the values of a file': valueRows, 'the YAML of a file': yamlRows };

/** Rows whose change cannot be made without a second fault. */
const withSecondFault = new Set(['text for users', 'a null for users']);

test('the correct file is correct', () => {
  expect(faults(load([{ path: 'users.yaml', text: correct }]))).toEqual([]);
});

describe.each(Object.entries(rows))('one thing wrong in %s', (_, table) => {
  test.each(table.map((row) => [row[0], row] as const))('%s', (name, [, from, to, place, expected]: Row) => {
    expect(correct).toContain(from);
    const result = load([{ path: 'users.yaml', text: correct.replace(from, () => to) }]);
    const found = result.ok ? [] : result.diagnostics;
    expect(where(found[0])).toBe(place);
    expect(words(found[0])).toMatch(expected);
    expect(found).toHaveLength(withSecondFault.has(name) ? 2 : 1);
  });

  test.each(table.map((row) => [row[0], row] as const))('%s, with the line ends of Windows', (_, [, from, to, place]: Row) => {
    if (to.includes('\r')) return;
    const text = correct.replace(from, () => to).replaceAll('\n', '\r\n');
    expect(faults(load([{ path: 'users.yaml', text }]))[0]).toBe(place);
  });
});
