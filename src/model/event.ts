import type { Edit, OperationId } from './operation.ts';

/** Why something did not work: a stable code for programs, one sentence for people; never a token, never a whole answer of the service. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type ProblemCode =
  | 'refused'
  | 'unauthorized'
  | 'not-found'
  | 'conflict'
  | 'throttled'
  | 'unavailable'
  | 'unreachable'
  | 'invalid-answer'
  | 'not-converged'
  | 'side-effect'
  | 'moved'
  | 'unknown'
  | 'members-unreadable'
  | 'unknown-member'
  | 'interrupted';

/** What happens to one operation; `edits` are the edits that the event speaks of. */
export type OperationEvent =
  | {
      readonly type: 'planned' | 'started' | 'succeeded';
      readonly at: string;
      readonly operation: OperationId;
      readonly edits: readonly Edit[];
    }
  | {
      readonly type: 'failed';
      readonly at: string;
      readonly operation: OperationId;
      readonly edits: readonly Edit[];
      readonly problem: Problem;
    }
  | {
      readonly type: 'held' | 'skipped';
      readonly at: string;
      readonly operation: OperationId;
      readonly edits: readonly Edit[];
      readonly because: string;
    };

/** One line of an apply, in the order in which things happen. The NDJSON output has the same lines. */
export type ApplyEvent = OperationEvent | { readonly type: 'summary'; readonly at: string; readonly report: Report };

type Fate = 'succeeded' | 'failed' | 'held' | 'skipped';

/** What became of one operation: `done` of its `edits` took effect, and why the others did not. */
export interface OperationResult {
  readonly operation: OperationId;
  readonly fate: Fate;
  readonly edits: number;
  readonly done: number;
  readonly reasons: readonly string[];
}

/** How an apply ended. `complete` is true when every planned edit is done and the plan held all that the configuration asks for. The rows are in plan order. */
export interface Report {
  readonly complete: boolean;
  readonly interrupted: boolean;
  /** The plan left out something that the configuration asks for. */
  readonly omitted: boolean;
  /** Something changed that was not planned: it has to be looked at before anything is tried again. */
  readonly harmed: boolean;
  readonly planned: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly held: number;
  readonly skipped: number;
  readonly rows: readonly OperationResult[];
}

/** The worst that an operation's events say of it: part of it done and part of it held is held. */
const gravity: Readonly<Record<Fate, number>> = { succeeded: 0, held: 1, skipped: 2, failed: 3 };

/** Sums up what the events say. An operation that was planned and of which nothing more is said was held. */
export function reportOf(events: Iterable<OperationEvent>, { interrupted = false, omitted = false } = {}): Report {
  const planned = new Map<OperationId, number>();
  const ends = new Map<OperationId, OperationEvent[]>();
  for (const event of events) {
    if (event.type === 'planned') planned.set(event.operation, event.edits.length);
    if (event.type !== 'planned' && event.type !== 'started') ends.set(event.operation, [...(ends.get(event.operation) ?? []), event]);
  }
  const rows = [...planned].map(([operation, edits]) => resultOf(operation, edits, ends.get(operation) ?? []));
  const harmed = [...ends.values()].flat().some((end) => end.type === 'failed' && end.problem.code === 'side-effect');
  const count = (fate: Fate) => rows.filter((row) => row.fate === fate).length;
  const [succeeded, failed, held, skipped] = [count('succeeded'), count('failed'), count('held'), count('skipped')];
  return {
    complete: succeeded === rows.length && !omitted,
    interrupted,
    omitted,
    harmed,
    planned: rows.length,
    succeeded,
    failed,
    held,
    skipped,
    rows,
  };
}

function resultOf(operation: OperationId, edits: number, ends: readonly OperationEvent[]): OperationResult {
  const undone = ends.flatMap((end) => (end.type === 'succeeded' ? [] : end.edits)).length;
  const fates = ends.map(({ type }) => type as Fate).sort((a, b) => gravity[b] - gravity[a]);
  const reasons = ends.flatMap((end) => (end.type === 'failed' ? [end.problem.message] : 'because' in end ? [end.because] : []));
  return { operation, fate: fates[0] ?? 'held', edits, done: ends.length === 0 ? 0 : Math.max(0, edits - undone), reasons };
}
