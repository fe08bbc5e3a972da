import { groupNameOf, userNameOf, type UserName, type Value } from './directory.ts';
import type { Edit, Kind, Operation } from './operation.ts';
import type { ChangedRule, RuleLeaf } from './rule.ts';
import type { ScheduledChange } from './scheduled-change.ts';

/**
 * One change as it can be approved: canonical JSON `{v, op, kind, name, attribute?, value?}` with sorted keys. It says what becomes of an object,
 * not what it is today, so that the same wish is the same id whatever is live. Names are in comparable form.
 */
export type ChangeId = string & { readonly form: 'changeId' };

/** A change id with the edits that it stands for: one, or for a create all of the object's own. */
export interface ApprovableChange {
  readonly changeId: ChangeId;
  readonly edits: readonly Edit[];
}

type Op = 'create' | 'set' | 'add' | 'remove' | 'rename' | 'deactivate' | 'reactivate' | 'delete' | 'rule';

/** What a change id says. Names are in comparable form. */
export interface ChangeParts {
  readonly op: Op;
  readonly kind: Kind | 'organization';
  readonly name: string;
  readonly attribute?: string | undefined;
  readonly value?: Value | Readonly<Record<string, Value>> | undefined;
  /** Where it comes on a day of its own. */
  readonly day?: string;
}

/** What an id says, which this file has written. */
export function parsedId(id: ChangeId): ChangeParts {
  return JSON.parse(id) as ChangeParts;
}

/** The changes of an operation that can be approved one by one, in the order of its edits. */
export function changesIn(operation: Operation): readonly ApprovableChange[] {
  const { action, kind, name, edits } = operation;
  if (action === 'delete') return [{ changeId: idOf('delete', kind, name), edits }];
  const own = edits.filter(({ attribute }) => attribute !== 'member');
  const members = edits.filter(({ attribute }) => attribute === 'member');
  const changes = action === 'create' ? [creation(operation, own)] : own.map((edit) => change(operation, edit));
  return [...changes, ...members.map((edit) => membership(operation, edit))];
}

/** Every change id of the operations. */
export function changeIdsOf(operations: readonly Operation[]): ReadonlySet<ChangeId> {
  return new Set(operations.flatMap((operation) => changesIn(operation).map(({ changeId }) => changeId)));
}

/**
 * What a grant changes by itself: the id of the change, and the same with its day, which is what can be approved before that day. Nothing where
 * no value is asked for.
 */
export function datedChangeIds({
  day,
  userName,
  what,
}: ScheduledChange): { readonly changeId: ChangeId; readonly dated: ChangeId } | undefined {
  const known = turnedTo(userNameOf(userName), what);
  return known && { changeId: JSON.stringify(sorted(known)) as ChangeId, dated: JSON.stringify(sorted({ ...known, day })) as ChangeId };
}

/** A changed rule as it can be approved: its new value, or that it goes away. */
export function ruleChangeId({ leaf }: Pick<ChangedRule, 'leaf'>): ChangeId {
  return JSON.stringify(sorted({ v: 1, op: 'rule', ...leaf })) as ChangeId;
}

/** The rule that a change is about, whatever becomes of it: equal for all changes of one rule, and for those of no other. */
export function fieldOfRule({ leaf: { kind, name, attribute } }: Pick<ChangedRule, 'leaf'>): string {
  return ruleChangeId({ leaf: { kind, name, attribute } satisfies RuleLeaf });
}

/** Whether a change is one of a rule rather than of a user or a group. */
export function isRule(id: ChangeId): boolean {
  return (JSON.parse(id) as { readonly op?: unknown }).op === 'rule';
}

function turnedTo(user: UserName, what: ScheduledChange['what']): object | undefined {
  if ('joins' in what) return partsOf('add', 'group', what.joins, 'member', user);
  if ('leaves' in what) return partsOf('remove', 'group', what.leaves, 'member', user);
  return what.seat.after === undefined ? undefined : partsOf('set', 'user', user, 'seat', what.seat.after);
}

function creation({ kind, name }: Operation, edits: readonly Edit[]): ApprovableChange {
  const values = Object.fromEntries(edits.map(({ attribute, after }) => [attribute, comparable(kind, attribute, after)]));
  return { changeId: idOf('create', kind, name, undefined, values), edits };
}

function change({ kind, name }: Operation, edit: Edit): ApprovableChange {
  const { attribute, before, after } = edit;
  const edits = [edit];
  if (attribute === 'active') return { changeId: idOf(after === true ? 'reactivate' : 'deactivate', kind, name), edits };
  const isName = attribute === (kind === 'user' ? 'userName' : 'displayName');
  if (isName) return { changeId: idOf('rename', kind, String(before ?? ''), undefined, comparable(kind, attribute, after)), edits };
  return { changeId: idOf('set', kind, name, attribute, comparable(kind, attribute, after)), edits };
}

function membership({ name }: Operation, edit: Edit): ApprovableChange {
  const { before, after } = edit;
  const [op, member] = after === undefined ? (['remove', before] as const) : (['add', after] as const);
  return { changeId: idOf(op, 'group', name, 'member', userNameOf(String(member))), edits: [edit] };
}

/** The id of a change by its parts, whose names are in comparable form. */
export function changeId(parts: ChangeParts): ChangeId {
  const { value } = parts;
  return JSON.stringify(sorted({ v: 1, ...parts, value: typeof value === 'string' ? value.normalize('NFC') : value })) as ChangeId;
}

function idOf(op: Op, kind: Kind, name: string, attribute?: string, value?: Value | Readonly<Record<string, Value>>): ChangeId {
  return JSON.stringify(sorted(partsOf(op, kind, name, attribute, value))) as ChangeId;
}

function partsOf(op: Op, kind: Kind, name: string, attribute?: string, value?: Value | Readonly<Record<string, Value>>): object {
  return { v: 1, op, kind, name: kind === 'user' ? userNameOf(name) : groupNameOf(name), attribute, value };
}

/** A value as it is compared: "" wants absence, text in one Unicode form, a user's name without case. */
function comparable(kind: Kind, attribute: string, value: Value | undefined): Value {
  if (typeof value === 'boolean') return value;
  const text = (value ?? '').normalize('NFC');
  return kind === 'user' && attribute === 'userName' ? userNameOf(text) : text;
}

function sorted(value: object): object {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, typeof inner === 'object' ? sorted(inner as object) : inner]),
  );
}

/** The id of the change that gives a live object another name. */
export function renameId(kind: Kind, from: string, to: string): ChangeId {
  return idOf('rename', kind, from, undefined, comparable(kind, kind === 'user' ? 'userName' : 'displayName', to));
}

/** The same change on a day of its own. */
export function datedId(id: ChangeId, day: string): ChangeId {
  return JSON.stringify(sorted({ ...parsedId(id), v: 1, day })) as ChangeId;
}
