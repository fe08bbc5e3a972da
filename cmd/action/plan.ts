import { allowanceLines } from '../../src/github/allowance-lines.ts';
import { permalinks, type Snapshot } from '../../src/github/permalink.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import type { Diagnostic, Result } from '../../src/model/diagnostic.ts';
import { isBlocked, isEmpty, type Plan } from '../../src/model/plan.ts';
import type { Review } from '../../src/model/review.ts';
import { policyOf } from '../../src/desired/policy.ts';
import type { SignedIds } from '../../src/approval/own.ts';
import type { Said } from '../../src/github/marker.ts';
import { reviewPull, type Reviewed } from '../../src/flows/pull-request.ts';
import type { Observed } from '../../src/flows/plan.ts';
import type { Frame } from '../../src/render/comment/frame.ts';
import { renderSummary } from '../../src/render/comment/summary.ts';
import { redactDiagnostics, redactPlan } from '../../src/render/redact.ts';
import { renderPlan } from '../../src/render/terminal.ts';
import { changesOf, pendingText } from '../../src/render/totals.ts';
import { connectionOf, tenantIn, type Connection } from '../connection.ts';
import { exitCodes } from '../exit.ts';
import { allowancesOf, today } from '../request.ts';
import { reader } from '../service.ts';
import { readPaths } from '../github/config.ts';
import { draw } from './draw.ts';
import { blocksOf } from './faults.ts';
import { dueSoon, figuresOf } from './figures.ts';
import { print } from './log.ts';
import { failed, idle, type Outcome } from './outcome.ts';
import { savedPlan } from './plan-file.ts';
import { blockFault, inDescription, sizeFault, storeFault } from './plan-faults.ts';
import { post } from './post.ts';
import { awaitMerge } from '../github/pull.ts';
import { forkRefusal, tellFailure, unplanned, type Ready, type Stage } from './refusal.ts';
import type { Authorized } from './scene.ts';
import { checkedAt, doubtsOf, type Checked } from './sources.ts';

/** Plans a pull request and says in its comment what merging it would do, signed, so that exactly this is applied on merge. */
export async function planPull(scene: Authorized, number: number, head: string): Promise<Outcome> {
  const plannedAt = `${scene.host.now().toISOString().slice(0, 19)}Z`;
  const merge = await awaitMerge(scene.hub, number, head);
  if (!merge.ok) return failed(merge.diagnostics);
  const state = merge.value;
  if (state.kind === 'closed') return idle('The pull request is closed: nothing is planned.');
  if (state.kind === 'superseded') return idle('The pull request has a newer commit by now: its own run plans it.');
  if (state.pull.isFork) return failed([forkRefusal]);
  if (state.kind !== 'ready') return unplanned(scene, state.kind, state.pull, plannedAt);
  const stage = { scene, state, plannedAt };
  const merged = await checkedAt(scene, state.merge);
  if (!merged.ok) return failed(merged.diagnostics);
  if (!merged.value.checked.ok) return tellFailure(stage, merged.value.checked.diagnostics, merged.value.snapshot, true);
  const base = await checkedAt(scene, state.base);
  if (!base.ok) return failed(base.diagnostics);
  return planMerge(stage, merged.value, merged.value.checked.value, base.value);
}

async function planMerge(stage: Stage, merged: Checked, declaration: Declaration, base: Checked): Promise<Outcome> {
  const { scene, state } = stage;
  const refuse = (diagnostics: readonly Diagnostic[], isNews = false) => tellFailure(stage, diagnostics, merged.snapshot, isNews);
  const allowances = allowancesOf(allowanceLines(state.pull.body));
  if (!allowances.ok) return refuse(allowances.diagnostics.map(inDescription), true);
  const connection = await connectionOf(scene.host, {}, tenantIn(declaration));
  if (!connection.ok) return refuse(connection.diagnostics);
  const live = await observe(scene, connection.value);
  if (!live.ok) return refuse(live.diagnostics);
  const proposal = { merged: declaration, ...(base.checked.ok && { base: base.checked.value }) };
  const reviewed = reviewPull(proposal, live, { asOf: today(scene.host), allowances: allowances.value });
  if (!reviewed.ok) return refuse(reviewed.diagnostics);
  const links = await linksOf(scene, state, merged.snapshot, base.snapshot);
  if (!links.ok) return failed(links.diagnostics);
  const needs = approvalsNeeded(declaration, base.checked.ok ? base.checked.value : undefined);
  const facts = { ...links.value, tenant: connection.value.tenantId, needs };
  return publish(stage, reviewed.value, [...doubtsOf(merged), ...reviewed.warnings], facts);
}

/** How many people must approve: what it is merged into says so, or it itself where that is more. */
function approvalsNeeded(...declarations: readonly (Declaration | undefined)[]): number {
  return Math.max(0, ...declarations.flatMap((one) => (one ? [policyOf(one.organization).separation.approvals] : [])));
}

async function observe(scene: Authorized, connection: Connection): Promise<Result<Observed['value']>> {
  const service = reader(scene.host, connection);
  try {
    return await service.read();
  } finally {
    await service.close();
  }
}

