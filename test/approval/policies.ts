import { load } from '../../src/config/load.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { seats } from '../../src/model/directory.ts';
import type { OrganizationEntry } from '../../src/model/declaration.ts';
import { type LimitName, type PaidSeat, type Policy } from '../../src/model/policy.ts';
import type { RuleSource } from '../../src/model/rule.ts';
import { sameWhere } from '../../src/model/where.ts';
import { limitsOn } from '../../src/approval/stricter.ts';
import { ceiling } from '../../src/plan/guards/ceiling.ts';

/** The rules of one user who has nothing, with an organization in flow style, such as `{ minAdmins: 3 }`. */
export function ruled(organization: string): RuleSource {
  const users = 'users: [{ userName: a@x.io, department: D, title: T }]';
  const loaded = load([{ path: 'a.yaml', text: `version: 1\n${users}\norganization: ${organization}\n` }]);
  if (loaded.ok) return loaded.value;
  throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
}

/** The policy of such an organization. */
export function policy(organization: string): Policy {
  return policyOf(ruled(organization).organization);
}

/** A configuration of an organization and nothing else. */
export function sourceOf(organization: OrganizationEntry): RuleSource {
  return { organization, users: [], groups: [] };
}

/** How much a policy allows of one thing where there are so many to count among. */
export function allowedBy(one: Policy, name: LimitName, population: number): number {
  return Math.min(...limitsOn(one, name).map((limit) => ceiling(limit, population, name === 'creations' ? 5 : 1)));
}

/** How many seats of a type a policy has to give out; without a pool there is no end. */
function availableIn({ pools }: Policy, seat: PaidSeat): number {
  const pool = pools[seat];
  return pool ? pool.purchased - pool.outside : Infinity;
}

/** In what one policy is looser than another, in words. */
export function looseness(one: Policy, than: Policy, population: number): readonly string[] {
  const limits = Object.keys(than.limits) as LimitName[];
  const paid = ['Full', 'Dev', 'Collab'] as const;
  return [
    ...(one.minAdmins < than.minAdmins ? ['minAdmins'] : []),
    ...(one.separation.approvals < than.separation.approvals ? ['approvals'] : []),
    ...than.separation.notBy.filter((kind) => !one.separation.notBy.includes(kind)),
    ...limits.filter((name) => allowedBy(one, name, population) > allowedBy(than, name, population)),
    ...paid.filter((seat) => availableIn(one, seat) > availableIn(than, seat)),
    ...than.protected.filter((pattern) => !one.protected.includes(pattern)),
    ...than.budgets.flatMap(({ name, where, seats: own }) => {
      const twin = one.budgets.find((budget) => budget.name === name && sameWhere(budget.where, where));
      return seats.filter((seat) => (twin?.seats[seat] ?? Infinity) > (own[seat] ?? Infinity)).map((seat) => `${name} ${seat}`);
    }),
  ];
}

/** A policy without the order of its lists and without what bounds nothing. */
export function bounds(one: Policy): unknown {
  const sorted = (list: readonly string[]) => [...new Set(list)].toSorted();
  const budgets = one.budgets.map(({ name, where, seats: own }) =>
    JSON.stringify([
      name,
      sorted([...where].map((pair) => JSON.stringify(pair.map(sortedValues)))),
      sorted(Object.entries(own).map(String)),
    ]),
  );
  return {
    limits: one.limits,
    otherLimits: one.otherLimits ?? {},
    minAdmins: one.minAdmins,
    protected: sorted(one.protected),
    ignore: { users: sorted(one.ignore.users), groups: sorted(one.ignore.groups) },
    budgets: sorted(budgets),
    separation: { approvals: one.separation.approvals, notBy: sorted(one.separation.notBy) },
    available: sorted(Object.keys(one.pools)).map((seat) => [seat, availableIn(one, seat as PaidSeat)]),
  };
}

function sortedValues(part: string | readonly string[]): string | readonly string[] {
  return typeof part === 'string' ? part : [...new Set(part)].toSorted();
}
