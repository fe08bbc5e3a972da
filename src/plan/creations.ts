/**
 * A create is approved as a whole. If it was cut short, or somebody else created the object meanwhile, what is still missing of it are changes
 * of single values that nobody saw as such: the approval of the create that the configuration still asks for covers them.
 */
import { changesIn, type ChangeId, type ApprovableChange } from '../model/change-id.ts';
import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { diffGroup } from './diff-group.ts';
import { diffUser } from './diff-user.ts';

/** One change, with the operation that it is a part of. */
export interface Change extends ApprovableChange {
  readonly operation: Operation;
}

/** What approves a change: the approval of itself, or of the create of what it sets a value of. */
export function approvalFor(
  { operation, changeId, edits }: Change,
  desired: Pick<Desired, 'users' | 'groups'>,
  isApproved: (changeId: ChangeId) => boolean,
): ChangeId | undefined {
  if (isApproved(changeId)) return changeId;
  const creation = edits.every((edit) => isSetting(operation, edit)) ? creationOf(operation, desired) : undefined;
  return creation !== undefined && isApproved(creation) ? creation : undefined;
}

/** The changes of operations that are approved. */
export function approvedChangeIds(
  operations: readonly Operation[],
  desired: Pick<Desired, 'users' | 'groups'>,
  isApproved: (changeId: ChangeId) => boolean,
): ReadonlySet<ChangeId> {
  const changes = operations.flatMap((operation) =>
    changesIn(operation).map(({ changeId, edits }): Change => ({ operation, changeId, edits })),
  );
  return new Set(changes.filter((change) => approvalFor(change, desired, isApproved) !== undefined).map(({ changeId }) => changeId));
}

/** How the object of an operation would be created, where an entry asks for it. */
function creationOf({ kind, name }: Operation, { users, groups }: Pick<Desired, 'users' | 'groups'>): ChangeId | undefined {
  const creation = kind === 'user' ? userCreation(users.get(userNameOf(name))) : groupCreation(groups.get(groupNameOf(name)));
  return creation && changesIn(creation)[0]?.changeId;
}

/** The changeId by which a user would be created, where an entry asks for the user. */
export function creationOfUser({ users }: Pick<Desired, 'users'>, name: UserName): ChangeId | undefined {
  const creation = userCreation(users.get(name));
  return creation && changesIn(creation)[0]?.changeId;
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
