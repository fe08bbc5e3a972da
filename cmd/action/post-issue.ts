import { difference } from '../../src/approval/origins.ts';
import { isNothing } from '../../src/approval/rest.ts';
import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult } from '../../src/flows/conclude.ts';
import { asleepOf, memoryLine, type Memory } from '../../src/github/memory.ts';
import { permalinks } from '../../src/github/permalink.ts';
import { changeIdsOf } from '../../src/model/change-id.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { Plan } from '../../src/model/plan.ts';
import { partsBy } from '../../src/plan/approved.ts';
import { renderDrift } from '../../src/render/comment/drift.ts';
import { withoutFooter } from '../../src/render/comment/footer.ts';
import { createIssue, updateIssue, type Issue } from '../github/issues.ts';
import type { FetchedIssue } from './fetch-issue.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import type { Authorized } from './scene.ts';
import { linksFor } from './links.ts';

const roomOfIssue = 60_000;

/** What the issue reports: the parts of a result that it needs. */
export type Reported = Pick<MergeResult, 'rest' | 'digest' | 'unapproved' | 'drift'>;

/**
 * Keeps the one issue on drift true: opened where something differs or is not approved, brought up to date, closed where nothing is. Its first line
 * remembers what was applied and since when the digest has been printed. Gives its address, if it is open.
 */
export async function postIssue(
  scene: Authorized,
  fetched: FetchedMerge,
  plan: MergePlan,
  reported: Reported,
  isMarked: boolean,
): Promise<Result<string | undefined>> {
  const { issue } = fetched.issue;
  const isOver = isNothing(reported.rest);
  // Where not everything could be planned, nobody knows that nothing is left: an open issue stays as it is.
  if (isOver && plan.chosen.unresolved > 0) return succeed(undefined);
  if (!issue && isOver && !isMarked) return succeed(undefined);
  const memory = memoryOf(scene, fetched, plan, reported, isMarked);
  const body = bodyOf(scene, fetched, plan, reported);
  const textOf = (writing: number) => `${memoryLine({ ...memory, writing }, scene.keys)}\n${body}`;
  const written = await write(scene, fetched.issue, textOf, isOver);
  if (!written.ok) return fail(...written.diagnostics);
  return succeed(isOver ? undefined : written.value.url);
}

function bodyOf(scene: Authorized, { tip }: FetchedMerge, plan: MergePlan, { rest, digest, unapproved, drift }: Reported): string {
  const { repository, inputs, redact, runUrl, host } = scene;
  const unreviewed = { operations: unapproved, rules: rest.rules, later: rest.later };
  return renderDrift(drift, unreviewed, {
    digest,
    remaining: rest.plan,
    held: heldIn(rest.plan, [...drift, ...unapproved]),
    approvals: plan.line.policy.separation.approvals,
    runUrl,
    ways: linksFor(scene),
    at: host.now().toISOString(),
    permalink: permalinks(repository.url, tip.snapshot),
    redact,
    isCorrecting: inputs.drift === 'correct',
    room: roomOfIssue,
  });
}

/** What a digest covers beside drift and what nobody approved: approved changes that guards hold back. */
function heldIn({ operations }: Plan, others: readonly Operation[]): readonly Operation[] {
  return partsBy(operations, difference(changeIdsOf(operations), changeIdsOf(others)));
}

/** A digest that is printed again without a break keeps its time. A commit is remembered as applied only when it counts as that. */
function memoryOf(
  { repository, inputs, host, keys }: Authorized,
  { issue: { issue, memory }, facts }: FetchedMerge,
  { line, asleep: sleeping }: MergePlan,
  { rest, digest }: Reported,
  isMarked: boolean,
): Memory {
  const known = issue ? memory?.applied : facts.isTrusted ? line.steps[0]?.commit.oid : undefined;
  const applied = isMarked ? repository.tip : known;
  const printedSince = memory?.digest === digest ? (memory.printedSince ?? '') : host.now().toISOString();
  const asleep = isMarked ? asleepOf(sleeping, keys) : (memory?.asleep ?? []);
  return {
    repository: repository.id,
    commentKey: inputs.commentKey,
    ...(asleep.length > 0 && { asleep }),
    ...(applied !== undefined && { applied }),
    ...(!isNothing(rest) && { digest, printedSince }),
  };
}

/** What stands there already is not written again. */
async function write(
  { hub, inputs, repository }: Authorized,
  { issue: known, memory, writings }: FetchedIssue,
  textOf: (writing: number) => string,
  isOver: boolean,
): Promise<Result<Issue>> {
  const title = inputs.commentKey === 'default' ? 'Figma drift' : `Figma drift (${inputs.commentKey})`;
  if (!known) {
    const created = await createIssue(hub, { title, body: textOf(1) }, repository.viewer);
    return created.ok && isOver ? updateIssue(hub, created.value.number, { state: 'closed' }) : created;
  }
  const state = isOver ? 'closed' : 'open';
  const isSame = withoutFooter(known.body) === withoutFooter(textOf(memory?.writing ?? 1));
  if (isSame) return known.state === state ? succeed(known) : updateIssue(hub, known.number, { state });
  return updateIssue(hub, known.number, { body: textOf(writings + 1), state });
}
