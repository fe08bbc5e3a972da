import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import type { Span } from '../../src/model/diagnostic.ts';
import { correct } from './rows.ts';

const lines = correct.split('\n');
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
];

/** Whether a place lies within its line. */
function isInside(at: Span, text: string): boolean {
  const line = text.split('\n')[at.line - 1];
  return line !== undefined && at.column >= 1 && at.length >= 1 && at.column + at.length - 1 <= line.length + 1;
}

test('no text makes the reader throw, and every place that is shown exists', () => {
  const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 4 }), fc.constantFrom(...bits, ...lines));
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      const text = edits.reduce((before, [place, length, bit]) => {
        const at = place % (before.length + 1);
        return before.slice(0, at) + bit + before.slice(at + length);
      }, correct);
      const result = load([{ path: 'a.yaml', text }]);
      const places = result.ok ? [] : result.diagnostics.flatMap(({ at, also = [] }) => [at].concat(also.map((other) => other.at)));
      expect(places.filter((at) => at && !isInside(at, text))).toEqual([]);
    }),
    { numRuns: 5000, seed: 11 },
  );
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
