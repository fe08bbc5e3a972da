/**
 * A create is approved as a whole. If it was cut short, or somebody else created the object meanwhile, what is still missing of it are changes
 * of single values that nobody saw as such: the approval of the create that the configuration still asks for covers them.
 */
import { atomicChanges, type Atom } from '../model/atom.ts';
import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { diffGroup } from './diff-group.ts';
import { diffUser } from './diff-user.ts';

/** The changes of operations that are approved, by themselves or by the create of what they belong to. */
export function approvedAtoms(
  operations: readonly Operation[],
  desired: Pick<Desired, 'users' | 'groups'>,
  isApproved: (atom: Atom) => boolean,
): ReadonlySet<Atom> {
  const found = operations.flatMap((operation) => {
    const changes = atomicChanges(operation);
    const creation = creationOf(operation, desired);
    const isCreated = creation !== undefined && isApproved(creation);
    return changes.filter(({ atom, edits }) => isApproved(atom) || (isCreated && edits.every((edit) => isSetting(operation, edit))));
  });
  return new Set(found.map(({ atom }) => atom));
}

/** How the object of an operation would be created, where an entry asks for it. */
export function creationOf({ kind, name }: Operation, { users, groups }: Pick<Desired, 'users' | 'groups'>): Atom | undefined {
  const creation = kind === 'user' ? userCreation(users.get(userNameOf(name))) : groupCreation(groups.get(groupNameOf(name)));
  return creation && atomicChanges(creation)[0]?.atom;
}

/** The atom by which a user would be created, where an entry asks for the user. */
export function creationOfUser({ users }: Pick<Desired, 'users'>, name: UserName): Atom | undefined {
  const creation = userCreation(users.get(name));
  return creation && atomicChanges(creation)[0]?.atom;
}

function userCreation(want: ReturnType<Desired['users']['get']>): Operation | undefined {
  return want && diffUser(want, undefined);
}

function groupCreation(want: ReturnType<Desired['groups']['get']>): Operation | undefined {
  if (!want) return undefined;
  const { members: _, ...itself } = want;
  return diffGroup(itself, undefined, new Map(), (name) => name).operation;
}

/** Whether an edit sets one value of somebody who is there: neither a name, nor a membership, nor access itself. */
function isSetting({ kind }: Operation, { attribute }: Edit): boolean {
  return ![kind === 'user' ? 'userName' : 'displayName', 'member', 'active'].includes(attribute);
}
