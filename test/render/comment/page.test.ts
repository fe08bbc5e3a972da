import { describe, expect, test } from 'vitest';
import { choose, diffBlock, nothingChosen } from '../../../src/render/comment/diff.ts';
import { entriesOf } from '../../../src/render/comment/entries.ts';
import { bytes, Page, units } from '../../../src/render/comment/page.ts';
import { putPending } from '../../../src/render/comment/pending.ts';
import { cause, group, user } from '../plans.ts';
import { raises } from './frames.ts';

const list = { head: ['head', ''], items: ['a', 'bb', 'ccc', 'dddd'], more: (left: number) => `and ${left} more` };

describe('a page', () => {
  test('is read in the order of places, whatever came first', () => {
    const page = new Page(['a', 'b', 'c'], { room: 100, measure: units });
    expect(page.put('c', ['3'])).toBe(true);
    expect(page.put('a', ['1', '2'])).toBe(true);
    expect(page.put('b', [])).toBe(true);
    expect(page.text).toBe('1\n2\n\n3');
  });

  test('takes a block whole or not at all', () => {
    const page = new Page(['a', 'b'], { room: 10, measure: units });
    expect(page.put('a', ['123456789'])).toBe(false);
    expect(page.put('b', ['12345678'])).toBe(true);
    expect(page.put('a', ['1'])).toBe(false);
    expect(page.text).toBe('12345678');
  });

  test('counts bytes where bytes are limited', () => {
    const page = new Page(['a'], { room: 10, measure: bytes });
    expect(page.put('a', ['日日日'])).toBe(false);
    expect(page.put('a', ['日日'])).toBe(true);
  });

  test('keeps what is reserved until it is given back', () => {
    const page = new Page(['a'], { room: 10, measure: units });
    page.reserve(6);
    expect(page.put('a', ['123'])).toBe(false);
    page.reserve(-1);
    expect(page.put('a', ['123'])).toBe(true);
  });

  test.each([
    [100, 4, 'head\n\na\nbb\nccc\ndddd', 0],
    [100, 2, 'head\n\na\nbb\nand 2 more', 0],
    [21, 4, 'head\n\na\nbb\nccc\ndddd', 0],
    [20, 4, 'head\n\na\nand 3 more', 3],
    [18, 4, 'head\n\nand 4 more', 4],
    [20, 3, 'head\n\na\nand 3 more', 2],
    [17, 4, '', 4],
  ])('in a room of %i cuts a list of at most %i to %j', (room, most, text, dropped) => {
    const page = new Page(['list'], { room, measure: units });
    expect(page.putList('list', { ...list, most })).toBe(dropped);
    expect(page.text).toBe(text);
  });
});

describe('a diff', () => {
  test('measures no less than it is, whatever backticks are in it', () => {
    const names = ['a', '`'.repeat(100), '`'.repeat(150), 'b`c', '`'.repeat(190)];
    const entries = entriesOf(names.map((name) => user('patch', name, [{ attribute: 'title', after: 'x', cause: cause(1) }])));
    for (let room = 0; room < 2000; room += 10) {
      const chosen = choose(entries, room, units);
      const text = diffBlock('Full diff (5 changes)', entries, chosen).join('\n');
      expect(text.length).toBeLessThanOrEqual(room);
    }
    expect(choose(entries, 2000, units).parts.size).toBe(5);
  });

  test('adds to what was chosen before', () => {
    const entries = entriesOf(raises(3));
    const some = choose(entries.slice(2), 10_000, units);
    const all = choose(entries.slice(0, 2), 10_000, units, some);
    expect([some.parts.size, all.parts.size, nothingChosen.parts.size]).toEqual([1, 3, 0]);
    expect(all.size).toBeGreaterThan(some.size);
  });

  test('cuts no short list of members', () => {
    const members = Array.from({ length: 26 }, (_, index) => ({ attribute: 'member', after: `m${index}`, cause: cause(1) }));
    const entries = entriesOf([group('patch', 'G', members)]);
    expect(choose(entries, 1000, units).parts.size).toBe(0);
    expect(choose(entries, 3000, units)).toMatchObject({ shortened: 0, parts: { size: 1 } });
  });
});

test('what is pending is shown as far as it fits', () => {
  const page = new Page(['pending'], { room: 1000, measure: units });
  const left = putPending(page, raises(50));
  const shown = page.text.match(/^! riser\d+@acme\.com$/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(5);
  expect(left).toBe(50 - shown);
});
