/**
 * What could not be read of the entries that stand nevertheless. From what an entry seems to lack nothing is concluded while there is a doubt
 * about it: the fault itself is told, what would follow from it is not.
 */
export class Doubts {
  readonly #keys = new Map<object, Set<string>>();
  /** Names, as they were written, of which no entry could be made. */
  readonly names = new Set<string>();

  /** Remembers that something of an entry is not known: what stands under one of its keys, or anything. */
  add(entry: object, key: string = anything): void {
    const keys = this.#keys.get(entry);
    if (keys) keys.add(key);
    else this.#keys.set(entry, new Set([key]));
  }

  /** Whether it is not known what an entry says under a key; without a key, whether all of the entry is known. */
  about(entry: object, key?: string): boolean {
    const keys = this.#keys.get(entry);
    if (!keys) return false;
    return key === undefined || keys.has(key) || keys.has(anything);
  }
}

const anything = '*';
