import type { Operation } from '../../../src/model/operation.ts';
import type { Review, UnapprovedChanges } from '../../../src/model/review.ts';
import type { Applied } from '../../../src/render/comment/applied.ts';
import type { DigestApproval, ListFrame } from '../../../src/render/comment/approve.ts';
import type { DriftFrame } from '../../../src/render/comment/drift.ts';
import type { Frame } from '../../../src/render/comment/frame.ts';
import { cause, planWith, user } from '../plans.ts';

const repository = 'https://github.com/acme/people';

/** The URL of a line, as whoever calls makes it. */
function permalink(file: string, line: number): string {
  // No lone surrogate survives bytes; `encodeURIComponent` would throw.
  const path = Buffer.from(file).toString().split('/').map(strictly).join('/');
  return `${repository}/blob/1a2b3c4/${path}#L${line}`;
}

/** What `encodeURIComponent` leaves alone and Markdown does not. */
function strictly(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

export const frame: Frame = {
  head: '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d',
  merge: '5e6f7a8b9c0d1a2b3c4d1a2b3c4d5e6f7a8b9c0d',
  base: '9f8e7d6c5b4a9f8e7d6c5b4a9f8e7d6c5b4a9f8e',
  runUrl: `${repository}/actions/runs/7`,
  plannedAt: '2026-10-03T09:14:25.123Z',
  permalink,
  formerly: permalink,
  redact: 'none',
  approvals: 'signed',
  needs: 1,
};

/** Nothing that nobody approved. */
export const nothingUnapproved: UnapprovedChanges = { operations: [], rules: [], later: [] };

/** How a digest approves what is left. */
export const digestApproval: DigestApproval & ListFrame = {
  digest: 'sha256:ab',
  remaining: planWith(),
  approvals: 0,
  runUrl: frame.runUrl,
  permalink,
  redact: 'none',
};

/** The issue on drift. */
export const drift: DriftFrame = { ...digestApproval, at: frame.plannedAt, isCorrecting: false, room: 60_000 };

/** An apply that had nothing to do; each test changes what it is about. */
export const applied: Applied = {
  tally: { total: 0, done: 0, open: [], isFailure: false },
  corrected: { total: 0, done: 0 },
  chosen: planWith(),
  allowed: new Set(),
  holds: [],
  unapproved: nothingUnapproved,
  drift: [],
  remaining: planWith(),
  digest: 'sha256:ab',
  approvals: 0,
};

/** A pull request that changes nothing; each test changes what it is about. */
export function reviewWith(changes: Partial<Review> = {}): Review {
  return {
    own: planWith(),
    pending: [],
    removed: [],
    scheduled: [],
    takenBack: [],
    withdrawn: [],
    rules: [],
    isBaseLoaded: true,
    allowances: new Map(),
    digest: `sha256:${'ab'.repeat(32)}`,
    ...changes,
  };
}

/** So many users who are deactivated. */
export function endings(many: number): readonly Operation[] {
  return Array.from({ length: many }, (_, index) =>
    user('deactivate', `leaver${index}@acme.com`, [{ attribute: 'active', before: true, after: false, cause: cause(index + 1) }], {
      before: 'Full',
    }),
  );
}

/** So many users who get another seat. */
export function raises(many: number): readonly Operation[] {
  return Array.from({ length: many }, (_, index) =>
    user('patch', `riser${index}@acme.com`, [{ attribute: 'seat', before: 'View', after: 'Full', cause: cause(index + 1) }], {
      before: 'View',
      after: 'Full',
    }),
  );
}
