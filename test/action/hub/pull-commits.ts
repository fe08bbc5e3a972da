import { commitTree } from './branches.ts';
import { mergedTree } from './merging.ts';
import { baseOf, branchTip, headOf, moveBranch } from './pulls.ts';
import type { Pull, World } from './world.ts';

/** The commits of a pull request, oldest first: what its head has and its base has not, of a closed one as it was then. */
export function commitsOf(world: World, pull: Pull): readonly string[] {
  const base = pull.state === 'open' ? branchTip(world, pull.base) : baseOf(world, pull);
  return [...world.git.range(base, headOf(world, pull), '--topo-order')].reverse();
}

/** Merges the tip of the base into the branch of a pull request, as the button "Update branch" does, and returns the new head. */
export function updateBranch(world: World, pull: Pull, by: string): string {
  const [base, head] = [branchTip(world, pull.base), headOf(world, pull)];
  if (pull.state !== 'open' || world.git.range(head, base).length === 0) {
    throw new Error(`pull request ${pull.number} is not open, or its base has nothing new`);
  }
  const tree = mergedTree(world.git, head, base);
  if (tree === undefined) {
    throw new Error(`pull request ${pull.number} has a conflict with its base`);
  }
  const made = commitTree(world.git, tree, [head, base], `Merge branch '${pull.base}' into ${pull.branch}`, {
    author: world.signature(by),
    committer: world.signature('web-flow'),
  });
  moveBranch(world, pull.branch, made, by);
  return made;
}
