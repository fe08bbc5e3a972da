import type { BudgetBasis } from '../model/basis.ts';
import { userNameOf, type UserName, type Value } from '../model/directory.ts';
import type { Operation } from '../model/operation.ts';
import type { Policy } from '../model/policy.ts';
import { isMeant, type Where, type WhereAttribute } from '../model/where.ts';
import type { UserMatching } from './match.ts';

type Pair = UserMatching['pairs'][number];

/**
 * Whom each budget is about once the operations are carried out, and who of them joins it or leaves it by that. A value that nobody had
 * before counts as one that was always there, so that files which name departments for the first time move nobody.
 */
export function budgetBasisOf(
  budgets: Policy['budgets'],
  { pairs, ambiguous }: UserMatching,
  operations: readonly Operation[],
): readonly BudgetBasis[] {
  const declared = [...pairs, ...ambiguous];
  const editing = new Map(operations.filter(({ kind }) => kind === 'user').map((operation) => [userNameOf(operation.name), operation]));
  return budgets.map(({ name, where, seats }) => {
    const belonged = keysOf(declared, where, valueBefore);
    const belong = keysOf(declared, where, (pair, attribute) => valueAfter(pair, attribute, editing.get(pair.key)));
    return {
      name,
      seats,
      users: [...belong],
      joining: [...belong].filter((key) => !belonged.has(key)),
      leaving: [...belonged].filter((key) => !belong.has(key)),
    };
  });
}

type Reading = (pair: Pair, attribute: WhereAttribute) => Value | undefined;

function keysOf(declared: readonly Pair[], where: Where, valueOf: Reading): ReadonlySet<UserName> {
  return new Set(declared.filter((pair) => isMeant(where, (attribute) => valueOf(pair, attribute))).map(({ key }) => key));
}

function valueBefore({ desired, live }: Pair, attribute: WhereAttribute): Value | undefined {
  return live?.attributes[attribute] ?? desired.wanted[attribute]?.value;
}

/** By the edits, not by the wish: a plan of a part leaves those whom it does not touch where they are. */
function valueAfter(pair: Pair, attribute: WhereAttribute, operation: Operation | undefined): Value | undefined {
  const edit = operation?.edits.find((one) => one.attribute === attribute);
  return edit ? edit.after : valueBefore(pair, attribute);
}
