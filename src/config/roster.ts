import type { GroupEntry, UserEntry, Written } from '../model/declaration.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import { Suggestions } from './suggest.ts';

/** Finds the entry that a name means: a present name first, then a former one. Where an entry stands twice it is the first. */
export class Roster<T> {
  readonly #comparable: (name: string) => string;
  #suggestions: Suggestions | undefined;
  readonly #entries = new Map<string, { readonly entry: T; readonly index: number; readonly key: string }>();

  /** How many entries there are; `indexOf` stays below it. */
  readonly count: number;

  constructor(entries: readonly T[], namesOf: (entry: T) => readonly Written<string>[], comparable: (name: string) => string) {
    this.#comparable = comparable;
    this.count = entries.length;
    const former: (readonly [string, { readonly entry: T; readonly index: number; readonly key: string }])[] = [];
    entries.forEach((entry, index) => {
      const [present, ...previous] = namesOf(entry).map(({ value }) => comparable(value));
      const found = { entry, index, key: present ?? '' };
      if (!this.#entries.has(found.key)) this.#entries.set(found.key, found);
      for (const name of previous) former.push([name, found]);
    });
    for (const [name, found] of former) if (!this.#entries.has(name)) this.#entries.set(name, found);
  }

  find(name: string): T | undefined {
    return this.#entries.get(this.#comparable(name))?.entry;
  }

  /** Where the entry stands in the list of all; undefined if there is none. */
  indexOf(name: string): number | undefined {
    return this.#entries.get(this.#comparable(name))?.index;
  }

  /** The present name in comparable form; that of the name itself where there is no entry. */
  keyOf(name: string): string {
    const key = this.#comparable(name);
    return this.#entries.get(key)?.key ?? key;
  }

  /** The name, present or former, that was most likely meant, in comparable form. */
  nearest(name: string): string | undefined {
    this.#suggestions ??= new Suggestions([...this.#entries.keys()]);
    return this.#suggestions.of(this.#comparable(name));
  }
}

/** The declared users by their names. */
export function usersByName(users: readonly UserEntry[]): Roster<UserEntry> {
  return new Roster(users, ({ userName, previously }) => [userName, ...previously], userNameOf);
}

/** The declared groups by their names. */
export function groupsByName(groups: readonly GroupEntry[]): Roster<GroupEntry> {
  return new Roster(groups, ({ displayName, previously }) => [displayName, ...previously], groupNameOf);
}
