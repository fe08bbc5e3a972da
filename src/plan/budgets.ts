import { seats, userNameOf, type Seat, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { BudgetBasis } from '../model/basis.ts';
import type { Operation } from '../model/operation.ts';
import type { BudgetUse } from '../model/plan.ts';
import { whereAttributes } from '../model/where.ts';
import { everybody } from './guards/everybody.ts';

/**
 * How many seats the people of each budget hold before and after the operations, for the types that it names, dearest first. Before are those
 * who belonged to it before: who joins brings the seat along, who leaves takes it away.
 */
export function budgetUse(budgets: readonly BudgetBasis[], live: Live, operations: readonly Operation[]): readonly BudgetUse[] {
  return budgets.map((budget) => {
    const { belonged, belongs } = belongingOf(budget, operations);
    const [held, kept] = [belonged, belongs].map((means) => everybody(live).filter(({ attributes }) => means(attributes.userName)));
    const changes = operations.filter(({ kind, name, was }) => kind === 'user' && belongs(was ?? name));
    const useOf = (seat: Seat, limit: number) => {
      const [before = 0, base = 0] = [held, kept].map((people) => people?.filter(({ attributes }) => attributes.seat === seat).length);
      const step = changes.reduce((sum, { seat: own }) => sum + Number(own?.after === seat) - Number(own?.before === seat), 0);
      return { before, after: base + step, limit };
    };
    const named = seats.toReversed().flatMap((seat) => {
      const limit = budget.seats[seat];
      return limit === undefined ? [] : [[seat, useOf(seat, limit)] as const];
    });
    return { name: budget.name, seats: Object.fromEntries(named) };
  });
}

/** Whether a budget is about the person who is live under a name, or will be. */
type Belonging = (present: string) => boolean;

/** Whom a budget was about before the operations, and whom it is about after them. */
export function belongingOf(
  budget: BudgetBasis,
  operations: readonly Operation[],
): { readonly belonged: Belonging; readonly belongs: Belonging } {
  const { users, joining, leaving } = budget;
  // Whom nothing moves any more has been moved already, by an apply that was cut short: they belong before as they do after.
  const moving = new Set(operations.filter(isMove).map(({ name }) => userNameOf(name)));
  const joiners = new Set(joining.filter((name) => moving.has(name)));
  const before = [...users.filter((name) => !joiners.has(name)), ...leaving.filter((name) => moving.has(name))];
  return { belonged: meansOf(before, operations), belongs: meansOf(users, operations) };
}

function isMove({ kind, edits }: Operation): boolean {
  return kind === 'user' && edits.some(({ attribute }) => (whereAttributes as readonly string[]).includes(attribute));
}

/** A renamed person is known by the new name too, and a name that somebody else is about to get means that somebody. */
function meansOf(users: readonly UserName[], operations: readonly Operation[]): Belonging {
  const meant: ReadonlySet<string> = new Set(users);
  const renames = operations.filter(({ kind, was }) => kind === 'user' && was !== undefined);
  const renamed = new Map(renames.map(({ name, was }) => [userNameOf(was ?? name), userNameOf(name)]));
  const taken = new Set(renamed.values());
  return (present) => {
    const name = userNameOf(present);
    return meant.has(renamed.get(name) ?? name) || (meant.has(name) && !taken.has(name));
  };
}
