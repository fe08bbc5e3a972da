import type { MergePlan } from '../../src/flows/merge.ts';
import type { MergeResult } from '../../src/flows/conclude.ts';
import type { JudgedPull } from '../../src/approval/line.ts';
import { permalinks } from '../../src/github/permalink.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { renderUnapproved } from '../../src/render/comment/unapproved.ts';
import type { UnapprovedReason } from '../../src/render/comment/unapproved-reasons.ts';
import { concernedIn } from './concerned.ts';
import type { FetchedMerge } from './fetch-merge.ts';
import { linksFor } from './links.ts';
import { note } from './notes.ts';
import { asWarnings } from './outcome.ts';
import type { Authorized } from './scene.ts';

/** What a note may measure in a comment. */
const roomOfNote = 60_000;

/** Reports on the pull requests of the line what nobody approved. What could not be written comes back as warnings. */
export async function postNotes(
  scene: Authorized,
  fetched: FetchedMerge,
  { line }: MergePlan,
  { unapproved, rest, digest }: MergeResult,
): Promise<readonly Diagnostic[]> {
  const changes = { operations: unapproved, rules: rest.rules, later: rest.later };
  if (unapproved.length + rest.rules.length + rest.later.length === 0) return [];
  const warnings: Diagnostic[] = [];
  const concerned = await concernedIn(scene, line.pulls, line.applied !== undefined);
  const { runUrl, redact, repository } = scene;
  for (const judged of concerned) {
    const needed = judged.verdict.kind === 'refused' ? judged.verdict.needed : line.policy.separation.approvals;
    const text = renderUnapproved(reasonOf(judged), changes, {
      digest,
      remaining: rest.plan,
      approvals: needed,
      runUrl,
      ways: linksFor(scene),
      permalink: permalinks(repository.url, fetched.tip.snapshot),
      redact,
      mention: judged.pull.author,
      room: roomOfNote,
    });
    const written = await note(scene, judged.pull.number, 'unapproved', text);
    if (!written.ok) warnings.push(...asWarnings(written.diagnostics));
  }
  return warnings;
}

function reasonOf({ verdict }: JudgedPull): UnapprovedReason {
  if (verdict.kind === 'refused') return verdict.because;
  const { changes, rules, takenBack, dated } = verdict.plan.hashes;
  return changes.length + rules.length + takenBack.length + dated.length === 0 ? 'nothing' : 'approved';
}
