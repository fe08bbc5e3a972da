import type { Diagnostic } from '../model/diagnostic.ts';
import type { RemoteRef } from '../model/directory.ts';
import type { Live, LiveGroup, LiveUser } from '../model/live.ts';
import type { Edit, Kind, Operation } from '../model/operation.ts';
import type { Unmanaged } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { GroupMatching, UserMatching } from './match.ts';
import type { Protection } from './protection.ts';

/**
 * The live objects that no entry claims: listed, or acted upon where the policy makes the configuration the whole truth. Inactive users are
 * nobody's business; a live admin and a protected user are listed with the remedy, never deactivated for want of an entry.
 */
export function unmanagedUsers(
  live: Live,
  { claimed, contested, ambiguous }: UserMatching,
  policy: Pick<Policy, 'unmanaged'>,
  isProtected: Protection,
): Undeclared {
  const meant = new Set(ambiguous.flatMap(({ key, desired }) => [key, ...desired.previously]));
  const doubles = [...live.ambiguous.users].flatMap(([name, same]) =>
    meant.has(name) ? [] : same.filter(({ attributes }) => attributes.active),
  );
  const undeclared = [...live.users].filter(([name, user]) => !claimed.has(name) && !contested.has(name) && user.attributes.active);
  const { users: mode } = policy.unmanaged;
  if (mode === 'ignore') return { listed: [], operations: [], warnings: [] };
  if (mode === 'report') return { listed: [...undeclared.map(([, user]) => user), ...doubles].map(userRow), operations: [], warnings: [] };
  const spared = undeclared.flatMap(([name, user]) => {
    const reason = user.attributes.figmaAdmin === true ? 'an admin' : isProtected(name) ? 'protected' : undefined;
    return reason === undefined ? [] : [{ user, reason }];
  });
  const stay = new Set(spared.map(({ user }) => user));
  return {
    listed: [...spared.map(({ user }) => user), ...doubles].map(userRow),
    operations: undeclared.filter(([, user]) => !stay.has(user)).map(([, user]) => deactivation(user)),
    warnings: spared.map(({ user, reason }) => sparedWarning(user.attributes.userName, reason)),
  };
}

export function unmanagedGroups(live: Live, { claimed, contested }: GroupMatching, policy: Pick<Policy, 'unmanaged'>): Undeclared {
  const undeclared = [...live.groups].filter(([name]) => !claimed.has(name) && !contested.has(name)).map(([, group]) => group);
  const { groups: mode } = policy.unmanaged;
  const listed = undeclared.map((group): Unmanaged => ({ kind: 'group', name: group.attributes.displayName }));
  return { listed: mode === 'report' ? listed : [], operations: mode === 'delete' ? undeclared.map(deletion) : [], warnings: [] };
}

export interface Undeclared {
  readonly listed: readonly Unmanaged[];
  readonly operations: readonly Operation[];
  readonly warnings: readonly Diagnostic[];
}

function sparedWarning(userName: string, reason: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'W009',
    message: `${userName} is not declared, and ${reason}: such an account is not deactivated for want of an entry`,
    help: 'declare the user, with active: false if the access is to end',
  };
}

function userRow({ attributes }: LiveUser): Unmanaged {
  return { kind: 'user', name: attributes.userName, ...(attributes.seat !== undefined && { seat: attributes.seat }) };
}

function deactivation({ ref, attributes: { userName, seat } }: LiveUser): Operation {
  const edit: Edit = { attribute: 'active', before: true, after: false, cause: { via: 'unmanaged' } };
  return { ...ending('deactivate', 'user', userName, ref, edit), seat: seat === undefined ? {} : { before: seat } };
}

function deletion({ ref, attributes: { displayName } }: LiveGroup): Operation {
  return ending('delete', 'group', displayName, ref, { attribute: 'displayName', before: displayName, cause: { via: 'unmanaged' } });
}

function ending(action: 'deactivate' | 'delete', kind: Kind, name: string, ref: RemoteRef, edit: Edit): Operation {
  return { id: `${action} ${kind} ${name}`, action, kind, name, ref, edits: [edit], needs: [] };
}
