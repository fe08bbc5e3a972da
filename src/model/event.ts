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

/** One line of an apply, in the order in which things happen. The journal's lines and the NDJSON output are the same. */
export type ApplyEvent =
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
      /** The edits that are not done. */
      readonly edits: readonly Edit[];
      readonly problem: Problem;
    }
  | {
      readonly type: 'held' | 'skipped';
      readonly at: string;
      readonly operation: OperationId;
      readonly edits: readonly Edit[];
      readonly because: string;
    }
  | { readonly type: 'summary'; readonly at: string; readonly report: Report };

export type Fate = 'succeeded' | 'failed' | 'held' | 'skipped';

/** What became of one operation: `reason` is absent when all of it succeeded. */
export interface OperationResult {
  readonly operation: OperationId;
  readonly fate: Fate;
  readonly reason?: string;
}

/** How an apply ended. `complete` is true when every planned edit is done. */
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
