import { isMemory, readMemory, type Memory } from '../../src/github/memory.ts';
import { succeed, type Result } from '../../src/model/diagnostic.ts';
import { countWritings } from '../github/comments.ts';
import { authoredIssues, type Issue } from '../github/issues.ts';
import type { Authorized } from './scene.ts';

/** The issue on drift as it is, and what it remembers. */
export interface FetchedIssue {
  readonly issue?: Issue;
  /** Absent where there is no issue, or where its first line is not as it was signed and written last. */
  readonly memory?: Memory;
  readonly isForged: boolean;
  /** How often this account has written the issue. */
  readonly writings: number;
}

/** Finds the one issue on drift, open or closed: the newest that this account has written for this `comment-key`. */
export async function fetchIssue({ hub, repository, inputs, keys }: Authorized): Promise<Result<FetchedIssue>> {
  const { commentKey } = inputs;
  const listed = await authoredIssues(hub, repository.viewer, 'all');
  if (!listed.ok) return listed;
  const known = listed.value.filter(({ body }) => isMemory(body, commentKey));
  const issue = known.find(({ state }) => state === 'open') ?? known[0];
  if (!issue) return succeed({ isForged: false, writings: 0 });
  const read = readMemory(issue.body, { repository: repository.id, commentKey }, keys);
  const counted = await countWritings(hub, issue.nodeId, repository.viewer);
  // Where GitHub does not show the edits, the signature is all that there is.
  const writings = counted.ok ? counted.value : 1;
  // A text that this account wrote over once was put back by somebody else.
  const isCurrent = read.kind === 'verified' && (read.memory.writing ?? 1) >= writings;
  return succeed({ issue, writings, isForged: !isCurrent, ...(isCurrent && { memory: read.memory }) });
}
