import type { Refusal } from '../../src/github/approval.ts';
import type { OpenChange } from '../../src/approval/tally.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { Operation } from '../../src/model/operation.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import type { Stop } from '../../src/render/comment/advice.ts';
import type { Carried } from './carried.ts';
import type { Chosen } from './chosen.ts';

/** An apply after everything was tried. */
export interface Applying extends Chosen {
  /** How the carrying out ended. */
  readonly end: Carried;
  /** What was to be written and is not. */
  readonly open: readonly OpenChange[];
  /** The plan of what differs now. */
  readonly remaining: Plan;
  readonly unreviewed: readonly Operation[];
  readonly drift: readonly Operation[];
  /** Both of them. */
  readonly unasked: readonly Operation[];
  /** The plan hides something, so that what was approved and is absent from it need not be in place. */
  readonly isUncertain: boolean;
  /** Why merged pull requests approve nothing. */
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Diagnostic[];
}

/** What was told on GitHub. */
export interface Told {
  readonly warnings: readonly Diagnostic[];
  /** Why the status could not be set: the run is not done. */
  readonly unset: readonly Diagnostic[];
  /** Why drift could not be told: the run is not done. */
  readonly untold: readonly Diagnostic[];
  readonly issueUrl?: string;
}

/** Whether a plan was made on a read that cannot be believed: most of the declared users are missing from it. */
export function isUnbelievable({ guards }: Pick<Plan, 'guards'>): boolean {
  return guards.some(({ guard, outcome }) => guard === 'shrunkLive' && outcome === 'block');
}

/** How much of what was approved or due is in place, and whether all of it is: then the commit counts as applied. */
export function progressOf({ division, chosen, open, end, isUncertain }: Applying): {
  readonly total: number;
  readonly done: number;
  readonly isComplete: boolean;
} {
  const owed = new Set([...division.approved, ...division.due]);
  const undone = new Set(open.filter(({ changeId }) => owed.has(changeId)).map(({ changeId }) => changeId));
  const isComplete = undone.size === 0 && end.interrupt === undefined && !isBlocked(chosen) && !isUncertain;
  return { total: owed.size, done: owed.size - undone.size, isComplete };
}

/** What stopped an apply as a whole. What must not be done again outweighs that somebody cancelled it. */
export function stopOf({ chosen, end }: Pick<Applying, 'chosen' | 'end'>): Stop | undefined {
  if (isBlocked(chosen)) return { why: 'blocked', guards: chosen.guards };
  if (end.isHarmed) return { why: 'harmed' };
  return end.interrupt && { why: 'interrupted' };
}

/** How many objects were to be brought back from drift along with the rest, and how many are. */
export function correctedIn({ whole, wanted, division, open }: Applying): { readonly total: number; readonly done: number } {
  const tried = new Set([...division.drift].filter((changeId) => wanted.has(changeId)));
  const undone = new Set(open.map(({ changeId }) => changeId).filter((changeId) => tried.has(changeId)));
  const total = partsBy(whole.operations, tried).length;
  return { total, done: total - partsBy(whole.operations, undone).length };
}
