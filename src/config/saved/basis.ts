import type { ChangeId } from '../../model/change-id.ts';
import type { UserName } from '../../model/directory.ts';
import type { Basis, BudgetBasis } from '../../model/basis.ts';
import { limitNames, type Limit, type LimitName, type Pools } from '../../model/policy.ts';
import type { BasisDocument } from './document.ts';
import { only } from './parts.ts';

/** What guards judge by, of a checked document; names are carried over in the form in which they stand there. */
export function basisOf(basis: BasisDocument): Basis {
  return {
    limits: Object.fromEntries(limitNames.map((name) => [name, limitOf(basis.limits[name])])) as Record<LimitName, Limit>,
    minAdmins: basis.min_admins,
    protected: basis.protected,
    pools: poolsOf(basis.pools),
    budgets: basis.budgets.map(budgetOf),
    population: only(basis.population, 'users', 'paid', 'memberships', 'groups'),
    declared: only(basis.declared, 'users', 'missing'),
    doubts: basis.doubts.map((doubt) => only(doubt, 'message', 'operation')),
    undeclaredMembers: basis.undeclared_members.map(({ user, operation }) => ({ user: user as UserName, operation })),
    onlyExpired: basis.only_expired,
    ...(basis.exempt === undefined ? {} : { exempt: basis.exempt as readonly ChangeId[] }),
  };
}

function budgetOf({ name, seats, users, joining, leaving }: BasisDocument['budgets'][number]): BudgetBasis {
  const names = (list: readonly string[]) => list as readonly UserName[];
  return { name, seats, users: names(users), joining: names(joining), leaving: names(leaving) };
}

function limitOf(limit: number | string): Limit {
  return typeof limit === 'number' ? { count: limit } : { percent: Number(limit.slice(0, -1)) };
}

function poolsOf(pools: BasisDocument['pools']): Pools {
  return Object.fromEntries(
    Object.entries(pools).map(([seat, { purchased, outside, monthly_price }]) => {
      return [seat, { purchased, outside, ...(monthly_price === undefined ? {} : { monthlyPrice: monthly_price }) }];
    }),
  );
}
