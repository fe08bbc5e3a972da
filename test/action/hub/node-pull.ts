import { connection, type PageArguments } from './connection.ts';
import { editFields } from './node-edits.ts';
import { commentsField } from './node-issue.ts';
import { reviewNode } from './node-review.ts';
import { checkArguments, type Nodes } from './nodes.ts';
import { actorNode } from './people.ts';
import { commitsOf } from './pull-commits.ts';
import { baseOf, headOf, shownMerge, shownMergeCommit } from './pulls.ts';
import { reviewsOf } from './reviews.ts';
import { nodeId, type Pull } from './world.ts';

/** A pull request. */
export function pullNode(nodes: Nodes, pull: Pull): object {
  const { world } = nodes;
  const { number, title, body, author, merged, base, branch, createdAt } = pull;
  const merge = () => shownMerge(world, pull);
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', number),
    databaseId: null,
    fullDatabaseId: String(3_000_000_000 + number),
    number,
    title,
    body: body ?? '',
    url: `${world.webUrl}/pull/${number}`,
    author: actorNode(author),
    state: merged === undefined ? pull.state.toUpperCase() : 'MERGED',
    closed: pull.state === 'closed',
    closedAt: pull.closedAt,
    merged: merged !== undefined,
    mergedAt: merged?.at ?? null,
    mergedBy: merged === undefined ? null : actorNode(merged.by),
    isDraft: pull.isDraft,
    createdAt,
    updatedAt: pull.updatedAt,
    baseRefName: base,
    baseRefOid: () => baseOf(world, pull),
    headRefName: branch,
    headRefOid: () => headOf(world, pull),
    repository: nodes.repository,
    baseRepository: nodes.repository,
    ...headRepositoryFields(nodes, pull),
    mergeable: () => {
      const { mergeable } = merge();
      return mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING';
    },
    mergeCommit: () => (merged === undefined ? null : nodes.object(shownMergeCommit(world, merged))),
    potentialMergeCommit: () => (merged === undefined ? nodes.object(merge().sha) : null),
    ...editFields(author, createdAt, pull.edits),
    comments: commentsField(world, 'PullRequest', number),
    commits: commitsField(nodes, pull),
    reviews: reviewsField(nodes, number),
  };
}

function headRepositoryFields(nodes: Nodes, { fork, author }: Pull) {
  const { setup } = nodes.world;
  const nameWithOwner = `${author}/${setup.repo}`;
  const forked = { __typename: 'Repository', databaseId: setup.repositoryId + 1, name: setup.repo, nameWithOwner, isFork: true };
  return {
    isCrossRepository: fork !== false,
    headRepository: fork === 'deleted' ? null : fork ? forked : nodes.repository,
    headRepositoryOwner: fork === 'deleted' ? null : { __typename: fork ? 'User' : 'Organization', login: fork ? author : setup.owner },
  };
}

function commitsField(nodes: Nodes, pull: Pull) {
  return (page: PageArguments) =>
    connection('commits', commitsOf(nodes.world, pull), page, (sha) => ({
      __typename: 'PullRequestCommit',
      id: nodeId('PRC', Number.parseInt(sha.slice(0, 8), 16)),
      url: `${nodes.world.webUrl}/pull/${pull.number}/commits/${sha}`,
      commit: () => nodes.object(sha),
      pullRequest: () => nodes.pull(pull),
    }));
}

function reviewsField(nodes: Nodes, number: number) {
  return (given: PageArguments & { readonly states?: readonly string[] | null }) => {
    checkArguments(nodes.world, 'PullRequest.reviews', given, ['states']);
    const { states } = given;
    const fit = reviewsOf(nodes.world, number).filter(({ state }) => states === undefined || states === null || states.includes(state));
    return connection('reviews', fit, given, (review) => reviewNode(nodes, review));
  };
}
