import type { ChangeId } from '../model/change-id.ts';
import type { ChangeOrigins } from './origins.ts';
import type { OpenChange } from './tally.ts';

/** How an apply ended, as far as it decides what is red and whether the commit counts as applied. */
export interface MergeEnd {
  readonly origins: Pick<ChangeOrigins, 'approved' | 'due'>;
  /** What was to be written and is not. */
  readonly open: readonly OpenChange[];
  /** A guard stops everything. */
  readonly isBlocked: boolean;
  readonly isInterrupted: boolean;
  /** A change had side effects. */
  readonly isHarmed: boolean;
  /** How many operations were tried and not done. */
  readonly failed: number;
  /** What is absent from the plan need not be in place: not everything could be read or planned. */
  readonly isUncertain: boolean;
  /** How many changes, rules and changes of days to come nobody approved. */
  readonly unapproved: { readonly changes: number; readonly rules: number; readonly later: number };
  readonly isDriftTooLarge: boolean;
  /** How much of what the configuration asks for could not be planned. */
  readonly unresolved: number;
}

/** What makes an apply red, the gravest first. */
export type MergeFault =
  | 'interrupted'
  | 'blocked'
  | 'harmed'
  | 'incomplete'
  | 'held-by-guard'
  | 'waiting'
  | 'unapproved'
  | 'drift-too-large'
  | 'unresolved';

/** The gravest thing that an apply left undone; nothing where all is well. */
export function faultOf(end: MergeEnd): MergeFault | undefined {
  const { open, unapproved } = end;
  const found: readonly (readonly [MergeFault, boolean])[] = [
    ['interrupted', end.isInterrupted],
    ['blocked', end.isBlocked],
    ['harmed', end.isHarmed],
    ['incomplete', end.failed > 0 || open.some(({ fate }) => fate !== 'held')],
    ['held-by-guard', open.some(({ guard }) => guard !== undefined)],
    ['waiting', open.length > 0],
    ['unapproved', unapproved.changes + unapproved.rules + unapproved.later > 0],
    ['drift-too-large', end.isDriftTooLarge],
    ['unresolved', end.unresolved > 0],
  ];
  return found.find(([, isSo]) => isSo)?.[0];
}

/** How much of what was approved or due is in place. */
export function progressOf({ origins, open }: Pick<MergeEnd, 'origins' | 'open'>): { readonly total: number; readonly done: number } {
  const owed = new Set<ChangeId>([...origins.approved, ...origins.due]);
  const undone = new Set(open.map(({ changeId }) => changeId).filter((id) => owed.has(id)));
  return { total: owed.size, done: owed.size - undone.size };
}

/**
 * Whether a commit counts as applied: everything approved and due is in place, and nothing that the applied configuration lacks is without approval,
 * be it a change, a rule or something of a day to come.
 */
export function isApplied(end: MergeEnd): boolean {
  const { total, done } = progressOf(end);
  const { changes, rules, later } = end.unapproved;
  return done === total && !end.isInterrupted && !end.isBlocked && !end.isUncertain && changes + rules + later === 0;
}
