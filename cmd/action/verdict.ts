import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult } from '../../src/flows/conclude.ts';
import { permalinks } from '../../src/github/permalink.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { allowanceKey, isEmpty, type Plan } from '../../src/model/plan.ts';
import type { Tally } from '../../src/model/review.ts';
import { renderApplied, type Applied, type AppliedFrame } from '../../src/render/comment/applied.ts';
import { correctedText, deedsText } from '../../src/render/comment/applied-title.ts';
import { count } from '../../src/render/count.ts';
import { redactDiagnostics, redactPlan } from '../../src/render/redact.ts';
import { exitCodes } from '../exit.ts';
import type { DigestApproval } from './digest-approval.ts';
import { faultFor, outdated, tooFew, type Ended, type Fault } from './faults.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import { dueSoon, figuresOf } from './figures.ts';
import { linksFor } from './links.ts';
import { print } from './log.ts';
import type { Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import type { Posted } from './post-merge.ts';
import type { Authorized } from './scene.ts';
import { plainly, planText } from './shown.ts';
import { doubtsOf } from './sources.ts';

/** An apply that has ended, with what it was made from. */
export interface EndedApply extends Omit<Ended, 'isRotated'> {
  readonly fetched: FetchedMerge;
  /** How many operations took effect, wholly or in part. */
  readonly written: number;
}

/** What an apply answers: anything left undone makes it red. */
export async function verdictOn(scene: Authorized, ended: EndedApply, posted: Posted, warnings: readonly Diagnostic[]): Promise<Outcome> {
  const { plan, result, fetched, written } = ended;
  const isRotated = isTokenRotated(fetched);
  const fault = faultFor({ ...ended, isRotated }, posted, scene);
  printRest(scene, result.rest.plan, result.digest);
  const { tally, corrected, unapproved, drift, rest, digest, open, end } = result;
  const page: Applied = {
    tally,
    corrected,
    chosen: plan.chosen,
    allowed: allowedIn(plan),
    holds: plan.guards,
    unapproved: { operations: unapproved, rules: rest.rules, later: rest.later },
    drift,
    remaining: rest.plan,
    digest,
    approvals: plan.line.policy.separation.approvals,
    ...(fault && { fault }),
  };
  await scene.runner.summary(renderApplied(page, frameOf(scene, fetched)));
  const notices = redactDiagnostics([...doubtsOf(fetched.tip), ...warnings, ...plan.chosen.diagnostics], scene.redact);
  return {
    exitCode: fault?.exitCode ?? exitCodes.done,
    ...(fault && { reason: fault.reason }),
    summary: fault?.diagnostic.message ?? summaryOf(tally, corrected, drift.length),
    diagnostics: [
      ...new Set([...(fault ? [fault.diagnostic] : []), ...posted.statusErrors, ...posted.issueErrors, ...posted.warnings, ...notices]),
    ],
    outputs: {
      ...figuresOf(rest.plan),
      ...(await savedPlan(scene, 'plan-path', rest.plan)),
      ...(await savedPlan(scene, 'selected-path', plan.unlifted)),
      'plan-digest': digest,
      'due-soon': dueSoon(redactPlan(plan.whole, scene.redact)),
      drift: String(drift.length > 0),
      applied: String(written),
      failed: String(end.failed),
      held: String(open.filter(({ fate }) => fate === 'held').length),
      ...(posted.issueUrl !== undefined && { 'comment-url': posted.issueUrl }),
    },
  };
}

/** The digest that was given is not that of what remains: that is shown, and nothing is written. */
export function stale(scene: Authorized, fetched: FetchedMerge, plan: MergePlan): Promise<Outcome> {
  return refusedBy(scene, fetched, plan, outdated(plan));
}

/** Too few people named the digest that was given: what remains is shown, and nothing is written. */
export function refused(scene: Authorized, fetched: FetchedMerge, plan: MergePlan, approval: DigestApproval): Promise<Outcome> {
  return refusedBy(scene, fetched, plan, tooFew(approval, plan));
}

async function refusedBy(scene: Authorized, fetched: FetchedMerge, plan: MergePlan, fault: Fault): Promise<Outcome> {
  const { rest, digest, line, origins } = plan;
  printRest(scene, rest.plan, digest);
  const page: Applied = {
    tally: { total: 0, done: 0, open: [], isFailure: true },
    corrected: { total: 0, done: 0 },
    allowed: new Set(),
    chosen: plainly({ ...plan.chosen, operations: [] }),
    holds: [],
    unapproved: { operations: rest.plan.operations, rules: rest.rules, later: rest.later },
    drift: [],
    remaining: rest.plan,
    digest,
    approvals: line.policy.separation.approvals,
    fault,
  };
  await scene.runner.summary(renderApplied(page, frameOf(scene, fetched)));
  const outputs = {
    ...figuresOf(rest.plan),
    ...(await savedPlan(scene, 'plan-path', rest.plan)),
    'plan-digest': digest,
    'due-soon': dueSoon(redactPlan(plan.whole, scene.redact)),
    drift: String(origins.drift.size > 0),
    applied: '0',
    failed: '0',
    held: '0',
  };
  return { exitCode: fault.exitCode, reason: fault.reason, summary: fault.diagnostic.message, diagnostics: [fault.diagnostic], outputs };
}

/** Whether a key that is not known may have signed a status or an approval. */
function isTokenRotated({ line, pulls }: FetchedMerge): boolean {
  const isUnknown = pulls.some(({ plan: { signed } }) => signed.kind === 'refused' && signed.because === 'token-rotated');
  return isUnknown || (line.hasUnknownKey && line.applied === undefined);
}

/** The guards that would block without what approved pull requests allow. */
function allowedIn({ chosen, unlifted }: MergePlan): ReadonlySet<string> {
  const blocking = new Set(unlifted.guards.filter(({ outcome }) => outcome === 'block').map(allowanceKey));
  const lifted = chosen.guards.filter(({ outcome }) => outcome === 'warn').map(allowanceKey);
  return new Set(lifted.filter((key) => blocking.has(key)));
}

function printRest({ runner, redact }: Authorized, plan: Plan, digest: string): void {
  const text =
    isEmpty(plan) && digest === plan.digest ? '' : `\nNot written:\n\n${planText(plan, redact)}\nDigest of what remains: ${digest}\n`;
  print(runner, text);
}

function frameOf(scene: Authorized, { tip }: FetchedMerge): AppliedFrame {
  const { repository, runUrl, host, redact } = scene;
  const permalink = permalinks(repository.url, tip.snapshot);
  return { head: repository.tip, runUrl, plannedAt: host.now().toISOString(), permalink, redact, ways: linksFor(scene) };
}

function summaryOf({ total, done }: Tally, corrected: MergeResult['corrected'], drift: number): string {
  const deeds = deedsText([
    ...(total === 0 ? [] : [`applied ${done} of ${count(total, 'approved change')}`]),
    ...(corrected.total === 0 ? [] : [correctedText(corrected)]),
  ]);
  const said = deeds === '' ? 'Nothing was to be applied.' : `${deeds}.`;
  return drift === 0 ? said : `${said} Drift: ${count(drift, 'object')}.`;
}
