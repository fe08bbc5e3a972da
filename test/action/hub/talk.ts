import { invalid, Refusal } from './refusal.ts';
import { nodeId, type Comment, type Issue, type Status, type World } from './world.ts';

const longest = 65_536;

/** Stores a comment. */
export function addComment(world: World, number: number, author: string, body: string): Comment {
  checkBody('IssueComment', body);
  const id = world.nextId();
  const at = world.stamp();
  const comment: Comment = { id, nodeId: nodeId('IC', id), number, author, body, createdAt: at, updatedAt: at, edits: [] };
  world.comments.set(id, comment);
  return comment;
}

/** Gives a comment another body; the same body again is no edit. */
export function editComment(world: World, comment: Comment, editor: string, body: string): void {
  checkBody('IssueComment', body);
  if (body !== comment.body) {
    comment.body = body;
    comment.updatedAt = world.stamp();
    comment.edits.push({ editor, at: comment.updatedAt });
  }
}

/** Opens an issue. */
export function addIssue(world: World, author: string, title: unknown, body: unknown): Issue {
  checkTitle(title);
  checkIssueBody(body);
  const at = world.stamp();
  const issue: Issue = {
    number: world.nextNumber(),
    author,
    title,
    body: body ?? null,
    state: 'open',
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    edits: [],
  };
  world.issues.set(issue.number, issue);
  return issue;
}

/** Changes what is named of an issue or a pull request; GitHub lists who changed its body. */
export function editIssue(world: World, issue: Issue, change: Readonly<Record<string, unknown>>, editor: string): void {
  const { title = issue.title, body = issue.body, state = issue.state } = change;
  checkTitle(title);
  checkIssueBody(body);
  if (state !== 'open' && state !== 'closed') {
    throw invalid('Issue', 'state', 'invalid');
  }
  const at = world.stamp();
  const closedAt = state === 'open' ? null : (issue.closedAt ?? at);
  if ((body ?? '') !== (issue.body ?? '')) {
    issue.edits.push({ editor, at });
  }
  Object.assign(issue, { title, body, state, closedAt, updatedAt: at });
}

/** Stores a status; GitHub keeps every one and shows the newest of each context. */
export function addStatus(world: World, status: Omit<Status, 'id'>): Status {
  const { description, context } = status;
  if (description !== null && lengthOf(description) > 140) {
    throw invalid('Status', 'description', 'custom', 'description is too long (maximum is 140 characters)');
  }
  if (world.statuses.filter((one) => one.sha === status.sha && one.context === context).length >= world.setup.mostStatuses) {
    // Here GitHub's `errors` is a text and not a list.
    throw new Refusal(422, 'Validation Failed', {
      errors: 'Validation failed: This SHA and context has reached the maximum number of statuses.',
    });
  }
  const stored = { ...status, id: world.nextId() };
  world.statuses.push(stored);
  return stored;
}

/** The statuses of a commit, newest first. */
export function statusesOf(world: World, sha: string): Status[] {
  return world.statuses.filter((status) => status.sha === sha).reverse();
}

/** The newest status of each context of a commit. */
export function contextsOf(world: World, sha: string): Status[] {
  const all = statusesOf(world, sha);
  return all.filter((status, at) => all.findIndex(({ context }) => context === status.context) === at);
}

/** The state of a commit by its statuses, `pending` where it has none. */
export function rollup(statuses: readonly Status[]): 'failure' | 'pending' | 'success' {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) {
    return 'failure';
  }
  return statuses.length === 0 || statuses.some(({ state }) => state === 'pending') ? 'pending' : 'success';
}

// GitHub counts code points.
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function checkBody(resource: string, body: unknown): asserts body is string {
  if (typeof body !== 'string' || body.trim() === '') {
    throw invalid(resource, 'body', 'missing_field');
  }
  if (lengthOf(body) > longest) {
    throw invalid(resource, 'data', 'unprocessable', `Body is too long (maximum is ${longest} characters)`);
  }
}

function checkIssueBody(body: unknown): asserts body is string | null | undefined {
  if (body !== null && body !== undefined && typeof body !== 'string') {
    throw invalid('Issue', 'body', 'invalid');
  }
  if (lengthOf(body ?? '') > longest) {
    throw invalid('Issue', 'body', 'custom', `body is too long (maximum is ${longest} characters)`);
  }
}

function checkTitle(title: unknown): asserts title is string {
  if (typeof title !== 'string' || title.trim() === '') {
    throw invalid('Issue', 'title', 'missing_field');
  }
  if (lengthOf(title) > 256) {
    throw invalid('Issue', 'title', 'custom', 'title is too long (maximum is 256 characters)');
  }
}
