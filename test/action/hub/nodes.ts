import type { Pull, World } from './world.ts';

/** What can be reached from one node of GraphQL by way of another: the files of the kinds of nodes do not know each other. */
export interface Nodes {
  readonly world: World;
  /** A commit, tree or blob; null where there is none. `path` is where it stands, for the paths of a tree's entries. */
  readonly object: (sha: string | null | undefined, path?: string) => object | null;
  readonly pull: (pull: Pull) => object;
  readonly repository: () => object;
}

/** Makes the test fail at its end if a field is given an argument that the hub does not play. */
export function checkArguments(world: World, field: string, given: object, played: readonly string[]): void {
  const all = new Set(['first', 'last', 'after', 'before', ...played]);
  const unplayed = Object.entries(given).find(([name, value]) => !all.has(name) && value !== null && value !== undefined);
  if (unplayed !== undefined) {
    throw world.unplayed(`${field}(${unplayed[0]}:)`);
  }
}
