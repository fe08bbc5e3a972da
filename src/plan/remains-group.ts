import { groupNameOf, sameValue } from '../model/directory.ts';
import type { LiveGroup } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Fresh } from './fresh.ts';
import { gone, hasMoved, isDone, leftOf, valueOf, type Remains } from './remains.ts';

/** What is left to do to a group; one that was created meanwhile is only filled. */
export function remainsOfGroup(operation: Operation, fresh: Fresh): Remains {
  const { action, name, ref, edits } = operation;
  const group = action === 'create' ? fresh.live.groups.get(groupNameOf(name)) : fresh.groups.get(ref?.id ?? '');
  if (!group) {
    if (action === 'delete') return { moved: [] };
    return action === 'create' ? { operation, moved: [] } : gone(`the group "${name}"`);
  }
  if (action === 'delete') return remainsOfDeletion(operation, group);
  const moved = edits.flatMap((edit) =>
    edit.attribute === 'member' ? movedMember(edit, name, fresh) : movedAttribute(operation, edit, group),
  );
  if (moved.length > 0) return { moved };
  const open = edits.filter((edit) =>
    edit.attribute === 'member' ? fresh.hasMember(edit, group) === (edit.after === undefined) : !isDone(edit, group.attributes),
  );
  if (open.length === 0) return { moved: [] };
  const found: Operation = action === 'create' ? { ...operation, action: 'patch', id: `patch group ${name}`, ref: group.ref } : operation;
  return { operation: leftOf(found, open, group.attributes.displayName), moved: [] };
}

function remainsOfDeletion(operation: Operation, { attributes }: LiveGroup): Remains {
  if (sameValue('displayName', operation.edits[0]?.before, attributes.displayName)) return { operation, moved: [] };
  return { moved: [`the group "${operation.name}" is called "${attributes.displayName}" by now`] };
}

function movedAttribute({ name, action }: Operation, edit: Edit, { attributes }: LiveGroup): string[] {
  const have = valueOf(attributes, edit.attribute);
  if (isDone(edit, attributes) || (action !== 'create' && sameValue(edit.attribute, edit.before, have))) return [];
  return [hasMoved(`the group "${name}"`, edit, have)];
}

function movedMember({ after }: Edit, group: string, fresh: Fresh): string[] {
  if (after === undefined || fresh.isSomebody(after)) return [];
  return [`${String(after)}, a member to be of the group "${group}", is no live user any more`];
}
