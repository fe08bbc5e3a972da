import type { BudgetEntry, OrganizationEntry, PoolEntry, Written } from '../model/declaration.ts';
import type { Seat } from '../model/directory.ts';
import { type Limit, type LimitName, type NotBy, type PaidSeat, limitNames } from '../model/policy.ts';
import type { Where } from '../model/where.ts';
import { type Parts, type Place, eachOf, partsOf } from './parts.ts';
import type { Reader } from './reader.ts';
import { whereOf } from './where-entry.ts';

const figure = (reader: Reader, { node, via }: Place): number | undefined => reader.figure(node, via);

const limitParts = Object.fromEntries(limitNames.map((name) => [name, limitOf])) as Parts<Record<LimitName, Limit>>;

/** The limits that are written. */
export function limitsOf(reader: Reader, place: Place): NonNullable<OrganizationEntry['limits']> {
  return partsOf(reader, place, limitParts);
}

function limitOf(reader: Reader, { node, via }: Place): Limit | undefined {
  const percentage = reader.sketch(node) === undefined ? undefined : reader.choice(node);
  if (percentage !== undefined) return { percent: Number(percentage.slice(0, -1)) };
  const count = reader.figure(node, via);
  return count === undefined ? undefined : { count };
}

interface SeatsPart {
  readonly Full?: PoolEntry;
  readonly Dev?: PoolEntry;
  readonly Collab?: PoolEntry;
  readonly currency?: string;
  readonly termEnds?: NonNullable<OrganizationEntry['seats']>['termEnds'];
}

const seatsParts: Parts<SeatsPart> = {
  Full: poolOf,
  Dev: poolOf,
  Collab: poolOf,
  currency: (reader, { node, via }) => reader.text(node, via)?.value,
  termEnds: (reader, { node, via }) => reader.day(node, via)?.value,
};

/** The purchased seats, their currency and the end of the term. */
export function seatsOf(reader: Reader, place: Place): NonNullable<OrganizationEntry['seats']> {
  const { currency, termEnds, ...pools } = partsOf<SeatsPart>(reader, place, seatsParts);
  return { pools: pools satisfies { [S in PaidSeat]?: PoolEntry }, ...(currency ? { currency } : {}), ...(termEnds ? { termEnds } : {}) };
}

const poolParts: Parts<Omit<PoolEntry, 'at'>> = { purchased: figure, outside: figure, monthlyPrice: figure };

function poolOf(reader: Reader, place: Place): PoolEntry | undefined {
  const { purchased, outside = 0, monthlyPrice } = partsOf<Omit<PoolEntry, 'at'>>(reader, place, poolParts);
  if (purchased === undefined) return undefined;
  return { at: place.key, purchased, outside, ...(monthlyPrice === undefined ? {} : { monthlyPrice }) };
}

interface BudgetPart {
  readonly name: Written<string>;
  readonly where: Where;
  readonly seats: BudgetEntry['seats'];
}

const budgetParts: Parts<BudgetPart> = {
  name: (reader, { node, via }) => reader.text(node, via),
  where: whereOf,
  seats: (reader, place) => partsOf<Record<Seat, number>>(reader, place, { Full: figure, Dev: figure, Collab: figure, View: figure }),
};

/** The budgets that can be read; the place of each is its name. */
export function budgetsOf(reader: Reader, list: Place): readonly BudgetEntry[] | undefined {
  return eachOf(reader, list, (_, entry) => {
    const { name, where = new Map(), seats = {} } = partsOf<BudgetPart>(reader, entry, budgetParts);
    return name && { at: name.at, name: name.value, where, seats };
  });
}

type SeparationPart = NonNullable<OrganizationEntry['separation']>;

const separationParts: Parts<SeparationPart> = {
  approvals: figure,
  notBy: (reader, list) => eachOf(reader, list, (_, { node }) => reader.choice(node) as NotBy | undefined),
};

/** Who must approve a change, as far as it is written. */
export function separationOf(reader: Reader, place: Place): SeparationPart {
  return partsOf<SeparationPart>(reader, place, separationParts);
}
