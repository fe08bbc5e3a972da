import { seatRank } from '../model/directory.ts';
import { isFreeing, phaseOf, type Operation, type OperationId, type Phase } from '../model/operation.ts';
import type { Pools } from '../model/policy.ts';
import { pair } from './pairing.ts';

/**
 * The order in which operations are carried out, and what each has to wait for.
 *
 * Order is money: a seat that is taken beyond the purchased pool is billed for the rest of the term, even if another is freed a second later.
 * So whatever frees seats goes first and needs nothing. Of the takes of one seat type, as many as the pool has room for need nothing;
 * each further one needs exactly one operation that frees a seat of that type, paired in plan order. A take for which nothing is freed
 * needs nothing either: whether it may go over the pool is a guard's question.
 *
 * Among the frees, those that take no paid seat come first, then those that take Collab, then those that take Dev, each behind a barrier;
 * among the takes the dearest seats come first, so that what a raise frees can serve the takes behind it and no two operations ever wait for
 * each other.
 *
 * Whoever gets admin rights goes before whoever loses them, and each loss needs one grant, as long as there are grants. A grant that takes no
 * purchased seat comes before everything else. Where only such grants are left that take one, a free that costs somebody admin rights waits
 * for the takes, unless a take needs the seat that it frees: then the seat comes first, and the guard on admins judges the moment between.
 */
export function arrange(
  operations: readonly Operation[],
  seatsInUse: ReadonlyMap<string, number>,
  pools: Pools,
  admins: AdminChanges,
): readonly Operation[] {
  const { gains, loses } = admins;
  const of = (phase: Phase) => operations.filter((operation) => phaseOf(operation) === phase);
  const early = operations.filter((one) => comesFirst(one, gains, pools)).sort(by((one) => [one.name]));
  const isEarly = new Set(early);
  const frees = operations
    .filter(isFreeing)
    .sort(by((one) => [freeRank[phaseOf(one)] ?? 0, loses(one) ? 1 : 0, Math.max(0, seatRank(one.seat?.after)), one.name]));
  const inOrder = by((one) => takeOrder(one, gains));
  const takes = [
    ...of('take')
      .filter((one) => !isEarly.has(one))
      .sort(inOrder),
    ...of('demote').sort(inOrder),
  ];
  const { takes: paired, lowered } = pair(early, frees, takes, seatsInUse, pools);
  const needed = new Set([...lowered.values(), ...paired.flatMap((take) => take.needs)]);
  const heirs = new Heirs(early, [...frees, ...paired].filter(gains));
  // Whose seat is needed can only wait for a grant that needs no seat itself; these are served first.
  const urgent = new Map(frees.filter((free) => loses(free) && needed.has(free.id)).map((free) => [free, heirs.early()]));
  const patient = new Map([...frees, ...paired].filter((one) => loses(one) && !urgent.has(one)).map((one) => [one, heirs.next()]));
  const heirOf = (one: Operation) => urgent.get(one) ?? patient.get(one);
  const waits = new Set(frees.filter((free) => heirOf(free) !== undefined).map(({ id }) => id));
  const late = new Set(frees.filter((free) => heirs.isLate(patient.get(free))));
  const spare = paired.filter(({ id, seat }) => seat?.before !== seat?.after && !needed.has(id));
  // A lowering needs nothing, unless what gives it room may itself be held, or comes among the takes.
  const roomOf = (one: Operation) => {
    const free = lowered.get(one.id);
    if (free !== undefined) return waits.has(free) ? free : undefined;
    const isRoomless = lowered.has(one.id) && late.has(one);
    const index = isRoomless ? spare.findIndex(({ seat }) => seat?.before === one.seat?.after) : -1;
    return index === -1 ? undefined : spare.splice(index, 1)[0]?.id;
  };
  const waiting = (one: Operation) => withNeed(withNeed(one, heirOf(one)), roomOf(one));
  return [
    ...early,
    ...frees.filter((free) => !late.has(free)).map(waiting),
    ...paired.map(waiting),
    ...[...late].map(waiting),
    ...of('group').sort(by((one) => [one.action === 'create' ? 0 : 1, one.name])),
    ...of('group-deletion').sort(by((one) => [one.name])),
  ];
}

/** Says which operations give somebody the rights of an active admin, and which take them. */
export interface AdminChanges {
  readonly gains: (operation: Operation) => boolean;
  readonly loses: (operation: Operation) => boolean;
}

/** Whether an operation comes before all others: it gives admin rights and takes no seat that is bought, so that nothing has to make room for it. */
export function comesFirst(operation: Operation, gains: AdminChanges['gains'], pools: Pools): boolean {
  const { before, after } = operation.seat ?? {};
  const takesPooledSeat = after !== undefined && after !== before && Object.hasOwn(pools, after);
  return phaseOf(operation) === 'take' && gains(operation) && !takesPooledSeat;
}

/** The grants of admin rights, each handed to one who loses them: first those that need no seat. */
class Heirs {
  readonly #early: OperationId[];
  readonly #others: OperationId[];
  readonly #late: ReadonlySet<OperationId>;

  constructor(early: readonly Operation[], others: readonly Operation[]) {
    this.#early = early.map(({ id }) => id);
    this.#others = others.map(({ id }) => id);
    this.#late = new Set(this.#others);
  }

  early(): OperationId | undefined {
    return this.#early.shift();
  }

  next(): OperationId | undefined {
    return this.#early.shift() ?? this.#others.shift();
  }

  /** Whether a grant comes among the frees and takes, so that who waits for it has to come after them. */
  isLate(heir: OperationId | undefined): boolean {
    return heir !== undefined && this.#late.has(heir);
  }
}

function withNeed(operation: Operation, need: OperationId | undefined): Operation {
  return need === undefined ? operation : { ...operation, needs: [...operation.needs, need] };
}

/** A seat that a lowering takes has to be free by then: whatever gives one of its type back comes before it. */
const freeRank: Partial<Record<Phase, number>> = { free: 0, 'lower-collab': 1, 'lower-dev': 2 };

function takeOrder(operation: Operation, gains: AdminChanges['gains']): SortKey {
  return [gains(operation) ? 0 : 1, -seatRank(operation.seat?.after), operation.name];
}

type SortKey = readonly (string | number)[];

/** Compares by the parts of the key in turn, text by code unit so that every machine agrees. */
function by(key: (operation: Operation) => SortKey): (a: Operation, b: Operation) => number {
  return (a, b) => {
    const [x, y] = [key(a), key(b)];
    for (const [index, part] of x.entries()) {
      const other = y[index];
      if (other !== undefined && part !== other) return part < other ? -1 : 1;
    }
    return 0;
  };
}
