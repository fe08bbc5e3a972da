import { userNameOf } from '../../model/directory.ts';
import type { Guard } from './guard.ts';
import { counted, lifting, listing } from './wording.ts';

/** Blocks where people whom no entry names would leave a group because its rule, which sees declared users only, cannot mean them. */
export const undeclaredMembers: Guard = ({ operations, basis }) => {
  const planned = new Map(operations.map((operation) => [operation.id, operation]));
  const leaving = basis.undeclaredMembers.flatMap(({ user, operation: id }) => {
    const operation = planned.get(id);
    const leaves = operation?.edits.some(({ attribute, before }) => attribute === 'member' && userNameOf(String(before ?? '')) === user);
    return operation && leaves === true ? [{ user, operation }] : [];
  });
  const users = [...new Set(leaving.map(({ user }) => user))];
  const groups = new Map(leaving.map(({ operation }) => [operation.id, operation.name]));
  const count = users.length;
  const remedy = 'declare them with the attributes that the rule asks for, or list them under members';
  const who = `${counted(count, 'undeclared user')} (${listing(users)}) would leave ${listing([...groups.values()])}`;
  return {
    guard: 'undeclaredMembers',
    outcome: count > 0 ? 'block' : 'allow',
    count,
    message:
      count > 0
        ? `${who}, where a rule says who belongs and sees declared users only: ${remedy}${lifting('undeclaredMembers', count)}`
        : 'no rule would remove undeclared members',
    operations: [...groups.keys()],
  };
};
