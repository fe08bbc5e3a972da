import { fail, succeed, type Result } from '../../src/model/diagnostic.ts';
import { accountOf, accountOfActor, actorFields, sameAccount, type Account, type Actor } from './account.ts';
import type { Answer } from './answer.ts';
import { cursorOf, itemsOf, pageInfo, type Connection } from './connection.ts';
import { createOnce, writtenSince } from './create.ts';
import type { Hub } from './octokit.ts';
import { numberOf, recordOf, textOf, trouble } from './trouble.ts';

/** A comment on a pull request or issue. */
export interface Comment {
  readonly id: number;
  /** What GraphQL calls it. */
  readonly nodeId: string;
  readonly author: Account;
  readonly body: string;
  /** Where people see it. */
  readonly url: string;
  /** GitHub’s own times, as it writes them: when it was made, and when it was last changed. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Every comment of a pull request or issue, oldest first. */
export async function listComments(hub: Hub, number: number): Promise<Result<readonly Comment[]>> {
  const listed = await hub.pages('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { issue_number: number });
  if (!listed.ok) return listed;
  const comments = listed.value.map(commentOf);
  const known = comments.filter((comment) => comment !== undefined);
  return known.length === comments.length ? succeed(known) : fail(trouble(`GitHub listed the comments of #${number} in an unknown form`));
}

/** Writes a new comment as `by`, who the token belongs to. One whose answer was lost is looked for and not written twice. */
export async function createComment(hub: Hub, number: number, body: string, by: Account): Promise<Result<Comment>> {
  const since = hub.now();
  const find = async () => {
    const listed = await listComments(hub, number);
    return listed.ok ? succeed(writtenSince(listed.value, body, by, since)) : listed;
  };
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  return createOnce(hub, { route, parameters: { issue_number: number, body }, read: readOf, find });
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
  readonly node: {
    readonly lastEditedAt: string | null;
    readonly editor: Actor;
    readonly userContentEdits: Connection<{ readonly editor: Actor }> | null;
  } | null;
}

const editsQuery = `query ($id: ID!, $after: String) {
  node(id: $id) {
    ... on Comment {
      lastEditedAt
      editor { ${actorFields} }
      userContentEdits(first: 100, after: $after) {
        nodes { editor { ${actorFields} } }
        ${pageInfo}
      }
    }
  }
}`;

/** The accounts that ever edited a comment or an issue, each once. Editors whom GitHub does not name are the ghost; an unedited text has none. */
export async function editorsOf(hub: Hub, nodeId: string): Promise<Result<readonly Account[]>> {
  const edits = await editsOf(hub, nodeId);
  if (!edits.ok) return edits;
  return succeed(edits.value.filter((account, index, all) => all.findIndex((other) => sameAccount(other, account)) === index));
}

/** How often an account has written a text that it wrote first: once, and once more for each edit. */
export async function countWritings(hub: Hub, nodeId: string, by: Account): Promise<Result<number>> {
  const edits = await editsOf(hub, nodeId);
  if (!edits.ok) return edits;
  // As soon as there is an edit, GitHub lists the first writing with it.
  const [, ...listed] = edits.value;
  return succeed(Math.max(1, listed.filter((account) => sameAccount(account, by)).length));
}

/** Who made each edit of a text: the last one first, which GitHub also names beside the list, and then all of the list. */
async function editsOf(hub: Hub, nodeId: string): Promise<Result<readonly Account[]>> {
  const editors: Account[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: Result<Edited> = await hub.graphql<Edited>(editsQuery, { id: nodeId, after });
    if (!answer.ok) return answer;
    const text: Edited['node'] = answer.value.node;
    if (text?.lastEditedAt === undefined)
      return fail(trouble('GitHub does not show who edited a text that it listed', 'run the job again'));
    if (after === null && text.lastEditedAt !== null) editors.push(accountOfActor(text.editor));
    editors.push(...itemsOf(text.userContentEdits).map(({ editor }) => accountOfActor(editor)));
    const next: Result<string | undefined> = text.userContentEdits ? cursorOf(text.userContentEdits, after) : succeed(undefined);
    if (!next.ok) return next;
    if (next.value === undefined) return succeed(editors);
    after = next.value;
  }
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
  const [createdAt, updatedAt] = [textOf(comment['created_at']), textOf(comment['updated_at'])];
  const author = accountOf(comment['user']);
  return { id, nodeId, author, body: textOf(comment['body']), url: textOf(comment['html_url']), createdAt, updatedAt };
}
