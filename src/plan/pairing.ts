import type { Operation, OperationId } from '../model/operation.ts';
import type { Pools } from '../model/policy.ts';

/** The takes with what each has to wait for. */
export interface Paired {
  readonly takes: readonly Operation[];
  /** The lowerings that have no room but what is freed before them, each with what frees it, if anything does. */
  readonly lowered: ReadonlyMap<OperationId, OperationId | undefined>;
}

/**
 * Pairs each take that has no room in its pool with the first operation that frees a seat of its type and serves nobody else yet. `frees` and
 * `takes` come in plan order; `early` stands before both.
 */
export function pair(
  early: readonly Operation[],
  frees: readonly Operation[],
  takes: readonly Operation[],
  seatsInUse: ReadonlyMap<string, number>,
  pools: Pools,
): Paired {
  const room = new Map<string, number>();
  const freed = new Freed();
  for (const one of [...early, ...frees]) freed.add(one);
  const lowered = new Map<OperationId, OperationId | undefined>();
  for (const [seat, pool] of Object.entries(pools)) {
    const left = pool.purchased - pool.outside - (seatsInUse.get(seat) ?? 0);
    const lowerings = frees.filter((free) => free.seat?.after === seat);
    room.set(seat, left - lowerings.length);
    // What the lowerings take beyond the room, they take from the first that are freed: those serve no take behind them.
    for (const lowering of lowerings.slice(Math.max(0, left))) {
      lowered.set(lowering.id, freed.next(seat));
    }
  }
  const paired = takes.map((take) => {
    const { before, after } = take.seat ?? {};
    if (after === before) return take;
    freed.add(take);
    const left = after === undefined ? undefined : room.get(after);
    if (after === undefined || left === undefined) return take;
    room.set(after, left - 1);
    const need = left > 0 ? undefined : freed.next(after);
    return need === undefined ? take : { ...take, needs: [need] };
  });
  return { takes: paired, lowered };
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
