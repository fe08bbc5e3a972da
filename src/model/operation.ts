import type { Cause } from './desired.ts';
import { isLowerSeat, type RemoteRef, type Value } from './directory.ts';

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
  if (isLowerSeat(after, before)) {
    return after === 'Collab' ? 'lower-collab' : after === 'Dev' ? 'lower-dev' : 'free';
  }
  return operation.edits.some((edit) => edit.attribute === 'figmaAdmin' && edit.before === true) ? 'demote' : 'take';
}

/** Whether an operation gives a seat back, for a cheaper one or for none. */
export function isFreeing(operation: Operation): boolean {
  const phase = phaseOf(operation);
  return phase === 'free' || phase === 'lower-collab' || phase === 'lower-dev';
}
