import type { Edit, OperationId } from './plan.ts';

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

/** What became of one operation; the reasons are empty when all of it succeeded. */
export interface OperationResult {
  readonly operation: OperationId;
  readonly fate: Fate;
  readonly reasons: readonly string[];
}

/** How an apply ended. `complete` is true when every planned edit is done. The rows are in plan order. */
export interface Report {
  readonly complete: boolean;
  readonly interrupted: boolean;
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
export function reportOf(events: Iterable<OperationEvent>, interrupted: boolean): Report {
  const rows = new Map<OperationId, OperationResult>();
  for (const event of events) {
    const known = rows.get(event.operation);
    if (event.type === 'planned') rows.set(event.operation, { operation: event.operation, fate: 'held', reasons: [] });
    if (event.type === 'planned' || event.type === 'started') continue;
    const reason = event.type === 'failed' ? event.problem.message : 'because' in event ? event.because : undefined;
    const first = known === undefined || (known.fate === 'held' && known.reasons.length === 0);
    const fate = first || gravity[event.type] > gravity[known.fate] ? event.type : known.fate;
    rows.set(event.operation, {
      operation: event.operation,
      fate,
      reasons: [...(known?.reasons ?? []), ...(reason === undefined ? [] : [reason])],
    });
  }
  const count = (fate: Fate) => [...rows.values()].filter((row) => row.fate === fate).length;
  const [succeeded, failed, held, skipped] = [count('succeeded'), count('failed'), count('held'), count('skipped')];
  return { complete: succeeded === rows.size, interrupted, planned: rows.size, succeeded, failed, held, skipped, rows: [...rows.values()] };
}
