import type { Live } from '../../model/live.ts';
import type { Edit, Operation } from '../../model/operation.ts';
import { everybody, isActiveAdmin } from './everybody.ts';
import type { Guard } from './guard.ts';
import { counted, lifting, listing } from './wording.ts';

/**
 * Blocks where at any moment, in plan order, fewer active admins would be left than there are and than there must be: if the apply stopped
 * there, nobody could mend it.
 */
export const minAdmins: Guard = ({ operations, live, basis }) => {
  const stepOf = steps(live);
  const before = everybody(live).filter(isActiveAdmin).length;
  const left = fewest(before, operations.map(stepOf));
  const losing = operations.filter((operation) => stepOf(operation) < 0);
  const limit = basis.minAdmins;
  const blocked = left < before && left < limit;
  const without = losing.length > 0 ? ` without ${listing(losing.map(({ name }) => name))}` : '';
  const fact = `${counted(left, 'active admin')} would be left of ${before}${without}, the minimum is ${limit}`;
  return {
    guard: 'minAdmins',
    outcome: blocked ? 'block' : 'allow',
    count: left,
    limit,
    message: blocked ? `${fact}: make somebody else an admin first${lifting('minAdmins', left)}` : fact,
    operations: losing.map(({ id }) => id),
  };
};

/** The fewest at any moment after the start, where that is fewer than at the start; else how many there are in the end. */
function fewest(before: number, steps: readonly number[]): number {
  let now = before;
  let least = before;
  for (const step of steps) {
    now += step;
    least = Math.min(least, now);
  }
  return least < before ? least : now;
}

/** By how much an operation changes the number of active admins: one more, one fewer, or none. */
function steps(live: Live): (operation: Operation) => number {
  const users = new Map(everybody(live).map((user) => [user.ref.id, user]));
  return ({ kind, action, ref, edits }) => {
    if (kind !== 'user') return 0;
    const user = ref && users.get(ref.id);
    const active = becomes(edits, 'active', user?.attributes.active ?? action === 'create');
    const admin = becomes(edits, 'figmaAdmin', user?.attributes.figmaAdmin === true);
    return Number(active && admin) - Number(user !== undefined && isActiveAdmin(user));
  };
}

function becomes(edits: readonly Edit[], attribute: string, otherwise: boolean): boolean {
  const edit = edits.find((edit) => edit.attribute === attribute);
  return edit ? edit.after === true : otherwise;
}
