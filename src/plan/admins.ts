import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';

/** Whether an operation costs a live admin the rights: by an edit, or because the account goes. */
export function adminsLosing(live: Live): (operation: Operation) => boolean {
  const ids = new Set(
    [...live.users.values()].filter((user) => user.attributes.figmaAdmin === true).map((user): string | undefined => user.ref.id),
  );
  return ({ action, ref, edits }) =>
    ids.has(ref?.id) && (action === 'deactivate' || edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.after === false));
}
