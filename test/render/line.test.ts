import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineColumns, paint, piece, wrap, type Line } from '../../src/render/line.ts';
import { columns } from '../../src/render/width.ts';

const text = (line: Line) => line.map((part) => part.text).join('');

describe('columns', () => {
  test.each([
    ['ada', 3],
    ['日本', 4],
    ['👍', 2],
    ['👍🏽', 2],
    ['❤\uFE0F', 2],
    ['e\u0301', 1],
    ['ｱ', 1],
    ['Ａ', 2],
    ['→', 1],
    ['', 0],
  ])('%s fills %d', (shown, size) => {
    expect(columns(shown)).toBe(size);
  });
});

describe('wrap', () => {
  test('breaks at blanks and sets continuations in', () => {
    expect(wrap([piece('  + ada (new, or '), piece('bound)')], 16, 4).map(text)).toEqual(['  + ada (new, or', '    bound)']);
  });

  test('breaks a word that has no room on any line', () => {
    expect(wrap([piece('  - abcdefghijklmnopqrstuvwxyz')], 14, 4).map(text)).toEqual(['  - abcdefghij', '    klmnopqrst', '    uvwxyz']);
  });

  test('without a width nothing is broken', () => {
    expect(wrap([piece('x '.repeat(500))], undefined, 2)).toHaveLength(1);
  });

  test('no line is too wide and only blanks are lost', () => {
    const parts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '日', '👍') }), { maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 12, max: 40 }), (texts, width) => {
        const lines = wrap(
          texts.map((part) => piece(part)),
          width,
          4,
        );
        for (const line of lines) expect(lineColumns(line)).toBeLessThanOrEqual(width);
        expect(lines.map(text).join('').replaceAll(' ', '')).toBe(texts.join('').replaceAll(' ', ''));
      }),
    );
  });
});

describe('paint', () => {
  test('colours only where it is told to', () => {
    expect(paint([[piece('a', 'red'), piece('', 'red'), piece('b')]], true)).toBe('\u001B[31ma\u001B[39mb\n');
    expect(paint([[piece('a', 'red'), piece('b')]], false)).toBe('ab\n');
  });

  test.each([false, true])('no line starts with a workflow command, colour %s', (color) => {
    expect(paint([[piece('  '), piece('::error::x', 'bold')]], color)).not.toMatch(/^[^\\]*::error/);
    expect(paint([[piece(' :', 'red'), piece(':error::x')]], false)).toBe(' \\u{3a}:error::x\n');
  });
});
