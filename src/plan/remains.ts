import { groupNameOf, sameValue, userNameOf, type Value } from '../model/directory.ts';
import type { LiveUser } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Fresh } from './fresh.ts';
import { partOf } from './part.ts';

/** What is left of one operation on a fresh read: nothing if all of it is done, and a sentence for each edit that fits no more. */
export interface Remains {
  readonly operation?: Operation;
  readonly moved: readonly string[];
}

/** What is left to do to a user. */
export function remainsOfUser(operation: Operation, fresh: Fresh): Remains {
  const { action, name, ref, edits } = operation;
  if (action === 'create') {
    if (fresh.live.ambiguous.users.has(userNameOf(name))) return several(name);
    return remainsOfCreate(operation, fresh.live.users.get(userNameOf(name))?.attributes);
  }
  const user = fresh.users.get(ref?.id ?? '');
  if (!user) return gone(name);
  const { attributes } = user;
  const open = edits.filter((edit) => !isDone(edit, attributes));
  if (open.length === 0) return { moved: [] };
  if (!isCalled(operation, attributes.userName)) return { moved: [`${operation.was ?? name} is called ${attributes.userName} by now`] };
  if (attributes.figmaAdmin === true && edits.some(({ cause }) => cause.via === 'unmanaged'))
    return { moved: [`${name} is an admin by now`] };
  if (!attributes.active && !edits.some(({ attribute }) => attribute === 'active')) return { moved: [`${name} was deactivated meanwhile`] };
  const moved = open.filter(({ attribute, before }) => !sameValue(attribute, before, valueOf(attributes, attribute)));
  if (moved.length > 0) return { moved: moved.map((edit) => hasMoved(name, edit, valueOf(attributes, edit.attribute))) };
  return { operation: { ...leftOf(operation, open, attributes.userName), ...seatNow(operation, open, user) }, moved: [] };
}

/** A create is done when somebody of that name has all that was asked for; somebody with less is not who the plan was made for. */
function remainsOfCreate(operation: Operation, attributes: object | undefined): Remains {
  if (!attributes) return { operation, moved: [] };
  const open = operation.edits.filter((edit) => !isDone(edit, attributes));
  return { moved: open.map((edit) => `${operation.name} exists by now, and its ${edit.attribute} is not as planned`) };
}

/** The seat in use now and after what is open. */
function seatNow({ action, seat }: Operation, open: readonly Edit[], { attributes }: LiveUser): Pick<Operation, 'seat'> {
  const before = attributes.seat === undefined ? {} : { before: attributes.seat };
  const changes = action === 'deactivate' || open.some(({ attribute }) => attribute === 'active' || attribute === 'seat');
  const after = changes ? seat?.after : attributes.seat;
  return { seat: { ...before, ...(after !== undefined && { after }) } };
}

/** What is open of an operation, on an object that has its new name already where that was done. */
export function leftOf(operation: Operation, open: readonly Edit[], present: string): Operation {
  const { was, ...rest } = operation;
  return was === undefined || present === was ? partOf(operation, open) : partOf(rest, open);
}

export function isDone({ attribute, after }: Edit, attributes: object): boolean {
  return after !== undefined && sameValue(attribute, after, valueOf(attributes, attribute));
}

export function valueOf(attributes: object, attribute: string): Value | undefined {
  return (attributes as Readonly<Record<string, Value>>)[attribute];
}

/** Whether an object still has the name that the plan knows it by, or already the one that it gives: what is protected or ignored goes by name. */
export function isCalled({ kind, name, was }: Operation, present: string): boolean {
  const comparable = kind === 'user' ? userNameOf : groupNameOf;
  return [name, was].some((known) => known !== undefined && comparable(known) === comparable(present));
}

export function several(name: string): Remains {
  return { moved: [`several live objects are called ${name} by now`] };
}

export function gone(name: string): Remains {
  return { moved: [`${name} is not there any more`] };
}

export function hasMoved(name: string, { attribute, before }: Edit, have: Value | undefined): string {
  const [was, is] = [before, have].map((value) => (value === undefined || value === '' ? 'nothing' : `"${String(value)}"`));
  return `${name}: ${attribute} is ${is} by now, the plan assumes ${was}`;
}
