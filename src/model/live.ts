import type { Diagnostic, Result } from './diagnostic.ts';
import type { Group, GroupName, RemoteRef, User, UserName } from './directory.ts';
import type { Edit, Operation, OperationId } from './operation.ts';
import type { Problem } from './event.ts';

/**
 * A user as the service holds one, in the same shape as the desired: `active` is always present (absent means true), empty values are absent,
 * an inactive user holds no seat.
 */
export interface LiveUser {
  readonly ref: RemoteRef;
  readonly attributes: Partial<User> & Pick<User, 'userName' | 'active'>;
  /** The seat that the record of an inactive user names: it may be in use again at once when the user comes back. */
  readonly lastSeat?: string;
  /** When the record of an inactive user was last changed, by the service's own word: nobody was deactivated later through it. */
  readonly changedAt?: string;
}

/** A group as the service holds one. `strangers` counts the members that are no user of the same read. */
export interface LiveGroup {
  readonly ref: RemoteRef;
  readonly attributes: Partial<Group> & Pick<Group, 'displayName'>;
  readonly members: ReadonlySet<UserName>;
  readonly strangers: number;
}

/** What the service holds, proven complete. Two objects of one name are in neither map. */
export interface Live {
  readonly tenant: string;
  readonly users: ReadonlyMap<UserName, LiveUser>;
  readonly groups: ReadonlyMap<GroupName, LiveGroup>;
  readonly ambiguous: {
    readonly users: ReadonlyMap<UserName, readonly LiveUser[]>;
    readonly groups: ReadonlyMap<GroupName, readonly LiveGroup[]>;
  };
  /** The HTTP requests that this read took, retries included. */
  readonly requests: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** What became of one operation. Edits that are not named in `partial` or `not-converged` took effect. */
export type Outcome =
  /**
   * `put`: a PUT was sent, and it changed what was planned and nothing else. `already`: nothing was sent, since somebody else has done it by now.
   */
  | { readonly kind: 'done'; readonly put?: boolean; readonly already?: boolean }
  /** Sent; `Wave.settle` says whether it took effect. */
  | { readonly kind: 'written' }
  | { readonly kind: 'partial'; readonly failed: readonly { readonly edit: Edit; readonly problem: Problem }[] }
  /** Accepted by the service, and not there when read back. */
  | { readonly kind: 'not-converged'; readonly edits: readonly Edit[]; readonly problem: Problem }
  /** The live value is neither what the plan assumed nor what it wants: nothing was sent. */
  | { readonly kind: 'moved'; readonly problem: Problem }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** Sent, and whether it took effect could not be learnt. */
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** Operations that may run side by side. They share one full list where a look-up needs it, and one re-list where that is the cheaper proof. */
export interface Wave {
  /** Carries one operation out and proves it, or leaves the proof to `settle` (`written`). An aborted `signal` ends waiting and sends nothing new. */
  write(operation: Operation, signal: AbortSignal): Promise<Outcome>;
  /** The outcome of every operation that `write` answered with `written`. */
  settle(signal: AbortSignal): Promise<ReadonlyMap<OperationId, Outcome>>;
}

/** What can be learnt from the service: all that planning needs. */
export interface DirectoryReader {
  read(): Promise<Result<Live>>;
}

/** All that the rest of seatform knows of SCIM. */
export interface Directory extends DirectoryReader {
  /** Opens the writing of `operations`; needs a `read` before, whose ids it uses. */
  wave(operations: readonly Operation[]): Wave;
}
