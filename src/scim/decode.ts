import { seatNamed, seats, userAttributeNames, type Group, type User, type UserAttribute, type Value } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import { entriesOf, flagOf, isResource, part, property, textOf, type Resource } from './resource.ts';

/** The URNs of the schemas that Figma uses. Source: Figma's SCIM documentation, supported schemas. */
export const urns = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  figma: 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
} as const;

const enterprise = (name: string) => (resource: Resource) => textOf(property(part(resource, urns.enterprise), name));
const named = (name: string) => (resource: Resource) => textOf(property(part(resource, 'name'), name));
const text = (name: string) => (resource: Resource) => textOf(property(resource, name));

/** Where each attribute is found. A top-level `figmaAdmin` is none: Figma stores unknown paths there and grants nothing (forum 39498). */
const readers: Readonly<Record<UserAttribute, (resource: Resource) => Value | undefined>> = {
  userName: text('userName'),
  active: isActive,
  seat: (resource) => (isActive(resource) ? seatOf(property(resource, 'roles')) : undefined),
  figmaAdmin: (resource) => flagOf(property(part(resource, urns.figma), 'figmaAdmin')),
  externalId: externalIdOf,
  displayName: text('displayName'),
  'name.givenName': named('givenName'),
  'name.familyName': named('familyName'),
  title: text('title'),
  employeeNumber: enterprise('employeeNumber'),
  costCenter: enterprise('costCenter'),
  organization: enterprise('organization'),
  division: enterprise('division'),
  department: enterprise('department'),
  'manager.value': (resource) => managerOf(resource, 'value'),
  'manager.displayName': (resource) => managerOf(resource, 'displayName'),
};

/** A user's attributes in the one shape that is compared; undefined where there is no usable `userName`. */
export function userAttributesOf(resource: Resource): LiveUser['attributes'] | undefined {
  const found = userAttributeNames.flatMap((name) => {
    const value = readers[name](resource);
    return value === undefined ? [] : [[name, value]];
  });
  const attributes: Partial<User> = Object.fromEntries(found);
  const { userName, active } = attributes;
  if (userName === undefined || userName.trim() === '' || active === undefined) return undefined;
  return { ...attributes, userName, active };
}

/** A group's attributes; undefined where there is no usable `displayName`. */
export function groupAttributesOf(resource: Resource): (Partial<Group> & Pick<Group, 'displayName'>) | undefined {
  const displayName = textOf(property(resource, 'displayName'));
  if (displayName === undefined || displayName.trim() === '') return undefined;
  const externalId = externalIdOf(resource);
  return { displayName, ...(externalId !== undefined && { externalId }) };
}

/** The ids of a group's members, each once: some services store one twice (scim-client rule 8). `members` absent means none. */
export function memberIdsOf(resource: Resource): ReadonlySet<string> {
  const ids = entriesOf(property(resource, 'members')).map((entry) => textOf(isResource(entry) ? property(entry, 'value') : entry));
  return new Set(ids.filter((id) => id !== undefined));
}

/** A missing `active` is true: Figma's documented answers leave it out. */
export function isActive(resource: Resource): boolean {
  return flagOf(property(resource, 'active')) ?? true;
}

/** Figma answers `external_id` for groups and deactivated users where it takes `externalId`. Source: Figma's SCIM examples. */
function externalIdOf(resource: Resource): string | undefined {
  return textOf(property(resource, 'externalId')) ?? textOf(property(resource, 'external_id'));
}

function managerOf(resource: Resource, name: 'value' | 'displayName'): string | undefined {
  const manager = property(part(resource, urns.enterprise), 'manager');
  if (isResource(manager)) return textOf(property(manager, name));
  return name === 'value' ? textOf(manager) : undefined;
}

/** When a record was last changed, if the service says it in a form that is a time. Source: RFC 7643, 3.1. */
export function changedAtOf(resource: Resource): string | undefined {
  const time = textOf(property(part(resource, 'meta'), 'lastModified'));
  return time === undefined || Number.isNaN(Date.parse(time)) ? undefined : time;
}

/** The seat that a record names, in use or not. */
export function recordedSeatOf(resource: Resource): string | undefined {
  return seatOf(property(resource, 'roles'));
}

function seatOf(roles: unknown): string | undefined {
  const entries = entriesOf(roles);
  const entry = entries[seatIndex(entries)];
  const value = textOf(isResource(entry) ? property(entry, 'value') : entry)?.trim();
  return value === undefined ? undefined : seatNamed(value);
}

/** Which entry of `roles` carries the seat: the one of type `seatType`; else one without a type whose value is a seat; else -1. */
export function seatIndex(entries: readonly unknown[]): number {
  const typed = entries.findIndex(isTypedSeat);
  return typed === -1 ? entries.findIndex(isBareSeat) : typed;
}

function isTypedSeat(entry: unknown): boolean {
  return isResource(entry) && textOf(property(entry, 'type'))?.toLowerCase() === 'seattype';
}

function isBareSeat(entry: unknown): boolean {
  if (isResource(entry) && textOf(property(entry, 'type')) !== undefined) return false;
  const value = textOf(isResource(entry) ? property(entry, 'value') : entry)?.trim();
  return value !== undefined && (seats as readonly string[]).includes(seatNamed(value));
}
