import { expect, test } from 'vitest';
import { at, call, get, graphql, opened, post } from './client.ts';
import { startHub, type FakeHub } from './hub.ts';

test('all statuses of a commit are listed, newest first, up to as many as a context can have', async () => {
  const hub = await opened({ mostStatuses: 3 });
  const sha = hub.tip();
  for (const description of ['1', '2', '3']) {
    expect((await post(hub, `statuses/${sha}`, { context: 'seatform/applied', state: 'success', description })).status).toBe(201);
  }
  expect(await post(hub, `statuses/${sha}`, { context: 'seatform/applied', state: 'success' })).toMatchObject({
    status: 422,
    body: { errors: expect.stringContaining('This SHA and context has reached the maximum number of statuses.') },
  });
  expect((await post(hub, `statuses/${sha}`, { context: 'other', state: 'success' })).status).toBe(201);
  for (const path of [`commits/${sha}/statuses`, `statuses/${sha}`, 'commits/main/statuses']) {
    const [first, second] = [await get(hub, `${path}?per_page=3`), await get(hub, `${path}?per_page=3&page=2`)];
    expect([...at(first, '0.context', '1.description', '2.description'), ...at(second, '0.description', 'length')]).toEqual([
      'other',
      '3',
      '2',
      '1',
      1,
    ]);
  }
});

test('a request that names no version of the API gets no merge commit, unless the hub is set to the old version', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const read = (from: FakeHub, version: string) => call(from, 'GET', `${from.url}/repos/acme/figma/pulls/1`, undefined, undefined, version);
  expect(at(await read(hub, '2022-11-28'), 'merge_commit_sha')).toEqual([hub.mergeCommitOf(pull)]);
  expect((await read(hub, '')).body).not.toHaveProperty('merge_commit_sha');
  expect((await read(hub, '2026-03-10')).body).not.toHaveProperty('merge_commit_sha');
  expect((await read(hub, '2020-01-01')).status).toBe(400);
  const seen = hub.requests.map(({ headers }) => headers['x-github-api-version']);
  expect(seen).toEqual(['2022-11-28', undefined, '2026-03-10', '2020-01-01']);
  const old = await opened({ newestApiVersion: false });
  old.openPull({ head: 'topic' });
  expect((await read(old, '')).body).toHaveProperty('merge_commit_sha');
});

test.each(['statuses', 'issues', 'comments'])('writing to %s can fail before its effect or after it', async (what) => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const path = { statuses: `statuses/${hub.tip()}`, issues: 'issues', comments: `issues/${pull}/comments` }[what] ?? '';
  const write = () => post(hub, path, { state: 'success', title: 'Figma drift', body: 'text' });
  const written = () => hub.statuses(hub.tip()).length + hub.issues.length + hub.comments(pull).length;
  const rule = { method: 'POST', path: new RegExp(`/${path}$`) };
  hub.fail({ ...rule, status: 502 });
  hub.fail({ ...rule, kind: 'reset' });
  hub.fail({ ...rule, kind: 'reset-after' });
  expect((await write()).status).toBe(502);
  await expect(write()).rejects.toThrow(/fetch failed/);
  expect(written()).toBe(0);
  await expect(write()).rejects.toThrow(/fetch failed/);
  expect(written()).toBe(1);
  expect((await write()).status).toBe(201);
});

test.each([
  { selection: 'pullRequest(number: 1) { reviewDecision }', what: 'PullRequest.reviewDecision' },
  { selection: 'pullRequest(number: 1) { latestReviews(first: 1) { totalCount } }', what: 'PullRequest.latestReviews' },
  { selection: 'pullRequest(number: 1) { reviews(first: 1, author: "ada") { totalCount } }', what: 'PullRequest.reviews(author:)' },
  { selection: 'pullRequest(number: 1) { reviews(first: 1) { nodes { bodyHTML } } }', what: 'PullRequestReview.bodyHTML' },
  { selection: 'pullRequest(number: 1) { commits(first: 1) { nodes { commit { author { user { id } } } } } }', what: 'User.id' },
  {
    selection: 'issue(number: 2) { comments(first: 1, orderBy: {field: UPDATED_AT, direction: ASC}) { totalCount } }',
    what: 'Issue.comments(orderBy:)',
  },
  {
    selection: 'object(expression: "main") { ... on Commit { history(first: 1, path: "a") { totalCount } } }',
    what: 'Commit.history(path:)',
  },
  { selection: 'object(expression: "main") { ... on Commit { signature { isValid } } }', what: 'Commit.signature' },
])('what the hub does not play is a defect: $what', async ({ selection, what }) => {
  const hub = await startHub();
  hub.commit('main', { 'a.yaml': 'a' });
  hub.commit('topic', { 'b.yaml': 'b' });
  const pull = hub.openPull({ head: 'topic' });
  hub.openIssue('ada', 'one');
  hub.review(pull, 'ada', 'APPROVED');
  await graphql(hub, `{ repository(owner: "acme", name: "figma") { ${selection} } }`);
  await expect(hub.close()).rejects.toThrow(`The hub does not play ${what}.`);
});
