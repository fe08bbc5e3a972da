import type { Span } from '../model/diagnostic.ts';
import type { Reader, Via } from './reader.ts';
import type { NodeId } from './tree.ts';

/** A value of a mapping that is to be read, with the place of its key. */
export interface Place {
  readonly node: NodeId;
  readonly via: Via;
  readonly key: Span;
}

/** How the values of a mapping are read, by their keys. */
export type Parts<T> = { readonly [K in keyof T]-?: (reader: Reader, place: Place) => NonNullable<T[K]> | undefined };

/** What of a mapping can be read, by a table of its keys: keys that are not in the table are passed over, as is what is faulty. */
export function partsOf<T extends object>(reader: Reader, { node, via }: Pick<Place, 'node' | 'via'>, parts: Parts<T>): Partial<T> {
  const found: Partial<T> = {};
  reader.eachPair(node, via, (name, value, valueVia, keyNode) => {
    if (!Object.hasOwn(parts, name)) return;
    const key = name as keyof T & string;
    const part = parts[key](reader, { node: value, via: valueVia, key: reader.place(keyNode, via) });
    if (part !== undefined) found[key] = part;
  });
  return found;
}

/** What of each entry of a list can be read; undefined if it is no list. */
export function eachOf<T>(reader: Reader, list: Place, entryOf: (reader: Reader, entry: Place) => T | undefined): readonly T[] | undefined {
  const entries: T[] = [];
  const isList = reader.eachItem(list.node, list.via, (node, via) => {
    const entry = entryOf(reader, { node, via, key: reader.place(node, via) });
    if (entry !== undefined) entries.push(entry);
  });
  return isList ? entries : undefined;
}
