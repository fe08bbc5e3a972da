import type { Diagnostic } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf, type GroupName, type UserName } from '../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';
import { changedAtOf, groupAttributesOf, memberIdsOf, recordedSeatOf, userAttributesOf } from './decode.ts';
import type { Item } from './paging.ts';

/** The live state from two whole lists. Objects without a usable name are left out with a warning; two of one name are ambiguous. */
export function liveOf(tenant: string, users: readonly Item[], groups: readonly Item[], requests: number): Live {
  const diagnostics: Diagnostic[] = [];
  const named = new Map<string, UserName>();
  const usersBy = new Map<UserName, LiveUser[]>();
  for (const { id, resource } of users) {
    const attributes = userAttributesOf(resource);
    if (attributes === undefined) {
      diagnostics.push(unreadable(`User ${id} has no userName.`));
      continue;
    }
    const name = userNameOf(attributes.userName);
    named.set(id, name);
    const [lastSeat, changedAt] = attributes.active ? [] : [recordedSeatOf(resource), changedAtOf(resource)];
    gather(usersBy, name, {
      ref: { id },
      attributes,
      ...(lastSeat !== undefined && { lastSeat }),
      ...(changedAt !== undefined && { changedAt }),
    });
  }
  const groupsBy = new Map<GroupName, LiveGroup[]>();
  for (const { id, resource } of groups) {
    const attributes = groupAttributesOf(resource);
    if (attributes === undefined) {
      diagnostics.push(unreadable(`Group ${id} has no displayName.`));
      continue;
    }
    const ids = [...memberIdsOf(resource)];
    const members = new Set(ids.map((member) => named.get(member)).filter((name) => name !== undefined));
    const strangers = ids.filter((member) => !named.has(member)).length;
    gather(groupsBy, groupNameOf(attributes.displayName), { ref: { id }, attributes, members, strangers });
  }
  const [oneUser, manyUsers] = apart(usersBy);
  const [oneGroup, manyGroups] = apart(groupsBy);
  return { tenant, users: oneUser, groups: oneGroup, ambiguous: { users: manyUsers, groups: manyGroups }, requests, diagnostics };
}

function gather<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const present = map.get(key);
  if (present === undefined) map.set(key, [value]);
  else present.push(value);
}

/** Those that are alone under their name, and those that are not. */
function apart<K, V>(map: ReadonlyMap<K, readonly V[]>): [ReadonlyMap<K, V>, ReadonlyMap<K, readonly V[]>] {
  const one = new Map<K, V>();
  const many = new Map<K, readonly V[]>();
  for (const [key, values] of map) {
    const [first] = values;
    if (values.length === 1 && first !== undefined) one.set(key, first);
    else many.set(key, values);
  }
  return [one, many];
}

/** The message shows an id of the service: without characters that could move a cursor, and not endlessly. */
function unreadable(message: string): Diagnostic {
  return { severity: 'warning', code: 'W004', message: message.replace(/\p{C}/gu, '').slice(0, 200) };
}
