import type { Position, Span } from './diagnostic.ts';
import type { Group, GroupName, User, UserName } from './directory.ts';

/** Why a value is wanted. `at` is absent only for what no file asks for, such as the undeclared. */
export interface Cause {
  readonly at?: Position;
  readonly via: 'entry' | 'default' | 'rule' | 'grant' | 'expired' | 'unmanaged';
}

/** A value with its reason riding on it. */
export interface Wanted<T> {
  readonly value: T;
  readonly cause: Cause;
}

/** What is wanted of an object; an attribute that is absent here is not managed. */
export type WantedAttributes<T> = { readonly [K in keyof T]?: Wanted<T[K]> };

/** A user who is asked for. `userName` is the declared spelling, `previously` the former names in comparable form. */
export interface DesiredUser {
  readonly userName: string;
  readonly cause: Cause;
  readonly previously: readonly UserName[];
  readonly wanted: WantedAttributes<Omit<User, 'userName'>>;
}

/** A member who is asked for, in the spelling of the list that asks; `at` serves the diagnostic when the name is unknown. */
export interface DesiredMember {
  readonly userName: string;
  readonly cause: Cause;
  readonly at?: Span;
}

/** A group that is asked for. `members` absent: its membership is not managed. */
export interface DesiredGroup {
  readonly displayName: string;
  readonly cause: Cause;
  readonly previously: readonly GroupName[];
  readonly wanted: WantedAttributes<Omit<Group, 'displayName'>>;
  readonly members?: ReadonlyMap<UserName, DesiredMember>;
  /** What says that nobody else is a member. */
  readonly membersCause?: Cause;
}

/** What is asked for on one day. */
export interface Desired {
  readonly users: ReadonlyMap<UserName, DesiredUser>;
  readonly groups: ReadonlyMap<GroupName, DesiredGroup>;
  /** The tenant that the configuration names, if it names one. */
  readonly tenantId?: string;
}
