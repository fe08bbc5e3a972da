import { invalidValue } from './errors.ts';
import { isObject, type Json } from './json.ts';
import { groupTarget } from './paths.ts';
import type { GroupRecord, Member } from './resources.ts';
import type { World } from './world.ts';

/** A group on the way to be one. */
export type GroupDraft = Pick<GroupRecord, 'attributes' | 'members'>;

const most = 5000;

/** A group with one attribute set, checked; null removes it. Members are not an attribute here. */
export function setGroupAttribute(group: GroupDraft, given: string, value: Json): GroupDraft {
  const name = groupTarget(given).attribute;
  if (name === 'displayName') {
    if (typeof value !== 'string' || value === '' || value.length > 255) {
      throw invalidValue('displayName must be a string of 1 to 255 characters.');
    }
    return { ...group, attributes: { ...group.attributes, displayName: value } };
  }
  if (name === 'externalId' && value !== null && (typeof value !== 'string' || value.length > 255)) {
    throw invalidValue('externalId must be a string of at most 255 characters.');
  }
  const { [name]: _before, ...rest } = group.attributes;
  return { ...group, attributes: { ...rest, displayName: group.attributes.displayName, ...(value === null ? {} : { [name]: value }) } };
}

/** A group whose members are `kept` and those of `value`; quirks decide about ids that are nobody's and about doubles. */
export function withMembers(world: World, group: GroupDraft, kept: readonly Member[], value: Json): GroupDraft {
  const members = [...kept];
  const present = new Set(kept.map((member) => member.value));
  for (const member of readMembers(value)) {
    const known = world.store.users.get(member.value) !== undefined;
    if (!known && world.quirks['unknown-member'] === 'reject') {
      throw invalidValue(`No user has the id ${member.value.slice(0, 100)}.`);
    }
    const stays = known || world.quirks['unknown-member'] === 'store';
    if (stays && (!present.has(member.value) || world.quirks['duplicate-members'] === 'twice')) {
      present.add(member.value);
      members.push(known ? { value: member.value } : member);
    }
  }
  if (members.length > most) {
    throw invalidValue(`A group has at most ${most} members.`);
  }
  return { ...group, members };
}

/** The members that a request names: a list of objects with a `value`, or one such object. */
export function readMembers(value: Json): Member[] {
  return (Array.isArray(value) ? value : [value]).map(readMember);
}

function readMember(entry: Json): Member {
  if (!isObject(entry) || typeof entry['value'] !== 'string') {
    throw invalidValue('members must be objects with the id of a user as their value.');
  }
  return { value: entry['value'], ...(typeof entry['display'] === 'string' ? { display: entry['display'] } : {}) };
}
