import { ScimProblem } from './errors.ts';
import { isObject, type Json } from './json.ts';
import { readMembers, setGroupAttribute, withMembers, type GroupDraft } from './membership.ts';
import type { Operation } from './operations.ts';
import { groupTarget, unknownPath, type Target } from './paths.ts';
import type { GroupRecord } from './resources.ts';
import type { World } from './world.ts';

const notOurs = new Set(['id', 'meta', 'schemas']);

/** A group with all operations applied; the one before is untouched. */
export function patchGroup(world: World, before: GroupRecord, operations: readonly Operation[]): GroupDraft {
  let draft: GroupDraft = { attributes: before.attributes, members: before.members };
  for (const { op, path, value } of operations) {
    const parts = path === undefined ? Object.entries(isObject(value) ? value : {}) : [[path, value] as const];
    for (const [name, part] of parts.filter(([name]) => !notOurs.has(name))) {
      draft = applied(world, draft, op, name, part);
    }
  }
  return draft;
}

function applied(world: World, draft: GroupDraft, op: Operation['op'], name: string, value: Json | undefined): GroupDraft {
  const target = groupTarget(name);
  if (target.attribute === 'members') {
    return op === 'remove' ? removed(world, draft, target, value) : added(world, draft, op, target, value ?? []);
  }
  if (!target.known && world.quirks['unknown-path'] === 'reject') {
    throw unknownPath(name);
  }
  return setGroupAttribute(draft, name, op === 'remove' ? null : (value ?? null));
}

function added(world: World, draft: GroupDraft, op: 'add' | 'replace', target: Target, value: Json): GroupDraft {
  if (target.matches !== undefined) {
    throw new ScimProblem(400, 'invalidPath', 'Members are added without a filter in the path.');
  }
  return withMembers(world, draft, op === 'add' ? draft.members : [], value);
}

// Okta's form has a filter in the path, Entra's a list in the value; with neither, everybody goes (RFC 7644, section 3.5.2.2).
function removed(world: World, draft: GroupDraft, target: Target, value: Json | undefined): GroupDraft {
  const form = world.quirks['remove-members'];
  const { matches } = target;
  if (matches !== undefined) {
    if (form === 'array-only') {
      throw new ScimProblem(400, 'invalidPath', 'A filter in the path is not supported.');
    }
    return { ...draft, members: draft.members.filter((member) => !matches({ ...member })) };
  }
  if (value === undefined || value === null) {
    return { ...draft, members: [] };
  }
  if (form === 'filter-only') {
    throw new ScimProblem(400, 'invalidValue', 'remove takes no value; name the member in the path.');
  }
  const gone = new Set(readMembers(value).map((member) => member.value));
  return { ...draft, members: draft.members.filter((member) => !gone.has(member.value)) };
}
