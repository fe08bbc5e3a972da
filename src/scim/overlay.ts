/*
 * The body of a PUT.
 *
 * PUT "overwrites the attributes with the provided parameters" (Figma, PUT Users), and nobody has written down what it does to those that
 * are not provided: kept, cleared, or set to a default. So the body is the resource as it was just read, with the edits laid over it.
 *
 *  - `id`, `meta` and `groups` are the service's own and are left out. So is a `figmaAdmin` at the top level: Figma stores unknown paths
 *    there and grants nothing (forum 39498); sent back, it might one day mean something.
 *  - Attributes that seatform does not know are kept, or an overwriting service would lose them.
 *  - `external_id` (as Figma answers it for some) is sent as `externalId` (as Figma takes it).
 *  - `roles` is the seat edit, else as read. Absent stays absent and `[]` is never sent: an organization that does not manage seats through
 *    SCIM must not begin to, and an empty list could take somebody's seat. Entries that are no seat are kept.
 *  - `active` is always sent: the edit, else as read, else true. A service that defaults it to true would bring a deactivated user back.
 *  - `figmaAdmin` that no edit names is echoed when it is true, since leaving it out could strip an admin, and left out when it is false,
 *    since sending false takes the switch away from Figma's admin page and once cost an admin the role (forum 19717).
 *  - A change of `userName` takes the e-mail with it. A `displayName` that was merely the old `userName` moves by an edit of its own, so
 *    that the plan shows it: only the plan knows whether somebody declared it.
 *  - A cleared attribute is sent as "". A service that overwrites and one that merges both understand that; an attribute that is left out
 *    is cleared by the first only. A service that refuses "" gets the body without the attribute (`cleared: 'omit'`).
 */
import { userNameOf, type UserAttribute } from '../model/directory.ts';
import type { Edit } from '../model/operation.ts';
import { isActive, seatIndex, urns } from './decode.ts';
import { entriesOf, flagOf, isResource, keyOf, part, property, textOf, type Resource } from './resource.ts';

type Body = Record<string, unknown>;

const own: ReadonlySet<string> = new Set(['id', 'meta', 'groups', 'figmaadmin', 'external_id', 'externalid']);

/** The body of PUT /Users/:id: `resource` as just read, with `edits` laid over it. */
export function putBody(resource: Resource, edits: readonly Edit[], cleared: 'empty' | 'omit' = 'empty'): Resource {
  const body: Body = Object.fromEntries(Object.entries(resource).filter(([key]) => !own.has(key.toLowerCase())));
  const externalId = textOf(property(resource, 'externalId')) ?? textOf(property(resource, 'external_id'));
  if (externalId !== undefined) body['externalId'] = externalId;
  put(body, 'active', isActive(resource));
  keepAdmin(body, resource);
  dropEmptyRoles(body);
  for (const { attribute, after } of edits) {
    if (attribute === 'userName') moveEmail(body, after);
    if (after === undefined || after === '') clear(body, attribute, cleared);
    else setters[attribute as UserAttribute](body, after);
  }
  body['schemas'] = schemasOf(body);
  return body;
}

type Setter = (body: Body, value: unknown) => void;

const top =
  (name: string): Setter =>
  (body, value) =>
    put(body, name, value);

const within =
  (parent: string, name: string): Setter =>
  (body, value) =>
    put(body, parent, { ...without(part(body, parent), name), [name]: value });

const manager =
  (name: string): Setter =>
  (body, value) => {
    const extension = part(body, urns.enterprise);
    const present = property(extension, 'manager');
    const object = isResource(present) ? present : textOf(present) === undefined ? {} : { value: present };
    within(urns.enterprise, 'manager')(body, { ...without(object, name), [name]: value });
  };

const setters: Readonly<Record<UserAttribute, Setter>> = {
  userName: top('userName'),
  active: top('active'),
  seat: (body, value) => put(body, 'roles', rolesWith(property(body, 'roles'), value)),
  figmaAdmin: within(urns.figma, 'figmaAdmin'),
  externalId: top('externalId'),
  displayName: top('displayName'),
  'name.givenName': within('name', 'givenName'),
  'name.familyName': within('name', 'familyName'),
  title: top('title'),
  employeeNumber: within(urns.enterprise, 'employeeNumber'),
  costCenter: within(urns.enterprise, 'costCenter'),
  organization: within(urns.enterprise, 'organization'),
  division: within(urns.enterprise, 'division'),
  department: within(urns.enterprise, 'department'),
  'manager.value': manager('value'),
  'manager.displayName': manager('displayName'),
};

