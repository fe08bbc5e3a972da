import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import schema from '../../schemas/seatform.v1.schema.json' with { type: 'json' };
import { load } from '../../src/config/load.ts';
import type { Span } from '../../src/model/diagnostic.ts';
import { governed } from './policy-rows.ts';
import { correct } from './rows.ts';

/** Correct files, to be broken. */
const starts: readonly string[] = [correct, governed];
const lines = [...correct.split('\n'), ...governed.split('\n')];
const bits = [
  '',
  ' ',
  '\n',
  '\n  - ',
  '\t',
  ': ',
  '- ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  ' #',
  '&a ',
  '*a',
  '!x ',
  '<<: ',
  '~',
  '1',
  'no',
  '\0',
  '\r',
  '\u202e',
  '\ud83d',
  '😀',
  '__proto__: ',
  'constructor: ',
  '"*"',
  '10%',
  '-1',
  '1e999',
  '2026-02-30',
  '*a, ',
  '{}',
  '[]',
];

/** Whether a place lies within its line. */
function isInside(at: Span, text: string): boolean {
  const line = text.split('\n')[at.line - 1];
  return line !== undefined && at.column >= 1 && at.length >= 1 && at.column + at.length - 1 <= line.length + 1;
}

test('no text makes the reader throw, and every place that is shown exists', () => {
  const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 }), fc.constantFrom(...bits, ...lines));
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.array(edit, { minLength: 1, maxLength: 8 }), (start, edits) => {
      const text = edits.reduce((before, [place, length, bit]) => {
        const at = place % (before.length + 1);
        return before.slice(0, at) + bit + before.slice(at + length);
      }, start);
      const result = load([{ path: 'a.yaml', text }]);
      const places = result.ok ? [] : result.diagnostics.flatMap(({ at, also = [] }) => [at].concat(also.map((other) => other.at)));
      expect(places.filter((at) => at && !isInside(at, text))).toEqual([]);
    }),
    { numRuns: 5000, seed: 11 },
  );
});

/** A value of any shape and size, with keys and texts that hurt where they are not expected. */
const hostile = fc.letrec<{ value: unknown; key: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 1e308, 1e21, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
    fc.constantFrom('', '*', '10%', '-1%', '2026-02-30', '9999-12-31', 'Full', 'View', 'no', '\0', '\u202e', '\ud83d', 'x'.repeat(5000)),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(tie('key'), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
  ),
  key: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', '0', '\0', '~1', '/', '<<', 'then'),
    fc.constantFrom(
      'users',
      'groups',
      'grants',
      'organization',
      'where',
      'seat',
      'manager',
      'value',
      'Full',
      'until',
      'user',
      'group',
      'limits',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
}));
const organizationKeys = Object.keys(schema.definitions.organization.properties);
const file = fc.record(
  {
    version: fc.constant(1),
    organization: fc.oneof(hostile.value, fc.dictionary(fc.constantFrom(...organizationKeys), hostile.value)),
    users: fc.constant([{ userName: 'ada@example.com' }]),
    groups: fc.oneof(hostile.value, fc.array(fc.record({ displayName: fc.constant('A'), membersWhere: hostile.value }))),
    grants: fc.oneof(
      hostile.value,
      fc.array(fc.dictionary(fc.constantFrom('user', 'seat', 'group', 'from', 'until', 'then', 'reason'), hostile.value)),
    ),
  },
  { requiredKeys: ['version', 'users'] },
);

test('no shape, size, key or type makes the reader throw, and every place that is shown exists', () => {
  fc.assert(
    fc.property(file, fc.constantFrom('BLOCK_LITERAL', 'PLAIN', 'QUOTE_DOUBLE'), (value, defaultStringType) => {
      const text = stringify(value, { defaultStringType });
      const result = load([{ path: 'a.yaml', text }]);
      const places = result.ok ? [] : result.diagnostics.flatMap(({ at, also = [] }) => [at].concat(also.map((other) => other.at)));
      expect(places.filter((at) => at && !isInside(at, text))).toEqual([]);
      expect(result.ok || result.diagnostics.every(({ message }) => message.length < 1000)).toBe(true);
    }),
    { numRuns: 3000, seed: 13 },
  );
  expect(Object.keys({}.constructor.prototype as object)).toEqual([]);
});

test.each([
  ['defaults', (sign: string) => `organization: { defaults: ${sign} }`],
  ['budgets', (sign: string) => `organization: { budgets: ${sign} }`],
  ['protected', (sign: string) => `organization: { protected: ${sign} }`],
  ['ignore', (sign: string) => `organization: { ignore: { users: ${sign} } }`],
  ['a limit', (sign: string) => `organization: { limits: { creations: ${sign} } }`],
  ['a rule', (sign: string) => `groups: [{ displayName: A, membersWhere: { seat: ${sign} } }]`],
  ['grants', (sign: string) => `grants: ${sign}`],
])('a hundred thousand faults in %s are told in little time', (_, text) => {
  const begin = performance.now();
  for (const entry of ['{ a: b }', '""', '3', '[]', '{ seat: x, where: { seat: y }, until: z }', `"${'x'.repeat(300)}"`, '*']) {
    const list = `[${`${entry}, `.repeat(entry.length > 40 ? 5000 : 20_000)}]`;
    expect(load([{ path: 'a.yaml', text: `version: 1\nusers: [{ userName: a@b.c }]\n${text(list)}\n` }]).ok).toBe(false);
  }
  expect(performance.now() - begin).toBeLessThan(10_000);
});

test('deep nesting and aliases in policies are refused like everywhere', () => {
  const deep = `${'['.repeat(200)}${']'.repeat(200)}`;
  const bomb = `&a { department: [a] }, { where: *a, seat: View }${', { where: *a, seat: View }'.repeat(150)}`;
  for (const text of [`organization: { protected: ${deep} }`, `organization: { defaults: [${bomb}] }`, `grants: &g [*g]`]) {
    const result = load([{ path: 'a.yaml', text: `version: 1\nusers: [{ userName: a@b.c }]\n${text}\n` }]);
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toContain('E006');
  }
});

test.each([
  ['brackets', '['],
  ['braces', '{'],
  ['dashes', '- '],
  ['question marks', '? '],
  ['keys', '{a: '],
  ['anchors', '&a '],
  ['quotes', '"'],
  ['tags', '!a '],
  ['aliases', '*a '],
  ['escapes', '"\\'],
  ['blocks', '|\n '],
  ['documents', '---\n'],
  ['blank lines', '\n'],
  ['comments', '# a\n'],
])('200,000 %s are refused in little time', (_, sign) => {
  const begin = performance.now();
  expect(load([{ path: 'a.yaml', text: `version: 1\nusers: ${sign.repeat(200_000)}` }]).ok).toBe(false);
  expect(load([{ path: 'a.yaml', text: sign.repeat(200_000) }]).ok).toBe(false);
  expect(performance.now() - begin).toBeLessThan(5000);
});
