import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/operation.ts';
import type { Pools } from '../../src/model/policy.ts';
import { peaksOf, seatCounts, seatsInUse } from '../../src/plan/seats.ts';
import { change, create, leave, liveOf, team } from './guards/scene.ts';

const raise = (name: string, from: string | undefined, to: string) => change(name, { seat: [from, to] });
const inUse = new Map([
  ['Full', 3],
  ['View', 2],
]);

test('the seats in use are those of everybody who was read, by type', () => {
  const live = liveOf({
    people: { 'a@x': { seat: 'Full' }, 'b@x': { seat: 'View' }, 'c@x': { seat: 'Content' }, 'd@x': {} },
    doubles: { 'e@x': [{ seat: 'Full' }, { seat: 'Dev' }] },
  });
  expect(Object.fromEntries(seatsInUse(live))).toEqual({ Full: 2, View: 1, Content: 1, Dev: 1 });
});

describe('the peak', () => {
  test.each<[string, readonly Operation[], Record<string, number>]>([
    ['of nothing is what is', [], { Full: 3, View: 2 }],
    ['comes first where seats are only freed', [leave('a@x', { seat: 'Full' })], { Full: 3, View: 2 }],
    ['is not raised by a take after its free', [leave('a@x', { seat: 'Full' }), raise('b@x', 'View', 'Full')], { Full: 3, View: 2 }],
    ['is raised by a take before its free', [raise('b@x', 'View', 'Full'), leave('a@x', { seat: 'Full' })], { Full: 4, View: 2 }],
    ['counts who is created', [create('n@x', { seat: 'Dev' })], { Full: 3, View: 2, Dev: 1 }],
    ['counts a seat that comes back', [raise('b@x', undefined, 'Full')], { Full: 4, View: 2 }],
    ['lowers pass through the seat they take', [raise('a@x', 'Full', 'Dev'), raise('b@x', 'Dev', 'View')], { Full: 3, View: 3, Dev: 1 }],
    ['a seat that stays is one seat', [change('a@x', { title: ['A', 'B'] }, { seat: 'Full' })], { Full: 3, View: 2 }],
    ['groups have no seats', [{ ...team('G', {}), seat: { after: 'Full' } }], { Full: 3, View: 2 }],
  ])('%s', (_, operations, expected) => {
    expect(Object.fromEntries(peaksOf(inUse, operations))).toEqual(expected);
  });
});

describe('the counts', () => {
  test.each<[string, readonly Operation[], Pools, Record<string, unknown>]>([
    ['nothing changes', [], {}, { Full: { before: 3, after: 3 }, View: { before: 2, after: 2 } }],
    [
      'a pool is shown without its price, used or not',
      [],
      { Full: { purchased: 9, outside: 1, monthlyPrice: 90 }, Dev: { purchased: 4, outside: 0 } },
      {
        Full: { before: 3, after: 3, purchased: 9, outside: 1 },
        Dev: { before: 0, after: 0, purchased: 4, outside: 0 },
        View: { before: 2, after: 2 },
      },
    ],
    [
      'a peak above both ends is told of what is bought',
      [raise('b@x', 'View', 'Full'), leave('a@x', { seat: 'Full' }), leave('b@x', { seat: 'View' })],
      { Full: { purchased: 9, outside: 1 } },
      { Full: { before: 3, after: 3, purchased: 9, outside: 1, peak: 4 }, View: { before: 2, after: 0 } },
    ],
    ['a peak that is the end is not', [raise('b@x', 'View', 'Full')], {}, { Full: { before: 3, after: 4 }, View: { before: 2, after: 1 } }],
    [
      'a type that is used only on the way is told of',
      [raise('a@x', 'Full', 'Dev'), raise('b@x', 'Dev', 'View')],
      {},
      { Full: { before: 3, after: 2 }, Dev: { before: 0, after: 0 }, View: { before: 2, after: 3 } },
    ],
    [
      'groups have no seats',
      [{ ...team('G', {}), seat: { after: 'Full' } }],
      {},
      { Full: { before: 3, after: 3 }, View: { before: 2, after: 2 } },
    ],
  ])('%s', (_, operations, pools, expected) => {
    expect(seatCounts(inUse, operations, pools)).toEqual(expected);
  });

  test('the dearest come first, types that Figma may add come last', () => {
    const used = new Map(['Content', 'View', 'Buzz', 'Full', 'Collab', 'Dev'].map((seat) => [seat, 1]));
    expect(Object.keys(seatCounts(used, [], {}))).toEqual(['Full', 'Dev', 'Collab', 'View', 'Buzz', 'Content']);
  });
});
