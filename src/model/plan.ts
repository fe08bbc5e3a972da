import type { Cause } from './desired.ts';
import type { Diagnostic } from './diagnostic.ts';
import { seatRank, type RemoteRef, type Seat, type Value } from './directory.ts';

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

export interface SeatCount {
  readonly before: number;
  readonly after: number;
  readonly purchased?: number;
  readonly outside?: number;
}

/** Everything that will be done and all that was weighed; plain data. */
export interface Plan {
  /** The day that the plan is for, YYYY-MM-DD in UTC. */
  readonly asOf: string;
  /** In the order in which they are carried out. */
  readonly operations: readonly Operation[];
  readonly unmanaged: readonly Unmanaged[];
  readonly guards: readonly Verdict[];
  readonly diagnostics: readonly Diagnostic[];
  /** False when something that the configuration asks for is not in the operations. */
  readonly complete: boolean;
  readonly seats: Readonly<Record<string, SeatCount>>;
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
 * `free` gives seats back, `take` is every other change of a user but `demote`, which takes admin rights away.
 */
export type Phase = 'free' | 'take' | 'demote' | 'group' | 'group-deletion';

export function phaseOf(operation: Operation): Phase {
  if (operation.kind === 'group') return operation.action === 'delete' ? 'group-deletion' : 'group';
  const { before, after } = operation.seat ?? {};
  if (operation.action === 'deactivate' || (after !== undefined && seatRank(after) < seatRank(before))) return 'free';
  return operation.edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.before === true) ? 'demote' : 'take';
}

/** The purchased seats: what SCIM cannot see of them is `outside`. View seats have no pool. */
export type Pools = { readonly [S in Exclude<Seat, 'View'>]?: { readonly purchased: number; readonly outside: number } };
