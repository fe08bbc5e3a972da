import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { chooseItems, nothingChosen } from '../../../src/render/comment/chosen.ts';
import { itemsOf } from '../../../src/render/comment/entry-items.ts';
import { bytes, Page, units } from '../../../src/render/comment/page.ts';
import { putPending } from '../../../src/render/comment/pending.ts';
import { openSection, sectionPlaces } from '../../../src/render/comment/section.ts';
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

describe('lists and a diff', () => {
  const style = { isDense: false, isMasked: false };
  const items = (operations: readonly Operation[]) => itemsOf(operations, () => undefined, style);

  test('measure no less than they are, whatever backticks are in them', () => {
    const names = ['a', '`'.repeat(100), '`'.repeat(150), 'b`c', '`'.repeat(190)];
    const members = Array.from({ length: 40 }, (_, index) => ({ attribute: 'member', after: `${'`'.repeat(index)}m`, cause: cause(1) }));
    const operations = names.map((name, index) => user('patch', name, [{ attribute: 'title', after: `${index}`, cause: cause(1) }]));
    const all = items([...operations, group('patch', 'A', members)]);
    for (let room = 0; room < 6000; room += 20) {
      const page = new Page(sectionPlaces('x'), { room, measure: units });
      openSection(page, 'x', all).finish();
      expect(page.text.length).toBeLessThanOrEqual(room);
    }
    expect(chooseItems(all, 6000, units).items.size).toBe(6);
  });

  test('add to what was chosen before', () => {
    const title = (after: string) => user('patch', `${after}@acme.com`, [{ attribute: 'title', after, cause: cause(1) }]);
    const entries = items(['a', 'b', 'c'].map(title));
    const some = chooseItems(entries.slice(2), 10_000, units);
    const all = chooseItems(entries.slice(0, 2), 10_000, units, some);
    expect([some.items.size, all.items.size, nothingChosen.items.size]).toEqual([1, 3, 0]);
    expect(all.size).toBeGreaterThan(some.size);
  });

  test('cut no short list of members', () => {
    const members = Array.from({ length: 26 }, (_, index) => ({ attribute: 'member', after: `member${index}`, cause: cause(1) }));
    const all = items([group('patch', 'G', members)]);
    const shown = (room: number) => [...chooseItems(all, room, units).items.values()].map(({ isWhole }) => isWhole);
    expect(shown(500)).toEqual([]);
    expect(shown(1000)).toEqual([true]);
    const more = Array.from({ length: 35 }, (_, index) => ({ attribute: 'member', after: `member${index}`, cause: cause(1) }));
    expect([...chooseItems(items([group('patch', 'G', more)]), 700, units).items.values()]).toMatchObject([{ isWhole: false }]);
  });
});

test('what is pending is shown as far as it fits', () => {
  const page = new Page(['pending'], { room: 1000, measure: units });
  const left = putPending(page, raises(50));
  const shown = page.text.match(/^! riser\d+@acme\.com$/gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(5);
  expect(left).toBe(50 - shown);
});
