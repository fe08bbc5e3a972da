import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult, PullResult } from '../../src/flows/conclude.ts';
import { keyOf } from '../../src/github/key.ts';
import { sign } from '../../src/github/marker.ts';
import type { Opinion } from '../../src/model/approval.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { isBlocked } from '../../src/model/plan.ts';
import type { Stop } from '../../src/render/comment/advice.ts';
import { renderResult } from '../../src/render/comment/result.ts';
import { sameAccount } from '../github/account.ts';
import { updateComment } from '../github/comments.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import type { FetchedPull } from './fetch-pulls.ts';
import { linksFor } from './links.ts';
import { note } from './notes.ts';
import { asWarnings } from './outcome.ts';
import type { Authorized } from './scene.ts';

/**
 * Writes into the comment of every merged pull request what became of what it had approved, and signs it again together with who had write access:
 * that is judged once, by the first apply that sees the merge. What could not be written comes back as warnings.
 */
export async function postResults(
  scene: Authorized,
  { pulls }: FetchedMerge,
  plan: MergePlan,
  result: MergeResult,
): Promise<readonly Diagnostic[]> {
  const warnings: Diagnostic[] = [];
  const results = new Map(result.pulls.map((one) => [one.judged.pull.number, one]));
  for (const pull of pulls) {
    if (!pull.signed) continue;
    const posted = await postResult(scene, pull, results.get(pull.pull.number), { plan, result });
    if (posted?.ok === false) warnings.push(...asWarnings(posted.diagnostics));
  }
  return warnings;
}

async function postResult(
  scene: Authorized,
  { pull, plan: merged, signed }: FetchedPull,
  own: PullResult | undefined,
  { plan, result }: { readonly plan: MergePlan; readonly result: MergeResult },
) {
  if (!signed) return undefined;
  const { host, redact, repository, runUrl, hub } = scene;
  const { comment, approval } = signed;
  const { marker, body } = approval;
  const frame = {
    runUrl,
    at: host.now().toISOString(),
    redact,
    mention: pull.author.login,
    stop: stopOf(plan, result),
    ways: linksFor(scene),
  };
  // A success that may be none is not reported: the run is red and says why.
  const isSure = own !== undefined && own.tally.total > 0 && (!result.end.isUncertain || own.tally.isFailure);
  const text = isSure ? renderResult(own.tally, frame) : undefined;
  if (!sameAccount(comment.author, repository.viewer)) return text === undefined ? undefined : note(scene, pull.number, 'result', text);
  const { counts: _, keyId, body: __, ...header } = marker.header;
  const access = { ...accessOf(merged.opinions), ...header.access };
  const spent = own?.spent ?? header.spent;
  const isRecorded = Object.keys(access).length === Object.keys(header.access).length && spent.length === header.spent.length;
  if (text === undefined && isRecorded) return undefined;
  const key = keyOf(scene.keys, keyId) ?? scene.keys[0];
  const [start, rest] =
    text === undefined ? [body.slice(0, header.result), body.slice(header.result)] : [`${text}\n\n`, body.slice(header.result)];
  const renewed = sign({ ...header, access, spent, result: start.length }, marker.hashes, `${start}${rest}`, key);
  const updated = await updateComment(hub, comment.id, renewed);
  return updated.ok && updated.value === 'gone' && text !== undefined ? note(scene, pull.number, 'result', text) : updated;
}

function accessOf(opinions: readonly Opinion[]): Readonly<Record<string, boolean>> {
  return Object.fromEntries(opinions.map(({ author, counts }) => [author.toLowerCase(), counts]));
}

/** What stopped an apply as a whole. A change with side effects must not be tried again, which outweighs that somebody cancelled the run. */
function stopOf({ chosen }: MergePlan, { end }: MergeResult): Stop | undefined {
  if (isBlocked(chosen)) return { why: 'blocked', guards: chosen.guards };
  if (end.isHarmed) return { why: 'harmed' };
  return end.isInterrupted ? { why: 'interrupted' } : undefined;
}
