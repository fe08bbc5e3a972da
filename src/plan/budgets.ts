import { seats, userNameOf, type Seat } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { BudgetBasis } from '../model/basis.ts';
import type { Operation } from '../model/operation.ts';
import type { BudgetUse } from '../model/plan.ts';
import { everybody } from './guards/everybody.ts';

/** How many seats the people of each budget hold before and after the operations, for the types that it names, dearest first. */
export function budgetUse(budgets: readonly BudgetBasis[], live: Live, operations: readonly Operation[]): readonly BudgetUse[] {
  return budgets.map((budget) => {
    const means = meansOf(budget, operations);
    const held = everybody(live).filter(({ attributes }) => means(attributes.userName));
    const changes = operations.filter(({ kind, name, was }) => kind === 'user' && means(was ?? name));
    const useOf = (seat: Seat, limit: number) => {
      const before = held.filter(({ attributes }) => attributes.seat === seat).length;
      const step = changes.reduce((sum, { seat: own }) => sum + Number(own?.after === seat) - Number(own?.before === seat), 0);
      return { before, after: before + step, limit };
    };
    const named = seats.toReversed().flatMap((seat) => {
      const limit = budget.seats[seat];
      return limit === undefined ? [] : [[seat, useOf(seat, limit)] as const];
    });
    return { name: budget.name, seats: Object.fromEntries(named) };
  });
}

/**
 * Whether a budget is about the person who is live under a name, or will be: a renamed person is known by the new name too, and a name that
 * somebody else is about to get means that somebody.
 */
export function meansOf({ users }: Pick<BudgetBasis, 'users'>, operations: readonly Operation[]): (present: string) => boolean {
  const meant: ReadonlySet<string> = new Set(users);
  const renames = operations.filter(({ kind, was }) => kind === 'user' && was !== undefined);
  const renamed = new Map(renames.map(({ name, was }) => [userNameOf(was ?? name), userNameOf(name)]));
  const taken = new Set(renamed.values());
  return (present) => {
    const name = userNameOf(present);
    return meant.has(renamed.get(name) ?? name) || (meant.has(name) && !taken.has(name));
  };
}
