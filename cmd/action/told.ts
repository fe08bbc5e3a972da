import { appliedDay, statusText } from '../../src/github/status.ts';
import type { Day } from '../../src/model/day.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { turnsBetween } from '../../src/flows/merge.ts';
import { isUnbelievable, progressOf, stopOf, type Applying, type Told } from './applying.ts';
import type { Known } from './chosen.ts';
import { concernedIn } from './concerned.ts';
import type { Window } from '../github/history.ts';
import { tellDrift } from './drift.ts';
import { asWarnings } from './outcome.ts';
import { tellResults } from './results.ts';
import { statusContext, type Authorized } from './scene.ts';
import { setStatus } from '../github/statuses.ts';
import { waysOf } from './ways.ts';

/** How many pull requests can be told within the time that a cancelled run has: a second lies between two writes. */
const fewPulls = 3;

/** Tells pull requests, the issue on drift and the status of the commit how an apply ended. */
export async function tell(scene: Authorized, known: Known, applying: Applying, asOf: Day): Promise<Told> {
  const { approvals, window, declaration, tip } = known;
  const { open, isUncertain, approvalFor, drift, unasked, chosen, remaining } = applying;
  const believed = !isUnbelievable(chosen);
  const unreviewed = believed ? applying.unreviewed.length : 0;
  const later = believed ? applying.unreviewedLater.length : 0;
  const ended = { open, isUncertain, approvalFor, stop: stopOf(applying), unreviewed, later, remaining };
  // The runner waits for a few seconds only: the next run tells the rest.
  if (applying.end.interrupt) return { warnings: await tellResults(scene, approvals.slice(0, fewPulls), [], ended), unset: [], untold: [] };
  const concerned = unreviewed + later > 0 ? await concernedIn(scene, known) : [];
  const warnings = believed ? [...(await tellResults(scene, approvals, concerned, ended))] : [];
  // Where no pull request can be told of it, the issue tells it.
  const operations = concerned.length === 0 ? unasked : drift;
  const drifted = { operations, whole: remaining, snapshot: tip.snapshot, ways: waysOf(scene) };
  const isKnown = believed && (operations.length > 0 || chosen.unresolved === 0);
  const issue = isKnown ? await tellDrift(scene, drifted) : succeed(undefined);
  const trouble = issue.ok ? [] : operations.length > 0 ? issue.diagnostics : asWarnings(issue.diagnostics);
  const untold = trouble.filter(({ severity }) => severity === 'error');
  warnings.push(...trouble.filter(({ severity }) => severity !== 'error'));
  const { isComplete, total } = progressOf(applying);
  const isNews = total > 0 || !isRemembered(window, declaration, scene, asOf);
  const status = isComplete && isNews ? await remember(scene, asOf, total) : succeed(undefined);
  const unset = status.ok ? [] : status.diagnostics;
  return { warnings, unset, untold, ...(issue.ok && issue.value !== undefined && { issueUrl: issue.value }) };
}

/** Whether the tip is known as applied, and nothing has come with time since the day of its status. */
function isRemembered({ applied }: Window, declaration: Declaration, { repository }: Authorized, asOf: Day): boolean {
  return applied?.commit === repository.tip && !turnsBetween(declaration, appliedDay(applied), asOf);
}

function remember(scene: Authorized, asOf: Day, done: number): Promise<Result<void>> {
  const { hub, repository, runUrl } = scene;
  return setStatus(hub, repository.tip, { context: statusContext(scene), description: statusText(asOf, done), targetUrl: runUrl });
}
