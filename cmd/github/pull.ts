import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Hub } from './octokit.ts';
import { isRecord, numberOf, recordOf, textOf, trouble } from './trouble.ts';

/** A pull request as it stands now. */
export interface Pull {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly isMerged: boolean;
  readonly isDraft: boolean;
  /** The newest commit of its branch. */
  readonly head: string;
  /** True: its branch lies in another repository, or in one that is gone. */
  readonly isFork: boolean;
  /** The name of the branch that it is merged into. */
  readonly base: string;
  readonly author: string;
  /** The description; empty where there is none. */
  readonly body: string;
  /** While it is open: what merging it would give, if GitHub has worked that out, and perhaps of an earlier head. */
  readonly mergeCommit: string | null;
  /** Null: GitHub has not worked it out yet. */
  readonly mergeable: boolean | null;
}

/** How a pull request can be planned: at `merge` over `base`, or not, and why. `late`: GitHub made no merge commit of the head in time. */
export type MergeState =
  | { readonly kind: 'ready'; readonly pull: Pull; readonly merge: string; readonly base: string }
  | { readonly kind: 'conflict' | 'superseded' | 'closed' | 'late'; readonly pull: Pull };

/** Reads one pull request. */
export async function readPull(hub: Hub, number: number): Promise<Result<Pull>> {
  const answer = await hub.rest('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
  if (!answer.ok) return answer;
  const pull = pullOf(answer.value.data);
  return pull ? succeed(pull) : fail(trouble(`GitHub described pull request #${number} in a form that is not known`));
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
 * Waits until GitHub has merged `head` into the base for a trial: the merge commit counts only when its second parent is `head`, since after a push
 * the former one stands for a while. A conflict or another head must be seen several times.
 */
export async function awaitMerge(hub: Hub, number: number, head: string): Promise<Result<MergeState>> {
  let seen: { readonly kind: MergeState['kind']; readonly times: number } = { kind: 'late', times: 0 };
  for (let look = 0; ; look += 1) {
    const state = await lookAt(hub, number, head);
    if (!state.ok) return state;
    const { kind } = state.value;
    seen = { kind, times: kind === seen.kind ? seen.times + 1 : 1 };
    if (seen.times >= sightings[kind]) return state;
    const pause = pauses[look];
    if (pause === undefined) return succeed({ kind: 'late', pull: state.value.pull });
    await hub.sleep(pause * 1000);
  }
}

async function lookAt(hub: Hub, number: number, head: string): Promise<Result<MergeState>> {
  const read = await readPull(hub, number);
  if (!read.ok) return read;
  const pull = read.value;
  if (pull.state === 'closed') return succeed({ kind: 'closed', pull });
  if (pull.head !== head) return succeed({ kind: 'superseded', pull });
  if (pull.mergeable === false) return succeed({ kind: 'conflict', pull });
  if (pull.mergeable === null || pull.mergeCommit === null) return succeed({ kind: 'late', pull });
  const parents = await parentsOf(hub, pull.mergeCommit);
  if (!parents.ok) return parents;
  const [base, second] = parents.value;
  if (base === undefined || second !== head) return succeed({ kind: 'late', pull });
  return succeed({ kind: 'ready', pull, merge: pull.mergeCommit, base });
}

/** The parents of a commit; none where GitHub does not show it yet. */
async function parentsOf(hub: Hub, sha: string): Promise<Result<readonly string[]>> {
  const answer = await hub.rest('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { commit_sha: sha }, [404, 422]);
  if (!answer.ok) return answer;
  const parents = recordOf(answer.value.data)['parents'];
  return succeed(Array.isArray(parents) ? parents.map((parent) => textOf(recordOf(parent)['sha'])) : []);
}

function pullOf(data: unknown): Pull | undefined {
  const pull = recordOf(data);
  const [head, base] = [recordOf(pull['head']), recordOf(pull['base'])];
  const [number, sha, branch] = [numberOf(pull['number']), textOf(head['sha']), textOf(base['ref'])];
  const state = pull['state'];
  if (number === undefined || sha === '' || branch === '' || (state !== 'open' && state !== 'closed')) return undefined;
  const [from, into] = [recordOf(head['repo'])['id'], recordOf(base['repo'])['id']];
  const mergeable = pull['mergeable'];
  return {
    number,
    state,
    isMerged: pull['merged'] === true,
    isDraft: pull['draft'] === true,
    head: sha,
    isFork: !isRecord(head['repo']) || from === undefined || from !== into,
    base: branch,
    author: textOf(recordOf(pull['user'])['login']) || 'ghost',
    body: textOf(pull['body']),
    mergeCommit: textOf(pull['merge_commit_sha']) || null,
    mergeable: typeof mergeable === 'boolean' ? mergeable : null,
  };
}
