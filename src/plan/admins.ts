import type { Live } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { AdminChanges } from './order.ts';

/** Which operations make somebody an active admin, by an edit or because an admin comes back, and which end that, by an edit or with the account. */
export function adminChanges(live: Live): AdminChanges {
  const doubles = [...live.ambiguous.users.values()].flat();
  const admins = new Set(
    [...live.users.values(), ...doubles].filter(({ attributes }) => attributes.figmaAdmin === true).map(({ ref }) => ref.id),
  );
  const isAdmin = ({ ref }: Operation) => ref !== undefined && admins.has(ref.id);
  return {
    gains: (operation) =>
      operation.edits.some(grants) || (isAdmin(operation) && operation.edits.some(reactivates) && !operation.edits.some(strips)),
    loses: (operation) => isAdmin(operation) && (operation.action === 'deactivate' || operation.edits.some(strips)),
  };
}

function grants({ attribute, after }: Edit): boolean {
  return attribute === 'figmaAdmin' && after === true;
}

function strips({ attribute, after }: Edit): boolean {
  return attribute === 'figmaAdmin' && after === false;
}

function reactivates({ attribute, before, after }: Edit): boolean {
  return attribute === 'active' && before === false && after === true;
}
