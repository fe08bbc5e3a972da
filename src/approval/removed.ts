import type { Declaration } from '../model/declaration.ts';
import { userNameOf } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import type { Operation } from '../model/operation.ts';
import type { Removed } from '../model/review.ts';

/** The entries that are gone while their users are live and active, and nothing that is planned ends their access. */
export function removedEntries(
  merged: Pick<Declaration, 'users'>,
  base: Pick<Declaration, 'users'>,
  live: Pick<Live, 'users'>,
  operations: readonly Operation[],
): readonly Removed[] {
  const declared = new Set(
    merged.users.flatMap(({ userName, previously }) => [userName, ...previously].map(({ value }) => userNameOf(value))),
  );
  const leaving = new Set(operations.filter(({ action }) => action === 'deactivate').map(({ name }) => userNameOf(name)));
  return base.users.flatMap(({ userName, previously }) => {
    const names = [userName, ...previously].map(({ value }) => userNameOf(value));
    if (names.some((name) => declared.has(name))) return [];
    const user = names.map((name) => live.users.get(name)).find((one) => one?.attributes.active);
    if (!user || leaving.has(userNameOf(user.attributes.userName))) return [];
    const { file, line, column } = userName.at;
    const { seat } = user.attributes;
    return [{ userName: user.attributes.userName, ...(seat !== undefined && { seat }), at: { file, line, column } }];
  });
}
