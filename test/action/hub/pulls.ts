import { authorsOf, coAuthorTrailers, namedOf, type Named } from './accounts.ts';
import { commitTree, moveRef } from './branches.ts';
import { mergedTree, rebased } from './merging.ts';
import type { Merged, Pull, World } from './world.ts';

/** The ways in which GitHub merges. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What a pull request is opened with. */
export interface NewPull {
  /** The name of a branch that exists. */
  readonly head: string;
  readonly base?: string;
  readonly title?: string;
  readonly body?: string;
  readonly author?: string;
  /** From a fork, or from a fork that is deleted by now. */
  readonly fork?: boolean | 'deleted';
  readonly draft?: boolean;
}

/** Opens a pull request. */
export function openPull(world: World, { head, base, title, body, author, fork, draft }: NewPull): Pull {
  branchTip(world, head);
  const at = world.stamp();
  const pull: Pull = {
    number: world.nextNumber(),
    author: author ?? 'octocat',
    title: title ?? `Change ${head}`,
    body: body ?? null,
    state: 'open',
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    edits: [],
    branch: head,
    base: base ?? world.setup.defaultBranch,
    fork: fork ?? false,
    isDraft: draft ?? false,
    waited: 0,
  };
  world.pulls.set(pull.number, pull);
  return pull;
}

/** The head of a pull request; of a closed one, what it was then. */
export function headOf(world: World, pull: Pull): string {
  return pull.pinned ?? branchTip(world, pull.branch);
}

/** The base of a pull request as its test merge saw it; of a closed one, what it was then. */
export function baseOf(world: World, pull: Pull): string {
  return pull.pinnedBase ?? pull.test?.base ?? world.git.tip(pull.base) ?? '';
}

/** The newest commit of a branch that has to exist. */
export function branchTip(world: World, branch: string): string {
  const tip = world.git.tip(branch);
  if (tip === undefined) {
    throw new Error(`there is no branch ${branch}`);
  }
  return tip;
}

/** What a GET of a pull request shows of its test merge; asking is what brings a stale one up to date. */
export function shownMerge(world: World, pull: Pull): { mergeable: boolean | null; sha: string | null } {
  if (pull.merged !== undefined || pull.state === 'closed') {
    return { mergeable: null, sha: pull.merged === undefined ? (pull.test?.sha ?? null) : shownMergeCommit(world, pull.merged) };
  }
  const isFresh = pull.test?.base === branchTip(world, pull.base) && pull.test.head === headOf(world, pull);
  if (!isFresh && pull.waited < world.setup.delayMerge) {
    pull.waited += 1;
    return { mergeable: null, sha: pull.test?.sha ?? null };
  }
  pull.waited = 0;
  const sha = testMerge(world, pull);
  return { mergeable: sha !== null, sha };
}

/** The merge commit of a merged pull request, once enough requests have asked for it. */
export function shownMergeCommit(world: World, { sha, askedBy }: Merged): string | null {
  if (askedBy.size <= world.setup.lagMergeCommit) {
    askedBy.add(world.requestCount);
  }
  return askedBy.size > world.setup.lagMergeCommit ? sha : null;
}

/** The test merge of the newest base and head, made now if need be; null for a conflict. */
export function testMerge(world: World, pull: Pull): string | null {
  const [base, head] = [branchTip(world, pull.base), headOf(world, pull)];
  if (pull.test?.base !== base || pull.test.head !== head) {
    const tree = mergedTree(world.git, base, head);
    const by = { author: world.signature(pull.author), committer: world.signature('web-flow') };
    const sha = tree === undefined ? null : commitTree(world.git, tree, [base, head], `Merge ${head} into ${base}`, by);
    moveRef(world.git, `refs/pull/${pull.number}/head`, head);
    if (sha !== null) {
      moveRef(world.git, `refs/pull/${pull.number}/merge`, sha);
    }
    pull.test = { base, head, sha };
  }
  return pull.test.sha;
}

