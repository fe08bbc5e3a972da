import type { Nodes } from './nodes.ts';
import { actorNode, mayPush } from './people.ts';
import { reviewUrl } from './shapes.ts';
import type { Review } from './world.ts';

/** A review; whether its author may push is answered for now, not for the time of the review. */
export function reviewNode(nodes: Nodes, review: Review): object {
  const { id, nodeId, author, body, state, commit, submittedAt, updatedAt } = review;
  const { world } = nodes;
  return {
    __typename: 'PullRequestReview',
    id: nodeId,
    databaseId: null,
    fullDatabaseId: String(id),
    author: actorNode(author),
    authorCanPushToRepository: () => mayPush(world, author),
    body,
    state,
    commit: () => nodes.object(commit),
    url: reviewUrl(world, review),
    createdAt: submittedAt,
    submittedAt,
    publishedAt: submittedAt,
    updatedAt,
    viewerDidAuthor: author === world.setup.viewer,
  };
}
