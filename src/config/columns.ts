import { seatRank, userNameOf } from '../model/directory.ts';
import { type Where, type WhereAttribute, whereAttributes } from '../model/where.ts';

/**
 * The values of very many users, a column of small numbers for each attribute, so that a thousand rules can be tried on a hundred thousand
 * users: it is two array reads a user. Text is numbered in the order in which it is met; a seat is a set of bits, since who has grants can have
 * several. What holds here is what `isMeant` says of each user alone.
 */
export class Columns {
  readonly #columns: ReadonlyMap<WhereAttribute, Int32Array>;
  readonly #numbers: ReadonlyMap<WhereAttribute, Map<string, number>>;
  readonly #size: number;
  readonly #scratch: Int32Array;
  #isDoubtful = false;

  constructor(size: number, source?: Columns) {
    this.#size = size;
    this.#scratch = new Int32Array(size);
    this.#columns = new Map(
      whereAttributes.map((attribute) => [attribute, source ? source.#column(attribute).slice() : new Int32Array(size)]),
    );
    this.#numbers = source ? source.#numbers : new Map(whereAttributes.map((attribute) => [attribute, new Map()]));
  }

  /** The same values, to be changed on their own. */
  copy(): Columns {
    return new Columns(this.#size, this);
  }

  has(attribute: WhereAttribute, user: number): boolean {
    return this.#column(attribute)[user] !== absent;
  }

  /** Sets a value; of a seat, adds one to those that the user can have. */
  set(attribute: WhereAttribute, user: number, value: string): void {
    const column = this.#column(attribute);
    if (attribute === 'seat') column[user] = (column[user] ?? absent) | seatBit(value);
    else column[user] = this.#number(attribute, value);
  }

  /** Says that a value is there but not known. */
  doubt(attribute: WhereAttribute, user: number): void {
    this.#isDoubtful = true;
    const column = this.#column(attribute);
    column[user] = attribute === 'seat' ? (column[user] ?? absent) | anySeat : unknown;
  }

  /** Whether there is a value that is not known. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  /** Who is meant among some users, in their order; also those of whom a value is not known, where `ifUnknown` says so. */
  matching(where: Where, among: Int32Array, ifUnknown: boolean): Int32Array {
    let found = among;
    for (const [attribute, wanted] of where) {
      const flags = attribute === 'seat' ? seatFlags(wanted, ifUnknown) : this.#flags(attribute, wanted, ifUnknown);
      found = this.#filtered(this.#column(attribute), flags, found);
    }
    return found;
  }

  /** The users among those given whose value is flagged; a plain loop, since it turns a hundred million times. */
  #filtered(column: Int32Array, flags: Uint8Array, among: Int32Array): Int32Array {
    const found = this.#scratch;
    let count = 0;
    for (let index = 0; index < among.length; index += 1) {
      const user = among[index] ?? 0;
      if (flags[column[user] ?? absent] !== 1) continue;
      found[count] = user;
      count += 1;
    }
    return found.slice(0, count);
  }

  /** The values that anybody has of an attribute, in comparable form. */
  values(attribute: WhereAttribute): readonly string[] {
    return [...(this.#numbers.get(attribute)?.keys() ?? [])];
  }

  #column(attribute: WhereAttribute): Int32Array {
    return this.#columns.get(attribute) ?? new Int32Array(0);
  }

  #number(attribute: WhereAttribute, value: string): number {
    const numbers = this.#numbers.get(attribute);
    const text = comparable(attribute, value);
    const known = numbers?.get(text);
    if (known !== undefined || !numbers) return known ?? absent;
    const next = firstText + numbers.size;
    numbers.set(text, next);
    return next;
  }

  #flags(attribute: WhereAttribute, wanted: readonly string[], ifUnknown: boolean): Uint8Array {
    const numbers = this.#numbers.get(attribute) ?? new Map<string, number>();
    const flags = new Uint8Array(firstText + numbers.size);
    flags[unknown] = ifUnknown ? 1 : 0;
    for (const value of wanted) {
      const number = numbers.get(comparable(attribute, value));
      if (number !== undefined) flags[number] = 1;
    }
    return flags;
  }
}

const absent = 0;
const unknown = 1;
const firstText = 2;
const anySeat = 16;

function seatBit(seat: string): number {
  const rank = seatRank(seat);
  return rank === -1 ? anySeat : 1 << rank;
}

/** For each set of seats, whether one of those wanted is in it. */
function seatFlags(wanted: readonly string[], ifUnknown: boolean): Uint8Array {
  const mask = wanted.reduce((bits, seat) => bits | seatBit(seat), ifUnknown ? anySeat : 0);
  return Uint8Array.from({ length: anySeat * 2 }, (_, bits) => ((bits & mask) === 0 ? 0 : 1));
}

/** A text as `isMeant` compares it. */
function comparable(attribute: WhereAttribute, value: string): string {
  return attribute === 'manager.value' ? userNameOf(value) : value.normalize('NFC');
}
