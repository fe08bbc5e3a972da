import { userAttributeNames, type Value } from '../model/directory.ts';
import type { Edit } from '../model/operation.ts';
import { urns } from './decode.ts';
import { lay, rolesWith, schemasOf } from './overlay.ts';
import { property, type Resource } from './resource.ts';

/** One operation of a PATCH (RFC 7644, 3.5.2). */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: string;
  readonly value?: unknown;
}

/** The body of a PATCH. */
export function patchBody(operations: readonly PatchOperation[]): Resource {
  return { schemas: [urns.patch], Operations: operations };
}

/** The body of POST /Users: what the edits want and nothing else; `active` is true unless an edit says otherwise. */
export function userBody(userName: string, edits: readonly Edit[]): Resource {
  const body: Record<string, unknown> = { userName, active: true, emails: { primary: 'true', value: userName, type: 'work' } };
  for (const attribute of userAttributeNames) {
    const after = afterOf(edits, attribute);
    if (after !== undefined && after !== '') lay(body, attribute, after);
  }
  return { schemas: schemasOf(body), ...body };
}

/** The body of POST /Groups, without members: those are added in batches afterwards. */
export function groupBody(displayName: string, edits: readonly Edit[]): Resource {
  const externalId = afterOf(edits, 'externalId');
  return { schemas: [urns.group], displayName, ...(externalId !== undefined && externalId !== '' && { externalId }) };
}

/**
 * The operations of a PATCH /Users/:id, one attribute each with its explicit path: `active` first, since a seat may need an active user;
 * `roles` whole, as Figma documents it, with the entries that are no seat kept; `figmaAdmin` by its full URN, since the bare path is stored
 * at the top level and grants nothing (forum 39498).
 */
export function userPatch(resource: Resource, edits: readonly Edit[]): readonly PatchOperation[] {
  const active = afterOf(edits, 'active');
  const seat = afterOf(edits, 'seat');
  const admin = edits.find((edit) => edit.attribute === 'figmaAdmin');
  return [
    ...(active === undefined ? [] : [replace('active', active)]),
    ...(seat === undefined || active === false ? [] : [replace('roles', rolesWith(property(resource, 'roles'), seat))]),
    ...(admin === undefined ? [] : [replace(`${urns.figma}:figmaAdmin`, admin.after ?? false)]),
  ];
}

/** The documented change of a group's own attributes, which has no path. Source: Figma's SCIM documentation, PATCH Groups. */
export function groupPatch(edits: readonly Edit[]): readonly PatchOperation[] {
  return [{ op: 'replace', value: Object.fromEntries(edits.map((edit) => [edit.attribute, edit.after ?? ''])) }];
}

/** Adds members by their ids. */
export function addMembers(ids: readonly string[]): readonly PatchOperation[] {
  return [{ op: 'add', path: 'members', value: ids.map((value) => ({ value })) }];
}

/** Removes members by their ids: by a path with a filter for each, or by one value array. Never `members` without naming whom. */
export function removeMembers(ids: readonly string[], form: 'path' | 'values'): readonly PatchOperation[] {
  if (form === 'values') return ids.length === 0 ? [] : [{ op: 'remove', path: 'members', value: ids.map((value) => ({ value })) }];
  return ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }));
}

function replace(path: string, value: unknown): PatchOperation {
  return { op: 'replace', path, value };
}

function afterOf(edits: readonly Edit[], attribute: string): Value | undefined {
  return edits.find((edit) => edit.attribute === attribute)?.after;
}
