import { seatRank } from '../model/directory.ts';
import { isFreeing, phaseOf, type Operation, type OperationId, type Phase } from '../model/operation.ts';
import type { Pools } from '../model/policy.ts';

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
 * Whoever grants admin rights goes before whoever loses them, and each loss needs one grant, as long as there are grants. A free that costs
 * somebody admin rights therefore waits for the takes if anybody gets such rights, unless a take needs the seat that it frees.
 */
export function arrange(
  operations: readonly Operation[],
  seatsInUse: ReadonlyMap<string, number>,
  pools: Pools,
  losesAdmin: (operation: Operation) => boolean,
): readonly Operation[] {
  const of = (phase: Phase) => operations.filter((operation) => phaseOf(operation) === phase);
  const frees = operations
    .filter(isFreeing)
    .sort(by((one) => [freeRank[phaseOf(one)] ?? 0, losesAdmin(one) ? 1 : 0, Math.max(0, seatRank(one.seat?.after)), one.name]));
  const takes = [...of('take').sort(by(takeOrder)), ...of('demote').sort(by(takeOrder))];
  const paired = pair(frees, takes, seatsInUse, pools);
  const needed = new Set(paired.flatMap((take) => take.needs));
  const grants = [...frees, ...paired].filter(grantsAdmin);
  const late = new Set(grants.length > 0 ? frees.filter((free) => losesAdmin(free) && !needed.has(free.id)) : []);
  const succeeding = succession(grants, losesAdmin);
  return [
    ...frees.filter((free) => !late.has(free)),
    ...paired.map(succeeding),
    ...[...late].map(succeeding),
    ...of('group').sort(by((one) => [one.action === 'create' ? 0 : 1, one.name])),
    ...of('group-deletion').sort(by((one) => [one.name])),
  ];
}

/** A seat that a lowering takes has to be free by then: whatever gives one of its type back comes before it. */
const freeRank: Partial<Record<Phase, number>> = { free: 0, 'lower-collab': 1, 'lower-dev': 2 };

function pair(
  frees: readonly Operation[],
  takes: readonly Operation[],
  seatsInUse: ReadonlyMap<string, number>,
  pools: Pools,
): readonly Operation[] {
  const room = new Map<string, number>();
  for (const [seat, pool] of Object.entries(pools)) {
    const lowered = frees.filter((free) => free.seat?.after === seat).length;
    room.set(seat, pool.purchased - pool.outside - (seatsInUse.get(seat) ?? 0) - lowered);
  }
  const freed = new Freed();
  for (const free of frees) freed.add(free);
  return takes.map((take) => {
    const { before, after } = take.seat ?? {};
    if (after === before) return take;
    freed.add(take);
    const left = after === undefined ? undefined : room.get(after);
    if (after === undefined || left === undefined) return take;
    room.set(after, left - 1);
    const need = left > 0 ? undefined : freed.next(after);
    return need === undefined ? take : { ...take, needs: [need] };
  });
}

/** The operations that free a seat, by type, each handed out once and in plan order. */
class Freed {
  readonly #queues = new Map<string, { readonly ids: OperationId[]; next: number }>();

  add(operation: Operation): void {
    const seat = operation.seat?.before;
    if (seat === undefined) return;
    const queue = this.#queues.get(seat) ?? { ids: [], next: 0 };
    queue.ids.push(operation.id);
    this.#queues.set(seat, queue);
  }

  next(seat: string): OperationId | undefined {
    const queue = this.#queues.get(seat);
    return queue?.ids[queue.next++];
  }
}

/** Has whoever loses admin rights wait for one who gets them, in plan order: rights that nobody took over stay where they are. */
function succession(grants: readonly Operation[], losesAdmin: (operation: Operation) => boolean): (operation: Operation) => Operation {
  const heirs = grants.map(({ id }) => id);
  return (operation) => {
    const heir = losesAdmin(operation) ? heirs.shift() : undefined;
    return heir === undefined ? operation : { ...operation, needs: [...operation.needs, heir] };
  };
}

function grantsAdmin(operation: Operation): boolean {
  return operation.edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.after === true);
}

function takeOrder(operation: Operation): SortKey {
  return [grantsAdmin(operation) ? 0 : 1, -seatRank(operation.seat?.after), operation.name];
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
