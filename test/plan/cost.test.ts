import { describe, expect, test } from 'vitest';
import { dayOf, type Day } from '../../src/model/day.ts';
import type { Pools } from '../../src/model/policy.ts';
import { costOf } from '../../src/plan/cost.ts';

const day = (text: string): Day => dayOf(text) ?? ('' as Day);
const asOf = day('2026-11-22');
const pool = (monthlyPrice?: number) => ({ purchased: 9, outside: 0, ...(monthlyPrice !== undefined && { monthlyPrice }) });
const pools: Pools = { Full: pool(90), Dev: pool(35) };
const more = (Full: number, Dev = 0) => ({ Full: { before: 5, after: 5 + Full }, Dev: { before: 5, after: 5 + Dev } });

describe('a month', () => {
  test.each<[string, ReturnType<typeof more> | Record<string, never>, Pools, number | undefined]>([
    ['no price is known', more(1), { Full: pool() }, undefined],
    ['nothing is purchased', more(1), {}, undefined],
    ['nothing changes', more(0), pools, 0],
    ['one more', more(1), pools, 90],
    ['one fewer', more(-1), pools, -90],
    ['both', more(1, -2), pools, 20],
    ['a type without a price costs nothing that is known', more(1, 1), { ...pools, Dev: pool() }, 90],
    ['a type that nobody uses', {}, pools, 0],
    ['a price of nothing is a price', more(1), { Full: pool(0) }, 0],
    ['without the dust of 0.1 + 0.2', more(1, 1), { Full: pool(0.1), Dev: pool(0.2) }, 0.3],
    ['nor that of many', more(3), { Full: pool(2.01) }, 6.03],
  ])('%s', (_, counts, pools, monthly) => {
    expect(costOf(counts, pools, { asOf })?.monthly).toBe(monthly);
  });
});

describe('until the term ends', () => {
  const total = (termEnds: string, full = 1, price = 90) =>
    costOf(more(full), { Full: pool(price) }, { termEnds: day(termEnds), asOf })?.term;
  test.each<[string, string, number | undefined]>([
    ['a year', '2027-11-21', 1080],
    ['both days count', '2026-11-23', 5.92],
    ['the last day', '2026-11-22', 2.96],
    ['it ended yesterday', '2026-11-21', undefined],
  ])('%s', (_, termEnds, expected) => {
    expect(total(termEnds)).toEqual(expected === undefined ? undefined : { ends: termEnds, total: expected });
  });
  test('saving mirrors spending, to the cent', () => {
    expect([total('2026-11-23', -1)?.total, total('2026-11-22', 1, 0.01)?.total, total('2026-11-22', -1, 0.01)?.total]).toEqual([
      -5.92, 0, 0,
    ]);
  });
  test('no term is known', () => {
    expect(costOf(more(1), pools, { asOf })).toEqual({ monthly: 90 });
  });
});

test('the currency is told where it is known', () => {
  expect(costOf(more(1), pools, { currency: 'EUR', asOf })).toEqual({ currency: 'EUR', monthly: 90 });
});
