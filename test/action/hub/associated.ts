import { headOf } from './pulls.ts';
import type { Pull, World } from './world.ts';

/**
 * The pull requests of a commit as GitHub's GraphQL API tells them: the merged ones that brought it in, and open ones
 * as long as it is not on the default branch. A merge shows late, as GitHub fills its index after the event.
 */
export function associatedPulls(world: World, sha: string): Pull[] {
  const tip = world.git.tip(world.setup.defaultBranch);
  const isOnDefault = tip !== undefined && world.git.range(undefined, tip).includes(sha);
  return [...world.pulls.values()].filter((pull) => {
    if (pull.merged !== undefined) {
      return pull.merged.commits.has(sha) && world.historyQueries > pull.merged.query + world.setup.lagPulls;
    }
    const base = world.git.tip(pull.base);
    return !isOnDefault && pull.state === 'open' && world.git.range(base, headOf(world, pull)).includes(sha);
  });
}
