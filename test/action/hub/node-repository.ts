import { GraphProblem } from './connection.ts';
import { issueNode } from './node-issue.ts';
import type { Nodes } from './nodes.ts';
import { nodeId, type World } from './world.ts';

/** The repository. */
export function repositoryNode(nodes: Nodes): object {
  const { world } = nodes;
  const { setup, git } = world;
  const ref = (branch: string) =>
    git.tip(branch) === undefined ? null : { name: branch, prefix: 'refs/heads/', target: () => nodes.object(git.tip(branch)) };
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
      return nodes.object(sha, oid === undefined ? (expression?.split(/:(.*)/s)[1] ?? '') : '');
    },
    pullRequest: ({ number }: { number: number }) => {
      world.demand('read', 'pull-requests');
      return pullAt(nodes, number) ?? unresolved('a PullRequest', number);
    },
    issue: ({ number }: { number: number }) => {
      world.demand('read', 'issues');
      return issueAt(world, number) ?? unresolved('an Issue', number);
    },
    issueOrPullRequest: ({ number }: { number: number }) => {
      world.demand('read', 'issues', 'pull-requests');
      return pullAt(nodes, number) ?? issueAt(world, number) ?? unresolved('an issue or pull request', number);
    },
  };
}

function pullAt(nodes: Nodes, number: number): object | undefined {
  const pull = nodes.world.pulls.get(number);
  return pull === undefined ? undefined : nodes.pull(pull);
}

function issueAt(world: World, number: number): object | undefined {
  const issue = world.setup.hasIssues ? world.issues.get(number) : undefined;
  return issue === undefined ? undefined : issueNode(world, issue);
}

function unresolved(kind: string, number: number): never {
  throw new GraphProblem('NOT_FOUND', `Could not resolve to ${kind} with the number of ${number}.`);
}
