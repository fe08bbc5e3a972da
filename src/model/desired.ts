import type { Day } from './day.ts';
import type { Position, Span } from './diagnostic.ts';
import type { Group, GroupName, Seat, User, UserName } from './directory.ts';

/**
 * Why a value is wanted. `at` is absent only for what no file asks for, such as the undeclared. `until` is the last day of the grant on which
 * the value rests, or with `expired` of the grant that has ended.
 */
export interface Cause {
  readonly at?: Position;
  readonly via: 'entry' | 'default' | 'rule' | 'grant' | 'expired' | 'unmanaged';
  readonly until?: Day;
}

/** A value with its reason riding on it. */
export interface Wanted<T> {
  readonly value: T;
  readonly cause: Cause;
}

/** What is wanted of an object; an attribute that is absent here is not managed. */
export type WantedAttributes<T> = { readonly [K in keyof T]?: Wanted<T[K]> };

/** A user who is asked for on the day. `userName` is the declared spelling, `previously` the former names in comparable form. */
export interface DesiredUser {
  readonly userName: string;
  readonly cause: Cause;
  readonly previously: readonly UserName[];
  readonly wanted: WantedAttributes<Omit<User, 'userName'>>;
  /** Whether the entry itself names the seat: a default never lowers a live one. */
  readonly seatDeclared: boolean;
  /** What ended grants gave: a live seat that is exactly that falls back. */
  readonly ended: readonly EndedSeat[];
}

/** The seat that an ended grant gave, and where to land if the base is a default and the grant says so. */
export interface EndedSeat extends Wanted<Seat> {
  readonly landing?: Seat;
}

/** A member who is asked for, in the spelling of the list that asks; `at` serves the diagnostic when the name is unknown. */
export interface DesiredMember {
  readonly userName: string;
  readonly cause: Cause;
  readonly at?: Span;
}

/** A group that is asked for on the day. `members` absent: its membership is not managed. */
export interface DesiredGroup {
  readonly displayName: string;
  readonly cause: Cause;
  readonly previously: readonly GroupName[];
  readonly wanted: WantedAttributes<Omit<Group, 'displayName'>>;
  readonly members?: ReadonlyMap<UserName, DesiredMember>;
  /** What says that nobody else is a member: the list, or where there is none, the rule (`via: 'rule'`). */
  readonly membersCause?: Cause;
  /** Who was a member by a grant that has ended. */
  readonly ended: ReadonlyMap<UserName, Cause>;
}

/** A grant that ends within the next days. `to` is the seat that follows, or nothing where the membership ends. */
export interface Expiry {
  readonly until: Day;
  readonly userName: string;
  readonly gives: { readonly seat: Seat; readonly to: Seat } | { readonly group: string };
  readonly cause: Cause;
}

/** What is asked for on one day. */
export interface Desired {
  readonly users: ReadonlyMap<UserName, DesiredUser>;
  readonly groups: ReadonlyMap<GroupName, DesiredGroup>;
  /** What grants give that ends within seven days and that nothing else asks for, the soonest first. */
  readonly expiries: readonly Expiry[];
  /** The tenant that the configuration names, if it names one. */
  readonly tenantId?: string;
}
