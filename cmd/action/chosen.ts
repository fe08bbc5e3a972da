import { allowedExactly, allowedUpTo, sumOfAllowances } from '../../src/approval/allowed.ts';
import { approvedBy, type Marker } from '../../src/github/marker.ts';
import { changesIn, type ChangeId } from '../../src/model/change-id.ts';
import { dayAt, type Day } from '../../src/model/day.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import type { Operation, OperationId } from '../../src/model/operation.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { decide, type Applied, type DatedApproval, type Decided } from '../../src/flows/merge.ts';
import type { Observed } from '../../src/flows/plan.ts';
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
  const hashes = new Set(approved.flatMap(({ now }) => now));
  const dated = markers.map((marker): DatedApproval => {
    const later = new Set(approvedBy(marker).later);
    return { since: dayAt(new Date(marker.header.plannedAt)), size: later.size, holds: (turn) => later.has(key.hashOf(turn)) };
  });
  const allowances = sumOfAllowances(markers.map(({ header }) => header.allowances));
  const isApproved = (changeId: ChangeId) => hashes.has(key.hashOf(changeId));
  const choice = { asOf, isApproved, dated, ...(inputs.approve !== undefined && { approvedDigest: inputs.approve }) };
  const judged = (withDrift: boolean): Result<Decided & Pick<Chosen, 'unlifted'>> => {
    const decided = decide(declaration, applied, live, { ...choice, withDrift });
    if (!decided.ok) return decided;
    const { chosen } = decided.value;
    const plain = plainly(chosen);
    const isCovered = coveredBy(markers, plain.operations, (changeId) => key.hashOf(changeId), decided.value.approvalFor);
    const lifted = withDrift ? plain.guards : allowedUpTo(plain.guards, allowances, isCovered);
    const guards =
      inputs.approve === undefined ? lifted : allowedExactly(plain.guards, given.value, 'whoever approved this plan by its digest');
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

/** Says whether every change of an operation was approved in a pull request that allows the guard as well. */
function coveredBy(
  markers: readonly Marker[],
  operations: readonly Operation[],
  hashOf: (changeId: ChangeId) => string,
  approvalFor: Decided['approvalFor'],
): (guard: string, operation: OperationId) => boolean {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return (guard, id) => {
    const allowing = markers.filter(({ header }) => Object.hasOwn(header.allowances, guard));
    const hashes = new Set(allowing.flatMap((marker) => approvedBy(marker).now));
    const operation = byId.get(id);
    const isApproved = (changeId: ChangeId) => hashes.has(hashOf(changeId));
    return (
      operation !== undefined &&
      changesIn(operation).every(({ changeId, edits }) => approvalFor({ operation, changeId, edits }, isApproved) !== undefined)
    );
  };
}

function judgedAs(decided: Result<Omit<Chosen, 'isDriftTooLarge'>>, isDriftTooLarge: boolean): Result<Chosen> {
  return decided.ok ? { ...decided, value: { ...decided.value, isDriftTooLarge } } : decided;
}
