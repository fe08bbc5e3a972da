import { existing, found, paged, type Call, type Reply, type Route } from './call.ts';
import { Refusal } from './refusal.ts';
import { commentShape, issueShape } from './shapes.ts';
import { addComment, addIssue, editComment, editIssue } from './talk.ts';
import type { Issue, World } from './world.ts';

/** Issues, and the comments on issues and pull requests. */
export const issueRoutes: readonly Route[] = [
  ['GET issues', listIssues],
  ['POST issues', createIssue],
  ['GET issues/([0-9]+)', readIssue],
  ['PATCH issues/([0-9]+)', changeIssue],
  ['GET issues/([0-9]+)/comments', listComments],
  ['POST issues/([0-9]+)/comments', createComment],
  ['GET issues/comments/([0-9]+)', readComment],
  ['PATCH issues/comments/([0-9]+)', changeComment],
  ['DELETE issues/comments/([0-9]+)', deleteComment],
];

function listIssues(world: World, call: Call): Reply {
  world.demand('read', 'issues', 'pull-requests');
  checkEnabled(world);
  const { query } = call;
  const unplayed = ['labels', 'assignee', 'milestone', 'mentioned', 'since', 'type'].find((name) => query.has(name));
  if (unplayed !== undefined || ![null, 'created'].includes(query.get('sort'))) {
    world.defects.push(`The hub does not play ${unplayed ?? 'that order'} of issues.`);
  }
  const state = query.get('state') ?? 'open';
  const creator = query.get('creator')?.toLowerCase();
  const fit = [...world.issues.values(), ...world.pulls.values()]
    .filter((issue) => (state === 'all' || issue.state === state) && (creator === undefined || issue.author.toLowerCase() === creator))
    .sort((a, b) => (query.get('direction') === 'asc' ? a.number - b.number : b.number - a.number));
  return paged(
    world,
    call,
    fit.map((issue) => issueShape(world, issue)),
  );
}

function createIssue(world: World, { body }: Call): Reply {
  world.demand('write', 'issues');
  checkEnabled(world);
  return { status: 201, body: issueShape(world, addIssue(world, world.setup.viewer, body['title'], body['body'])) };
}

function readIssue(world: World, _: Call, [number]: readonly string[]): Reply {
  world.demand('read', 'issues', 'pull-requests');
  return found(issueShape(world, anyIssue(world, number)));
}

function changeIssue(world: World, { body }: Call, [number]: readonly string[]): Reply {
  const issue = anyIssue(world, number);
  world.demand('write', ...scopes(world, issue.number));
  editIssue(world, issue, body, world.setup.viewer);
  return found(issueShape(world, issue));
}

function listComments(world: World, call: Call, [number]: readonly string[]): Reply {
  const issue = anyIssue(world, number);
  world.demand('read', ...scopes(world, issue.number));
  const comments = [...world.comments.values()].filter((comment) => comment.number === issue.number);
  return paged(
    world,
    call,
    comments.map((comment) => commentShape(world, comment)),
  );
}

function createComment(world: World, { body }: Call, [number]: readonly string[]): Reply {
  const issue = anyIssue(world, number);
  world.demand('write', ...scopes(world, issue.number));
  const comment = commentShape(world, addComment(world, issue.number, world.setup.viewer, textOf(body)));
  return { status: 201, body: comment, headers: { location: comment.url } };
}

function readComment(world: World, _: Call, [id]: readonly string[]): Reply {
  const comment = existing(world.comments, id);
  world.demand('read', ...scopes(world, comment.number));
  return found(commentShape(world, comment));
}

function changeComment(world: World, { body }: Call, [id]: readonly string[]): Reply {
  const comment = existing(world.comments, id);
  world.demand('write', ...scopes(world, comment.number));
  editComment(world, comment, world.setup.viewer, textOf(body));
  return found(commentShape(world, comment));
}

function deleteComment(world: World, _: Call, [id]: readonly string[]): Reply {
  const comment = existing(world.comments, id);
  world.demand('write', ...scopes(world, comment.number));
  world.comments.delete(comment.id);
  return { status: 204 };
}

function anyIssue(world: World, number: string | undefined): Issue {
  const issue = world.pulls.get(Number(number)) ?? existing(world.issues, number);
  if (!world.pulls.has(issue.number)) {
    checkEnabled(world);
  }
  return issue;
}

// What is said on a pull request may be written with either permission.
function scopes(world: World, number: number): readonly string[] {
  return world.pulls.has(number) ? ['pull-requests', 'issues'] : ['issues'];
}

function textOf(body: Readonly<Record<string, unknown>>): string {
  const text = body['body'];
  return typeof text === 'string' ? text : '';
}

function checkEnabled(world: World): void {
  if (!world.setup.hasIssues) {
    throw new Refusal(410, 'Issues are disabled for this repo');
  }
}
