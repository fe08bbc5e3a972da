import type { GroupName, UserName } from '../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';
import type { Operation, Unmanaged } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';

/**
 * The live objects that no entry claims: listed, or acted upon where the policy makes the configuration the whole truth.
 * Inactive users are nobody's business, and a live admin is listed, never deactivated for want of an entry.
 */
export function unmanagedUsers(live: Live, claimed: ReadonlyMap<UserName, UserName>, policy: Policy): Undeclared {
  const undeclared = [...live.users].filter(([name, user]) => !claimed.has(name) && user.attributes.active).map(([, user]) => user);
  const leaving = policy.unmanaged.users === 'deactivate' ? undeclared.filter((user) => user.attributes.figmaAdmin !== true) : [];
  const staying = policy.unmanaged.users === 'ignore' ? [] : undeclared.filter((user) => !leaving.includes(user));
  return { listed: staying.map(userRow), operations: leaving.map(deactivation) };
}

export function unmanagedGroups(live: Live, claimed: ReadonlyMap<GroupName, GroupName>, policy: Policy): Undeclared {
  const undeclared = [...live.groups].filter(([name]) => !claimed.has(name)).map(([, group]) => group);
  if (policy.unmanaged.groups === 'delete') return { listed: [], operations: undeclared.map(deletion) };
  const listed = undeclared.map((group): Unmanaged => ({ kind: 'group', name: group.attributes.displayName }));
  return { listed: policy.unmanaged.groups === 'ignore' ? [] : listed, operations: [] };
}

export interface Undeclared {
  readonly listed: readonly Unmanaged[];
  readonly operations: readonly Operation[];
}

function userRow({ attributes }: LiveUser): Unmanaged {
  return { kind: 'user', name: attributes.userName, ...(attributes.seat !== undefined && { seat: attributes.seat }) };
}

function deactivation({ ref, attributes }: LiveUser): Operation {
  return {
    id: `deactivate user ${attributes.userName}`,
    action: 'deactivate',
    kind: 'user',
    name: attributes.userName,
    ref,
    edits: [{ attribute: 'active', before: true, after: false, cause: { via: 'unmanaged' } }],
    needs: [],
    seat: attributes.seat === undefined ? {} : { before: attributes.seat },
  };
}

function deletion({ ref, attributes }: LiveGroup): Operation {
  return {
    id: `delete group ${attributes.displayName}`,
    action: 'delete',
    kind: 'group',
    name: attributes.displayName,
    ref,
    edits: [{ attribute: 'displayName', before: attributes.displayName, cause: { via: 'unmanaged' } }],
    needs: [],
  };
}
