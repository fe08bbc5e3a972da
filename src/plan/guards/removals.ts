import type { Live, LiveGroup } from '../../model/live.ts';
import type { Operation } from '../../model/operation.ts';

/** How many memberships an operation ends: a group that is deleted loses all that were read. */
export function membershipsEnded(operation: Operation, live: Live): number {
  if (operation.kind !== 'group') return 0;
  if (operation.action === 'delete') return membersOf(groupOf(operation, live));
  return operation.edits.filter(({ attribute, before }) => attribute === 'member' && before !== undefined).length;
}

/** The live group that an operation is about; none for a create. */
export function groupOf({ ref }: Operation, live: Live): LiveGroup | undefined {
  return ref && [...live.groups.values()].find((group) => group.ref.id === ref.id);
}

/** How many members a group has as it was read, whoever they are. */
export function membersOf(group: LiveGroup | undefined): number {
  return group === undefined ? 0 : group.members.size + group.strangers;
}
