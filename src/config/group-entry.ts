import type { GroupEntry, Written } from '../model/declaration.ts';
import type { Where } from '../model/where.ts';
import type { Doubts } from './doubts.ts';
import { type Parts, type Place, partsOf } from './parts.ts';
import type { Reader } from './reader.ts';
import { whereOf } from './where-entry.ts';

interface GroupPart {
  readonly displayName: Written<string>;
  readonly previously: readonly Written<string>[];
  readonly externalId: Written<string>;
  readonly members: NonNullable<GroupEntry['members']>;
  readonly membersWhere: Written<Where>;
}

const groupParts: Parts<GroupPart> = {
  displayName: (reader, { node, via }) => reader.text(node, via),
  previously: (reader, { node, via }) => reader.texts(node, via),
  externalId: (reader, { node, via }) => reader.text(node, via),
  members: (reader, { node, via, key: at }) => {
    const list = reader.texts(node, via);
    return list && { at, list };
  },
  membersWhere: (reader, place) => {
    const value = whereOf(reader, place);
    return value && { value, at: place.key };
  },
};

/** A group, if there is a name; what else is faulty is left out and doubted. */
export function groupOf(reader: Reader, entry: Place, doubts: Doubts): GroupEntry | undefined {
  const before = reader.losses;
  const { displayName, previously = [], externalId, members, membersWhere } = partsOf<GroupPart>(reader, entry, groupParts);
  if (!displayName) {
    const sketch = sketchOf(reader, entry);
    if (sketch !== undefined) doubts.names.add(sketch);
    return undefined;
  }
  const group: GroupEntry = {
    at: displayName.at,
    displayName,
    previously,
    ...(externalId ? { externalId } : {}),
    ...(members ? { members } : {}),
    ...(membersWhere ? { membersWhere } : {}),
  };
  if (reader.losses > before) doubts.add(group);
  return group;
}

/** The name that a group without one was meant to have. */
function sketchOf(reader: Reader, { node, via }: Place): string | undefined {
  let sketch: string | undefined;
  reader.eachPair(node, via, (key, value) => {
    if (/name$/i.test(key)) sketch ??= reader.sketch(value);
  });
  return sketch;
}
