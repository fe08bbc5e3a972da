import { allowedExactly, allowedUpTo, sumOfAllowances } from '../../src/github/allowed.ts';
import { approvedBy } from '../../src/github/marker.ts';
import type { Atom } from '../../src/model/atom.ts';
import { dayAt, type Day } from '../../src/model/day.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { decide, type Applied, type Decided, type Observed } from '../../src/reconcile.ts';
import { allowancesOf } from '../request.ts';
import type { PullApproval } from './approvals.ts';
import type { Window } from '../github/history.ts';
import type { Authorized } from './scene.ts';
import { plainly } from './shown.ts';
import type { Checked } from './sources.ts';

/** Everything that an apply goes by, but for what is live. */
export interface Known {
  readonly tip: Checked;
  readonly declaration: Declaration;
  readonly window: Window;
  readonly applied?: Applied;
  readonly approvals: readonly PullApproval[];
}

/** What is to be written. `isDriftTooLarge`: it was to be corrected as well, and guards do not allow that. */
export type Chosen = Decided & {
  readonly isDriftTooLarge: boolean;
  /** What was chosen, before anything was allowed: as it can be saved. */
  readonly unlifted: Plan;
};

/**
 * What may be written by what was approved, up to the allowances that were approved with it. Those were not given for drift: where guards stop its
 * correction, all the rest is chosen without it.
 */
export function chooseWithin(
  { key, inputs, event }: Authorized,
  { declaration, applied, approvals }: Known,
  live: Observed,
  asOf: Day,
): Result<Chosen> {
  const given = allowancesOf(inputs.approveAllow);
  if (!given.ok) return given;
  const markers = approvals.flatMap(({ approval }) => (approval.kind === 'approved' ? [approval.marker] : []));
  const approved = markers.map(approvedBy);
  const [hashes, later] = [new Set(approved.flatMap(({ now }) => now)), new Set(approved.flatMap(({ later }) => later))];
  const days = markers.map(({ header }) => dayAt(new Date(header.plannedAt)));
  const allowances = sumOfAllowances(markers.map(({ header }) => header.allowances));
  const isApproved = (atom: Atom) => hashes.has(key.hashOf(atom));
  const isApprovedTurn = (dated: Atom) => later.has(key.hashOf(dated));
  const since = days.reduce((earliest, day) => (day < earliest ? day : earliest), asOf);
  const choice = { asOf, since, isApproved, isApprovedTurn, ...(inputs.approve !== undefined && { approvedDigest: inputs.approve }) };
  const judged = (withDrift: boolean): Result<Decided & Pick<Chosen, 'unlifted'>> => {
    const decided = decide(declaration, applied, live, { ...choice, withDrift });
    if (!decided.ok) return decided;
    const { chosen } = decided.value;
    const plain = plainly(chosen);
    const lifted = withDrift ? plain.guards : allowedUpTo(plain.guards, allowances);
    const guards = inputs.approve === undefined ? lifted : allowedExactly(lifted, given.value, 'whoever approved this plan by its digest');
    return {
      ...decided,
      value: {
        ...decided.value,
        chosen: { ...plain, guards },
        unlifted: chosen,
      },
    };
  };
  const without = judged(false);
  const isCorrecting = inputs.drift === 'correct' && event.name === 'schedule';
  if (!without.ok || !isCorrecting || without.value.division.drift.size === 0) return judgedAs(without, false);
  const along = judged(true);
  const isDriftTooLarge = along.ok && isBlocked(along.value.chosen);
  return judgedAs(isDriftTooLarge ? without : along, isDriftTooLarge);
}

function judgedAs(decided: Result<Omit<Chosen, 'isDriftTooLarge'>>, isDriftTooLarge: boolean): Result<Chosen> {
  return decided.ok ? { ...decided, value: { ...decided.value, isDriftTooLarge } } : decided;
}
