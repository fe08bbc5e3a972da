import { type Where, type WhereAttribute, whereAttributes } from '../model/where.ts';
import type { Place } from './parts.ts';
import type { Reader } from './reader.ts';

const attributes: ReadonlySet<string> = new Set(whereAttributes);

/** Whom a mapping is about; undefined if some of it cannot be read, since the rest would be about other people. */
export function whereOf(reader: Reader, { node, via }: Pick<Place, 'node' | 'via'>): Where | undefined {
  const before = reader.losses;
  const where = new Map<WhereAttribute, readonly string[]>();
  const add = (name: string, value: Pick<Place, 'node' | 'via'>): void => {
    const texts = attributes.has(name) ? textsOf(reader, value) : undefined;
    if (texts) where.set(name as WhereAttribute, texts);
  };
  reader.eachPair(node, via, (name, value, valueVia) => {
    if (name !== 'manager') add(name, { node: value, via: valueVia });
    else reader.eachPair(value, valueVia, (part, partValue, partVia) => add(`manager.${part}`, { node: partValue, via: partVia }));
  });
  return reader.losses === before && where.size > 0 ? where : undefined;
}

/** The values of one attribute: a text alone, or those of a list. */
function textsOf(reader: Reader, { node, via }: Pick<Place, 'node' | 'via'>): readonly string[] | undefined {
  if (reader.sketch(node) === undefined) return reader.texts(node, via)?.map(({ value }) => value);
  const text = reader.text(node, via);
  return text && [text.value];
}
