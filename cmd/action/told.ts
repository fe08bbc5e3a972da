import { appliedDay, statusText } from '../../src/github/status.ts';
import type { Day } from '../../src/model/day.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { progressOf, type Applying, type Told } from './applying.ts';
import type { Known } from './chosen.ts';
import type { Window } from '../github/history.ts';
import { tellDrift } from './drift.ts';
import { asWarnings } from './outcome.ts';
import { tellResults } from './results.ts';
import { statusContext, type Authorized } from './scene.ts';
import { setStatus } from '../github/statuses.ts';

/** Tells pull requests, the issue on drift and the status of the commit how an apply ended. */
export async function tell(scene: Authorized, { approvals, window, tip }: Known, applying: Applying, asOf: Day): Promise<Told> {
  const { open, creationOf, unreviewed, drift, remaining } = applying;
  const warnings = [
    ...(await tellResults(scene, approvals, { open, creationOf, unreviewed: unreviewed.length, digest: remaining.digest })),
  ];
  // Where no pull request can be told of it, the issue tells it.
  const untold = approvals.length === 0 ? [...unreviewed, ...drift] : drift;
  const issue = await tellDrift(scene, { operations: untold, digest: remaining.digest, snapshot: tip.snapshot });
  if (!issue.ok) warnings.push(...asWarnings(issue.diagnostics));
  const { isComplete, total } = progressOf(applying);
  const says = applied(window, scene, asOf) !== 'the same' || total > 0;
  const status = isComplete && says ? await remember(scene, asOf, total) : succeed(undefined);
  return { warnings, unset: status.ok ? [] : status.diagnostics, ...(issue.ok && issue.value !== undefined && { issueUrl: issue.value }) };
}

/** Whether the status of the tip says already what a new one would say. */
function applied({ applied }: Window, { repository }: Authorized, asOf: Day): 'the same' | 'something else' {
  return applied?.commit === repository.tip && appliedDay(applied) === asOf ? 'the same' : 'something else';
}

function remember(scene: Authorized, asOf: Day, done: number): Promise<Result<void>> {
  const { hub, repository, runUrl } = scene;
  return setStatus(hub, repository.tip, { context: statusContext(scene), description: statusText(asOf, done), targetUrl: runUrl });
}
