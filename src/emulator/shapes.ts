/*
 * What goes over the wire. The documented examples differ from the RFC on purpose here: `emails` is an object whose `primary` is the
 * string "true", lists carry no startIndex and no itemsPerPage, a group's external id is `external_id`.
 */
import { isObject, type JsonObject } from './json.ts';
import type { Quirks } from './quirks.ts';
import { coreGroup, coreUser, isSeat, type GroupRecord, type Role, type UserAttributes, type UserRecord } from './resources.ts';
import type { Store } from './store.ts';

/** What decides the looks of an answer. */
export interface Look {
  readonly store: Store;
  readonly quirks: Quirks;
  readonly tenantUrl: string;
}

/** A user as SCIM resource. */
export function userShape(user: UserRecord, look: Look): JsonObject {
  const { userName, active, displayName, emails, roles, ...others } = user.attributes;
  const { quirks } = look;
  const work = { type: emails.type, value: emails.value };
  return {
    schemas: schemas(coreUser, others),
    id: user.id,
    userName,
    displayName,
    ...(active && quirks['active-in-responses'] === 'when-false' ? {} : { active }),
    emails: quirks.emails === 'array' ? [{ ...work, primary: true }] : { ...work, primary: 'true' },
    ...(roles === undefined ? {} : { roles: roles.map((role) => roleShape(role, quirks)) }),
    ...others,
    meta: meta('User', user, `${look.tenantUrl}/Users/${user.id}`),
  };
}

/** A group as SCIM resource; a member is displayed by the present userName. */
export function groupShape(group: GroupRecord, look: Look): JsonObject {
  const { displayName, externalId, ...others } = group.attributes;
  return {
    schemas: schemas(coreGroup, others),
    id: group.id,
    displayName,
    ...(externalId === undefined ? {} : { [look.quirks['external-id-in-groups']]: externalId }),
    members: group.members.map(({ value, display }) => {
      const shown = look.store.users.get(value)?.attributes.userName ?? display;
      return { value, ...(shown === undefined ? {} : { display: shown }) };
    }),
    ...others,
    meta: meta('Group', group, `${look.tenantUrl}/Groups/${encodeURIComponent(group.id)}`),
  };
}

// UTC, whole seconds, as in the documents.
function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function roleShape(role: Role, quirks: Quirks): Role {
  return isSeat(role) && quirks['seat-case'] === 'lower' ? { ...role, value: role.value.toLowerCase() } : role;
}

function schemas(core: string, attributes: Partial<UserAttributes>): string[] {
  return [core, ...Object.keys(attributes).filter((name) => name.startsWith('urn:') && isObject(attributes[name]))];
}

// Both documented examples that were not edited by hand show the seconds of lastModified as the version.
function meta(resourceType: string, record: { createdMs: number; modifiedMs: number }, location: string): JsonObject {
  return {
    resourceType,
    created: timestamp(record.createdMs),
    lastModified: timestamp(record.modifiedMs),
    version: `W/"${Math.floor(record.modifiedMs / 1000)}"`,
    location,
  };
}
