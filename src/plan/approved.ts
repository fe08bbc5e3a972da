/**
 * What of all changes was approved, as a plan of its own.
 *
 * An approval names changes, not operations: of one operation some may be approved and some not. What is approved is arranged anew, since room
 * and needs are those of what will be written. Three things cannot be done although they were approved, and are held: a take in a full pool
 * whose freeing operation was not approved (it would buy a seat), changes of somebody inactive whose reactivation was not approved, and
 * memberships of somebody, or of a group, that is not created.
 */
import { changesIn, type ChangeId } from '../model/change-id.ts';
import type { LiveUser } from '../model/live.ts';
import type { Edit, Operation, OperationId } from '../model/operation.ts';
import type { Held, Selection } from '../model/plan.ts';
import { partOf } from './part.ts';
import { withPresentNames } from './present-names.ts';

/** What approved changes are looked up in. */
export interface Approvals {
  readonly approved: ReadonlySet<ChangeId>;
  readonly liveUser: (operation: Operation) => LiveUser | undefined;
  /** Brings operations without needs into order. */
  readonly arranged: (operations: readonly Operation[]) => readonly Operation[];
  /** By how many seats a plan goes beyond what is there, by type. */
  readonly excess: (operations: readonly Operation[]) => ReadonlyMap<string, number>;
}

/** The part of all operations, which stand in order, that was approved and can be done. */
export function selectApproved(
  all: readonly Operation[],
  approvals: Approvals,
): { readonly operations: readonly Operation[]; readonly selection: Selection } {
  const held = new Map<string, Held>();
  for (;;) {
    const parts = partition(all, approvals, held);
    const operations = approvals.arranged(parts.operations);
    const unfunded = unfundedTakes(operations, all, approvals.excess(operations));
    if (unfunded.size === 0) {
      const waiting = [...held.values(), ...parts.held];
      const selection: Selection = { by: 'approved', others: left(all, parts), ...(waiting.length > 0 && { held: waiting }) };
      return { operations: withPresentNames(operations, all), selection };
    }
    for (const [key, need] of unfunded) held.set(key, need);
  }
}

/** Operations with nothing but the changes that are named, as they stand: whether they can be done alone is not asked. */
export function partsBy(operations: readonly Operation[], changeIds: ReadonlySet<ChangeId>): readonly Operation[] {
  return operations.flatMap((operation) => {
    const edits = chosenEdits(operation, changeIds);
    return edits.length === 0 ? [] : [partOf(operation, edits)];
  });
}

interface Partition {
  readonly operations: readonly Operation[];
  readonly held: readonly Held[];
  /** How many edits of each operation are kept. */
  readonly kept: ReadonlyMap<string, number>;
}

function partition(all: readonly Operation[], approvals: Approvals, dropped: ReadonlyMap<string, Held>): Partition {
  const held: Held[] = [];
  const operations: Operation[] = [];
  const kept = new Map<string, number>();
  const renewed = new Map<OperationId, OperationId>();
  const keep = (operation: Operation, edits: readonly Edit[]) => {
    const part = partOf(operation, edits);
    operations.push({ ...part, edits, needs: [], ...seatOf(operation, part, approvals) });
    renewed.set(operation.id, part.id);
    kept.set(keyOf(operation), edits.length);
  };
  // Users first: what a group gets depends on who will be there.
  for (const operation of all.toSorted((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'))) {
    if (dropped.has(keyOf(operation))) continue;
    const chosen = chosenEdits(operation, approvals.approved);
    if (chosen.length === 0) continue;
    const missing = prerequisite(operation, chosen);
    if (missing) {
      held.push({ operation: operation.id, needs: operation.id });
      continue;
    }
    const waiting = chosen.flatMap((edit) => (edit.needs ?? []).filter((need) => !renewed.has(need)));
    held.push(...[...new Set(waiting)].map((needs): Held => ({ operation: operation.id, needs })));
    const edits = chosen.filter(({ needs = [] }) => needs.every((need) => renewed.has(need)));
    if (edits.length > 0)
      keep(
        operation,
        edits.map((edit) => withNeeds(edit, renewed)),
      );
  }
  return { operations, held, kept };
}

/** The edits that were approved, in the order of the operation. */
function chosenEdits(operation: Operation, approved: ReadonlySet<ChangeId>): readonly Edit[] {
  const chosen = new Set(
    changesIn(operation)
      .filter(({ changeId }) => approved.has(changeId))
      .flatMap(({ edits }) => edits),
  );
  return operation.edits.filter((edit) => chosen.has(edit));
}

/** The edit that has to come first and was not approved: the creation of a group, the reactivation of a user. */
function prerequisite({ action, edits }: Operation, chosen: readonly Edit[]): Edit | undefined {
  const first = edits.find(({ attribute, after }) =>
    action === 'create' ? attribute !== 'member' : attribute === 'active' && after === true,
  );
  return first === undefined || chosen.includes(first) ? undefined : first;
}

function withNeeds(edit: Edit, renewed: ReadonlyMap<OperationId, OperationId>): Edit {
  return edit.needs === undefined ? edit : { ...edit, needs: edit.needs.map((need) => renewed.get(need) ?? need) };
}

/** The seat in use before and after what is kept of an operation. */
function seatOf(whole: Operation, { action, edits }: Operation, { liveUser }: Approvals): Pick<Operation, 'seat'> {
  if (whole.seat === undefined || action === 'create' || action === 'deactivate') return whole.seat ? { seat: whole.seat } : {};
  const { before, after } = whole.seat;
  const takes = edits.some(({ attribute }) => attribute === 'seat');
  const returns = edits.some((edit) => edit.attribute === 'active' && edit.after === true);
  const now = takes ? after : returns ? liveUser(whole)?.lastSeat : before;
  return { seat: { ...(before !== undefined && { before }), ...(now !== undefined && { after: now }) } };
}

/** The takes beyond what is there that were to get a seat from an operation which is not among these; the last in order first. */
function unfundedTakes(
  operations: readonly Operation[],
  all: readonly Operation[],
  excess: ReadonlyMap<string, number>,
): ReadonlyMap<string, Held> {
  const found = new Map<string, Held>();
  if (excess.size === 0) return found;
  const byId = new Map(all.map((operation) => [operation.id, operation]));
  const byKey = new Map(all.map((operation) => [keyOf(operation), operation]));
  const present = new Map(operations.map((operation) => [keyOf(operation), operation]));
  const frees = ({ id }: Operation, seat: string) => {
    const free = byId.get(id);
    const kept = free && present.get(keyOf(free));
    return kept !== undefined && kept.seat?.before === seat && kept.seat.after !== seat;
  };
  for (const [seat, over] of excess) {
    let rest = over;
    for (const operation of operations.toReversed()) {
      const whole = byKey.get(keyOf(operation));
      if (rest === 0 || operation.seat?.after !== seat || operation.seat.before === seat) continue;
      const funds = (whole?.needs ?? []).map((need) => byId.get(need)).filter((need) => need?.seat?.before === seat);
      const missing = funds.find((need) => need !== undefined && !frees(need, seat));
      if (whole === undefined || missing === undefined) continue;
      found.set(keyOf(operation), { operation: whole.id, needs: missing.id });
      rest -= 1;
    }
  }
  return found;
}

/** How many operations are not, or not wholly, kept. */
function left(all: readonly Operation[], { kept }: Partition): number {
  return all.filter((operation) => kept.get(keyOf(operation)) !== operation.edits.length).length;
}

/** One object, whatever part of its operation is meant. */
function keyOf({ kind, ref, name }: Operation): string {
  return `${kind} ${ref?.id ?? `new ${name}`}`;
}
