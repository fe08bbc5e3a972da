import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { loginRows, reviewed, separationRows } from './github-rows.ts';
import { betweenRows, formRows, governed, keyRows } from './policy-rows.ts';
import { type Row, correct, valueRows, yamlRows } from './rows.ts';
import { faults, where, words } from './shown.ts';

const tables: readonly (readonly [name: string, correct: string, rows: readonly Row[]])[] = [
  ['the values of a file', correct, valueRows],
  ['the YAML of a file', correct, yamlRows],
  ['the keys of policies, rules and grants', governed, keyRows],
  ['the values of policies, rules and grants', governed, formRows],
  ['what policies, rules and grants refer to', governed, betweenRows],
  ['the separation of duties', reviewed, separationRows],
  ['logins of GitHub', reviewed, loginRows],
];

/** Rows whose change cannot be made without a second fault. */
const withSecondFault = new Set(['text for users', 'a null for users', 'a null for grants', 'budgets by name']);

test.each([correct, governed, reviewed])('the correct file is correct', (text) => {
  expect(faults(load([{ path: 'users.yaml', text }]))).toEqual([]);
});

describe.each(tables)('one thing wrong in %s', (_, start, table) => {
  test.each(table.map((row) => [row[0], row] as const))('%s', (name, [, from, to, place, expected]: Row) => {
    expect(start).toContain(from);
    const result = load([{ path: 'users.yaml', text: start.replace(from, () => to) }]);
    const found = result.ok ? [] : result.diagnostics;
    expect(where(found[0])).toBe(place);
    expect(words(found[0])).toMatch(expected);
    expect(found).toHaveLength(withSecondFault.has(name) ? 2 : 1);
  });

  test.each(table.map((row) => [row[0], row] as const))('%s, with the line ends of Windows', (_, [, from, to, place]: Row) => {
    if (to.includes('\r')) return;
    const text = start.replace(from, () => to).replaceAll('\n', '\r\n');
    expect(faults(load([{ path: 'users.yaml', text }]))[0]).toBe(place);
  });
});
