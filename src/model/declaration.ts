import type { Day } from './day.ts';
import type { Span } from './diagnostic.ts';
import type { Seat, User } from './directory.ts';
import type { Limit, LimitName, PaidSeat, Separation, UnmanagedGroups, UnmanagedUsers } from './policy.ts';
import type { Where } from './where.ts';

/** A file of the configuration as it was read. `path` is what people are shown. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A value as somebody wrote it, with its place. */
export interface Written<T> {
  readonly value: T;
  readonly at: Span;
}

/** A user's entry: `at` is its `userName`; an attribute that is absent here is not managed. */
export interface UserEntry {
  readonly at: Span;
  readonly userName: Written<string>;
  readonly previously: readonly Written<string>[];
  /** The person's GitHub login: it is never sent to Figma and never part of a plan. */
  readonly github?: Written<string>;
  readonly attributes: { readonly [K in Exclude<keyof User, 'userName'>]?: Written<User[K]> };
}

/**
 * A group's entry. `members` and `membersWhere` absent: membership is not managed; `members` empty and no rule: the group must be empty.
 * The `at` of each is its key.
 */
export interface GroupEntry {
  readonly at: Span;
  readonly displayName: Written<string>;
  readonly previously: readonly Written<string>[];
  readonly externalId?: Written<string>;
  readonly members?: { readonly at: Span; readonly list: readonly Written<string>[] };
  readonly membersWhere?: Written<Where>;
}

/** The attributes that a default can set. */
export const defaultAttributes = [
  'seat',
  'title',
  'costCenter',
  'organization',
  'division',
  'department',
  'manager.value',
  'manager.displayName',
] as const satisfies readonly (keyof User)[];

export type DefaultAttribute = (typeof defaultAttributes)[number];

/** What users have whose entries say nothing of an attribute. No `where`: everybody. */
export interface DefaultEntry {
  readonly at: Span;
  readonly where?: Where;
  readonly attributes: { readonly [K in DefaultAttribute]?: Written<string> };
}

/** A pool as written; `at` is the key that names its seat type. */
export interface PoolEntry {
  readonly at: Span;
  readonly purchased: number;
  readonly outside: number;
  readonly monthlyPrice?: number;
}

export interface BudgetEntry {
  readonly at: Span;
  readonly name: string;
  readonly where: Where;
  readonly seats: { readonly [S in Seat]?: number };
}

/** What holds for the whole organization. Names and patterns stand as they were written. */
export interface OrganizationEntry {
  readonly tenantId?: Written<string>;
  readonly unmanaged?: { readonly users?: UnmanagedUsers; readonly groups?: UnmanagedGroups };
  readonly ignore?: { readonly users: readonly Written<string>[]; readonly groups: readonly Written<string>[] };
  readonly protected?: readonly Written<string>[];
  readonly minAdmins?: number;
  readonly limits?: { readonly [L in LimitName]?: Limit };
  readonly seats?: { readonly pools: { readonly [S in PaidSeat]?: PoolEntry }; readonly currency?: string; readonly termEnds?: Day };
  readonly budgets?: readonly BudgetEntry[];
  readonly separation?: Partial<Separation>;
  readonly defaults?: readonly DefaultEntry[];
}

/** What a grant gives until its last day. */
export type Granted = { readonly seat: Seat; readonly then?: Written<Seat> } | { readonly group: Written<string> };

/** Access for a time: in force from `from` (absent: at once) to the end of `until`. `at` is its `user`. */
export interface GrantEntry {
  readonly at: Span;
  readonly user: Written<string>;
  readonly gives: Granted;
  readonly from?: Written<Day>;
  readonly until: Written<Day>;
  readonly reason?: string;
}

/** The configuration as written: every entry of every file with its place, checked for what can be checked offline. */
export interface Declaration {
  readonly organization: OrganizationEntry;
  readonly users: readonly UserEntry[];
  readonly groups: readonly GroupEntry[];
  readonly grants: readonly GrantEntry[];
  /** The files in sorted order. */
  readonly files: readonly string[];
  /** `sha256:` and 64 hexadecimal digits over the paths and the bytes of the files. */
  readonly digest: string;
}
