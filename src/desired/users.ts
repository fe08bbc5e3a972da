import type { Day } from '../model/day.ts';
import type { DefaultAttribute, DefaultEntry, GrantEntry, UserEntry } from '../model/declaration.ts';
import type { DesiredUser, Wanted } from '../model/desired.ts';
import { userNameOf, type Value } from '../model/directory.ts';
import { isMeant } from '../model/where.ts';
import { declared, entryAt, positionOf } from './causes.ts';
import { seatOf } from './seat.ts';

/** What is asked for of one user on the day: the entry, then the defaults for what it leaves open, then the grants. */
export function userOf(entry: UserEntry, defaults: readonly DefaultEntry[], grants: readonly GrantEntry[], day: Day): DesiredUser {
  const wanted: Record<string, Wanted<Value>> = {};
  for (const [name, written] of Object.entries(entry.attributes)) wanted[name] = declared<Value>(written);
  for (const [name, value] of defaultsOf(entry, defaults)) wanted[name] = value;
  const seatDeclared = entry.attributes.seat !== undefined;
  const { seat, ended } = seatOf(wanted['seat'] as Wanted<string> | undefined, grants, day);
  if (seat) wanted['seat'] = seat;
  return {
    userName: entry.userName.value,
    cause: entryAt(entry.userName.at),
    previously: entry.previously.map((name) => userNameOf(name.value)),
    wanted,
    seatDeclared,
    ended,
  };
}

/** Per attribute that the entry leaves open the first default that is meant; `where` sees what the entry declares and nothing else. */
function defaultsOf(entry: UserEntry, defaults: readonly DefaultEntry[]): ReadonlyMap<string, Wanted<string>> {
  const found = new Map<string, Wanted<string>>();
  for (const { where, attributes } of defaults) {
    if (where && !isMeant(where, (attribute) => entry.attributes[attribute]?.value)) continue;
    for (const [name, written] of Object.entries(attributes)) {
      if (found.has(name) || entry.attributes[name as DefaultAttribute]) continue;
      found.set(name, { value: written.value, cause: { at: positionOf(written.at), via: 'default' } });
    }
  }
  return found;
}
