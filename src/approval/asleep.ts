import type { Desired } from '../model/desired.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import type { Live } from '../model/live.ts';
import { peopleIn, type Field } from './fields.ts';

/**
 * Those for whom the configuration has come to ask for something while they are inactive, and no entry says whether they are to be active: none of it
 * is planned, and none is in place. If somebody gives them access again by hand, it is no drift, since nobody ever saw it planned.
 */
export function asleepIn(
  fields: readonly Field[],
  known: (name: UserName) => boolean,
  { users }: Pick<Desired, 'users'>,
  live: Pick<Live, 'users'>,
): readonly UserName[] {
  const asked = peopleIn(fields);
  const isInactive = (name: UserName) => {
    const entry = users.get(name);
    if (entry?.wanted.active) return false;
    const names = [name, ...(entry?.previously ?? [])];
    return names.some((one) => live.users.get(one)?.attributes.active === false);
  };
  const all = new Set([...users.keys(), ...[...live.users.values()].map(({ attributes }) => userNameOf(attributes.userName))]);
  return [...all].filter((name) => (asked.has(name) || known(name)) && isInactive(name)).toSorted();
}
