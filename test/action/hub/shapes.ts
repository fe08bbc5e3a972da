import { associationOf, userShape } from './people.ts';
import { baseOf, headOf, shownMerge } from './pulls.ts';
import { nodeId, type Comment, type Issue, type Pull, type Review, type Status, type World } from './world.ts';

/** The repository in the REST API; `fullName` for a fork of it. */
export function repositoryShape(world: World, fullName = world.fullName) {
  const [owner = '', name = ''] = fullName.split('/');
  const id = world.setup.repositoryId + (fullName === world.fullName ? 0 : 1);
  return {
    id,
    node_id: nodeId('R', id),
    name,
    full_name: fullName,
    private: world.setup.private,
    visibility: world.setup.private ? 'private' : 'public',
    owner: userShape(owner),
    html_url: `https://github.com/${fullName}`,
    url: `${world.apiUrl}/repos/${fullName}`,
    fork: fullName !== world.fullName,
    default_branch: world.setup.defaultBranch,
    has_issues: world.setup.hasIssues,
    archived: false,
  };
}

/** A comment in the REST API. */
export function commentShape(world: World, comment: Comment) {
  const { id, nodeId, number, author, body, createdAt, updatedAt } = comment;
  return {
    id,
    node_id: nodeId,
    url: `${world.repoUrl}/issues/comments/${id}`,
    html_url: commentUrl(world, comment),
    issue_url: `${world.repoUrl}/issues/${number}`,
    user: userShape(author),
    body,
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: associationOf(world, author),
    performed_via_github_app: null,
  };
}

/** The page of a comment. */
export function commentUrl(world: World, { number, id }: Comment): string {
  return `${world.webUrl}/${world.pulls.has(number) ? 'pull' : 'issues'}/${number}#issuecomment-${id}`;
}

/** The page of a review. */
export function reviewUrl(world: World, { number, id }: Review): string {
  return `${world.webUrl}/pull/${number}#pullrequestreview-${id}`;
}

/** An issue in the REST API; a pull request is one there too, and has the key `pull_request`. */
export function issueShape(world: World, issue: Issue) {
  const { number, title, body, state, author, createdAt, updatedAt, closedAt } = issue;
  const pull = world.pulls.get(number);
  const html_url = `${world.webUrl}/${pull === undefined ? 'issues' : 'pull'}/${number}`;
  const api = `${world.repoUrl}/pulls/${number}`;
  return {
    id: 3_000_000_000 + number,
    node_id: nodeId(pull === undefined ? 'I' : 'PR', number),
    url: `${world.repoUrl}/issues/${number}`,
    html_url,
    number,
    title,
    body,
    state,
    state_reason: pull === undefined && state === 'closed' ? 'completed' : null,
    user: userShape(author),
    author_association: associationOf(world, author),
    labels: [],
    locked: false,
    comments: [...world.comments.values()].filter((comment) => comment.number === number).length,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    ...(pull === undefined ? {} : { draft: pull.isDraft, pull_request: { url: api, html_url, merged_at: pull.merged?.at ?? null } }),
  };
}

/** A pull request in the REST API; asking for it sets its test merge going. The newest version of the API does not name the merge commit. */
export function pullShape(world: World, pull: Pull, hasMergeCommit: boolean) {
  const { mergeable, sha } = shownMerge(world, pull);
  const { owner, repo } = world.setup;
  const headOwner = pull.fork === false ? owner : pull.author;
  const side = (login: string, ref: string, tip: string, repository: unknown) => ({
    label: `${login}:${ref}`,
    ref,
    sha: tip,
    user: userShape(login),
    repo: repository,
  });
  const head = pull.fork === 'deleted' ? null : repositoryShape(world, `${headOwner}/${repo}`);
  const { pull_request: _, ...issue } = issueShape(world, pull);
  return {
    ...issue,
    url: `${world.repoUrl}/pulls/${pull.number}`,
    draft: pull.isDraft,
    merged: pull.merged !== undefined,
    merged_at: pull.merged?.at ?? null,
    mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    ...(hasMergeCommit ? { merge_commit_sha: sha } : {}),
    merged_by: pull.merged === undefined ? null : userShape(pull.merged.by),
    head: side(headOwner, pull.branch, headOf(world, pull), head),
    base: side(owner, pull.base, baseOf(world, pull), repositoryShape(world)),
  };
}

/** A status in the REST API. */
export function statusShape(world: World, status: Status) {
  const { id, sha, context, state, description, targetUrl, createdAt, creator } = status;
  return {
    id,
    node_id: nodeId('SC', id),
    url: `${world.repoUrl}/statuses/${sha}`,
    state,
    description,
    target_url: targetUrl,
    context,
    created_at: createdAt,
    updated_at: createdAt,
    creator: userShape(creator),
  };
}