type Links = Pick<Frame, 'permalink' | 'formerly'>;

/** Links go to the head, which stays, where its file is the one that was planned. */
async function linksOf(scene: Authorized, { pull, base }: Ready, merged: Snapshot, former: Snapshot): Promise<Result<Links>> {
  const head = await readPaths(scene.hub, { commit: pull.head }, scene.inputs.config, scene.cache);
  if (!head.ok) return head;
  const { url } = scene.repository;
  const permalink = permalinks(url, merged, { commit: pull.head, blobs: head.value });
  return { ...head, value: { permalink, formerly: permalinks(url, { ...former, commit: base }) } };
}

async function publish(
  { scene, state, plannedAt }: Stage,
  reviewed: Reviewed,
  warnings: readonly Diagnostic[],
  { tenant, ...shown }: Links & { readonly tenant: string; readonly needs: number },
): Promise<Outcome> {
  const { review, plan } = reviewed;
  const { own, allowances, digest } = review;
  const { runUrl, redact, repository, inputs } = scene;
  const frame = { head: state.pull.head, merge: state.merge, base: state.base, runUrl, plannedAt, redact, ...shown };
  const known: Said = {
    repository: repository.id,
    pull: state.pull.number,
    commentKey: inputs.commentKey,
    tenant,
    head: state.pull.head,
    merge: state.merge,
    plannedAt,
    since: '',
    allowances: Object.fromEntries(allowances),
    digest,
    returns: [],
    updates: [],
    access: {},
    spent: [],
    result: 0,
  };
  // What is merged elsewhere is not applied, and is planned again when it is to come to the default branch.
  const isLeading = state.pull.base === repository.defaultBranch;
  const drawn = draw({ ...reviewed, ids: isLeading ? signable(reviewed) : nothing }, frame, known, scene.keys[0]);
  const isTooLarge = drawn.approvals === 'too-large';
  const said: Said = { ...known, returns: drawn.returns, ...(isTooLarge && { tenant: '', allowances: {} }) };
  const isSigning = Object.values(drawn.hashes).some((hashes: readonly string[]) => hashes.length > 0);
  const posted = await post(scene, {
    said,
    ids: drawn.ids,
    hashes: drawn.hashes,
    bodyOf: drawn.bodyOf,
    isNews: isNews(review),
    ...(reviewed.goneSince !== undefined && { goneSince: reviewed.goneSince }),
  });
  const diagnostics = redactDiagnostics([...warnings, ...own.diagnostics], redact);
  print(scene.runner, renderPlan(redactPlan(own, redact), { color: false }));
  const unstored = storeFault(posted, isSigning);
  await scene.runner.summary(renderSummary(review, { ...frame, approvals: unstored.length > 0 ? 'none' : drawn.approvals }));
  const outputs = {
    ...figuresOf(own),
    'plan-digest': digest,
    ...(await savedPlan(scene, 'plan-path', plan)),
    'due-soon': dueSoon(redactPlan(plan, redact)),
    'comment-truncated': String(drawn.isTruncated),
    ...(posted.ok && 'url' in posted.value && { 'comment-url': posted.value.url }),
  };
  if (unstored.length > 0) return failed([...unstored, ...diagnostics], outputs);
  const tooLarge = sizeFault(drawn, isLeading);
  if (tooLarge.length > 0) return failed([...tooLarge, ...diagnostics], outputs);
  return { ...verdictOf(own, diagnostics), outputs };
}

const nothing = { changes: [], rules: [], takenBack: [], dated: [] } as const;

/** Nobody judges a day to come again when it has come: while one is blocked, nothing that comes by itself is approved. */
function signable({ review: { own }, ids }: Reviewed): SignedIds {
  return own.guards.some(({ day, outcome }) => day !== undefined && outcome === 'block') ? { ...ids, dated: [] } : ids;
}

/** Whether a comment is made where there is none yet. */
function isNews({ own, removed, scheduled, withdrawn, takenBack, rules }: Review): boolean {
  const lists = [removed, scheduled, withdrawn, takenBack, rules, own.diagnostics];
  return !isEmpty(own) || isBlocked(own) || lists.some(({ length }) => length > 0);
}

function verdictOf(own: Plan, diagnostics: readonly Diagnostic[]): Outcome {
  const summary = isEmpty(own)
    ? 'This pull request changes nothing in Figma.'
    : `Plan: ${pendingText(changesOf(own.operations.map(({ id }) => id)))}.`;
  if (isBlocked(own)) {
    const fault = blockFault(own);
    return {
      exitCode: exitCodes.blocked,
      reason: 'guard',
      summary: `${summary} It is ${blocksOf(own)}.`,
      diagnostics: [fault, ...diagnostics],
    };
  }
  if (own.unresolved > 0)
    return { exitCode: exitCodes.error, reason: 'config-invalid', summary: `${summary} It is incomplete.`, diagnostics };
  return { exitCode: exitCodes.done, summary, diagnostics };
}