/** Lays one attribute of a user into `body`, where Figma documents it. */
export function lay(body: Record<string, unknown>, attribute: UserAttribute, value: unknown): void {
  setters[attribute](body, value);
}

/** `roles` with the seat replaced or added; entries that are no seat stay as they are. */
export function rolesWith(roles: unknown, seat: unknown): readonly unknown[] {
  const entries = entriesOf(roles);
  const index = seatIndex(entries);
  const present = entries[index];
  const entry = { ...(isResource(present) ? without(without(present, 'type'), 'value') : {}), type: 'seatType', value: seat };
  return index === -1 ? [...entries, entry] : entries.with(index, entry);
}

/** The schemas as read, and those of the extensions that are used. */
export function schemasOf(body: Resource): readonly unknown[] {
  const read = entriesOf(property(body, 'schemas'));
  const used = [urns.user, ...[urns.enterprise, urns.figma].filter((urn) => keyOf(body, urn) !== undefined)];
  return [...read, ...used.filter((urn) => !read.includes(urn))];
}

/** A seat cannot be cleared and `active` has no empty form; nothing asks for either. */
function clear(body: Body, attribute: string, how: 'empty' | 'omit'): void {
  if (attribute === 'seat' || attribute === 'active' || attribute === 'userName') return;
  setters[attribute as UserAttribute](body, how === 'omit' ? undefined : attribute === 'figmaAdmin' ? false : '');
}

function keepAdmin(body: Body, resource: Resource): void {
  const key = keyOf(body, urns.figma);
  const extension = part(resource, urns.figma);
  if (key === undefined || keyOf(extension, 'figmaAdmin') === undefined) return;
  const rest = without(extension, 'figmaAdmin');
  if (flagOf(property(extension, 'figmaAdmin')) === true) body[key] = { ...rest, figmaAdmin: true };
  else if (Object.keys(rest).length > 0) body[key] = rest;
  else Reflect.deleteProperty(body, key);
}

function dropEmptyRoles(body: Body): void {
  const key = keyOf(body, 'roles');
  if (key !== undefined && entriesOf(body[key]).length === 0) Reflect.deleteProperty(body, key);
}

/** The address of the account is every entry that held the old one, else the primary, else the only one; others are somebody's own. */
function moveEmail(body: Body, after: unknown): void {
  const emails = property(body, 'emails');
  if (isResource(emails)) put(body, 'emails', withAddress(emails, after));
  if (!Array.isArray(emails)) return;
  const entries: readonly unknown[] = emails;
  const old = textOf(property(body, 'userName'));
  const held = (entry: unknown): boolean => {
    const text = textOf(isResource(entry) ? property(entry, 'value') : entry);
    return text !== undefined && old !== undefined && userNameOf(text) === userNameOf(old);
  };
  const primary = (entry: unknown): boolean => isResource(entry) && flagOf(property(entry, 'primary')) === true;
  const isAccount = entries.some(held) ? held : entries.some(primary) ? primary : () => entries.length === 1;
  put(
    body,
    'emails',
    entries.map((entry) => (isAccount(entry) ? withAddress(entry, after) : entry)),
  );
}

function withAddress(entry: unknown, after: unknown): unknown {
  return isResource(entry) ? { ...without(entry, 'value'), value: after } : after;
}

/** Sets an attribute under its documented name, in place of the same name in another case. */
function put(body: Body, name: string, value: unknown): void {
  const key = keyOf(body, name);
  if (key !== undefined && key !== name) Reflect.deleteProperty(body, key);
  body[name] = value;
}

function without(resource: Resource, name: string): Resource {
  const key = keyOf(resource, name);
  return key === undefined ? resource : Object.fromEntries(Object.entries(resource).filter(([each]) => each !== key));
}
