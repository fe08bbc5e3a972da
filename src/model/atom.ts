import { groupNameOf, userNameOf, type UserName, type Value } from './directory.ts';
import type { Edit, Kind, Operation } from './operation.ts';
import type { Turn } from './review.ts';

/**
 * One change as it can be approved: canonical JSON `{v, op, kind, name, attribute?, value?}` with sorted keys. It says what becomes of an object,
 * not what it is today, so that the same wish is the same atom whatever is live. Names are in comparable form.
 */
export type Atom = string & { readonly form: 'atom' };

/** An atom with the edits that it stands for: one, or for a create all of the object's own. */
export interface AtomicChange {
  readonly atom: Atom;
  readonly edits: readonly Edit[];
}

type Op = 'create' | 'set' | 'add' | 'remove' | 'rename' | 'deactivate' | 'reactivate' | 'delete';

/** The changes of an operation that can be approved one by one, in the order of its edits. */
export function atomicChanges(operation: Operation): readonly AtomicChange[] {
  const { action, kind, name, edits } = operation;
  if (action === 'delete') return [{ atom: atomOf('delete', kind, name), edits }];
  const own = edits.filter(({ attribute }) => attribute !== 'member');
  const members = edits.filter(({ attribute }) => attribute === 'member');
  const changes = action === 'create' ? [creation(operation, own)] : own.map((edit) => change(operation, edit));
  return [...changes, ...members.map((edit) => membership(operation, edit))];
}

/** Every atom of the operations. */
export function atomsOf(operations: readonly Operation[]): ReadonlySet<Atom> {
  return new Set(operations.flatMap((operation) => atomicChanges(operation).map(({ atom }) => atom)));
}

/**
 * What a grant changes by itself: the atom of the change, and the same with its day, which is what can be approved before that day. Nothing where
 * no value is asked for.
 */
export function turnAtoms({ day, userName, what }: Turn): { readonly atom: Atom; readonly dated: Atom } | undefined {
  const known = turnedTo(userNameOf(userName), what);
  return known && { atom: JSON.stringify(sorted(known)) as Atom, dated: JSON.stringify(sorted({ ...known, day })) as Atom };
}

function turnedTo(user: UserName, what: Turn['what']): object | undefined {
  if ('joins' in what) return partsOf('add', 'group', what.joins, 'member', user);
  if ('leaves' in what) return partsOf('remove', 'group', what.leaves, 'member', user);
  return what.seat.after === undefined ? undefined : partsOf('set', 'user', user, 'seat', what.seat.after);
}

function creation({ kind, name }: Operation, edits: readonly Edit[]): AtomicChange {
  const values = Object.fromEntries(edits.map(({ attribute, after }) => [attribute, comparable(kind, attribute, after)]));
  return { atom: atomOf('create', kind, name, undefined, values), edits };
}

function change({ kind, name }: Operation, edit: Edit): AtomicChange {
  const { attribute, before, after } = edit;
  const edits = [edit];
  if (attribute === 'active') return { atom: atomOf(after === true ? 'reactivate' : 'deactivate', kind, name), edits };
  const isName = attribute === (kind === 'user' ? 'userName' : 'displayName');
  if (isName) return { atom: atomOf('rename', kind, String(before ?? ''), undefined, comparable(kind, attribute, after)), edits };
  return { atom: atomOf('set', kind, name, attribute, comparable(kind, attribute, after)), edits };
}

function membership({ name }: Operation, edit: Edit): AtomicChange {
  const { before, after } = edit;
  const [op, member] = after === undefined ? (['remove', before] as const) : (['add', after] as const);
  return { atom: atomOf(op, 'group', name, 'member', userNameOf(String(member))), edits: [edit] };
}

function atomOf(op: Op, kind: Kind, name: string, attribute?: string, value?: Value | Readonly<Record<string, Value>>): Atom {
  return JSON.stringify(sorted(partsOf(op, kind, name, attribute, value))) as Atom;
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
