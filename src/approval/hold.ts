import { changesIn, renameId, type ChangeId } from '../model/change-id.ts';
import { userNameOf, groupNameOf } from '../model/directory.ts';
import { matchesAny } from '../model/glob.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import { limitNames } from '../model/policy.ts';

/** Names and patterns in comparable form, of users and of groups. */
export interface Patterns {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** A change that may not be written although it was approved, and why. */
export interface Hold {
  readonly changeId: ChangeId;
  readonly reason: string;
  /** The guard that holds it. */
  readonly guard?: string;
}

/** The changes of what an ignore list names that is still in force, memberships of such users included. */
export function ignoredChanges(operations: readonly Operation[], { users, groups }: Patterns): readonly Hold[] {
  if (users.length + groups.length === 0) return [];
  const isUser = (name: string) => matchesAny(users, userNameOf(name));
  return operations.flatMap((operation) => {
    const { kind, name, was } = operation;
    const names = [name, ...(was === undefined ? [] : [was])];
    const isIgnored = kind === 'user' ? names.some(isUser) : names.some((one) => matchesAny(groups, groupNameOf(one)));
    return changesIn(operation)
      .filter(({ edits }) => isIgnored || edits.some((edit) => edit.attribute === 'member' && isUser(String(edit.after ?? edit.before))))
      .map(({ changeId }): Hold => ({ changeId, reason: 'it is under `ignore` until the removal of that pattern is approved' }));
  });
}

/**
 * The changes of objects that are live under another name, unless that name was approved as theirs: an approval by name must not land on another
 * object. Memberships of such a person are among them.
 */
export function misnamedChanges(operations: readonly Operation[], isLinked: (rename: ChangeId) => boolean): readonly Hold[] {
  const strange = operations.filter(({ kind, name, was }) => was !== undefined && !isLinked(renameId(kind, was, name)));
  const reasons = new Map(
    strange.map(({ kind, name, was }) => [`${kind} ${name}`, `it is live as ${was}, and its new name was not approved`]),
  );
  if (reasons.size === 0) return [];
  return operations.flatMap((operation) =>
    changesIn(operation).flatMap(({ changeId, edits }): Hold[] => {
      const member = edits.find(({ attribute }) => attribute === 'member');
      const reason =
        reasons.get(`${operation.kind} ${operation.name}`) ?? (member && reasons.get(`user ${String(member.after ?? member.before)}`));
      return reason === undefined ? [] : [{ changeId, reason }];
    }),
  );
}

/** Guards whose operations are held, so that the rest can be written; every other guard that blocks stops the whole plan. */
const holding: ReadonlySet<string> = new Set([...limitNames, 'protected', 'undeclaredMembers']);

/** The guards that hold back the operations which they count; none where another guard stops the whole plan. */
export function holdingGuards({ guards }: Pick<Plan, 'guards'>): readonly Verdict[] {
  const blocks = guards.filter(({ outcome }) => outcome === 'block');
  return blocks.every(({ guard, operations }) => holding.has(guard) && operations.length > 0) ? blocks : [];
}

/** Every change of the operations that guards count. */
export function heldByGuards({ operations }: Pick<Plan, 'operations'>, guards: readonly Verdict[]): readonly Hold[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return guards.flatMap(({ guard, count, operations: ids }) =>
    ids.flatMap((id) => {
      const operation = byId.get(id);
      const reason = `held by the guard ${guard} (${count})`;
      return operation ? changesIn(operation).map(({ changeId }): Hold => ({ changeId, reason, guard })) : [];
    }),
  );
}
