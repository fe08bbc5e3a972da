import { GraphProblem } from './connection.ts';
import { objectNode } from './node-git.ts';
import { commentNode, issueNode } from './node-issue.ts';
import { pullNode } from './node-pull.ts';
import { repositoryNode } from './node-repository.ts';
import { reviewNode } from './node-review.ts';
import type { Nodes } from './nodes.ts';
import { nodeId, type World } from './world.ts';

/** What a query starts from. */
export function rootNode(world: World) {
  const nodes: Nodes = {
    world,
    object: (sha, path) => objectNode(nodes, sha, path),
    pull: (pull) => pullNode(nodes, pull),
    repository: () => repositoryNode(nodes),
  };
  return {
    // The one place where GraphQL shows a bot with the name that REST gives it.
    viewer: { __typename: 'User', login: world.setup.viewer },
    rateLimit: { limit: 1000, cost: 1, remaining: 999, used: 1, nodeCount: 1, resetAt: '2099-01-01T00:00:00Z' },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (`${owner}/${name}`.toLowerCase() !== world.fullName.toLowerCase()) {
        throw new GraphProblem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return nodes.repository();
    },
    node: ({ id }: { id: string }) => nodeOf(nodes, id),
    nodes: ({ ids }: { ids: readonly string[] }) => {
      if (ids.length > 100) {
        throw new GraphProblem('ARGUMENT_LIMIT', `You may not provide more than 100 node ids; you provided ${ids.length}.`);
      }
      return ids.map((id) => nodeOf(nodes, id));
    },
  };
}

function nodeOf(nodes: Nodes, id: string): object {
  const { world } = nodes;
  const comment = [...world.comments.values()].find(({ nodeId }) => nodeId === id);
  if (comment !== undefined) {
    return commentNode(world, comment);
  }
  const review = [...world.reviews.values()].find(({ nodeId }) => nodeId === id);
  if (review !== undefined) {
    return reviewNode(nodes, review);
  }
  const issue = [...world.issues.values()].find(({ number }) => nodeId('I', number) === id);
  if (issue !== undefined) {
    return issueNode(world, issue);
  }
  const pull = [...world.pulls.values()].find(({ number }) => nodeId('PR', number) === id);
  if (pull === undefined) {
    throw new GraphProblem('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
  }
  return nodes.pull(pull);
}
