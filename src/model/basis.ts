import type { ChangeId } from './change-id.ts';
import type { Seat, UserName } from './directory.ts';
import type { OperationId } from './operation.ts';
import type { Limit, LimitName, Pools } from './policy.ts';

/** A budget with the declared people it is about, in comparable form. */
export interface BudgetBasis {
  readonly name: string;
  readonly seats: { readonly [S in Seat]?: number };
  /** Who belongs to it once the plan is carried out. */
  readonly users: readonly UserName[];
  /** Those of `users` who do not belong to it yet: the plan changes a value that its condition names. */
  readonly joining: readonly UserName[];
  /** Who belongs to it until the plan is carried out. */
  readonly leaving: readonly UserName[];
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
  /** Whether the plan was asked to hold nothing but what ended grants cause. No guard goes by it. */
  readonly onlyExpired: boolean;
  /** Changes of the plan that were judged on an earlier day: the limits do not count them again. Absent where there are none. */
  readonly exempt?: readonly ChangeId[];
}
