import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import type { Answer } from './answer.ts';
import type { Hub } from './octokit.ts';
import { numberOf, recordOf, textOf, trouble } from './trouble.ts';

/** A comment on a pull request or issue. A deleted account is `ghost`. */
export interface Comment {
  readonly id: number;
  /** What GraphQL calls it. */
  readonly nodeId: string;
  readonly author: string;
  readonly body: string;
  /** Where people see it. */
  readonly url: string;
}

/** Every comment of a pull request or issue, oldest first. */
export async function listComments(hub: Hub, number: number): Promise<Result<readonly Comment[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { issue_number: number });
  if (!listed.ok) return listed;
  const comments = listed.value.map(commentOf);
  const known = comments.filter((comment) => comment !== undefined);
  return known.length === comments.length ? succeed(known) : fail(trouble(`GitHub listed the comments of #${number} in an unknown form`));
}

/** Writes a new comment. */
export async function createComment(hub: Hub, number: number, body: string): Promise<Result<Comment>> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const answer = await hub.rest(route, { issue_number: number, body });
  return answer.ok ? readOf(answer.value) : answer;
}

/** Replaces the text of a comment; `gone` when there is no such comment any more. */
export async function updateComment(hub: Hub, id: number, body: string): Promise<Result<Comment | 'gone'>> {
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  return orGone(await hub.rest(route, { comment_id: id, body }, [404, 410]));
}

/** Reads one comment; `gone` when there is no such comment any more. */
export async function readComment(hub: Hub, id: number): Promise<Result<Comment | 'gone'>> {
  return orGone(await hub.rest('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id: id }, [404, 410]));
}

interface Edited {
  readonly node: { readonly lastEditedAt: string | null; readonly editor: Actor | null; readonly userContentEdits: Edits | null } | null;
}

interface Edits {
  readonly nodes: readonly ({ readonly editor: Actor | null } | null)[] | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Actor {
  readonly login: string;
}

const editsQuery = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on IssueComment {
      lastEditedAt
      editor { login }
      userContentEdits(first: 100, after: $after) {
        nodes { editor { login } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** Everybody who ever edited a comment, each once; whoever GitHub does not name is `ghost`. Nobody for one that was never edited. */
export async function editorsOf(hub: Hub, nodeId: string): Promise<Result<readonly string[]>> {
  const editors = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const answer: Result<Edited> = await hub.graphql<Edited>(editsQuery, { id: nodeId, after });
    if (!answer.ok) return answer;
    const comment = answer.value.node;
    if (comment?.lastEditedAt === undefined)
      return fail(trouble('GitHub does not show who edited a comment that it listed', 'run the job again'));
    if (comment.lastEditedAt !== null) editors.add(loginOf(comment.editor));
    for (const edit of comment.userContentEdits?.nodes ?? []) editors.add(loginOf(edit?.editor));
    const cursor: string | null | undefined = cursorOf(comment.userContentEdits);
    if (cursor === undefined) return succeed([...editors]);
    if (cursor === null || cursor === after) return fail(trouble('GitHub did not list all edits of a comment', 'run the job again'));
    after = cursor;
  }
}

function loginOf(actor: Actor | null | undefined): string {
  return actor?.login ?? 'ghost';
}

/** Where the next page starts; undefined where this is the last, null where GitHub does not say it. */
function cursorOf(edits: Edits | null): string | null | undefined {
  return edits?.pageInfo.hasNextPage ? edits.pageInfo.endCursor : undefined;
}

function orGone(answer: Result<Answer>): Result<Comment | 'gone'> {
  if (!answer.ok) return answer;
  return answer.value.status >= 400 ? succeed('gone') : readOf(answer.value);
}

function readOf({ data }: Answer): Result<Comment> {
  const comment = commentOf(data);
  return comment ? succeed(comment) : fail(trouble('GitHub described a comment in a form that is not known'));
}

function commentOf(data: unknown): Comment | undefined {
  const comment = recordOf(data);
  const [id, nodeId] = [numberOf(comment['id']), textOf(comment['node_id'])];
  if (id === undefined || nodeId === '') return undefined;
  const author = textOf(recordOf(comment['user'])['login']) || 'ghost';
  return { id, nodeId, author, body: textOf(comment['body']), url: textOf(comment['html_url']) };
}
