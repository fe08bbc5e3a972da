import type { Value } from '../model/directory.ts';
import { showLookalikes } from '../model/lookalike.ts';
import type { Action, Kind, OperationId } from '../model/operation.ts';
import { quoted, safe } from './escape.ts';

/** What an operation id says, taken apart. */
export interface Named {
  readonly action: Action;
  readonly kind: Kind;
  readonly name: string;
}

/** The parts of an operation id. */
export function namedBy(id: OperationId): Named {
  const [action, kind, ...name] = id.split(' ');
  return { action: action as Action, kind: kind as Kind, name: name.join(' ') };
}

/** How an object is called in text, safe to print: a user by the bare address, a group with its kind and in quotes. */
export function nameText(kind: Kind, name: string): string {
  return kind === 'group' ? `group ${quoted(name)}` : bare(name);
}

/** How a value stands in text, safe to print: names of people and seats bare, all other text in quotes. */
export function valueText(attribute: string, value: Value): string {
  if (typeof value === 'boolean') return String(value);
  return attribute === 'seat' || attribute === 'member' || attribute === 'userName' ? bare(value) : quoted(value);
}

/** `text` as it is where nothing in it can mislead, else in quotes; what has an `@` is an address as a whole, blanks included. */
export function bare(text: string): string {
  if (/^[^\s"\\]+$/u.test(text) && safe(text) === text) return text;
  return text.includes('@') ? showLookalikes(quoted(text)) : quoted(text);
}
