import { changeId, parsedId, type ChangeId } from '../model/change-id.ts';
import type { Desired } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { Operation } from '../model/operation.ts';
import type { Field } from './fields.ts';

/** The changes by which fields would come to what is wanted of them. `creationOf` gives the create of a user. */
export function wishesOn(
  fields: ReadonlySet<Field>,
  { users, groups }: Pick<Desired, 'users' | 'groups'>,
  creationOf: (name: UserName) => ChangeId | undefined,
): readonly ChangeId[] {
  return [...fields].flatMap((field): readonly ChangeId[] => {
    const [kind, name = '', attribute] = JSON.parse(field) as readonly [string, string?, string?];
    if (kind === 'user') return userWish(userNameOf(name), attribute, users.get(userNameOf(name)), creationOf);
    return kind === 'group' && attribute !== undefined ? groupWish(name, attribute, groups.get(groupNameOf(name))) : [];
  });
}

function userWish(
  name: UserName,
  attribute: string | undefined,
  user: ReturnType<Desired['users']['get']>,
  creationOf: (name: UserName) => ChangeId | undefined,
): readonly ChangeId[] {
  if (attribute === undefined) return [creationOf(name)].filter((id) => id !== undefined);
  const wish = (user?.wanted as Readonly<Record<string, { readonly value: string | boolean } | undefined>> | undefined)?.[attribute];
  if (wish === undefined) return [];
  if (attribute === 'active') return [changeId({ op: wish.value === true ? 'reactivate' : 'deactivate', kind: 'user', name })];
  return [changeId({ op: 'set', kind: 'user', name, attribute, value: wish.value })];
}

function groupWish(name: string, attribute: string, group: ReturnType<Desired['groups']['get']>): readonly ChangeId[] {
  const [, member] = /^member (.*)$/su.exec(attribute) ?? [];
  if (member === undefined || !group?.members) return [];
  const op = group.members.has(userNameOf(member)) ? 'add' : 'remove';
  return [changeId({ op, kind: 'group', name, attribute: 'member', value: member })];
}

/** The operation that a change would be, to be shown: nothing is known of what is live. */
export function operationFor(id: ChangeId): Operation {
  const { op, kind, name, attribute = 'userName', value } = parsedId(id);
  const object = kind === 'group' ? 'group' : 'user';
  const action = op === 'create' || op === 'deactivate' || op === 'delete' ? op : 'patch';
  const cause = { via: 'entry' } as const;
  const after = typeof value === 'string' || typeof value === 'boolean' ? { after: value } : {};
  const edit = op === 'remove' ? { attribute, before: typeof value === 'string' ? value : '', cause } : { attribute, ...after, cause };
  return { id: `${action} ${object} ${name}`, action, kind: object, name, edits: [edit], needs: [] };
}
