import type { Seat } from '../model/directory.ts';
import {
  type Budget,
  defaultPolicy,
  type Limit,
  type LimitName,
  limitNames,
  type PaidSeat,
  type Policy,
  type Pool,
  type Pools,
} from '../model/policy.ts';
import { sameWhere } from '../model/where.ts';

/**
 * The stricter of two policies, rule by rule: neither is looser. What bounds nothing, such as prices, is the second's. Both lists of who is
 * protected or ignored hold, and both budgets where they are about different people.
 */
export function stricterOf(one: Policy, other: Policy): Policy {
  const limits = limitNames.map((name) => [name, strictestLimits([one, other].flatMap((policy) => limitsOn(policy, name)))] as const);
  const second = limits.flatMap(([name, { beside }]) => (beside ? [[name, beside] as const] : []));
  const { otherLimits: _, ...rest } = other;
  return {
    ...rest,
    ignore: {
      users: union(other.ignore.users, one.ignore.users),
      groups: union(other.ignore.groups, one.ignore.groups),
    },
    protected: union(other.protected, one.protected),
    minAdmins: Math.max(one.minAdmins, other.minAdmins),
    limits: Object.fromEntries(limits.map(([name, { limit }]) => [name, limit])) as Policy['limits'],
    ...(second.length > 0 && { otherLimits: Object.fromEntries(second) }),
    pools: smallerPools(one.pools, other.pools),
    budgets: lowerBudgets(one.budgets, other.budgets),
    separation: {
      approvals: Math.max(one.separation.approvals, other.separation.approvals),
      notBy: union(other.separation.notBy, one.separation.notBy),
    },
  };
}

/** The strictest of all policies, rule by rule; what bounds nothing is the last one's. Of none it is what holds by default. */
export function strictestOf(policies: readonly Policy[]): Policy {
  const [first = defaultPolicy, ...rest] = policies;
  return rest.reduce(stricterOf, first);
}

/** The lower number of seats of each type; where one side has none, the other's. */
export function lowerSeats(one: Budget['seats'], other: Budget['seats']): Budget['seats'] {
  const named = Object.keys({ ...other, ...one }) as readonly Seat[];
  const lower = named.map((seat) => [seat, Math.min(one[seat] ?? Infinity, other[seat] ?? Infinity)] as const);
  return Object.fromEntries(lower);
}

/** Every limit that holds for one thing. */
export function limitsOn({ limits, otherLimits }: Policy, name: LimitName): readonly Limit[] {
  const beside = otherLimits?.[name];
  return beside ? [limits[name], beside] : [limits[name]];
}

/** The lowest percentage and the lowest number: which of the two is stricter is known only with what they count among. */
function strictestLimits(all: readonly Limit[]): { readonly limit: Limit; readonly beside?: Limit } {
  const percent = Math.min(...all.map((limit) => ('percent' in limit ? limit.percent : Infinity)));
  const count = Math.min(...all.map((limit) => ('count' in limit ? limit.count : Infinity)));
  if (percent === Infinity) return { limit: { count } };
  return { limit: { percent }, ...(count < Infinity && { beside: { count } }) };
}

function smallerPools(one: Pools, other: Pools): Pools {
  const named = Object.keys({ ...other, ...one }) as readonly PaidSeat[];
  return Object.fromEntries(named.map((seat) => [seat, smallerPool(one[seat], other[seat])]));
}

/** The pool with fewer seats to give out, at the second's price; a pool is smaller than no pool. */
function smallerPool(one: Pool | undefined, other: Pool | undefined): Pool | undefined {
  if (!one || !other) return one ?? other;
  const { purchased, outside } = availableIn(one) < availableIn(other) ? one : other;
  return { ...other, purchased, outside };
}

function availableIn({ purchased, outside }: Pool): number {
  return purchased - outside;
}

function lowerBudgets(one: readonly Budget[], other: readonly Budget[]): readonly Budget[] {
  const twinOf = (budget: Budget, among: readonly Budget[]) => among.find((twin) => isTwin(budget, twin));
  const lower = other.map(({ name, where, seats: own }) => {
    const twin = twinOf({ name, where, seats: own }, one);
    return { name, where, seats: twin ? lowerSeats(own, twin.seats) : own };
  });
  return [...lower, ...one.filter((budget) => !twinOf(budget, other))];
}

/** Whether two budgets are one: of the same name, about the same people. */
function isTwin(one: Budget, other: Budget): boolean {
  return one.name === other.name && sameWhere(one.where, other.where);
}

function union<T extends string>(first: readonly T[], second: readonly T[]): readonly T[] {
  return [...first, ...second.filter((entry) => !first.includes(entry))];
}
