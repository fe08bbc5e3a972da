import { isNothing } from '../../src/approval/rest.ts';
import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult } from '../../src/flows/conclude.ts';
import { statusText } from '../../src/github/status.ts';
import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import { succeed } from '../../src/model/diagnostic.ts';
import { isUnbelievable } from '../../src/model/plan.ts';
import { setStatus } from '../github/statuses.ts';
import { scheduleOf } from '../../src/desired/schedule.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import { asWarnings } from './outcome.ts';
import { postIssue } from './post-issue.ts';
import { postNotes } from './post-notes.ts';
import { postResults } from './post-results.ts';
import { statusContext, type Authorized } from './scene.ts';

/** What was reported on GitHub, and what could not be. */
export interface Posted {
  readonly warnings: readonly Diagnostic[];
  /** Why the commit could not be marked as applied, or the issue not be written: the run is not done. */
  readonly statusErrors: readonly Diagnostic[];
  readonly issueErrors: readonly Diagnostic[];
  readonly issueUrl?: string;
}

/** How many pull requests can be written to within the time that a cancelled run has: a second lies between two writes. */
const fewPulls = 3;

/** Reports on GitHub how an apply ended: in the comments of pull requests, in the status of the commit, and in the issue on drift. */
export async function postMerge(scene: Authorized, fetched: FetchedMerge, plan: MergePlan, result: MergeResult): Promise<Posted> {
  // The runner waits for a few seconds only: the next run reports the rest.
  if (result.end.isInterrupted) {
    const warnings = await postResults(scene, fetched, plan, { ...result, pulls: result.pulls.slice(0, fewPulls) });
    return { warnings, statusErrors: [], issueErrors: [] };
  }
  const isBelieved = !isUnbelievable(plan.chosen);
  const results = isBelieved ? await postResults(scene, fetched, plan, result) : [];
  const notes = isBelieved ? await postNotes(scene, fetched, plan, result) : [];
  const status = result.isApplied && isNews(scene, fetched, plan, result) ? await mark(scene, plan) : succeed(undefined);
  const isMarked = result.isApplied && status.ok;
  const issue = isBelieved ? await postIssue(scene, fetched, plan, result, isMarked) : succeed(undefined);
  const issueErrors = issue.ok ? [] : !isNothing(result.rest) ? issue.diagnostics.filter(({ severity }) => severity === 'error') : [];
  const others = issue.ok ? [] : issue.diagnostics.filter((diagnostic) => !issueErrors.includes(diagnostic));
  return {
    warnings: [...results, ...notes, ...asWarnings(others)],
    statusErrors: status.ok ? [] : status.diagnostics,
    issueErrors,
    ...(issue.ok && issue.value !== undefined && { issueUrl: issue.value }),
  };
}

/** Whether a status says more than the one that is there: another commit, something written, or a day on which something has come by itself. */
function isNews({ repository }: Authorized, { line }: FetchedMerge, { line: judged, whole }: MergePlan, { tally }: MergeResult): boolean {
  const { applied } = judged;
  if (!applied || line.commits.at(-1)?.oid !== repository.tip || line.commits.length > 1 || tally.total > 0) return true;
  return scheduleOf(applied.declaration, applied.day).some(({ day }) => day <= whole.asOf);
}

function mark(scene: Authorized, { whole }: MergePlan): Promise<Result<void>> {
  const { hub, repository, runUrl, keys } = scene;
  const context = statusContext(scene);
  const place = { repository: repository.id, commit: repository.tip, context };
  const description = statusText({ day: whole.asOf, sequence: '-', head: '-' }, place, keys);
  return setStatus(hub, repository.tip, { context, description, targetUrl: runUrl });
}
