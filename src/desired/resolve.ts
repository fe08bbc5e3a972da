import type { Declaration, GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import type { Cause, Desired, DesiredGroup, DesiredMember, DesiredUser, Wanted } from '../model/desired.ts';
import type { Span } from '../model/diagnostic.ts';
import { groupNameOf, userNameOf, type UserName, type Value } from '../model/directory.ts';

/** What the declaration asks for, each value with the place that asks. Names are taken as unique: `config/` has checked that. */
export function resolve(declaration: Declaration): Desired {
  const present = new Map(
    declaration.users.flatMap((entry) => entry.previously.map((name) => [userNameOf(name.value), entry.userName.value] as const)),
  );
  return {
    users: new Map(declaration.users.map((entry) => [userNameOf(entry.userName.value), userOf(entry)])),
    groups: new Map(declaration.groups.map((entry) => [groupNameOf(entry.displayName.value), groupOf(entry, present)])),
    ...(declaration.organization.tenantId && { tenantId: declaration.organization.tenantId.value }),
  };
}

function userOf(entry: UserEntry): DesiredUser {
  return {
    userName: entry.userName.value,
    cause: entryAt(entry.userName.at),
    previously: entry.previously.map((name) => userNameOf(name.value)),
    wanted: Object.fromEntries(Object.entries(entry.attributes).map(([name, written]) => [name, wanted<Value>(written)])),
  };
}

function groupOf(entry: GroupEntry, present: ReadonlyMap<UserName, string>): DesiredGroup {
  return {
    displayName: entry.displayName.value,
    cause: entryAt(entry.displayName.at),
    previously: entry.previously.map((name) => groupNameOf(name.value)),
    wanted: entry.externalId ? { externalId: wanted(entry.externalId) } : {},
    ...(entry.members && {
      members: new Map(entry.members.list.map((member) => memberOf(member, present))),
      membersCause: entryAt(entry.members.at),
    }),
  };
}

/** A member under a former name is the user who is declared under the present one. */
function memberOf(written: Written<string>, present: ReadonlyMap<UserName, string>): [UserName, DesiredMember] {
  const userName = present.get(userNameOf(written.value)) ?? written.value;
  return [userNameOf(userName), { userName, cause: entryAt(written.at), at: written.at }];
}

function wanted<T>(written: Written<T>): Wanted<T> {
  return { value: written.value, cause: entryAt(written.at) };
}

function entryAt({ file, line, column }: Span): Cause {
  return { at: { file, line, column }, via: 'entry' };
}
