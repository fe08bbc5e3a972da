import type { Day } from './day.ts';
import type { Seat } from './directory.ts';
import type { Where } from './where.ts';

/** What one run may change at most: so many, or so many percent of what the limit counts among. */
export type Limit = { readonly count: number } | { readonly percent: number };

/** The limits with what holds where the configuration says nothing. */
export const defaultLimits = {
  creations: { percent: 10 },
  deactivations: { percent: 10 },
  reactivations: { percent: 10 },
  downgrades: { percent: 20 },
  emailChanges: { percent: 10 },
  membershipRemovals: { percent: 20 },
  groupShrink: { percent: 50 },
  groupDeletions: { count: 1 },
  adminChanges: { count: 2 },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof defaultLimits;

export const limitNames = Object.keys(defaultLimits) as readonly LimitName[];

/** The seat types that are bought; View is free of charge and has no pool. */
export type PaidSeat = Exclude<Seat, 'View'>;

/** The purchased seats of one type: what SCIM cannot see of them is `outside`. The price is for one seat and month, in `Policy.currency`. */
export interface Pool {
  readonly purchased: number;
  readonly outside: number;
  readonly monthlyPrice?: number;
}

export type Pools = { readonly [S in PaidSeat]?: Pool };

/** How many seats the people that `where` means may have. */
interface Budget {
  readonly name: string;
  readonly where: Where;
  readonly seats: { readonly [S in Seat]?: number };
}

/** The people whose approval of a change can be said not to count: what each of them has to do with it. */
export const notByKinds = ['author', 'committer', 'requester', 'beneficiary'] as const;

export type NotBy = (typeof notByKinds)[number];

/** How many people must approve a pull request before its changes are applied, and whose approval does not count. */
export interface Separation {
  readonly approvals: number;
  readonly notBy: readonly NotBy[];
}

/** What one run may do beyond what entries ask for, and what it may not. Names and patterns are in comparable form. */
export interface Policy {
  readonly unmanaged: { readonly users: UnmanagedUsers; readonly groups: UnmanagedGroups };
  /** Patterns of names that are never drift and never written. */
  readonly ignore: { readonly users: readonly string[]; readonly groups: readonly string[] };
  /** Patterns of users whom nothing but an entry may change, and none may lower, rename, strip or deactivate. */
  readonly protected: readonly string[];
  readonly minAdmins: number;
  readonly limits: Readonly<Record<LimitName, Limit>>;
  readonly pools: Pools;
  /** ISO 4217, such as USD. */
  readonly currency?: string;
  /** The last day of the term that is paid. */
  readonly termEnds?: Day;
  readonly budgets: readonly Budget[];
  readonly separation: Separation;
}

export type UnmanagedUsers = 'report' | 'deactivate' | 'ignore';
export type UnmanagedGroups = 'report' | 'delete' | 'ignore';

/** What holds where the configuration says nothing. */
export const defaultPolicy: Policy = {
  unmanaged: { users: 'report', groups: 'report' },
  ignore: { users: [], groups: [] },
  protected: [],
  minAdmins: 2,
  limits: defaultLimits,
  pools: {},
  budgets: [],
  separation: { approvals: 1, notBy: notByKinds },
};
