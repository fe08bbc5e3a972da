import { connection, type PageArguments } from './connection.ts';
import { headOf, shownMerge } from './pulls.ts';
import { commentUrl } from './shapes.ts';
import { nodeId, type Comment, type Pull, type World } from './world.ts';

/** An account: GraphQL leaves `[bot]` out of a bot's login, and knows nobody where the account was deleted. */
export function actorNode(login: string): object | null {
  const isBot = login.endsWith('[bot]');
  return login === 'ghost' ? null : { __typename: isBot ? 'Bot' : 'User', login: login.replace(/\[bot\]$/, '') };
}

/** A pull request. */
export function pullNode(world: World, pull: Pull): object {
  const { number, title, body, author, merged, base, branch } = pull;
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
    isDraft: pull.isDraft,
    isCrossRepository: pull.fork !== false,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    baseRefName: base,
    headRefName: branch,
    headRefOid: () => headOf(world, pull),
    baseRepository: { __typename: 'Repository', databaseId: world.setup.repositoryId, nameWithOwner: world.fullName },
    mergeable: () => {
      const { mergeable } = merge();
      return mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING';
    },
    mergeCommit: () => commitNode(merged?.sha),
    potentialMergeCommit: () => (merged === undefined ? commitNode(merge().sha) : null),
    comments: (page: PageArguments) => {
      const all = [...world.comments.values()].filter((comment) => comment.number === number);
      return connection('comments', all, page, (comment) => commentNode(world, comment));
    },
  };
}

/** A comment on an issue or a pull request. */
export function commentNode(world: World, comment: Comment): object {
  const { id, author, body, createdAt, updatedAt, edits } = comment;
  const last = edits.at(-1);
  // The first edit makes GitHub list the writing itself too; the newest stands first.
  const all = last === undefined ? [] : [{ editor: author, at: createdAt }, ...edits].reverse();
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
    lastEditedAt: last?.at ?? null,
    editor: last === undefined ? null : actorNode(last.editor),
    includesCreatedEdit: last !== undefined,
    viewerDidAuthor: author === world.setup.viewer,
    isMinimized: false,
    userContentEdits: (page: PageArguments) =>
      connection('userContentEdits', all, page, ({ editor, at }) => ({
        editor: actorNode(editor),
        editedAt: at,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
        deletedBy: null,
      })),
  };
}

// No more than its name: what hangs on a commit is asked for by way of the repository.
function commitNode(sha: string | null | undefined): object | null {
  return typeof sha === 'string' ? { __typename: 'Commit', oid: sha, abbreviatedOid: sha.slice(0, 7) } : null;
}
