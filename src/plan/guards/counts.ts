import { isLowerSeat } from '../../model/directory.ts';
import type { Edit, Operation } from '../../model/operation.ts';
import type { LimitName } from '../../model/policy.ts';
import { everybody, isActiveAdmin } from './everybody.ts';
import type { Situation } from './guard.ts';
import { membershipsEnded } from './removals.ts';

/** What one limit counts: how much of it is in an operation, how that is called, and what percentages are of. */
export interface Count {
  readonly of: (operation: Operation, situation: Situation) => number;
  /** The words of `3 users would be created`. */
  readonly noun: string;
  readonly fate: string;
  readonly base: (situation: Situation) => number;
  /** The words of `10% of 412 users in scope`: noun, and what stands behind it. */
  readonly among: readonly [noun: string, which: string];
  /** What a percentage comes to at least. */
  readonly least?: number;
}

const users = { base: ({ basis }: Situation) => basis.population.users, among: ['user', ' in scope'] } as const;

/** What each limit counts, but for the one that is judged group by group. */
export const counts: Readonly<Record<Exclude<LimitName, 'groupShrink'>, Count>> = {
  creations: {
    of: when(({ kind, action }) => kind === 'user' && action === 'create'),
    noun: 'user',
    fate: 'be created',
    ...users,
    least: 5,
  },
  deactivations: { of: when(({ action }) => action === 'deactivate'), noun: 'user', fate: 'be deactivated', ...users },
  reactivations: { of: when(reactivates), noun: 'user', fate: 'be reactivated', ...users },
  downgrades: {
    of: when(({ edits }) => edits.some(isLowering)),
    noun: 'user',
    fate: 'get a lower seat',
    base: ({ basis }) => basis.population.paid,
    among: ['user', ' with a paid seat'],
  },
  emailChanges: { of: when(({ edits }) => edits.some(isRename)), noun: 'user', fate: 'get another address', ...users },
  membershipRemovals: {
    of: (operation, { live }) => membershipsEnded(operation, live),
    noun: 'membership',
    fate: 'end',
    base: ({ basis }) => basis.population.memberships,
    among: ['managed membership', ''],
  },
  groupDeletions: {
    of: when(({ kind, action }) => kind === 'group' && action === 'delete'),
    noun: 'group',
    fate: 'be deleted',
    base: ({ basis }) => basis.population.groups,
    among: ['group', ''],
  },
  adminChanges: {
    of: when(({ edits }) => edits.some((edit) => grantsAdmin(edit) || endsAdmin(edit))),
    noun: 'user',
    fate: 'gain or lose admin rights',
    base: ({ live }) => everybody(live).filter(isActiveAdmin).length,
    among: ['active admin', ''],
  },
};

/** Whether a live user's seat becomes a lower one. */
export function isLowering({ attribute, before, after }: Edit): boolean {
  return attribute === 'seat' && before !== undefined && isLowerSeat(String(after), String(before));
}

/** Whether a live user gets another address. */
export function isRename({ attribute, before }: Edit): boolean {
  return attribute === 'userName' && before !== undefined;
}

/** Whether an admin is one no longer. */
export function endsAdmin({ attribute, before, after }: Edit): boolean {
  return attribute === 'figmaAdmin' && before === true && after !== true;
}

function grantsAdmin({ attribute, before, after }: Edit): boolean {
  return attribute === 'figmaAdmin' && before !== true && after === true;
}

function reactivates({ action, edits }: Operation): boolean {
  return action !== 'create' && edits.some(({ attribute, after }) => attribute === 'active' && after === true);
}

function when(isOne: (operation: Operation) => boolean): Count['of'] {
  return (operation) => (isOne(operation) ? 1 : 0);
}
