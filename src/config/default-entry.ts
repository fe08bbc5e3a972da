import { defaultAttributes, type DefaultAttribute, type DefaultEntry, type Written } from '../model/declaration.ts';
import type { Doubts } from './doubts.ts';
import { type Place, eachOf } from './parts.ts';
import type { Reader } from './reader.ts';
import { whereOf } from './where-entry.ts';

const known: ReadonlySet<string> = new Set(defaultAttributes);

/** The defaults in the order of the file. */
export function defaultsOf(reader: Reader, list: Place, doubts: Doubts): readonly DefaultEntry[] | undefined {
  return eachOf(reader, list, (_, entry) => defaultOf(reader, entry, doubts));
}

function defaultOf(reader: Reader, { node, via, key: at }: Place, doubts: Doubts): DefaultEntry {
  const before = reader.losses;
  const found: { [K in DefaultAttribute]?: Written<string> } = {};
  let where: DefaultEntry['where'];
  const add = (name: string, value: Pick<Place, 'node' | 'via'>): void => {
    const text = known.has(name) ? reader.text(value.node, value.via) : undefined;
    if (text) found[name as DefaultAttribute] = text;
  };
  reader.eachPair(node, via, (name, value, valueVia) => {
    if (name === 'where') where = whereOf(reader, { node: value, via: valueVia });
    else if (name !== 'manager') add(name, { node: value, via: valueVia });
    else reader.eachPair(value, valueVia, (part, partValue, partVia) => add(`manager.${part}`, { node: partValue, via: partVia }));
  });
  const entry = { at, ...(where ? { where } : {}), attributes: found };
  if (reader.losses > before) doubts.add(entry);
  return entry;
}
