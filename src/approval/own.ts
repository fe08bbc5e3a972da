import { changeId, changeIdsOf, parsedId, renameId, type ChangeId } from '../model/change-id.ts';
import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import type { Operation } from '../model/operation.ts';
import { fieldsOf, type Field } from './fields.ts';

/** What a pull request signs: all that it does, by kinds. */
export interface SignedIds {
  readonly changes: readonly ChangeId[];
  readonly rules: readonly ChangeId[];
  readonly takenBack: readonly ChangeId[];
  readonly dated: readonly ChangeId[];
}

/**
 * What a pull request causes: changes of the plan with it that the plan without it has not, and those of fields for which it asks otherwise, since
 * its merge ends every earlier approval for them.
 */
export function ownChanges(merged: readonly Operation[], base: readonly Operation[], touched: ReadonlySet<Field>): ReadonlySet<ChangeId> {
  const known = changeIdsOf(base);
  return new Set([...changeIdsOf(merged)].filter((id) => !known.has(id) || fieldsOf(id).some((field) => touched.has(field))));
}

/** What the plan without a pull request would change, and the plan with it leaves as it is: each a change that it takes back. */
export function takenBackChanges(merged: readonly Operation[], base: readonly Operation[]): ReadonlySet<ChangeId> {
  const fields = new Set([...changeIdsOf(merged)].flatMap(fieldsOf));
  return new Set([...changeIdsOf(base)].filter((id) => fieldsOf(id).every((field) => !fields.has(field))));
}

/** What is signed for changes that are taken back: that they are, and the values then wanted, where there are any. */
export function takenBackIds(ids: ReadonlySet<ChangeId>, desired: Pick<Desired, 'users' | 'groups'>): readonly ChangeId[] {
  const withdrawn = [...ids];
  return [...withdrawn.map((id) => `takes back ${id}` as ChangeId), ...withdrawn.flatMap((id) => instead(id, desired))];
}

/** The change to the value that is wanted instead. Nobody gets access again by it: a reactivation is approved only where it is shown. */
function instead(id: ChangeId, { users, groups }: Pick<Desired, 'users' | 'groups'>): readonly ChangeId[] {
  const { op, kind, name, attribute = '', value } = parsedId(id);
  const user = kind === 'user' ? users.get(userNameOf(name)) : undefined;
  const group = kind === 'group' ? groups.get(groupNameOf(name)) : undefined;
  switch (op) {
    case 'set': {
      const wanted = (user ?? group)?.wanted as Readonly<Record<string, { readonly value: string | boolean } | undefined>> | undefined;
      const wish = wanted?.[attribute];
      return wish === undefined ? [] : [changeId({ op, kind, name, attribute, value: wish.value })];
    }
    case 'add':
    case 'remove': {
      if (!group?.members || typeof value !== 'string') return [];
      const isWanted = group.members.has(userNameOf(value));
      return isWanted === (op === 'remove') ? [changeId({ op: isWanted ? 'add' : 'remove', kind, name, attribute, value })] : [];
    }
    case 'reactivate':
      return user?.wanted.active?.value === false ? [changeId({ op: 'deactivate', kind, name })] : [];
    case 'create':
    case 'rename':
    case 'deactivate':
    case 'delete':
    case 'rule':
      return [];
  }
}

/** That objects are live under another name, where an operation shows it and does not change it: somebody who is deactivated keeps the old name. */
export function linkIds(operations: readonly Operation[]): readonly ChangeId[] {
  const known = changeIdsOf(operations);
  const links = operations.flatMap(({ kind, name, was }) => (was === undefined ? [] : [renameId(kind, was, name)]));
  return links.filter((id) => !known.has(id));
}
