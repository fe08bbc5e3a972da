import type { DesiredUser } from '../model/desired.ts';
import { userNameOf, type UserName } from '../model/directory.ts';
import { isMeant, type Where, type WhereAttribute } from '../model/where.ts';

/** Finds the people whom a `where` means among those who are asked for; each attribute is indexed once, so that many rules cost little. */
export class Roster {
  readonly #users: readonly (readonly [UserName, DesiredUser])[];
  readonly #indexes = new Map<WhereAttribute, ReadonlyMap<string, readonly (readonly [UserName, DesiredUser])[]>>();

  constructor(users: ReadonlyMap<UserName, DesiredUser>) {
    this.#users = [...users];
  }

  /** Whom `where` means by the values of the day, in the order of the files. */
  meant(where: Where): readonly (readonly [UserName, DesiredUser])[] {
    const [first] = where;
    if (!first) return this.#users;
    const [attribute, values] = first;
    const index = this.#indexOf(attribute);
    const keys = new Set(values.map((value) => keyOf(attribute, value)));
    const found = [...keys].flatMap((key) => index.get(key) ?? []);
    return found.filter(([, { wanted }]) => isMeant(where, (name) => wanted[name]?.value));
  }

  #indexOf(attribute: WhereAttribute): ReadonlyMap<string, readonly (readonly [UserName, DesiredUser])[]> {
    const known = this.#indexes.get(attribute);
    if (known) return known;
    const index = new Map<string, (readonly [UserName, DesiredUser])[]>();
    for (const user of this.#users) {
      const value = user[1].wanted[attribute]?.value;
      if (value === undefined) continue;
      const same = index.get(keyOf(attribute, value));
      if (same) same.push(user);
      else index.set(keyOf(attribute, value), [user]);
    }
    this.#indexes.set(attribute, index);
    return index;
  }
}

function keyOf(attribute: WhereAttribute, value: string): string {
  return attribute === 'manager.value' ? userNameOf(value) : value.normalize('NFC');
}
