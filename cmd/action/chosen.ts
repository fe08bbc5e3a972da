import { allowedUpTo, sumOfAllowances } from '../../src/github/allowed.ts';
import type { Atom } from '../../src/model/atom.ts';
import type { Day } from '../../src/model/day.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import { isBlocked, type Plan } from '../../src/model/plan.ts';
import { decide, type Applied, type Decided, type Observed } from '../../src/reconcile.ts';
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

/** What may be written by what was approved, up to the allowances that were approved with it. Where guards stop the correction of drift, all the rest is chosen without it. */
export function chooseWithin(
  { key, inputs, event }: Authorized,
  { declaration, applied, approvals }: Known,
  live: Observed,
  asOf: Day,
): Result<Chosen> {
  const markers = approvals.flatMap(({ approval }) => (approval.kind === 'approved' ? [approval.marker] : []));
  const hashes = new Set(markers.flatMap(({ atoms }) => atoms));
  const allowances = sumOfAllowances(markers.map(({ header }) => header.allowances));
  const isApproved = (atom: Atom) => hashes.has(key.hashOf(atom));
  const choice = { asOf, isApproved, ...(inputs.approve !== undefined && { approvedDigest: inputs.approve }) };
  const judged = (withDrift: boolean): Result<Decided & Pick<Chosen, 'unlifted'>> => {
    const decided = decide(declaration, applied, live, { ...choice, withDrift });
    if (!decided.ok) return decided;
    const { chosen } = decided.value;
    const plain = plainly(chosen);
    return {
      ...decided,
      value: { ...decided.value, chosen: { ...plain, guards: allowedUpTo(plain.guards, allowances) }, unlifted: chosen },
    };
  };
  const isCorrecting = inputs.drift === 'correct' && event.name === 'schedule';
  const first = judged(isCorrecting);
  const isDriftTooLarge = isCorrecting && first.ok && isBlocked(first.value.chosen) && first.value.division.drift.size > 0;
  const decided = isDriftTooLarge ? judged(false) : first;
  return decided.ok ? { ...decided, value: { ...decided.value, isDriftTooLarge } } : decided;
}
