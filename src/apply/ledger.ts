import type { Outcome } from '../model/live.ts';
import type { Edit, Operation, OperationId } from '../model/operation.ts';

const interrupted = 'interrupted before it was started';
const noMorePuts = 'an earlier put changed something that was not planned, so no further put is sent';
const noMoreGroups = 'the change of another group changed memberships that were not planned, so no further group is changed';

/** What can start, and what is held with the reason. */
export interface Sifted {
  readonly ready?: Operation;
  readonly held: readonly { readonly edits: readonly Edit[]; readonly because: string }[];
}

/** Keeps what has become of the operations of a run and says of the next one whether it may start. */
export class Ledger {
  readonly #succeeded = new Set<OperationId>();
  /** What somebody else has done, and the seat that it freed: it may be taken by now, and not by us. */
  readonly #freedByOthers = new Map<OperationId, string>();
  #putsEnded = false;
  #groupsEnded = false;
  #putProven = false;

  /** Whether a put of this run has gone well and changed nothing else. */
  get putProven(): boolean {
    return this.#putProven;
  }

  /** Splits an operation into what may start and what has to be held: an edit whose own need failed is held alone. */
  sift(operation: Operation, aborted: boolean): Sifted {
    const reason = this.stopReason(operation, aborted) ?? this.#unmet(operation.needs) ?? this.#spent(operation);
    if (reason !== undefined) return { held: [{ edits: operation.edits, because: reason }] };
    const waiting = operation.edits.filter((edit) => this.#unmet(edit.needs) !== undefined);
    const held = waiting.map((edit) => ({ edits: [edit], because: this.#unmet(edit.needs) ?? interrupted }));
    const edits = operation.edits.filter((edit) => !waiting.includes(edit));
    return edits.length === 0 ? { held } : { ready: { ...operation, edits }, held };
  }

  /** Why nothing of the operation may be sent any more, if that is so. */
  stopReason(operation: Operation, aborted: boolean): string | undefined {
    if (aborted) return interrupted;
    if (operation.kind === 'group' && this.#groupsEnded) return noMoreGroups;
    return operation.action === 'put' && this.#putsEnded ? noMorePuts : undefined;
  }

  record(operation: Operation, outcome: Outcome): void {
    if (outcome.kind === 'done') this.#succeeded.add(operation.id);
    const freed = operation.seat?.before;
    if (outcome.kind === 'done' && outcome.already === true && freed !== undefined) this.#freedByOthers.set(operation.id, freed);
    if (outcome.kind === 'done' && outcome.put === true) this.#putProven = true;
    if (outcome.kind !== 'failed' || outcome.problem.code !== 'side-effect') return;
    if (operation.kind === 'group') this.#groupsEnded = true;
    else this.#putsEnded = true;
  }

  /** Why a seat that was freed cannot be taken: another run has freed it, and may have given it away. */
  #spent({ needs, seat }: Operation): string | undefined {
    const takes = seat?.after !== undefined && seat.after !== seat.before;
    const freed = takes ? needs.find((need) => this.#freedByOthers.get(need) === seat.after) : undefined;
    return freed === undefined ? undefined : `the seat of "${freed}" was freed by somebody else, who may have given it away: plan again`;
  }

  #unmet(needs: readonly OperationId[] | undefined): string | undefined {
    const missing = needs?.find((need) => !this.#succeeded.has(need));
    return missing === undefined ? undefined : `needs "${missing}", which did not succeed`;
  }
}
