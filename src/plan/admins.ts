import type { Live } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { AdminChanges } from './order.ts';

/** Which operations make somebody an active admin, by an edit or because an admin comes back, and which end that, by an edit or with the account. */
export function adminChanges(live: Live): AdminChanges {
  const users = [...live.users.values(), ...[...live.ambiguous.users.values()].flat()].filter(
    ({ attributes }) => attributes.figmaAdmin === true,
  );
  const idsOf = (isActive: boolean) => new Set(users.filter(({ attributes }) => attributes.active === isActive).map(({ ref }) => ref.id));
  const [present, dormant] = [idsOf(true), idsOf(false)];
  const returns = ({ ref, edits }: Operation) => ref !== undefined && dormant.has(ref.id) && edits.some(reactivates) && !edits.some(strips);
  return {
    gains: (operation) => operation.edits.some(grants) || returns(operation),
    loses: ({ ref, action, edits }) => ref !== undefined && present.has(ref.id) && (action === 'deactivate' || edits.some(strips)),
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
