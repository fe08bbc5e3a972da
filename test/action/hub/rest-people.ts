import { found, type Call, type Reply, type Route } from './call.ts';
import { accessOf, isUser, userShape } from './people.ts';
import { Refusal } from './refusal.ts';
import type { Access, World } from './world.ts';

/** Who may do what in the repository. */
export const peopleRoutes: readonly Route[] = [['GET collaborators/([^/]+)/permission', readPermission]];

/** The four words that GitHub had before there were roles. */
const legacy: Readonly<Record<Access, 'admin' | 'none' | 'read' | 'write'>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
  none: 'none',
};

function readPermission(world: World, _: Call, [login = '']: readonly string[]): Reply {
  if (!isUser(login)) {
    throw new Refusal(404, `${login} is not a user`);
  }
  const access = accessOf(world, login);
  return found({ permission: legacy[access], role_name: access, user: { ...userShape(login), permissions: permissionsOf(access) } });
}

function permissionsOf(access: Access) {
  const rank = ['none', 'read', 'triage', 'write', 'maintain', 'admin'].indexOf(access);
  return { pull: rank >= 1, triage: rank >= 2, push: rank >= 3, maintain: rank >= 4, admin: rank >= 5 };
}
