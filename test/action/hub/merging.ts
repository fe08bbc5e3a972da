import { commitTree } from './branches.ts';
import type { Git, Signature } from './git.ts';

interface By {
  readonly author: Signature;
  readonly committer: Signature;
}

/** The tree that a merge of two commits gives, or nothing where they conflict. */
export function mergedTree(git: Git, ours: string, theirs: string): string | undefined {
  const { text, code } = git.attempt(['merge-tree', '--write-tree', '--allow-unrelated-histories', ours, theirs], [0, 1]);
  return code === 0 ? text.split('\n')[0] : undefined;
}

/** The tree that a merge of several commits one after another gives, or nothing where two conflict. */
export function octopusTree(git: Git, [first, ...others]: readonly string[], by: By): string | undefined {
  let merged = first ?? '';
  let tree = git.commit(merged)?.tree;
  for (const other of others) {
    tree = mergedTree(git, merged, other);
    if (tree === undefined) {
      return undefined;
    }
    merged = commitTree(git, tree, [merged, other], 'a step', by);
  }
  return tree;
}

/** The commits that a rebase of `base..head` onto `base` makes, oldest first, or nothing where one conflicts. */
export function rebased(git: Git, base: string, head: string, committer: Signature): readonly string[] | undefined {
  const made: string[] = [];
  for (const sha of [...git.range(base, head)].reverse()) {
    const commit = git.commit(sha);
    const [parent, second] = commit?.parents ?? [];
    // GitHub leaves merges out of a rebase, as git does.
    if (commit === undefined || second !== undefined) {
      continue;
    }
    const onto = made.at(-1) ?? base;
    const tree = parent === undefined ? mergedTree(git, onto, sha) : treeWithChange(git, onto, parent, sha);
    if (tree === undefined) {
      return undefined;
    }
    const { name, email, date } = commit.author;
    const author = { name, email, time: `${Date.parse(date) / 1000} +0000` };
    made.push(commitTree(git, tree, [onto], commit.message, { author, committer }));
  }
  return made;
}

/** The commit on top of `tip` that takes back what `sha` changed against its first parent. */
export function reverting(git: Git, tip: string, sha: string, by: By): string {
  const commit = git.commit(sha);
  const parent = commit?.parents[0];
  const tree = parent === undefined ? undefined : treeWithChange(git, tip, sha, parent);
  if (commit === undefined || tree === undefined) {
    throw new Error(`${sha} cannot be reverted on ${tip}`);
  }
  const [subject = ''] = commit.message.split('\n');
  return commitTree(git, tree, [tip], `Revert "${subject}"\n\nThis reverts commit ${sha}.`, by);
}

// The git of Debian 12 cannot be told a merge base: two commits made for the purpose have the right one.
function treeWithChange(git: Git, onto: string, from: string, to: string): string | undefined {
  const nobody: Signature = { name: 'Nobody', email: 'nobody@example.com', time: '1700000000 +0000' };
  const by = { author: nobody, committer: nobody };
  const [ours, theirs] = [onto, to].map((commit) => commitTree(git, `${commit}^{tree}`, [from], 'a side', by));
  return mergedTree(git, ours ?? '', theirs ?? '');
}