/** Merges a pull request and returns the new tip of its base; `queue` is the bot that merges in place of somebody. */
export function mergePull(world: World, pull: Pull, how: MergeMethod, by: string, queue?: string): string {
  const [base, head] = [branchTip(world, pull.base), headOf(world, pull)];
  if (pull.state !== 'open' || pull.isDraft) {
    throw new Error(`pull request ${pull.number} is not open or a draft`);
  }
  const made = mergeCommits(world, pull, how, by, base, head);
  const tip = made?.at(-1);
  if (made === undefined || tip === undefined) {
    throw new Error(`pull request ${pull.number} cannot be merged`);
  }
  const commits = new Set([...world.git.range(base, head), ...made]);
  closePull(world, pull);
  pull.merged = { at: world.stamp(), by: queue ?? by, sha: tip, commits, query: world.historyQueries, askedBy: new Set() };
  moveBranch(world, pull.base, tip, by);
  return tip;
}

/** Points a branch to a commit; an open pull request whose commits came to its base that way counts as merged. */
export function moveBranch(world: World, branch: string, sha: string, by: string): void {
  const before = world.git.tip(branch);
  moveRef(world.git, `refs/heads/${branch}`, sha);
  noticeMerges(world, branch, before, by);
}

/** Marks as merged what came in by the way a branch has moved. */
export function noticeMerges(world: World, branch: string, before: string | undefined, by: string): void {
  const tip = branchTip(world, branch);
  for (const pull of world.pulls.values()) {
    const commits = pull.state === 'open' && pull.base === branch ? world.git.range(before, headOf(world, pull)) : [];
    if (commits.length > 0 && world.git.range(undefined, tip).includes(headOf(world, pull))) {
      closePull(world, pull, before);
      pull.merged = { at: world.stamp(), by, sha: tip, commits: new Set(commits), query: world.historyQueries, askedBy: new Set() };
    }
  }
}

/** Closes a pull request without merging it; `base` is what its base was, if it is another by now. */
export function closePull(world: World, pull: Pull, base = world.git.tip(pull.base)): void {
  pull.pinned = headOf(world, pull);
  if (base !== undefined) {
    pull.pinnedBase = base;
  }
  pull.state = 'closed';
  pull.closedAt = world.stamp();
  pull.updatedAt = pull.closedAt;
}

/**
 * Deletes a branch. Open pull requests of it are closed; those onto it go on to the base of the merged pull request
 * that it belonged to, or are closed where there is none.
 */
export function deleteBranch(world: World, branch: string): void {
  const own = [...world.pulls.values()].filter((pull) => pull.branch === branch);
  const next = own.find(({ merged }) => merged !== undefined)?.base;
  const open = [...world.pulls.values()].filter(({ state }) => state === 'open');
  for (const pull of open) {
    if (pull.base === branch && next !== undefined) {
      pull.base = next;
      pull.updatedAt = world.stamp();
    } else if (pull.branch === branch || pull.base === branch) {
      closePull(world, pull);
    }
  }
  world.git.run(['update-ref', '-d', `refs/heads/${branch}`]);
}

function mergeCommits(world: World, pull: Pull, how: MergeMethod, login: string, base: string, head: string) {
  const committer = world.signature('web-flow');
  if (how === 'rebase') {
    // The one way in which the person who merges is the committer.
    return rebased(world.git, base, head, world.signature(login));
  }
  const tree = mergedTree(world.git, base, head);
  if (tree === undefined) {
    return undefined;
  }
  const { number, title, branch, author } = pull;
  return how === 'merge'
    ? [
        commitTree(world.git, tree, [base, head], `Merge pull request #${number} from ${world.setup.owner}/${branch}\n\n${title}`, {
          author: world.signature(login),
          committer,
        }),
      ]
    : [
        commitTree(world.git, tree, [base], `${title} (#${number})${coAuthorTrailers(coAuthors(world, author, base, head))}`, {
          author: world.signature(author),
          committer,
        }),
      ];
}

/** Who else wrote what a squash brings in; GitHub names them at the end of its message. */
function coAuthors(world: World, author: string, base: string, head: string): readonly Named[] {
  const commits = [...world.git.range(base, head, '--topo-order')].reverse().map((sha) => world.git.commit(sha));
  const all = commits.flatMap((commit) => (commit === undefined ? [] : authorsOf(commit)));
  const own = namedOf(author).email;
  return all.filter(({ email }, at) => email !== own && all.findIndex((other) => other.email === email) === at);
}
