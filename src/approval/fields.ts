/**
 * What a configuration wants, field by field: one attribute of one object, one member of one group. A commit that wants another value of a field
 * than its first parent, whatever is live, ends what was approved for the field before it.
 */
import { parsedId, type ChangeId } from '../model/change-id.ts';
import type { Desired, DesiredGroup, DesiredUser, Wanted } from '../model/desired.ts';
import { groupNameOf, userNameOf, type UserName } from '../model/directory.ts';
import type { ScheduledChange } from '../model/scheduled-change.ts';

/** One attribute of one object, or all of an object where the attribute is left out. */
export type Field = string & { readonly form: 'field' };

/** The field of an attribute; without one, the object as a whole. Names are in comparable form. */
export function fieldOf(kind: string, name: string, attribute?: string): Field {
  return JSON.stringify(attribute === undefined ? [kind, name] : [kind, name, attribute]) as Field;
}

/** The fields that a change of Figma rests on: as soon as another value of one of them is wanted, an earlier approval of the change ends. */
export function fieldsOf(id: ChangeId): readonly Field[] {
  const { op, kind, name, attribute, value } = parsedId(id);
  const other = typeof value === 'string' ? value : '';
  const exists = fieldOf(kind, name, nameOf(kind));
  switch (op) {
    case 'create':
      return [fieldOf(kind, name)];
    case 'rename':
      return [fieldOf(kind, name), fieldOf(kind, other, nameOf(kind)), fieldOf(kind, other, previouslyOf(name))];
    case 'add':
    case 'remove':
      return [fieldOf('group', name, memberOf(other)), fieldOf('group', name, 'membership')];
    case 'deactivate':
    case 'reactivate':
      return [exists, fieldOf(kind, name, 'active'), fieldOf('rule', 'unmanaged.users')];
    case 'delete':
      return [exists, fieldOf('rule', 'unmanaged.groups')];
    case 'rule':
      return [];
    case 'set':
      return [fieldOf(kind, name, attribute ?? '')];
  }
}

/** The fields of which two configurations want different values on their day. An object's own field is among them where anything of it is. */
export function touchedFields(before: Desired, after: Desired): ReadonlySet<Field> {
  const found = new Set<Field>();
  compare('user', before.users, after.users, { isSame: isSameUser, valuesOf: userValues }, found);
  compare('group', before.groups, after.groups, { isSame: () => false, valuesOf: groupValues }, found);
  return found;
}

/** The field and day of everything that comes on a day to come in one schedule and not, or with another value, in the other. */
export function touchedDays(before: readonly ScheduledChange[], after: readonly ScheduledChange[]): ReadonlySet<Field> {
  const [was, is] = [valuesByDay(before), valuesByDay(after)];
  return new Set([...was.keys(), ...is.keys()].filter((field) => was.get(field) !== is.get(field)));
}

/** The value from each day on; what was there before does not matter. */
function valuesByDay(changes: readonly ScheduledChange[]): ReadonlyMap<Field, string> {
  return new Map(
    changes.map((change) => [datedField(change), 'seat' in change.what ? (change.what.seat.after ?? '') : JSON.stringify(change.what)]),
  );
}

/** The field of a scheduled change with its day. */
export function datedField(change: ScheduledChange): Field {
  return JSON.stringify([change.day, fieldOfScheduled(change)]) as Field;
}

/** The field that a scheduled change sets. */
export function fieldOfScheduled({ userName, what }: ScheduledChange): Field {
  if ('seat' in what) return fieldOf('user', userNameOf(userName), 'seat');
  return fieldOf('group', groupNameOf('joins' in what ? what.joins : what.leaves), memberOf(userNameOf(userName)));
}

/** Every field that a configuration wants something of for one user: the user as a whole, each attribute, each membership. */
export function fieldsAbout(name: UserName, { users, groups }: Pick<Desired, 'users' | 'groups'>): ReadonlySet<Field> {
  const own = [undefined, ...Object.keys(users.get(name)?.wanted ?? {})].map((attribute) => fieldOf('user', name, attribute));
  const joined = [...groups].flatMap(([group, { members }]) => (members?.has(name) ? [fieldOf('group', group, memberOf(name))] : []));
  return new Set([...own, ...joined]);
}

