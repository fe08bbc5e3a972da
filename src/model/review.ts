import type { RuleChange } from './rule.ts';
import type { Position } from './diagnostic.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';
import type { ScheduledChange } from './scheduled-change.ts';

/** An entry that is gone while its user is live and active: the user keeps access, and nothing is planned. */
export interface Removed {
  readonly userName: string;
  readonly seat?: string;
  /** Where the entry stood. */
  readonly at: Position;
}

/** What a pull request would do: all that is shown to those who review it. */
export interface Review {
  /** What the pull request itself causes, as it would be carried out on merge: its guards, seats and cost are of that alone. */
  readonly own: Plan;
  /** What the configuration asks for with or without it: drift and earlier merges. */
  readonly pending: readonly Operation[];
  readonly removed: readonly Removed[];
  /** What grants and last days of this pull request change on days to come. */
  readonly scheduled: readonly ScheduledChange[];
  /** What would have changed on days to come without it. */
  readonly withdrawn: readonly ScheduledChange[];
  /** The parts of the plan without it that it withdraws: each edit was pending and is no longer asked for. */
  readonly takenBack: readonly Operation[];
  /** The rules that it changes. */
  readonly rules: readonly RuleChange[];
  /** False: what it is merged into cannot be read or is invalid, so that everything counts as its own. */
  readonly isBaseLoaded: boolean;
  /** Guards that its description lifts, each at the number that was given and needed. The key of a guard of a day to come is `downgrades@2026-12-01`. */
  readonly allowances: ReadonlyMap<string, number>;
  /** The digest of the whole plan, pending changes included: what `approve` takes. */
  readonly digest: string;
}

/** An approved change that is not applied, and why. Of a superseded one the reason names the commit that took it back or changed it. */
export interface OpenRow {
  readonly operation: Operation;
  readonly fate: 'failed' | 'held' | 'skipped' | 'superseded';
  readonly reason: string;
  /** The guard that holds it. */
  readonly guard?: string;
}

/** What became of the changes that a pull request had approved. */
export interface Tally {
  readonly total: number;
  /** Written, or in place already. A superseded change is not counted. */
  readonly done: number;
  /** The changes that are not applied, in plan order. */
  readonly open: readonly OpenRow[];
  /** True: somebody has to look at it, and the author is mentioned. Superseded changes alone are no failure. */
  readonly isFailure: boolean;
}

/** Changes of the default branch that nobody approved: of today, of rules, and of days to come. */
export interface UnapprovedChanges {
  readonly operations: readonly Operation[];
  readonly rules: readonly RuleChange[];
  readonly later: readonly ScheduledChange[];
}
