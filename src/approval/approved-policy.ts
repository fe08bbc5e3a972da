import type { Seat } from '../model/directory.ts';
import { type Budget, type Limits, limitNames, type PaidSeat, type Policy, type Pool, type Pools } from '../model/policy.ts';
import { rulePath, type RuleStep } from '../model/rule.ts';
import { differingValues, type Where, whereAttributes } from '../model/where.ts';
import { limitsOn } from './stricter.ts';

/** Whether the change of a rule of `organization` is approved, by the rule's path (see `rulePath`). */
export type IsRuleApproved = (attribute: string) => boolean;

type Is = (...steps: readonly RuleStep[]) => boolean;

/** The applied policy with what the tip changes of it by approved changes. What bounds nothing, such as prices, is the tip's. */
export function approvedPolicy(applied: Policy, tip: Policy, isRuleApproved: IsRuleApproved): Policy {
  const isApproved: Is = (...steps) => isRuleApproved(rulePath(steps));
  const limits = limitNames.map((name) => [name, limitsOn(isApproved('limits', name) ? tip : applied, name)] as const);
  const second = limits.flatMap(([name, [, beside]]) => (beside ? [[name, beside] as const] : []));
  const { otherLimits: _, ...rest } = tip;
  return {
    ...rest,
    ignore: {
      users: listOf(applied.ignore.users, tip.ignore.users, (entry) => isApproved('ignore', 'users', { entry })),
      groups: listOf(applied.ignore.groups, tip.ignore.groups, (entry) => isApproved('ignore', 'groups', { entry })),
    },
    protected: listOf(applied.protected, tip.protected, (entry) => isApproved('protected', { entry })),
    minAdmins: (isApproved('minAdmins') ? tip : applied).minAdmins,
    limits: Object.fromEntries(limits.map(([name, [limit]]) => [name, limit])) as Limits,
    ...(second.length > 0 && { otherLimits: Object.fromEntries(second) }),
    pools: poolsOf(applied.pools, tip.pools, isApproved),
    budgets: budgetsOf(applied.budgets, tip.budgets, isApproved),
    separation: {
      approvals: (isApproved('separation', 'approvals') ? tip : applied).separation.approvals,
      notBy: (isApproved('separation', 'notBy') ? tip : applied).separation.notBy,
    },
  };
}

function listOf(applied: readonly string[], tip: readonly string[], isApproved: (entry: string) => boolean): readonly string[] {
  const kept = applied.filter((entry) => tip.includes(entry) || !isApproved(entry));
  return [...kept, ...tip.filter((entry) => !applied.includes(entry) && isApproved(entry))];
}

function poolsOf(applied: Pools, tip: Pools, isApproved: Is): Pools {
  const named = Object.keys({ ...tip, ...applied }) as readonly PaidSeat[];
  const pools = named.map((seat) => [seat, poolOf(applied[seat], tip[seat], (key) => isApproved('seats', seat, key))] as const);
  return Object.fromEntries(pools.filter(([, pool]) => pool !== undefined));
}

function poolOf(applied: Pool | undefined, tip: Pool | undefined, isApproved: (key: string) => boolean): Pool | undefined {
  const purchased = (isApproved('purchased') ? tip : applied)?.purchased;
  if (purchased === undefined) return undefined;
  const outside = (isApproved('outside') ? tip : applied)?.outside ?? applied?.outside ?? 0;
  return { ...(tip ?? applied), purchased, outside };
}

function budgetsOf(applied: readonly Budget[], tip: readonly Budget[], isApproved: Is): readonly Budget[] {
  const changed = applied.map((budget) =>
    budgetOf(
      budget,
      tip.find(({ name }) => name === budget.name),
      isApproved,
    ),
  );
  const nobody: Where = new Map();
  const added = tip
    .filter(({ name, where }) => !applied.some((budget) => budget.name === name) && isWhereApproved(name, nobody, where, isApproved))
    .map((budget) => budgetOf({ name: budget.name, where: nobody, seats: {} }, budget, isApproved));
  return [...changed, ...added].filter((budget) => Object.keys(budget.seats).length > 0);
}

/** A budget that is about others by an approved change; where it is not, or the budget is gone, it stays about the same people. */
function budgetOf({ name, where, seats: own }: Budget, tip: Budget | undefined, isApproved: Is): Budget {
  const named = Object.keys({ ...tip?.seats, ...own }) as readonly Seat[];
  const numbers = named.map((seat) => [seat, (isApproved('budgets', { name }, 'seats', seat) ? tip?.seats : own)?.[seat]] as const);
  return {
    name,
    where: tip && isWhereApproved(name, where, tip.where, isApproved) ? tip.where : where,
    seats: Object.fromEntries(numbers.filter(([, number]) => number !== undefined)),
  };
}

function isWhereApproved(name: string, before: Where, after: Where, isApproved: Is): boolean {
  return whereAttributes.every((attribute) =>
    differingValues(before, after, attribute).every((entry) => isApproved('budgets', { name }, 'where', attribute, { entry })),
  );
}
