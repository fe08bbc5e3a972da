import { defaultAttributes, type DefaultAttribute, type DefaultEntry, type GrantEntry, type UserEntry } from '../model/declaration.ts';
import { type Where, type WhereAttribute, whereAttributes } from '../model/where.ts';
import { Columns } from './columns.ts';
import type { Doubts } from './doubts.ts';
import type { Roster } from './roster.ts';

/**
 * What the declared users can have, on whatever day: what their entries say, else the first default that matches, and of seats also what grants
 * give and leave behind. Days do not matter here: that a grant ends must not make a configuration faulty that was not.
 */
export class Population {
  readonly #values: Columns;
  readonly #hasBase: Uint8Array;
  readonly #active: Int32Array;

  constructor(users: readonly UserEntry[], defaults: readonly DefaultEntry[], doubts: Doubts) {
    const everybody = Int32Array.from(users, (_, user) => user);
    this.#active = everybody.filter((user) => users[user]?.attributes.active?.value !== false);
    const declared = declaredBy(users, doubts);
    this.#values = declared.copy();
    for (const entry of defaults) {
      if (doubts.about(entry)) this.#doubt(defaultAttributes, everybody);
      else this.#apply(entry, declared, everybody);
    }
    this.#hasBase = Uint8Array.from(users, (_, user) => Number(this.#values.has('seat', user)));
  }

  /** Adds the seats that grants can give and leave behind. */
  grant(grants: readonly GrantEntry[], roster: Roster<UserEntry>, doubts: Doubts): void {
    for (const grant of grants) {
      const user = roster.indexOf(grant.user.value);
      if (user === undefined || !('seat' in grant.gives)) continue;
      if (doubts.about(grant)) this.#values.doubt('seat', user);
      this.#values.set('seat', user, grant.gives.seat);
      if (grant.gives.then) this.#values.set('seat', user, grant.gives.then.value);
    }
  }

  /** Whether a user's entry or a default gives a seat. */
  hasBaseSeat(user: number): boolean {
    return this.#hasBase[user] === 1;
  }

  /** Whether there is somebody whom a rule can ever add to a group. */
  canMatch(where: Where): boolean {
    return this.#values.matching(where, this.#active, true).length > 0;
  }

  /** The users whom a rule adds to a group on one day or another, in the order of the users. */
  matching(where: Where): Int32Array {
    return this.#values.matching(where, this.#active, false);
  }

  /** The values that anybody has of an attribute. */
  values(attribute: WhereAttribute): readonly string[] {
    return this.#values.values(attribute);
  }

  /** Gives what a default gives to whom it means and whose entry, as well as every default before, is silent. */
  #apply(entry: DefaultEntry, declared: Columns, everybody: Int32Array): void {
    const set = defaultAttributes.filter((attribute) => entry.attributes[attribute]);
    for (const user of declared.matching(entry.where ?? new Map(), everybody, false)) {
      for (const attribute of set) {
        const value = entry.attributes[attribute]?.value;
        if (value !== undefined && !this.#values.has(attribute, user)) this.#values.set(attribute, user, value);
      }
    }
    if (declared.isDoubtful) this.#doubt(set, declared.matching(entry.where ?? new Map(), everybody, true));
  }

  /** Says that the users may have a value of these attributes where they have none. */
  #doubt(attributes: readonly DefaultAttribute[], users: Int32Array): void {
    for (const user of users) {
      for (const attribute of attributes) if (!this.#values.has(attribute, user)) this.#values.doubt(attribute, user);
    }
  }
}

function declaredBy(users: readonly UserEntry[], doubts: Doubts): Columns {
  const columns = new Columns(users.length);
  users.forEach((entry, user) => {
    const isDoubtful = doubts.about(entry);
    for (const attribute of whereAttributes) {
      const value = entry.attributes[attribute]?.value;
      if (isDoubtful && doubts.about(entry, attribute)) columns.doubt(attribute, user);
      else if (value !== undefined) columns.set(attribute, user, value);
    }
  });
  return columns;
}
