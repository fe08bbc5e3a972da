import { GraphProblem } from './connection.ts';
import { objectNode } from './node-git.ts';
import { commentNode, pullNode } from './node-pull.ts';
import { nodeId, type World } from './world.ts';

/** What a query starts from. */
export function rootNode(world: World) {
  return {
    // The one place where GraphQL shows a bot with the name that REST gives it.
    viewer: { __typename: 'User', login: world.setup.viewer },
    rateLimit: { limit: 1000, cost: 1, remaining: 999, used: 1, nodeCount: 1, resetAt: '2099-01-01T00:00:00Z' },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (`${owner}/${name}`.toLowerCase() !== world.fullName.toLowerCase()) {
        throw new GraphProblem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return repositoryNode(world);
    },
    node: ({ id }: { id: string }) => nodeOf(world, id),
    nodes: ({ ids }: { ids: readonly string[] }) => {
      if (ids.length > 100) {
        throw new GraphProblem('ARGUMENT_LIMIT', `You may not provide more than 100 node ids; you provided ${ids.length}.`);
      }
      return ids.map((id) => nodeOf(world, id));
    },
  };
}

function nodeOf(world: World, id: string) {
  const comment = [...world.comments.values()].find((one) => one.nodeId === id);
  if (comment !== undefined) {
    return commentNode(world, comment);
  }
  const pull = [...world.pulls.values()].find(({ number }) => nodeId('PR', number) === id);
  if (pull === undefined) {
    throw new GraphProblem('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
  }
  return pullNode(world, pull);
}

function repositoryNode(world: World) {
  const { setup, git } = world;
  const ref = (branch: string) =>
    git.tip(branch) === undefined ? null : { name: branch, prefix: 'refs/heads/', target: () => objectNode(world, git.tip(branch)) };
  return {
    __typename: 'Repository',
    id: nodeId('R', setup.repositoryId),
    databaseId: setup.repositoryId,
    name: setup.repo,
    owner: { __typename: 'Organization', login: setup.owner },
    nameWithOwner: world.fullName,
    isPrivate: setup.private,
    isFork: false,
    isArchived: false,
    hasIssuesEnabled: setup.hasIssues,
    visibility: setup.private ? 'PRIVATE' : 'PUBLIC',
    url: world.webUrl,
    defaultBranchRef: () => {
      world.demand('read', 'contents');
      return ref(setup.defaultBranch);
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      world.demand('read', 'contents');
      return ref(qualifiedName.replace(/^refs\/heads\//, ''));
    },
    object: ({ oid, expression }: { oid?: string; expression?: string }) => {
      world.demand('read', 'contents');
      if (oid !== undefined && !/^[0-9a-f]{40}$/.test(oid)) {
        throw new Error(`Could not coerce value "${oid}" to GitObjectID`);
      }
      const sha = oid ?? git.resolve(expression ?? '');
      return objectNode(world, sha, oid === undefined ? (expression?.split(/:(.*)/s)[1] ?? '') : '');
    },
    pullRequest: ({ number }: { number: number }) => {
      world.demand('read', 'pull-requests');
      const pull = world.pulls.get(number);
      if (pull === undefined) {
        throw new GraphProblem('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
      }
      return pullNode(world, pull);
    },
  };
}
