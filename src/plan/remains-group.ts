import { groupNameOf, sameValue } from '../model/directory.ts';
import type { LiveGroup } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Fresh } from './fresh.ts';
import { gone, hasMoved, isCalled, isDone, leftOf, several, valueOf, type Remains } from './remains.ts';

/** What is left to do to a group; one that was created meanwhile is only filled. */
export function remainsOfGroup(operation: Operation, fresh: Fresh): Remains {
  const { action, name, ref, edits } = operation;
  if (action === 'create' && fresh.live.ambiguous.groups.has(groupNameOf(name))) return several(`"${name}"`);
  const group = action === 'create' ? fresh.live.groups.get(groupNameOf(name)) : fresh.groups.get(ref?.id ?? '');
  if (!group) {
    if (action === 'delete') return { moved: [] };
    return action === 'create' ? { operation, moved: [] } : gone(`the group "${name}"`);
  }
  const open = edits.filter((edit) =>
    edit.attribute === 'member' ? fresh.hasMember(edit, group) === (edit.after === undefined) : !isDone(edit, group.attributes),
  );
  if (open.length === 0) return { moved: [] };
  if (!isCalled(operation, group.attributes.displayName)) {
    return { moved: [`the group "${operation.was ?? name}" is called "${group.attributes.displayName}" by now`] };
  }
  if (action === 'delete') return { operation, moved: [] };
  if (action === 'create' && fresh.hasOthers(edits, group))
    return { moved: [`the group "${name}" exists by now, with members that are not in the plan`] };
  const moved = edits.flatMap((edit) =>
    edit.attribute === 'member' ? movedMember(edit, name, fresh) : movedAttribute(operation, edit, group),
  );
  if (moved.length > 0) return { moved };
  const found: Operation = action === 'create' ? { ...operation, action: 'patch', id: `patch group ${name}`, ref: group.ref } : operation;
  return { operation: leftOf(found, open, group.attributes.displayName), moved: [] };
}

function movedAttribute({ name, action }: Operation, edit: Edit, { attributes }: LiveGroup): string[] {
  const have = valueOf(attributes, edit.attribute);
  if (isDone(edit, attributes)) return [];
  if (action === 'create') return [`the group "${name}" exists by now, and its ${edit.attribute} is not as planned`];
  if (sameValue(edit.attribute, edit.before, have)) return [];
  return [hasMoved(`the group "${name}"`, edit, have)];
}

function movedMember({ after }: Edit, group: string, fresh: Fresh): string[] {
  if (after === undefined || fresh.isSomebody(after)) return [];
  return [`${String(after)}, a member to be of the group "${group}", is no active user any more`];
}
