import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoted, safe } from '../../src/render/escape.ts';
import { command, hostileText, raw } from './hostile.ts';

test.each([
  ['Ada Lovelace', 'Ada Lovelace'],
  ['a\nb\tc\u001B[31m\u007F', 'a␊b␉c␛[31m␡'],
  ['\u0085\u009B', '\\u{85}\\u{9b}'],
  ['a\u202Eb\u2066\u200B\u200D\uFEFF\u2028\u00AD', 'a\\u{202e}b\\u{2066}\\u{200b}\\u{200d}\\u{feff}\\u{2028}\\u{ad}'],
  ['a\u00A0b', 'a\\u{a0}b'],
  ['\u{E0041}\uD800\uDC00', '\\u{e0041}\u{10000}'],
  ['\uD800', '\\u{d800}'],
  ['❤\uFE0F 1\uFE0F', '❤\uFE0F 1\\u{fe0f}'],
  ['山田　太郎 👍🏽 é', '山田　太郎 👍🏽 é'],
  ['ad\u0430@example.com, \u0430', 'ad\\u{430}@example.com, \u0430'],
  ['\u0430@\u00A01 \u0430@##[1]', '\\u{430}@\\u{a0}1 \\u{430}@#\\u{23}[1]'],
  ['##[error] ###vso[x] #[1]', '#\\u{23}[error] ##\\u{23}vso[x] #[1]'],
])('%j is shown as %s', (text, shown) => {
  expect(safe(text)).toBe(shown);
});

/** An address with ASCII letters and others. */
const mixed = /^(?=.*@)(?=.*[A-Za-z]).*(?![A-Za-z])[\p{L}\p{M}]/u;

test('quotes and backslashes in quotes have one form only', () => {
  expect(quoted('a"b\\u{202e}\u202E')).toBe('"a\\"b\\\\u{202e}\\u{202e}"');
});

test('nothing hidden gets through, nothing plain is touched, and once is enough', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = safe(text);
      expect(shown).not.toMatch(raw);
      expect(shown).not.toContain('\n');
      expect(shown.replace(/^\s*::/, '')).not.toMatch(command);
      expect(safe(shown)).toBe(shown);
      expect(shown.split(/\s+/u).filter((word) => mixed.test(word))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019 .,:;[]()\\`|é日👍')) }), (text) => safe(text) === text));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019 .,:;@[]()\\`|👍')) }), (text) => safe(text) === text));
});
