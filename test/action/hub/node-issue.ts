import { connection, type PageArguments } from './connection.ts';
import { editFields } from './node-edits.ts';
import { checkArguments } from './nodes.ts';
import { actorNode } from './people.ts';
import { commentUrl } from './shapes.ts';
import { nodeId, type Comment, type Issue, type World } from './world.ts';

/** An issue that is no pull request. */
export function issueNode(world: World, issue: Issue): object {
  const { number, title, body, author, state, createdAt, updatedAt, closedAt, edits } = issue;
  return {
    __typename: 'Issue',
    id: nodeId('I', number),
    databaseId: null,
    fullDatabaseId: String(3_000_000_000 + number),
    number,
    title,
    body: body ?? '',
    url: `${world.webUrl}/issues/${number}`,
    author: actorNode(author),
    state: state.toUpperCase(),
    stateReason: () => (state === 'closed' ? 'COMPLETED' : null),
    closed: state === 'closed',
    closedAt,
    createdAt,
    updatedAt,
    locked: false,
    viewerDidAuthor: author === world.setup.viewer,
    ...editFields(author, createdAt, edits),
    comments: commentsField(world, 'Issue', number),
  };
}

/** The comments on an issue or a pull request, oldest first. */
export function commentsField(world: World, type: string, number: number) {
  return (given: PageArguments) => {
    checkArguments(world, `${type}.comments`, given, []);
    const all = [...world.comments.values()].filter((comment) => comment.number === number);
    return connection('comments', all, given, (comment) => commentNode(world, comment));
  };
}

/** A comment on an issue or a pull request. */
export function commentNode(world: World, comment: Comment): object {
  const { id, author, body, createdAt, updatedAt, edits } = comment;
  return {
    __typename: 'IssueComment',
    id: comment.nodeId,
    // An Int of GraphQL has 32 bits: only `fullDatabaseId` can hold it.
    databaseId: null,
    fullDatabaseId: String(id),
    author: actorNode(author),
    body,
    url: commentUrl(world, comment),
    createdAt,
    updatedAt,
    viewerDidAuthor: author === world.setup.viewer,
    isMinimized: false,
    ...editFields(author, createdAt, edits),
  };
}
