import { commitTree, moveRef } from './branches.ts';
import { mergedTree, rebased } from './merging.ts';
import type { Pull, World } from './world.ts';

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
    return { mergeable: null, sha: pull.merged?.sha ?? pull.test?.sha ?? null };
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

/** Merges a pull request and returns the new tip of its base. */
export function mergePull(world: World, pull: Pull, how: 'merge' | 'squash' | 'rebase', by: string): string {
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
  pull.merged = { at: world.stamp(), sha: tip, commits, query: world.historyQueries };
  moveBranch(world, pull.base, tip);
  return tip;
}

/** Points a branch to a commit; an open pull request whose commits came to its base that way counts as merged. */
export function moveBranch(world: World, branch: string, sha: string): void {
  const before = world.git.tip(branch);
  moveRef(world.git, `refs/heads/${branch}`, sha);
  noticeMerges(world, branch, before);
}

/** Marks as merged what came in by the way a branch has moved. */
export function noticeMerges(world: World, branch: string, before: string | undefined): void {
  const tip = branchTip(world, branch);
  for (const pull of world.pulls.values()) {
    const commits = pull.state === 'open' && pull.base === branch ? world.git.range(before, headOf(world, pull)) : [];
    if (commits.length > 0 && world.git.range(undefined, tip).includes(headOf(world, pull))) {
      closePull(world, pull);
      pull.merged = { at: world.stamp(), sha: tip, commits: new Set(commits), query: world.historyQueries };
    }
  }
}

/** Closes a pull request without merging it. */
export function closePull(world: World, pull: Pull): void {
  pull.pinned = headOf(world, pull);
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
    } else if (pull.branch === branch || pull.base === branch) {
      closePull(world, pull);
    }
  }
  world.git.run(['update-ref', '-d', `refs/heads/${branch}`]);
}

function mergeCommits(world: World, pull: Pull, how: 'merge' | 'squash' | 'rebase', login: string, base: string, head: string) {
  const committer = world.signature('web-flow');
  if (how === 'rebase') {
    return rebased(world.git, base, head, committer);
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
    : [commitTree(world.git, tree, [base], `${title} (#${number})`, { author: world.signature(author), committer })];
}
