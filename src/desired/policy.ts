import type { OrganizationEntry, PoolEntry, Written } from '../model/declaration.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { defaultPolicy, type Policy, type Pool, type Pools } from '../model/policy.ts';

/** What one run may do, with what holds by default where the configuration is silent; patterns come out in comparable form. */
export function policyOf(organization: OrganizationEntry): Policy {
  const { unmanaged, ignore, minAdmins, limits, seats, budgets, separation } = organization;
  return {
    unmanaged: { ...defaultPolicy.unmanaged, ...unmanaged },
    ignore: { users: comparable(ignore?.users, userNameOf), groups: comparable(ignore?.groups, groupNameOf) },
    protected: comparable(organization.protected, userNameOf),
    minAdmins: minAdmins ?? defaultPolicy.minAdmins,
    limits: { ...defaultPolicy.limits, ...limits },
    pools: poolsOf(seats?.pools ?? {}),
    ...(seats?.currency !== undefined && { currency: seats.currency }),
    ...(seats?.termEnds !== undefined && { termEnds: seats.termEnds }),
    budgets: (budgets ?? []).map(({ name, where, seats: allowed }) => ({ name, where, seats: allowed })),
    separation: { ...defaultPolicy.separation, ...separation },
  };
}

function comparable(patterns: readonly Written<string>[] | undefined, nameOf: (name: string) => string): readonly string[] {
  return (patterns ?? []).map(({ value }) => nameOf(value));
}

function poolsOf(entries: Readonly<Record<string, PoolEntry>>): Pools {
  return Object.fromEntries(
    Object.entries(entries).map(([seat, { purchased, outside, monthlyPrice }]): [string, Pool] => [
      seat,
      { purchased, outside, ...(monthlyPrice !== undefined && { monthlyPrice }) },
    ]),
  );
}
