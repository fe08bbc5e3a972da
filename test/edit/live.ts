import { groupNameOf, userNameOf, type Group, type User } from '../../src/model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../../src/model/live.ts';

type Attributes = Partial<User> & Pick<User, 'userName'>;

/** A live organization of these users and groups. */
export function liveWith(users: readonly Attributes[], groups: readonly LiveGroup[] = [], changes: Partial<Live> = {}): Live {
  return {
    tenant: '964615200748176016',
    users: new Map(users.map((user) => [userNameOf(user.userName), liveUser(user)])),
    groups: new Map(groups.map((group) => [groupNameOf(group.attributes.displayName), group])),
    ambiguous: { users: new Map(), groups: new Map() },
    requests: 1,
    diagnostics: [],
    ...changes,
  };
}

export function liveUser(attributes: Attributes): LiveUser {
  return { ref: { id: `id of ${attributes.userName}` }, attributes: { active: true, ...attributes } };
}

export function liveGroup(
  attributes: Partial<Group> & Pick<Group, 'displayName'>,
  members: readonly string[] = [],
  strangers = 0,
): LiveGroup {
  return { ref: { id: `id of ${attributes.displayName}` }, attributes, members: new Set(members.map(userNameOf)), strangers };
}