/** The users whom fields are about: as the object, or as the member of a group. Dated fields are looked into. */
export function peopleIn(fields: readonly Field[]): ReadonlySet<UserName> {
  return new Set(fields.flatMap((field) => personIn(field)));
}

function personIn(field: string): readonly UserName[] {
  const [kind, name = '', attribute = ''] = JSON.parse(field) as readonly [string, string?, string?];
  if (kind === 'user') return [userNameOf(name)];
  if (kind === 'group') return attribute.startsWith(memberOf('')) ? [userNameOf(attribute.slice(memberOf('').length))] : [];
  return name.startsWith('[') ? personIn(name) : [];
}

function compare<D>(
  kind: 'user' | 'group',
  before: ReadonlyMap<string, D>,
  after: ReadonlyMap<string, D>,
  { isSame, valuesOf }: { readonly isSame: (one: D, other: D) => boolean; readonly valuesOf: (object: D) => ReadonlyMap<string, string> },
  found: Set<Field>,
): void {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name), after.get(name)];
    if (was && is && isSame(was, is)) continue;
    const [old, now] = [was ? valuesOf(was) : none, is ? valuesOf(is) : none];
    for (const attribute of new Set([...old.keys(), ...now.keys()])) {
      if (old.get(attribute) === now.get(attribute)) continue;
      found.add(fieldOf(kind, name, attribute));
      found.add(fieldOf(kind, name));
    }
  }
}

/** Whether nothing of a user is wanted otherwise, for the many of whom that is so: no text is made for them. */
function isSameUser(one: DesiredUser, other: DesiredUser): boolean {
  if (one.seatDeclared !== other.seatDeclared || one.ended.length + other.ended.length > 0) return false;
  if (one.previously.length + other.previously.length > 0) return false;
  const [mine, its] = [one.wanted, other.wanted] as readonly Readonly<Record<string, Wanted<string | boolean> | undefined>>[];
  const names = Object.keys(mine ?? {});
  return names.length === Object.keys(its ?? {}).length && names.every((name) => isSameWish(mine?.[name], its?.[name]));
}

function isSameWish(one: Wanted<string | boolean> | undefined, other: Wanted<string | boolean> | undefined): boolean {
  return one?.value === other?.value && (one?.cause.via === 'default') === (other?.cause.via === 'default');
}

const none: ReadonlyMap<string, string> = new Map();

function userValues({ wanted, seatDeclared, ended, previously }: DesiredUser): ReadonlyMap<string, string> {
  const values = new Map(Object.entries(wanted).map(([name, wish]) => [name, textOf(wish)]));
  const landing = ended.at(-1)?.landing;
  if (wanted.seat) values.set('seat', JSON.stringify([textOf(wanted.seat), seatDeclared, seatDeclared ? null : (landing ?? null)]));
  for (const name of previously) values.set(previouslyOf(name), 'yes');
  return values.set('userName', 'yes');
}

function groupValues({ wanted, members, previously }: DesiredGroup): ReadonlyMap<string, string> {
  const values = new Map(Object.entries(wanted).map(([name, wish]) => [name, textOf(wish)]));
  for (const name of members?.keys() ?? []) values.set(memberOf(name), 'yes');
  for (const name of previously) values.set(previouslyOf(name), 'yes');
  if (members) values.set('membership', 'managed');
  return values.set('displayName', 'yes');
}

/** A default and an entry that give the same value are not the same wish: a default never lowers a seat. */
function textOf({ value, cause }: Wanted<string | boolean>): string {
  return JSON.stringify([value, cause.via === 'default']);
}

function nameOf(kind: string): string {
  return kind === 'user' ? 'userName' : 'displayName';
}

function previouslyOf(name: string): string {
  return `previously ${name}`;
}

function memberOf(name: string): string {
  return `member ${name}`;
}
