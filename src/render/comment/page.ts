import { Buffer } from 'node:buffer';

/** How long a text is, in the unit in which its place is limited. */
export type Measure = (text: string) => number;

/** UTF-16 code units, in which GitHub limits a comment at the strictest. */
export const units: Measure = (text) => text.length;

/** Bytes of UTF-8, in which the runner limits a step summary. */
export const bytes: Measure = (text) => Buffer.byteLength(text);

/** Items of a list that is cut where the room ends: at most `most` of them, and then `more` says how many are left. */
export interface List {
  readonly head: readonly string[];
  readonly items: readonly string[];
  readonly most: number;
  readonly more: (left: number) => string;
}

/** A room and the unit in which it is counted. */
export interface Limits {
  readonly room: number;
  readonly measure: Measure;
  /** How many items of a list are shown where the room does not ask for less. */
  readonly mostListed: number;
}

/** Blocks of Markdown within a room: put in the order of importance, each whole or not at all, and read in the order of their places. */
export class Page {
  readonly measure: Measure;
  readonly #places: readonly string[];
  readonly #blocks = new Map<string, string>();
  #left: number;

  constructor(places: readonly string[], { room, measure }: Pick<Limits, 'room' | 'measure'>) {
    this.#places = places;
    this.#left = room;
    this.measure = measure;
  }

  /** What a block may still measure. */
  get left(): number {
    return this.#left - between;
  }

  /** Keeps room for what is put later; a negative size gives it back. */
  reserve(size: number): void {
    this.#left -= size;
  }

  /** Puts a block if it fits. No lines: nothing to put, which fits. */
  put(place: string, lines: readonly string[]): boolean {
    if (lines.length === 0) return true;
    const block = lines.join('\n');
    const size = this.measure(block) + between;
    if (size > this.#left) return false;
    this.#left -= size;
    this.#blocks.set(place, block);
    return true;
  }

  /** Puts as much of a list as fits, and gives the number of items that the room alone has kept out. */
  putList(place: string, { head, items, most, more }: List): number {
    if (items.length === 0) return 0;
    const wanted = items.slice(0, most);
    const whole = [...head, ...wanted, ...rest(items.length - wanted.length, more)];
    if (this.put(place, whole)) return 0;
    let room = this.left - this.measure([...head, more(items.length)].join('\n'));
    const kept: string[] = [];
    for (const item of wanted) {
      room -= this.measure(item) + 1;
      if (room < 0) break;
      kept.push(item);
    }
    this.put(place, [...head, ...kept, ...rest(items.length - kept.length, more)]);
    return wanted.length - kept.length;
  }

  /** The blocks in the order of their places. */
  get text(): string {
    return this.#places
      .map((place) => this.#blocks.get(place))
      .filter((block) => block !== undefined)
      .join('\n\n');
  }
}

/** The empty line between two blocks. */
const between = 2;

function rest(left: number, more: (left: number) => string): readonly string[] {
  return left > 0 ? [more(left)] : [];
}
