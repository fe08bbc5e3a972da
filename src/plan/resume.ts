/**
 * A saved plan on a fresh read. Every edit is looked at: its `before` holds, then it is still to do; its `after` holds, then it is done
 * already, by an apply that was cut short or by somebody else; neither, then the plan is stale as a whole and nothing of it is written.
 *
 * What is left is a plan again: judged by the same guards on what is live now, in an order that is made anew, since a file is only as good as
 * what its digest covers, and the digest does not cover order.
 */
import type { Day } from '../model/day.ts';
import type { Live } from '../model/live.ts';
import type { Basis } from '../model/basis.ts';
import type { Edit, Operation, OperationId } from '../model/operation.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import { sequence } from './sequence.ts';
import { sharedNumbers, type Identifying } from './shared-numbers.ts';
import { adminChanges } from './admins.ts';
import { withDays } from './days-ahead.ts';
import { Fresh } from './fresh.ts';
import { comesFirst } from './order.ts';
import { remainsOfGroup } from './remains-group.ts';
import { remainsOfUser, type Remains } from './remains.ts';
import { weigh } from './weigh.ts';

export type Resumed = { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'stale'; readonly reasons: readonly string[] };

/** What is still to do of a saved plan, or why it cannot be used any more: one sentence for each thing that has moved. */
export function resume(saved: Plan, live: Live, today: Day): Resumed {
  const fresh = new Fresh(saved.operations, live);
  const looked = saved.operations.map((operation) => ({
    operation,
    left: operation.kind === 'user' ? remainsOfUser(operation, fresh) : remainsOfGroup(operation, fresh),
  }));
  const reasons = [...endedGrants(saved, today), ...looked.flatMap(({ left }) => left.moved)];
  if (reasons.length > 0) return { kind: 'stale', reasons };
  const ids = new Map(looked.flatMap(({ operation, left }) => (left.operation ? [[operation.id, left.operation.id] as const] : [])));
  const { gains } = adminChanges(live);
  const operations = sequence(
    looked.flatMap(({ left }) => (left.operation ? [rewired(left, ids)] : [])),
    (one) => comesFirst(one, gains, saved.basis.pools),
  );
  const { selection, unresolved, asOf, cost } = saved;
  const basis = basisNow(saved, live, ids);
  const policy = { ...(cost?.currency !== undefined && { currency: cost.currency }), ...(cost?.term && { termEnds: cost.term.ends }) };
  const plan = { ...saved, operations, ...weigh({ operations, live, basis, selection, unresolved, policy, asOf }) };
  return { kind: 'plan', plan: withDays(plan, stillToCome(saved, today)) };
}

/** What was judged of days to come when the plan was made: the configuration that says so is not read again. */
function stillToCome({ guards }: Plan, today: Day): readonly Verdict[] {
  return guards.filter(({ day }) => day !== undefined && day > today);
}

/** A plan that gives what a grant allowed is worth nothing once the grant is over. */
function endedGrants({ operations }: Plan, today: Day): readonly string[] {
  const ended = operations.flatMap(({ name, edits }) =>
    edits.flatMap(({ cause: { via, until } }) =>
      via !== 'expired' && until !== undefined && until < today ? [`${name} rests on a grant that ended on ${until}`] : [],
    ),
  );
  return [...new Set(ended)];
}

/** Needs that are met already are gone, the others name what is left of the operation that they meant. */
function rewired({ operation }: Remains, ids: ReadonlyMap<OperationId, OperationId>): Operation {
  const { needs, edits, ...rest } = operation as Operation;
  const open = (wanted: readonly OperationId[]) => wanted.map((id) => ids.get(id)).filter((id) => id !== undefined);
  const freed = ({ needs: own, ...edit }: Edit): Edit => (own && open(own).length > 0 ? { ...edit, needs: open(own) } : edit);
  return { ...rest, edits: edits.map(freed), needs: open(needs) };
}

/**
 * What the guards go by, without what is done: who was missing and has been created is not missing any more, whoever was read before and is not
 * now is. A create that has come to share a number with somebody live is a doubt, as it would have been.
 */
function basisNow({ basis, live: before, operations }: Plan, live: Live, ids: ReadonlyMap<OperationId, OperationId>): Basis {
  const created = operations.filter(({ id, action, kind }) => kind === 'user' && action === 'create' && !ids.has(id)).length;
  const users = live.users.size + [...live.ambiguous.users.values()].flat().length;
  const vanished = Math.max(0, before.users + created - users);
  const isLeft = ({ operation }: { readonly operation?: OperationId }) => operation === undefined || ids.has(operation);
  const doubted = new Set(basis.doubts.map(({ operation }) => operation));
  return {
    ...basis,
    declared: { ...basis.declared, missing: Math.max(0, basis.declared.missing - created) + vanished },
    doubts: [
      ...basis.doubts.filter(isLeft),
      ...newcomers(operations, live).filter(({ operation }) => ids.has(operation) && !doubted.has(operation)),
    ],
    undeclaredMembers: basis.undeclaredMembers.flatMap(({ user, operation }) => {
      const id = ids.get(operation);
      return id === undefined ? [] : [{ user, operation: id }];
    }),
  };
}

/** Creates that have come to share a number with somebody live. Who gets another number by the same plan is another person. */
function newcomers(operations: readonly Operation[], live: Live): readonly { readonly operation: OperationId; readonly message: string }[] {
  const users = [...live.users.values(), ...[...live.ambiguous.users.values()].flat()];
  const keeping = (attribute: Identifying) => {
    const changing = new Set(
      operations.filter(({ edits }) => edits.some((edit) => edit.attribute === attribute)).map(({ ref }) => ref?.id),
    );
    return users.filter(({ ref }) => !changing.has(ref.id));
  };
  return sharedNumbers(operations, keeping).map(({ operation, name, attributes, holders }) => {
    const who = holders.map((holder) => holder.attributes.userName).join(' and ');
    return { operation, message: `${name} would get the ${attributes.join(' and ')} of ${who}, who is live by now: plan again` };
  });
}
