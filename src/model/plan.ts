import type { Day } from './day.ts';
import type { Cause, Expiry } from './desired.ts';
import type { Diagnostic } from './diagnostic.ts';
import { seatRank, type RemoteRef, type Seat, type UserName, type Value } from './directory.ts';
import type { LimitName, Limit, Pools } from './policy.ts';

export type Action = 'create' | 'put' | 'patch' | 'deactivate' | 'delete';
export type Kind = 'user' | 'group';
export type OperationId = `${Action} ${Kind} ${string}`;

/**
 * One change of one value: no `before` where nothing is assumed (create, a member who is added), no `after` where something goes.
 * Membership is one edit a member, with the attribute `member` and the member's name as value.
 */
export interface Edit {
  readonly attribute: string;
  readonly before?: Value;
  readonly after?: Value;
  readonly cause: Cause;
  /** Operations that must have succeeded before this edit can be made; only membership edits have needs of their own. */
  readonly needs?: readonly OperationId[];
}

/** One thing to do to one object. The edits say all that will change. */
export interface Operation {
  readonly id: OperationId;
  readonly action: Action;
  readonly kind: Kind;
  /** The object's name as declared; its present name where nothing declares it. */
  readonly name: string;
  /** The object's present name, where that is another. */
  readonly was?: string;
  /** Absent for a create. */
  readonly ref?: RemoteRef;
  readonly edits: readonly Edit[];
  /** Operations that must have succeeded before this one starts. */
  readonly needs: readonly OperationId[];
  /** The seat in use before and after, for a user. Both absent: no seat is in use, or none is known. */
  readonly seat?: { readonly before?: string; readonly after?: string };
}

export interface Verdict {
  readonly guard: string;
  readonly outcome: 'allow' | 'warn' | 'block';
  readonly count: number;
  readonly limit?: number;
  readonly message: string;
  readonly operations: readonly OperationId[];
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

/** A budget with the people it is about, in comparable form. */
export interface BudgetBasis {
  readonly name: string;
  readonly seats: { readonly [S in Seat]?: number };
  readonly users: readonly UserName[];
}

/** Something that nobody can decide but a person: which of several live objects is meant. */
export interface Doubt {
  readonly message: string;
  /** What would act on it, where something would. */
  readonly operation?: OperationId;
}

/**
 * All that guards judge by beside the operations and the live state; plain data that travels with a saved plan, so that it can be judged again
 * without the configuration. Patterns and names are in comparable form.
 */
export interface Basis {
  readonly limits: Readonly<Record<LimitName, Limit>>;
  readonly minAdmins: number;
  readonly protected: readonly string[];
  readonly pools: Pools;
  readonly budgets: readonly BudgetBasis[];
  /** What percentages are of. `users`: declared and live-active, plus the undeclared where they are deactivated; `paid`: those of them with a paid seat. */
  readonly population: { readonly users: number; readonly paid: number; readonly memberships: number; readonly groups: number };
  /** Declared users who should be active, and those of them whom the read did not show. */
  readonly declared: { readonly users: number; readonly missing: number };
  readonly doubts: readonly Doubt[];
  /** Undeclared active members who would leave groups that have a rule and no list, in comparable form. */
  readonly undeclaredMembers: readonly { readonly user: UserName; readonly operation: OperationId }[];
  /** Edits that ended grants cause count in no limit on downgrades and memberships: nothing else is in this plan. */
  readonly onlyExpired: boolean;
}

/** What of all that would change a plan was asked to hold, and how many other changes it leaves out. */
export interface Selection {
  readonly by: 'target' | 'expired';
  readonly others: number;
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

/**
 * The part of an apply that an operation belongs to. Operations of one phase may run side by side; a change of phase is a barrier.
 * `free` gives a seat back and takes none that is bought; `lower-collab` and `lower-dev` give a dearer seat back for that one, so each comes
 * after what frees its kind; `take` is every other change of a user but `demote`, which takes admin rights away.
 */
export type Phase = 'free' | 'lower-collab' | 'lower-dev' | 'take' | 'demote' | 'group' | 'group-deletion';

export function phaseOf(operation: Operation): Phase {
  if (operation.kind === 'group') return operation.action === 'delete' ? 'group-deletion' : 'group';
  const { before, after } = operation.seat ?? {};
  if (operation.action === 'deactivate') return 'free';
  if (after !== undefined && seatRank(after) < seatRank(before)) {
    return after === 'Collab' ? 'lower-collab' : after === 'Dev' ? 'lower-dev' : 'free';
  }
  return operation.edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.before === true) ? 'demote' : 'take';
}

/** Whether an operation gives a seat back, for a cheaper one or for none. */
export function isFreeing(operation: Operation): boolean {
  const phase = phaseOf(operation);
  return phase === 'free' || phase === 'lower-collab' || phase === 'lower-dev';
}
