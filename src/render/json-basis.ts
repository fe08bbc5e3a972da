import type { Basis, Doubt } from '../model/basis.ts';
import type { Limit, Pool, Pools } from '../model/policy.ts';

/** What guards judge by, as plain data: limits as people write them (`3`, `"10%"`), all other values as they are. */
export function basisDocument(basis: Basis) {
  const { limits, minAdmins, pools, budgets, population, declared, doubts, undeclaredMembers, onlyExpired, exempt } = basis;
  return {
    limits: Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, limitDocument(limit)])),
    min_admins: minAdmins,
    protected: basis.protected,
    pools: poolsDocument(pools),
    budgets: budgets.map(({ name, seats, users, joining, leaving }) => ({ name, seats, users, joining, leaving })),
    population: { users: population.users, paid: population.paid, memberships: population.memberships, groups: population.groups },
    declared: { users: declared.users, missing: declared.missing },
    doubts: doubts.map(doubtDocument),
    undeclared_members: undeclaredMembers.map(({ user, operation }) => ({ user, operation })),
    only_expired: onlyExpired,
    ...(exempt === undefined ? {} : { exempt }),
  };
}

function limitDocument(limit: Limit): number | string {
  return 'count' in limit ? limit.count : `${limit.percent}%`;
}

function poolsDocument(pools: Pools) {
  return Object.fromEntries(Object.entries(pools).map(([seat, pool]) => [seat, poolDocument(pool)]));
}

function poolDocument({ purchased, outside, monthlyPrice }: Pool) {
  return { purchased, outside, ...(monthlyPrice === undefined ? {} : { monthly_price: monthlyPrice }) };
}

function doubtDocument({ message, operation }: Doubt) {
  return { message, ...(operation === undefined ? {} : { operation }) };
}
