import { userNameOf } from '../../model/directory.ts';
import { matchesAny } from '../../model/glob.ts';
import type { Operation } from '../../model/operation.ts';
import { endsAdmin, isLowering, isRename } from './counts.ts';
import type { Guard } from './guard.ts';
import { counted, listing } from './wording.ts';

/** Blocks where a protected user would be lowered, renamed, stripped of admin rights or deactivated, by the old name or the new one. */
export const protectedUsers: Guard = ({ operations, basis }) => {
  const isProtected = (name: string) => matchesAny(basis.protected, userNameOf(name));
  const harmed = operations
    .filter(({ name, was }) => isProtected(name) || (was !== undefined && isProtected(was)))
    .map((operation) => ({ operation, harms: harmsOf(operation) }))
    .filter(({ harms }) => harms.length > 0);
  const count = harmed.length;
  const who = harmed.map(
    ({ operation: { name, was }, harms }) => `${was === undefined ? name : `${was} (declared as ${name})`} would ${harms.join(' and ')}`,
  );
  const remedy = 'take the change out of the entry, or the name out of organization.protected';
  return {
    guard: 'protected',
    outcome: count > 0 ? 'block' : 'allow',
    count,
    message:
      count > 0
        ? `${counted(count, 'protected user')} would be harmed: ${listing(who, ', ', ', and ')}; ${remedy}`
        : 'no protected user would be harmed',
    operations: harmed.map(({ operation }) => operation.id),
  };
};

function harmsOf({ action, edits }: Operation): string[] {
  if (action === 'deactivate') return ['be deactivated'];
  return [
    ...(edits.some(isLowering) ? ['get a lower seat'] : []),
    ...(edits.some(isRename) ? ['get another address'] : []),
    ...(edits.some(endsAdmin) ? ['lose admin rights'] : []),
  ];
}
