import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { Kind, Operation } from '../model/operation.ts';
import type { Item } from './paging.ts';
import { memberIdsOf } from './decode.ts';
import { property, textOf, type Resource } from './resource.ts';

/** What one run has learnt about the service, so that nothing has to be learnt twice. Whoever learns something writes it here. */
export interface Knowledge {
  /** Whether GET by id works; unknown until the first object that exists was asked for. */
  readonly byId: Partial<Record<Kind, boolean>>;
  /** Whether a filter finds what is there; false once it did not. */
  readonly filter: Partial<Record<Kind, boolean>>;
  /** What reading a whole list costs; unknown before the first read. */
  readonly listRequests: Partial<Record<Kind, number>>;
  /** The id of everybody who may be named as a member. */
  readonly userIds: Map<UserName, string>;
  /** The name of each object as the service spells it, which is what filters are asked with. */
  readonly spelling: Map<string, string>;
  /** The groups that had members when they were last read. */
  readonly populated: Set<string>;
  /** Whether lists of groups show members; false where each group has to be read by itself. */
  membersInLists: boolean;
  /** How members are removed: by a path with a filter, or by a value array. */
  removal?: 'path' | 'values';
  /** The ways of changing members that were seen to leave all others alone. */
  readonly membershipProven: Set<'add' | 'remove'>;
  /** Whether groups show members; false once a member who was added was shown nowhere. */
  membersShown?: boolean;
}

export function newKnowledge(): Knowledge {
  return {
    byId: {},
    filter: {},
    listRequests: {},
    userIds: new Map(),
    spelling: new Map(),
    populated: new Set(),
    membershipProven: new Set(),
    membersInLists: true,
  };
}

/** Takes over what a whole list shows. A name that two users have names nobody. */
export function learnList(knowledge: Knowledge, kind: Kind, items: readonly Item[], requests: number): void {
  knowledge.listRequests[kind] = requests;
  const seen = new Set<UserName>();
  for (const { id, resource } of items) {
    const name = textOf(property(resource, kind === 'user' ? 'userName' : 'displayName'));
    if (name !== undefined) knowledge.spelling.set(id, name);
    if (kind === 'group') learnMembers(knowledge, id, resource);
    else if (name !== undefined) {
      const key = userNameOf(name);
      if (seen.has(key)) knowledge.userIds.delete(key);
      else knowledge.userIds.set(key, id);
      seen.add(key);
    }
  }
}

function learnMembers(knowledge: Knowledge, id: string, resource: Resource): void {
  if (memberIdsOf(resource).size === 0) {
    knowledge.populated.delete(id);
    return;
  }
  knowledge.populated.add(id);
  knowledge.membersShown = true;
}

/** Takes over the names that operations will give to users, so that a member is found by the new name. */
export function learnNames(knowledge: Knowledge, operations: readonly Operation[]): void {
  for (const { kind, name, ref, edits } of operations) {
    if (kind !== 'user' || ref === undefined) continue;
    knowledge.userIds.set(userNameOf(name), ref.id);
    const renamed = edits.find((edit) => edit.attribute === 'userName')?.after;
    if (typeof renamed === 'string') knowledge.userIds.set(userNameOf(renamed), ref.id);
  }
}

/** Whether `name` names the same object as `other`, by the rule of its kind. */
export function sameName(kind: Kind, name: string, other: string): boolean {
  return kind === 'user' ? userNameOf(name) === userNameOf(other) : groupNameOf(name) === groupNameOf(other);
}
