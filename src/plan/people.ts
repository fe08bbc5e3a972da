import { userNameOf, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation, OperationId } from '../model/operation.ts';
import { staysActive } from './diff-user.ts';
import type { UserMatching } from './match.ts';
import type { Protection } from './protection.ts';

/** A person as memberships see one after the users' operations: who it is, whether active, and what has to come first. */
export interface Person {
  readonly name: string;
  /** `inactive`: neither added to a group nor taken out of one. `unclear`: two live users have this name. */
  readonly state: 'active' | 'inactive' | 'unclear';
  /** Nothing but an entry changes a protected user's memberships. */
  readonly isProtected: boolean;
  /** The operation that makes the person live and active, where that is not so yet. */
  readonly needs: readonly OperationId[];
}

/** Everybody who is declared or live, by the name they will have. */
export function peopleOf(
  matching: UserMatching,
  live: Live,
  operations: ReadonlyMap<UserName, Operation>,
  isProtected: Protection,
): ReadonlyMap<UserName, Person> {
  const people = new Map<UserName, Person>();
  for (const [key, user] of live.users) {
    if (matching.claimed.has(key)) continue;
    if (matching.contested.has(key)) {
      people.set(key, unclear(user.attributes.userName));
      continue;
    }
    people.set(key, {
      name: user.attributes.userName,
      state: leaves(operations.get(key)) || !user.attributes.active ? 'inactive' : 'active',
      isProtected: isProtected(key),
      needs: [],
    });
  }
  for (const key of live.ambiguous.users.keys()) people.set(key, unclear(key));
  for (const { key, desired } of matching.ambiguous) people.set(key, unclear(desired.userName));
  for (const { key, desired, live: have } of matching.pairs) {
    const operation = operations.get(userNameOf(desired.userName));
    const arrives = !have?.attributes.active && operation !== undefined;
    people.set(key, {
      name: desired.userName,
      state: staysActive(desired, have) ? 'active' : 'inactive',
      isProtected: isProtected(key),
      needs: arrives ? [operation.id] : [],
    });
  }
  return people;
}

function unclear(name: string): Person {
  return { name, state: 'unclear', isProtected: false, needs: [] };
}

function leaves(operation: Operation | undefined): boolean {
  return operation?.action === 'deactivate';
}
