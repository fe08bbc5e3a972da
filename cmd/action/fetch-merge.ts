import { keyOf } from '../../src/github/key.ts';
import { isAsleepIn } from '../../src/github/memory.ts';
import type { MergeFacts } from '../../src/flows/judged-line.ts';
import type { LineCommit } from '../../src/model/approval.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { redactDiagnostics } from '../../src/render/redact.ts';
import { connectionOf, tenantIn, type Connection } from '../connection.ts';
import { fetchIssue, type FetchedIssue } from './fetch-issue.ts';
import { fetchLine, isOnLine, type FetchedLine } from './fetch-line.ts';
import { fetchPull, type FetchedPull } from './fetch-pulls.ts';
import type { Authorized } from './scene.ts';
import { checkedAt, type Checked } from './sources.ts';

/** Everything about the default branch that has to be known before Figma is read. */
export interface FetchedMerge {
  readonly connection: Connection;
  readonly tip: Checked;
  readonly declaration: Declaration;
  readonly line: FetchedLine;
  readonly pulls: readonly FetchedPull[];
  readonly issue: FetchedIssue;
  readonly facts: MergeFacts;
}

/** Reads the tip of the default branch, its line since the last apply, and what its pull requests approve. The commit that started the run does not matter. */
export async function fetchMerge(scene: Authorized): Promise<Result<FetchedMerge>> {
  const { tip: commit } = scene.repository;
  const tip = await checkedAt(scene, commit);
  if (!tip.ok) return tip;
  const { checked } = tip.value;
  if (!checked.ok) return fail(...redactDiagnostics(checked.diagnostics, scene.redact));
  const connection = await connectionOf(scene.host, {}, tenantIn(checked.value));
  if (!connection.ok) return connection;
  const line = await fetchLine(scene);
  if (!line.ok) return line;
  const issue = await fetchIssue(scene);
  if (!issue.ok) return issue;
  const isKept = await isHistoryKept(scene, line.value, issue.value);
  if (!isKept.ok) return isKept;
  const remembered = isKept.value ? succeed(undefined) : await rememberedBy(scene, issue.value);
  if (!remembered.ok) return remembered;
  const commits = await fetchCommits(scene, line.value, connection.value.tenantId);
  if (!commits.ok) return commits;
  const { pulls, commits: judged } = commits.value;
  const { applied } = line.value;
  const facts: MergeFacts = {
    line: judged,
    ...(applied && { appliedDay: applied.day }),
    isTrusted: applied !== undefined && isKept.value,
    ...(remembered.value && { remembered: remembered.value }),
    isAsleep: isAsleepIn(issue.value.memory?.asleep ?? [], scene.keys),
    hashOf: (keyId, id) => keyOf(scene.keys, keyId)?.hashOf(id),
  };
  return succeed({
    connection: connection.value,
    tip: tip.value,
    declaration: checked.value,
    line: line.value,
    pulls,
    issue: issue.value,
    facts,
  });
}

/** Whether the commit that the issue remembers as applied is on the line; false where the issue was forged, or history was rewritten. */
async function isHistoryKept(
  scene: Authorized,
  { commits, applied }: FetchedLine,
  { issue, memory, isForged }: FetchedIssue,
): Promise<Result<boolean>> {
  if (!issue) return succeed(true);
  if (isForged) return succeed(false);
  const oldest = commits[0];
  // Without a remembered commit the issue was forged once, or nothing was applied yet.
  if (memory?.applied === undefined || !applied || !oldest) return succeed(false);
  if (commits.some(({ oid }) => oid === memory.applied)) return succeed(true);
  return isOnLine(scene, oldest.oid, memory.applied);
}

/** The configuration that the issue remembers as applied, if GitHub still has it and it is valid. */
async function rememberedBy(scene: Authorized, { memory }: FetchedIssue): Promise<Result<Declaration | undefined>> {
  if (memory?.applied === undefined) return succeed(undefined);
  const read = await checkedAt(scene, memory.applied);
  return succeed(read.ok && read.value.checked.ok ? read.value.checked.value : undefined);
}

async function fetchCommits(
  scene: Authorized,
  { commits }: FetchedLine,
  tenant: string,
): Promise<Result<{ readonly commits: readonly LineCommit[]; readonly pulls: readonly FetchedPull[] }>> {
  const judged: LineCommit[] = [];
  const pulls: FetchedPull[] = [];
  for (const { oid, tree, people, merged } of commits) {
    const read = await checkedAt(scene, oid, tree);
    if (!read.ok) return read;
    const own: FetchedPull[] = [];
    for (const pull of merged) {
      const fetched = await fetchPull(scene, pull, tenant);
      if (!fetched.ok) return fetched;
      own.push(fetched.value);
    }
    pulls.push(...own);
    const { checked } = read.value;
    judged.push({ oid, people, pulls: own.map(({ plan }) => plan), ...(checked.ok && { declaration: checked.value }) });
  }
  return succeed({ commits: judged, pulls });
}
