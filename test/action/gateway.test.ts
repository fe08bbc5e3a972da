import { describe, expect, test } from 'vitest';
import { createComment, updateComment } from '../../cmd/github/comments.ts';
import { readConfig } from '../../cmd/github/config.ts';
import { createIssue } from '../../cmd/github/issues.ts';
import { changedFiles, readPull } from '../../cmd/github/pull.ts';
import { readRepository } from '../../cmd/github/repository.ts';
import { setStatus } from '../../cmd/github/statuses.ts';
import { actions, gate, person, troubleOf, valueOf, withPull } from './gateway.ts';

describe('what is said', () => {
  test('the permission that is missing', async () => {
    const { github, hub } = await withPull({ private: true });
    github.permissions.clear();
    const of = async (result: Promise<unknown>) => troubleOf((await result) as never);
    expect(await of(createComment(hub, 1, 'x', actions))).toBe(
      'E210 GitHub answered 403 to `POST /repos/acme/figma/issues/1/comments`: Resource not accessible by integration = grant `pull-requests: write` under `permissions:`',
    );
    expect(await of(setStatus(hub, github.tip(), { context: 'c', description: 'd' }))).toContain('grant `statuses: write`');
    expect(await of(createIssue(hub, { title: 't', body: 'b' }, actions))).toContain('grant `issues: write`');
    expect(await of(changedFiles(hub, 1))).toContain('grant `pull-requests: read`');
    expect(await of(readPull(hub, 1))).toContain('`pull-requests: read`');
  });

  test('the permissions that a query needs', async () => {
    const { github, hub } = await withPull();
    const needed = 'grant `contents: read`, `pull-requests: read` and `statuses: read`';
    github.fail({ graphql: /viewer/, status: 403 });
    expect(troubleOf(await readRepository(hub))).toContain(needed);
    github.fail({
      graphql: /viewer/,
      status: 200,
      body: { errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] },
    });
    expect(troubleOf(await readRepository(hub))).toContain(needed);
  });

  test('a wrong token, but not which', async () => {
    const { hub } = await withPull({}, { token: 'ghs_wrong' });
    const said = troubleOf(await changedFiles(hub, 1));
    expect(said).toContain('check `github-token`');
    expect(troubleOf(await readPull(hub, 1))).toContain('check `github-token`');
    expect(said).not.toContain('ghs_wrong');
  });

  test('never the token, not even one that no header can hold', async () => {
    const { hub } = await withPull({}, { token: 'ghs_line\nbreak' });
    expect(troubleOf(await changedFiles(hub, 1))).not.toContain('ghs_');
  });

  test('a text that is too long', async () => {
    const { hub } = await withPull();
    expect(troubleOf(await createComment(hub, 1, 'x'.repeat(65_537), actions))).toMatch(/422 .*Validation Failed.*65536/);
  });

  test('what a pull request is not', async () => {
    const { hub } = await withPull();
    const said = 'GitHub answered 404 to `GET /repos/acme/figma/pulls/99/files`: Not Found = if it exists, grant `pull-requests: read`';
    expect(troubleOf(await changedFiles(hub, 99))).toContain(said);
    expect(troubleOf(await readPull(hub, 99))).toContain('Could not resolve to a PullRequest');
  });

  test('errors of GraphQL, even beside data', async () => {
    const { github, hub } = await withPull();
    github.fail({
      graphql: /viewer/,
      status: 200,
      body: { data: { repository: null, viewer: { login: 'x' } }, errors: [{ message: 'Something\nwent wrong' }] },
    });
    expect(troubleOf(await readRepository(hub))).toContain('Something went wrong');
  });
});

test('every request of REST names its version, and none of GraphQL', async () => {
  const { github, hub } = await withPull();
  const { id } = valueOf(await createComment(hub, 1, 'one', actions));
  valueOf(await updateComment(hub, id, 'two'));
  valueOf(await changedFiles(hub, 1));
  valueOf(await readPull(hub, 1));
  valueOf(await readConfig(hub, { commit: github.tip() }, [], { blobs: new Map(), trees: new Map() }));
  expect(github.requests.length).toBeGreaterThan(6);
  for (const { path, headers } of github.requests)
    expect(headers['x-github-api-version']).toBe(path === '/graphql' ? undefined : '2022-11-28');
});

test('the repository, and who the token is', async () => {
  const { github, hub } = await gate({ private: true });
  const tip = github.commit('main', { a: 'b' });
  expect(valueOf(await readRepository(hub))).toEqual({
    id: github.repositoryId,
    isPrivate: true,
    url: github.webUrl,
    viewer: actions,
    defaultBranch: 'main',
    tip,
  });
  expect(github.requests).toHaveLength(1);
});

test.each([
  ['ada', person('ada')],
  ['github-actions', person('github-actions')],
  ['acme-bot[bot]', { login: 'acme-bot[bot]', type: 'Bot' }],
])('a token of %s', async (viewer, account) => {
  const { github, hub } = await gate({ viewer });
  github.commit('main', { a: 'b' });
  expect(valueOf(await readRepository(hub)).viewer).toEqual(account);
});

test('a repository without a commit is said to be so', async () => {
  const { hub } = await gate();
  expect(troubleOf(await readRepository(hub))).toContain('no commit on its default branch');
});

test('a second lies between two writes, and none before a read', async () => {
  const { github, hub, pauses } = await withPull();
  await Promise.all([createComment(hub, 1, 'one', actions), createComment(hub, 1, 'two', actions)]);
  expect(pauses).toEqual([1]);
  await changedFiles(hub, 1);
  expect(pauses).toEqual([1]);
  expect(github.comments(1).map(({ body }) => body)).toEqual(['one', 'two']);
});
