import { concludeMerge, unbegun, type MergeResult } from '../../src/flows/conclude.ts';
import { planMerge, type MergePlan, type MergeRequest } from '../../src/flows/merge.ts';
import type { Observed } from '../../src/flows/plan.ts';
import { isNothing } from '../../src/approval/rest.ts';
import type { Result } from '../../src/model/diagnostic.ts';
import type { Directory } from '../../src/model/live.ts';
import { isBlocked } from '../../src/model/plan.ts';
import { today } from '../request.ts';
import { directory } from '../service.ts';
import { carried, type Carried } from './carried.ts';
import { digestApproval } from './digest-approval.ts';
import { blocksOf } from './faults.ts';
import { fetchMerge, type FetchedMerge } from './fetch-merge.ts';
import { print } from './log.ts';
import { asWarnings, failed, type Outcome } from './outcome.ts';
import { postMerge } from './post-merge.ts';
import type { Authorized } from './scene.ts';
import { planText } from './shown.ts';
import { refused, stale, verdictOn } from './verdict.ts';

/**
 * Brings Figma to the tip of the default branch, as far as that was approved: what merged pull requests had approved and what has fallen due is
 * written, and nothing else. The commit that started the run does not matter, so that a run of yesterday brings back nothing.
 */
export async function applyTip(scene: Authorized): Promise<Outcome> {
  const fetched = await fetchMerge(scene);
  if (!fetched.ok) return failed(fetched.diagnostics);
  const service = directory(scene.host, fetched.value.connection, scene.inputs.parallelism);
  try {
    return await applyOn(scene, fetched.value, service);
  } finally {
    await service.close();
  }
}

async function applyOn(scene: Authorized, fetched: FetchedMerge, service: Directory): Promise<Outcome> {
  const live = await service.read();
  if (!live.ok) return failed(live.diagnostics);
  const { facts, declaration } = fetched;
  const request = { asOf: today(scene.host), withDrift: scene.inputs.drift === 'correct' && scene.event.name === 'schedule' };
  const planned = planMerge(facts, declaration, live, request);
  if (!planned.ok) return failed(planned.diagnostics);
  const approved = await approvedByDigest(scene, fetched, planned, { live, request });
  if (!approved.ok) return failed(approved.diagnostics);
  if ('outcome' in approved.value) return approved.value.outcome;
  const { plan } = approved.value;
  print(scene.runner, planText(plan.chosen, scene.redact));
  const end: Carried = isBlocked(plan.chosen) ? unbegun(plan, blocksOf(plan.chosen)) : await carried(scene, plan.chosen, service);
  const isRead = end.written > 0 && (!isNothing(plan.rest) || end.open.length > 0) && !end.isInterrupted;
  const fresh = isRead ? await service.read() : undefined;
  const latest = fresh?.ok ? fresh : plan.isApprovedWhole || end.open.length > 0 ? live : undefined;
  const context = { asOf: request.asOf, hashOf: facts.hashOf };
  const judged = concludeMerge(plan, end, latest, context);
  if (!judged.ok) return failed(judged.diagnostics);
  const result: MergeResult = judged.value;
  const posted = await postMerge(scene, fetched, plan, result);
  const warnings = [...(fresh?.ok === false ? asWarnings(fresh.diagnostics) : []), ...planned.warnings];
  return verdictOn(scene, { fetched, plan, result, interrupt: end.interrupt, written: end.written }, posted, warnings);
}

type Approved = { readonly plan: MergePlan } | { readonly outcome: Outcome };

/** The plan with what a digest approves, if one was given and enough people named it; what the run answers, if not. */
async function approvedByDigest(
  scene: Authorized,
  fetched: FetchedMerge,
  planned: Extract<Result<MergePlan>, { ok: true }>,
  { live, request }: { readonly live: Observed; readonly request: MergeRequest },
): Promise<Result<Approved>> {
  const { approve } = scene.inputs;
  const plan = planned.value;
  // Where nothing is left to approve, the digest has had its effect: the run was started again.
  if (approve === undefined || isNothing(plan.rest)) return { ...planned, value: { plan } };
  if (approve !== plan.digest) return { ...planned, value: { outcome: await stale(scene, fetched, plan) } };
  const approval = await digestApproval(scene, fetched, plan);
  if (!approval.ok) return approval;
  if (approval.value.missing > 0) return { ...planned, value: { outcome: await refused(scene, fetched, plan, approval.value) } };
  const again = planMerge(fetched.facts, fetched.declaration, live, {
    ...request,
    approve: { digest: approve, allowances: approval.value.allowances },
  });
  return again.ok ? { ...again, value: { plan: again.value } } : again;
}
