import { describe, expect, test } from 'vitest';
import { readAll, type ListPage, type Page } from '../../src/scim/paging.ts';

const refusal = { kind: 'refused', diagnostic: { severity: 'error', code: 'E106', message: 'Figma refused page.' } } as const;

function items(from: number, to: number) {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ id: String(from + index), resource: {} }));
}

/** An honest list of `size` objects, at most `most` a page. */
function honest(size: number, most: number): (start: number, count: number) => Page {
  return (start, count) => ({ total: size, items: items(start, Math.min(size, start + Math.min(count, most) - 1)) });
}

/** Counts what is asked for; `page` is called with the number of the request, from 1. */
function spy(page: (start: number, count: number, nth: number) => Page | 'refused') {
  const asked: [number, number][] = [];
  const list: ListPage = (start, count) => {
    asked.push([start, count]);
    const answer = page(start, count, asked.length);
    return Promise.resolve(answer === 'refused' ? refusal : { kind: 'page', page: answer });
  };
  return { asked, list };
}

const fallback = (): Promise<number> => Promise.resolve(200);

async function read(page: (start: number, count: number, nth: number) => Page | 'refused') {
  const { asked, list } = spy(page);
  const listing = await readAll('users', list, fallback);
  return { asked, result: listing.kind === 'whole' ? listing.items.length : listing.diagnostic.message, listing };
}

describe('honest lists', () => {
  test.each([
    { size: 0, most: 200, requests: 1 },
    { size: 1, most: 200, requests: 2 },
    { size: 200, most: 200, requests: 2 },
    { size: 201, most: 200, requests: 2 },
    { size: 400, most: 200, requests: 3 },
    { size: 5000, most: 200, requests: 26 },
    { size: 3001, most: 3000, requests: 2 },
  ])('$size objects with pages of $most take $requests requests', async ({ size, most, requests }) => {
    const { asked, result, listing } = await read(honest(size, most));
    expect(result).toBe(size);
    expect(asked).toHaveLength(requests);
    expect(listing).toMatchObject({ requests });
  });

  test('the first request asks for the documented maximum, the others for the length of the first page', async () => {
    const { asked } = await read(honest(450, 200));
    expect(asked).toEqual([
      [1, 3000],
      [201, 200],
      [401, 200],
    ]);
  });

  test('a count that is refused is replaced by what the service says', async () => {
    const { asked, result } = await read((start, count) => (count > 200 ? 'refused' : honest(450, 200)(start, count)));
    expect(result).toBe(450);
    expect(asked.slice(0, 2)).toEqual([
      [1, 3000],
      [1, 200],
    ]);
  });

  test('a service that refuses every count is refused itself', async () => {
    expect((await read(() => 'refused')).result).toBe('Figma refused page.');
  });

  test.each<[string, (start: number, count: number) => Page | 'refused']>([
    ['page one again', (start, count) => (start > 400 ? honest(400, 200)(1, count) : honest(400, 200)(start, count))],
    ['a refusal', (start, count) => (start > 400 ? 'refused' : honest(400, 200)(start, count))],
    ['a total of none', (start, count) => (start > 400 ? { total: 0, items: [] } : honest(400, 200)(start, count))],
  ])('past the end comes %s', async (_what, page) => {
    const { asked, result } = await read(page);
    expect(result).toBe(400);
    expect(asked).toHaveLength(3);
  });

  test('a page that is short once is made up for by the pages after it', async () => {
    const { result } = await read((start, count, nth) => honest(450, nth === 1 ? 199 : 200)(start, count));
    expect(result).toBe(450);
  });
});

describe('what fails once is read again in order', () => {
  test('a page in the middle that is short', async () => {
    const { result, asked } = await read((start, count, nth) => honest(500, nth === 2 ? 150 : 200)(start, count));
    expect(result).toBe(500);
    expect(asked.slice(3)).toEqual([
      [1, 3000],
      [201, 3000],
      [401, 3000],
      [501, 3000],
    ]);
  });

  test('pages that are uneven, though they add up', async () => {
    const { result, asked } = await read((start, count, nth) => {
      if (nth === 2) return { total: 600, items: items(201, 399) };
      return nth === 3 ? { total: 600, items: items(400, 600) } : honest(600, 200)(start, count);
    });
    expect(result).toBe(600);
    expect(asked).toHaveLength(3 + 4);
  });

  test('a total that moved', async () => {
    const { result } = await read((start, count, nth) => honest(nth < 3 ? 450 : 451, 200)(start, count));
    expect(result).toBe(451);
  });
});

describe('lists that are refused, with the reason', () => {
  test.each<[string, (start: number, count: number, nth: number) => Page | 'refused', RegExp]>([
    [
      'fewer than it says',
      (start, count) => ({ ...honest(400, 200)(start, count), total: 412 }),
      /said that there are 412 users and listed 400/,
    ],
    [
      'more than it says',
      (start, count) => ({ ...honest(130, 50)(start, count), total: 50 }),
      /said that there are 50 users and listed \d+/,
    ],
    [
      'the length of the page as total',
      (start, count) => {
        const page = honest(130, 50)(start, count);
        return { ...page, total: page.items.length };
      },
      /there are 50 users and listed 100/,
    ],
    ['every page is page one', (_start, count) => honest(450, 200)(1, count), /said that there are 450 users and listed 200/],
    [
      'ids that repeat',
      (start, count) => {
        const page = honest(450, 200)(start, count);
        return start === 1 || page.items.length === 0 ? page : { ...page, items: page.items.with(0, { id: '7', resource: {} }) };
      },
      /listed \d of its 450 users twice/,
    ],
    [
      'a start that was not asked for',
      (start, count) => ({ ...honest(450, 200)(start, count), startIndex: 1 }),
      /from number 201 on and answered from 1 on/,
    ],
    [
      'a total that keeps moving',
      (start, count, nth) => ({ ...honest(450, 200)(start, count), total: 450 + (nth % 2) }),
      /went from 45\d to 45\d/,
    ],
    ['empty with a total', () => ({ total: 412, items: [] }), /said that there are 412 users and listed 0/],
    [
      'new ones past the end',
      (start, count, nth) => ({ total: 400, items: items(start + nth * 1000, start + nth * 1000 + Math.min(count, 200) - 1) }),
      /there are 400 users and listed 600/,
    ],
    ['a total beyond all reason', (start) => ({ total: 900_000_000, items: items(start, start) }), /more than 2000 pages/],
    [
      'a refusal in the middle',
      (start, count) => (start > 200 ? 'refused' : honest(450, 200)(start, count)),
      /said that there are 450 users and listed 200/,
    ],
  ])('%s', async (_what, page, reason) => {
    const { result, listing } = await read(page);
    expect(result).toMatch(reason);
    expect(listing).toMatchObject({ kind: 'failed', diagnostic: { code: 'E104' } });
  });
});
