import type { UserEntry, Written } from '../model/declaration.ts';
import { type UserAttribute, userAttributeNames } from '../model/directory.ts';
import type { Doubts } from './doubts.ts';
import type { Place } from './parts.ts';
import type { Reader, Via } from './reader.ts';
import { nearestKey } from './suggest.ts';
import type { NodeId } from './tree.ts';

type Attributes = Partial<Record<UserAttribute, Written<string | boolean>>>;

/** The keys of a user that are attributes as they stand, and the parts of those that are mappings. */
const ownAttributes: ReadonlyMap<string, UserAttribute> = new Map(
  userAttributeNames.filter((name) => name !== 'userName' && !name.includes('.')).map((name) => [name, name]),
);
const partAttributes: ReadonlyMap<string, ReadonlyMap<string, UserAttribute>> = new Map(
  ['name', 'manager'].map((key) => [key, partsOf(`${key}.`)]),
);
const keys: readonly string[] = ['userName', 'previously', ...ownAttributes.keys(), ...partAttributes.keys()];

function partsOf(prefix: string): ReadonlyMap<string, UserAttribute> {
  return new Map(userAttributeNames.filter((name) => name.startsWith(prefix)).map((name) => [name.slice(prefix.length), name]));
}

/** A user, if there is a name; what else is faulty is left out and doubted. `guesses` remembers what misspelt keys were meant for. */
export function userOf(reader: Reader, { node: user, via: userVia }: Place, doubts: Doubts, guesses: Guesses): UserEntry | undefined {
  const attributes: Attributes = {};
  const lost: string[] = [];
  let userName: Written<string> | undefined;
  let sketch: string | undefined;
  let previously: readonly Written<string>[] = [];
  let github: Written<string> | undefined;
  reader.eachPair(user, userVia, (key, node, via) => {
    const before = reader.losses;
    const attribute = ownAttributes.get(key);
    const parts = partAttributes.get(key);
    if (attribute !== undefined) setAttribute(reader, attributes, attribute, node, via);
    else if (key === 'userName') userName = reader.text(node, via);
    else if (key === 'previously') previously = reader.texts(node, via) ?? [];
    else if (key === 'github') github = reader.text(node, via);
    else if (parts)
      reader.eachPair(node, via, (part, value, valueVia) => setAttribute(reader, attributes, parts.get(part), value, valueVia));
    const known = keys.includes(key) ? key : guesses.of(key);
    if (known === 'userName') sketch ??= reader.sketch(node);
    if (known !== undefined && (known !== key || reader.losses > before)) lost.push(known);
  });
  if (!userName) {
    if (sketch !== undefined) doubts.names.add(sketch);
    return undefined;
  }
  const own = attributes as UserEntry['attributes'];
  const entry: UserEntry = { at: userName.at, userName, previously, ...(github ? { github } : {}), attributes: own };
  doubtful(entry, lost, reader.isPartial(user), doubts);
  return entry;
}

/** Doubts what was lost: an attribute, or all parts of one. */
function doubtful(entry: UserEntry, lost: readonly string[], isPartial: boolean, doubts: Doubts): void {
  if (isPartial) doubts.add(entry);
  for (const key of lost) {
    doubts.add(entry, key);
    for (const part of partAttributes.get(key)?.values() ?? []) if (!Object.hasOwn(entry.attributes, part)) doubts.add(entry, part);
  }
}

function setAttribute(reader: Reader, attributes: Attributes, name: UserAttribute | undefined, node: NodeId, via: Via): void {
  if (name === undefined) return;
  const isTruth = name === 'active' || name === 'figmaAdmin';
  const written = isTruth ? reader.truth(node, via) : reader.text(node, via);
  if (written) attributes[name] = written;
}

/** What misspelt keys were meant for: the same misspelling may stand in every entry of a long file. */
export class Guesses {
  readonly #known = new Map<string, string | undefined>();

  of(key: string): string | undefined {
    if (!this.#known.has(key)) this.#known.set(key, nearestKey(key, keys));
    return this.#known.get(key);
  }
}
