import { ScimProblem } from './errors.ts';
import { setGroupAttribute, withMembers, type GroupDraft } from './membership.ts';
import type { JsonObject } from './json.ts';
import { readOperations } from './operations.ts';
import { patchGroup } from './patch-group.ts';
import type { GroupRecord } from './resources.ts';
import { groupShape } from './shapes.ts';
import type { Change, World } from './world.ts';

const notOurs = new Set(['id', 'meta', 'schemas']);

/** The group with this id, or a 404. */
export function groupById(world: World, id: string): GroupRecord {
  const group = world.store.groups.get(id);
  if (group === undefined) {
    throw new ScimProblem(404, undefined, 'There is no such group.');
  }
  return group;
}

/** POST /Groups: a new group; its name must be new, compared with case. */
export function createGroup(world: World, body: JsonObject): Change {
  const draft = groupFrom(world, body);
  const createdMs = world.now();
  const { displayName } = draft.attributes;
  refuseTaken(world, displayName, undefined);
  return put(
    world,
    { ...draft, id: world.nextGroupId(displayName), createdMs, modifiedMs: createdMs },
    undefined,
    world.quirks['post-status'],
  );
}

/** PUT /Groups/:id: overwrites everything; members who are left out are removed. */
export function replaceGroup(world: World, id: string, body: JsonObject): Change {
  const group = groupById(world, id);
  return put(world, { ...group, ...groupFrom(world, body), modifiedMs: world.now() }, group, 200);
}

/** PATCH /Groups/:id: all operations or none. */
export function modifyGroup(world: World, id: string, body: JsonObject): Change {
  const group = groupById(world, id);
  const draft = patchGroup(world, group, readOperations(body));
  return put(world, { ...group, ...draft, modifiedMs: world.now() }, group, world.quirks['patch-answer'] === 'empty' ? 204 : 200);
}

/** DELETE /Groups/:id: gone for good. */
export function deleteGroup(world: World, id: string): Change {
  const group = groupById(world, id);
  return { status: 204, body: undefined, touches: [id, group.attributes.displayName], commit: () => world.store.groups.remove(group) };
}

function groupFrom(world: World, body: JsonObject): GroupDraft {
  const empty: GroupDraft = { attributes: { displayName: '' }, members: [] };
  const draft = Object.entries(body)
    .filter(([name]) => !notOurs.has(name))
    .reduce(
      (next, [name, value]) =>
        name.toLowerCase() === 'members' ? withMembers(world, next, [], value ?? []) : setGroupAttribute(next, name, value ?? null),
      empty,
    );
  // An absent name has never been set, so nothing has refused it yet.
  return draft.attributes.displayName === '' ? setGroupAttribute(draft, 'displayName', '') : draft;
}

function put(world: World, next: GroupRecord, before: GroupRecord | undefined, status: number): Change {
  refuseTaken(world, next.attributes.displayName, before);
  return {
    status,
    body: status === 204 ? undefined : groupShape(next, world),
    touches: [
      next.id,
      next.attributes.displayName,
      ...(before === undefined ? [] : [before.attributes.displayName]),
      ...moved(world, next, before),
    ],
    commit: () => world.store.groups.put(next),
  };
}

// The members who come or go, by id and by name.
function moved(world: World, next: GroupRecord, before: GroupRecord | undefined): string[] {
  const after = new Set(next.members.map(({ value }) => value));
  const earlier = new Set(before?.members.map(({ value }) => value));
  const changed = [...[...after].filter((id) => !earlier.has(id)), ...[...earlier].filter((id) => !after.has(id))];
  return changed.flatMap((id) => [id, world.store.users.get(id)?.attributes.userName ?? id]);
}

function refuseTaken(world: World, displayName: string, own: GroupRecord | undefined): void {
  if (displayName !== own?.attributes.displayName && world.store.groups.named(displayName).length > 0) {
    throw new ScimProblem(409, 'uniqueness', `There is a group named ${displayName} already.`);
  }
}
