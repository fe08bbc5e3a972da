import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesAny, matchesGlob } from '../../src/model/glob.ts';

test.each<[string, string, boolean]>([
  ['svc-*@x.io', 'svc-1@x.io', true],
  ['svc-*@x.io', 'svc-@x.io', true],
  ['svc-*@x.io', 'svc-1@y.io', false],
  ['svc-?@x.io', 'svc-1@x.io', true],
  ['svc-?@x.io', 'svc-12@x.io', false],
  ['svc-?@x.io', 'svc-@x.io', false],
  ['?', '🦄', true],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['[a-z].+', '[a-z].+', true],
  ['[a-z].+', 'b', false],
])('%s and %s: %s', (pattern, name, expected) => {
  expect(matchesGlob(pattern, name)).toBe(expected);
});

test('agrees with the same pattern as a regular expression', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 }), (pattern, name) => {
      const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesGlob(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
    }),
  );
});

test('many stars take no time', () => {
  expect(matchesAny([`${'*a'.repeat(60)}b`], 'a'.repeat(2000))).toBe(false);
});
