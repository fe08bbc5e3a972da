import { groupId, userId } from './ids.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';
import { completed } from './profile.ts';
import type { Member } from './resources.ts';
import { seededDraft, type Seed } from './seed.ts';
import type { Store } from './store.ts';

const firstDay = Date.UTC(2025, 0, 6, 9);

/** Fills a store from a seed: missing ids and times are made up, the same ones every time. */
export function plant(store: Store, seed: Seed): void {
  for (const [index, user] of (seed.users as JsonObject[]).entries()) {
    const times = timesOf(user['meta'], index);
    const id = typeof user['id'] === 'string' ? user['id'] : userId(times.createdMs, index);
    store.putUser({ id, attributes: completed(seededDraft(user)), ...times });
  }
  for (const [index, group] of (seed.groups as JsonObject[]).entries()) {
    const { id, meta, schemas: _schemas, members = [], external_id, externalId = external_id, displayName, ...others } = group;
    const name = textOf(displayName);
    store.groups.put({
      id: typeof id === 'string' ? id : groupId(name, index),
      attributes: {
        ...others,
        displayName: name,
        ...(externalId === undefined || externalId === null ? {} : { externalId: textOf(externalId) }),
      },
      members: (members as Json[]).filter(isObject).map((member) => seededMember(store, member)),
      ...timesOf(meta, seed.users.length + index),
    });
  }
}

function seededMember(store: Store, { value, display }: JsonObject): Member {
  const given = textOf(value);
  const user = store.users.get(given) ?? store.users.named(given.toLowerCase())[0];
  return { value: user?.id ?? given, ...(user === undefined && typeof display === 'string' ? { display } : {}) };
}

function timesOf(meta: Json | undefined, index: number): { createdMs: number; modifiedMs: number } {
  const { created, lastModified = created } = isObject(meta) ? meta : {};
  const createdMs = created === undefined ? firstDay + index * 61_000 : Date.parse(textOf(created));
  return { createdMs, modifiedMs: lastModified === undefined ? createdMs : Date.parse(textOf(lastModified)) };
}
