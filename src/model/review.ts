import type { Position } from './diagnostic.ts';
import type { Operation } from './operation.ts';
import type { Plan } from './plan.ts';
import type { ScheduledChange } from './scheduled-change.ts';

export type { ScheduledChange } from './scheduled-change.ts';

/** An entry that is gone while its user is live and active: the user keeps access, and nothing is planned. */
export interface Removed {
  readonly userName: string;
  readonly seat?: string;
  /** Where the entry stood. */
  readonly at: Position;
}

/** One value of `organization` by its path, such as `limits.deactivations`. An entry of a list has one side only, what is left out has the default. */
export interface RuleChange {
  readonly rule: string;
  readonly before?: string;
  readonly after?: string;
}

/** What a pull request would do: all that is shown to those who review it. */
export interface Review {
  /** What the pull request itself causes, as it would be carried out on merge: its guards, seats and cost are of that alone. */
  readonly own: Plan;
  /** What the configuration asks for with or without it: drift and earlier merges. */
  readonly pending: readonly Operation[];
  readonly removed: readonly Removed[];
  /** What grants of this pull request change later. */
  readonly scheduled: readonly ScheduledChange[];
  /** What grants would have changed later without it. */
  readonly withdrawn: readonly ScheduledChange[];
  /** What it changes of the rules by which plans are bounded. */
  readonly rules: readonly RuleChange[];
  /** False: what it is merged into cannot be read or is invalid, so that everything counts as its own. */
  readonly isBaseLoaded: boolean;
  /** Guards that its description lifts, each at the number that was given and that was needed. */
  readonly allowances: ReadonlyMap<string, number>;
  /** The digest of the whole plan, pending changes included: what `approve` takes. */
  readonly digest: string;
}

/** What became of what a pull request had approved. */
export interface Tally {
  readonly total: number;
  /** Written, or in place already. */
  readonly done: number;
  /** What is not done, each with why; in plan order. */
  readonly open: readonly { readonly operation: Operation; readonly fate: 'failed' | 'held' | 'skipped'; readonly reason: string }[];
  /** True: somebody has to look at it, and the author is told. */
  readonly isFailure: boolean;
}
