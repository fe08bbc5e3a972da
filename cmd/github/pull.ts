import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOfActor, actorFields, type Account, type Actor } from './account.ts';
import type { Hub } from './octokit.ts';
import { recordOf, textOf, trouble } from './trouble.ts';

/** A pull request as it is now. */
export interface Pull {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly isMerged: boolean;
  /** GitHub’s own time, as it writes it; null unless it was merged. */
  readonly mergedAt: string | null;
  readonly isDraft: boolean;
  /** The newest commit of its branch. */
  readonly head: string;
  /** True: its branch is in another repository, or in one that was deleted. */
  readonly isFork: boolean;
  /** The name of the branch that it is merged into. */
  readonly base: string;
  readonly author: Account;
  /** The description; may be empty. */
  readonly body: string;
  /** While it is open: the commit that merging it would give, if GitHub has made it, and perhaps of an earlier head or base. */
  readonly testMerge: { readonly oid: string; readonly parents: readonly string[] } | null;
  /** Null: GitHub has not worked it out yet. */
  readonly mergeable: boolean | null;
}

/** How a pull request can be planned: at `merge` over `base`, or not, and why. `late`: GitHub made no merge commit of the head in time. */
export type MergeState =
  | { readonly kind: 'ready'; readonly pull: Pull; readonly merge: string; readonly base: string }
  | { readonly kind: 'conflict' | 'superseded' | 'closed' | 'late'; readonly pull: Pull };

/** Parents with their commit in one answer, so that the two always belong together. More than two say enough with three. */
const query = `query ($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      number state merged mergedAt isDraft headRefOid isCrossRepository baseRefName body mergeable
      headRepository { databaseId }
      author { ${actorFields} }
      potentialMergeCommit { oid parents(first: 3) { nodes { oid } } }
    }
  }
}`;

interface Found {
  readonly repository: { readonly pullRequest: Shown | null } | null;
}

interface Shown {
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly merged: boolean;
  readonly mergedAt: string | null;
  readonly isDraft: boolean;
  readonly headRefOid: string;
  readonly isCrossRepository: boolean;
  readonly headRepository: object | null;
  readonly baseRefName: string;
  readonly author: Actor;
  readonly body: string;
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  readonly potentialMergeCommit: {
    readonly oid: string;
    readonly parents: { readonly nodes: readonly ({ readonly oid: string } | null)[] | null };
  } | null;
}

/** Reads one pull request. */
export async function readPull(hub: Hub, number: number): Promise<Result<Pull>> {
  const { owner, repo } = hub;
  const answer = await hub.graphql<Found>(query, { owner, repo, number });
  if (!answer.ok) return answer;
  const shown = answer.value.repository?.pullRequest;
  return shown ? succeed(pullOf(shown)) : fail(trouble(`GitHub does not show pull request #${number}`, 'run the job again'));
}

/** The paths of the files that a pull request changes, under their new and former names; GitHub lists 3,000 at most. */
export async function changedFiles(hub: Hub, number: number): Promise<Result<readonly string[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { pull_number: number });
  if (!listed.ok) return listed;
  const names = listed.value.map(recordOf).flatMap(({ filename, previous_filename: former }) => [textOf(filename), textOf(former)]);
  return succeed(names.filter((name) => name !== ''));
}

/** Seconds between two looks: a minute in all, the first ones close together. */
const pauses = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5];

/** How often in a row something has to be seen that ends the waiting: an answer can be older than the event. */
const sightings: Readonly<Record<MergeState['kind'], number>> = { ready: 1, closed: 1, conflict: 2, superseded: 5, late: Infinity };

/**
 * Waits until GitHub has made a test merge of `head` into the base: it counts only when its second parent is `head`, since after a push the former
 * one stays for a while. A conflict or another head must be seen several times.
 */
export async function awaitMerge(hub: Hub, number: number, head: string): Promise<Result<MergeState>> {
  let seen: { readonly kind: MergeState['kind']; readonly times: number } = { kind: 'late', times: 0 };
  for (let look = 0; ; look += 1) {
    const read = await readPull(hub, number);
    if (!read.ok) return read;
    const state = stateOf(read.value, head);
    seen = { kind: state.kind, times: state.kind === seen.kind ? seen.times + 1 : 1 };
    if (seen.times >= sightings[state.kind]) return succeed(state);
    const pause = pauses[look];
    if (pause === undefined) return succeed({ kind: 'late', pull: state.pull });
    await hub.sleep(pause * 1000);
  }
}

function stateOf(pull: Pull, head: string): MergeState {
  if (pull.state === 'closed') return { kind: 'closed', pull };
  if (pull.head !== head) return { kind: 'superseded', pull };
  if (pull.mergeable === false) return { kind: 'conflict', pull };
  const [base, second] = pull.testMerge?.parents ?? [];
  if (!pull.testMerge || pull.mergeable === null || base === undefined || second !== head) return { kind: 'late', pull };
  return { kind: 'ready', pull, merge: pull.testMerge.oid, base };
}

function pullOf(shown: Shown): Pull {
  const { number, state, merged, mergedAt, isDraft, headRefOid, isCrossRepository, headRepository, baseRefName, body } = shown;
  const { potentialMergeCommit: test, mergeable } = shown;
  return {
    number,
    state: state === 'OPEN' ? 'open' : 'closed',
    isMerged: merged,
    mergedAt,
    isDraft,
    head: headRefOid,
    isFork: isCrossRepository || headRepository === null,
    base: baseRefName,
    author: accountOfActor(shown.author),
    body,
    testMerge: test && { oid: test.oid, parents: (test.parents.nodes ?? []).flatMap((parent) => (parent ? [parent.oid] : [])) },
    mergeable: mergeable === 'UNKNOWN' ? null : mergeable === 'MERGEABLE',
  };
}
