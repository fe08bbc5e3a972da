import { seatRank, seats } from '../model/directory.ts';
import type { OperationId } from '../model/operation.ts';
import { isBlocked, isComplete, isEmpty, type Plan, type SeatCount, type Selection } from '../model/plan.ts';
import { count } from './count.ts';
import { bare, namedBy } from './name.ts';

/** How many operations there are of each kind that people tell apart. */
export interface Changes {
  readonly create: number;
  readonly change: number;
  readonly deactivate: number;
  readonly delete: number;
}

/** Counts operations by their ids. */
export function changesOf(ids: readonly OperationId[]): Changes {
  const totals = { create: 0, change: 0, deactivate: 0, delete: 0 };
  for (const id of ids) {
    const { action } = namedBy(id);
    totals[action === 'put' || action === 'patch' ? 'change' : action] += 1;
  }
  return totals;
}

/** `1 to create, 2 to change, 1 to deactivate`, and deletions when there are any. */
export function pendingText({ create, change, deactivate, delete: gone }: Changes): string {
  return `${create} to create, ${change} to change, ${deactivate} to deactivate${gone > 0 ? `, ${gone} to delete` : ''}`;
}

/** The seat types that are in use or pooled, highest first, each as safe text: `Full 115 → 116 of 116 (120 purchased, 4 outside, peak 118)`. */
export function seatTexts(plan: Pick<Plan, 'seats'>): readonly string[] {
  return Object.entries(plan.seats)
    .filter(([, { before, after, purchased, peak = 0 }]) => before > 0 || after > 0 || peak > 0 || purchased !== undefined)
    .toSorted(([one], [other]) => seatRank(other) - seatRank(one) || (one < other ? -1 : 1))
    .map(([seat, counted]) => `${(seats as readonly string[]).includes(seat) ? seat : bare(seat)} ${seatText(counted)}`);
}

function seatText({ before, after, purchased, outside = 0, peak }: SeatCount): string {
  const over = purchased === undefined ? 0 : after - Math.max(purchased - outside, 0);
  const pool =
    purchased === undefined
      ? []
      : [`${purchased} purchased`, ...(outside > 0 ? [`${outside} outside`] : []), ...(over > 0 ? [`${over} over`] : [])];
  const details = [...pool, ...(peak === undefined ? [] : [`peak ${peak}`])];
  const room = purchased === undefined ? '' : ` of ${Math.max(purchased - outside, 0)}`;
  return `${before} → ${after}${room}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** `3 active users (2 paid seats) are not declared and keep access`, or nothing when all are declared. */
export function undeclaredUsers(plan: Pick<Plan, 'unmanaged'>): string | undefined {
  const users = plan.unmanaged.filter(({ kind }) => kind === 'user');
  if (users.length === 0) return undefined;
  const paid = users.filter(({ seat }) => seatRank(seat) > 0).length;
  return `${count(users.length, 'active user')} (${count(paid, 'paid seat')}) ${users.length === 1 ? 'is not declared and keeps' : 'are not declared and keep'} access`;
}

/** `2 groups are not declared and stay as they are`, or nothing when all are declared. */
export function undeclaredGroups(plan: Pick<Plan, 'unmanaged'>): string | undefined {
  const groups = plan.unmanaged.filter(({ kind }) => kind === 'group').length;
  if (groups === 0) return undefined;
  return `${count(groups, 'group')} ${groups === 1 ? 'is not declared and stays as it is' : 'are not declared and stay as they are'}`;
}

/** Whether nothing is to be done, and that is the whole truth: `nothingText` then speaks of the undeclared users too. */
export function agrees(plan: Plan): boolean {
  return isEmpty(plan) && isComplete(plan) && !isBlocked(plan);
}

/** What is said when there is nothing to do. */
export function nothingText(plan: Plan): string {
  if (isBlocked(plan)) return 'No changes in this plan, but it is blocked.';
  if (plan.unresolved > 0) return 'No changes in this plan, but it is incomplete.';
  if (plan.selection) return `No changes ${choices[plan.selection.by].nothing}.`;
  const undeclared = undeclaredUsers(plan);
  return undeclared === undefined ? 'No changes. Figma matches the configuration.' : `No changes to what is declared. ${undeclared}.`;
}

/** What a part of a plan is called, and by what there can be nothing in it. */
const choices: Readonly<Record<Selection['by'], { readonly title: string; readonly nothing: string }>> = {
  target: { title: 'Targeted', nothing: 'for the targets' },
  expired: { title: 'Only what has expired', nothing: 'by what has expired' },
  approved: { title: 'A part of the plan', nothing: 'in this part of the plan' },
};

/** Whether a choice of single changes has left out nothing. */
export function isWhole({ by, others, held = [] }: Selection): boolean {
  return by === 'approved' && others + held.length === 0;
}

/** What a part of a plan is called, and how much it leaves out: `Targeted`, `3 other changes not shown.` */
export function notShownText({ by, others }: Selection): { readonly title: string; readonly text: string } {
  return { title: choices[by].title, text: `${count(others, 'other change')} not shown.` };
}
