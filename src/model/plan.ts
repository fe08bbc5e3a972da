import type { Basis } from './basis.ts';
import type { Day } from './day.ts';
import type { Expiry } from './desired.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Seat } from './directory.ts';
import type { Kind, Operation, OperationId } from './operation.ts';

export interface Verdict {
  readonly guard: string;
  /** The day to come that the verdict is about; absent where it is about what the plan itself does. */
  readonly day?: Day;
  readonly outcome: 'allow' | 'warn' | 'block';
  readonly count: number;
  readonly limit?: number;
  readonly message: string;
  readonly operations: readonly OperationId[];
}

/** The name by which an allowance means a verdict: the guard, and for a day to come that day along with it, as in `downgrades@2026-12-01`. */
export function allowanceKey({ guard, day }: Pick<Verdict, 'guard' | 'day'>): string {
  return day === undefined ? guard : `${guard}@${day}`;
}

/** A live object that no file declares. */
export interface Unmanaged {
  readonly kind: Kind;
  readonly name: string;
  readonly seat?: string;
}

/** Seats in use by what SCIM sees. `peak` is the most at any moment of the apply, where there is a pool and it is more than before and after. */
export interface SeatCount {
  readonly before: number;
  readonly after: number;
  readonly purchased?: number;
  readonly outside?: number;
  readonly peak?: number;
}

/** How the seats of a budget are used, by type, where the budget names a number. */
export interface BudgetUse {
  readonly name: string;
  readonly seats: { readonly [S in Seat]?: { readonly before: number; readonly after: number; readonly limit: number } };
}

/** What the change of seats in use costs: a month, and until the paid term ends. Negative: it saves. */
export interface Cost {
  readonly currency?: string;
  readonly monthly: number;
  readonly term?: { readonly ends: Day; readonly total: number };
}

/** What of all that would change a plan was asked to hold, and how many other changes it leaves out. */
export interface Selection {
  readonly by: 'target' | 'expired' | 'approved';
  readonly others: number;
  /** What was asked for and cannot be done without something that was not. */
  readonly held?: readonly Held[];
}

/** An operation that, in part or as a whole, has to wait: it needs another one that was not asked for. */
export interface Held {
  readonly operation: OperationId;
  readonly needs: OperationId;
}

/** Everything that will be done and all that was weighed; plain data. */
export interface Plan {
  /** The day that the plan is for, in UTC. */
  readonly asOf: Day;
  /** In the order in which they are carried out. */
  readonly operations: readonly Operation[];
  readonly unmanaged: readonly Unmanaged[];
  readonly guards: readonly Verdict[];
  readonly diagnostics: readonly Diagnostic[];
  /** How many things that the configuration asks for could not be planned: nobody can tell who is meant. */
  readonly unresolved: number;
  /** Present where only a part was asked for. */
  readonly selection?: Selection;
  readonly seats: Readonly<Record<string, SeatCount>>;
  readonly budgets: readonly BudgetUse[];
  /** Absent where no price is known. */
  readonly cost?: Cost;
  readonly expiries: readonly Expiry[];
  readonly basis: Basis;
  readonly live: {
    readonly tenant: string;
    readonly digest: string;
    readonly users: number;
    readonly groups: number;
    readonly requests: number;
  };
  readonly config: { readonly digest: string; readonly files: readonly string[] };
  /** `sha256:` over the operations and the live values that they assume. */
  readonly digest: string;
  /** `sha256:` over what a plan is judged by: basis, verdicts, selection, what is unresolved, and the last days of the grants that edits rest on. */
  readonly seal: string;
}

/** Whether the operations are all that the configuration asks for. */
export function isComplete(plan: Pick<Plan, 'unresolved' | 'selection'>): boolean {
  return plan.unresolved === 0 && plan.selection === undefined;
}

export function isEmpty(plan: Pick<Plan, 'operations'>): boolean {
  return plan.operations.length === 0;
}

export function isBlocked(plan: Pick<Plan, 'guards'>): boolean {
  return plan.guards.some((verdict) => verdict.outcome === 'block');
}

export function isApplyable(plan: Pick<Plan, 'operations' | 'guards'>): boolean {
  return !isEmpty(plan) && !isBlocked(plan);
}

/** Whether a plan was made on a read that cannot be believed: most of the declared users are missing from it. */
export function isUnbelievable({ guards }: Pick<Plan, 'guards'>): boolean {
  return guards.some(({ guard, outcome }) => guard === 'shrunkLive' && outcome === 'block');
}
