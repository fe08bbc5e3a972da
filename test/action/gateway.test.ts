import { createServer as createWebServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createComment, editorsOf, listComments, readComment, updateComment } from '../../cmd/github/comments.ts';
import { createIssue, openIssues, updateIssue } from '../../cmd/github/issues.ts';
import { openHub } from '../../cmd/github/octokit.ts';
import { readPull } from '../../cmd/github/pull.ts';
import { readRepository } from '../../cmd/github/repository.ts';
import { setStatus } from '../../cmd/github/statuses.ts';
import { gate, sentTo, troubleOf, valueOf, type Gate } from './gateway.ts';

/** A gate with a pull request, number 1. */
async function withPull(...given: Parameters<typeof gate>): Promise<Gate> {
  const opened = await gate(...given);
  opened.github.commit('main', { 'seatform.yaml': 'version: 1\n' });
  opened.github.commit('topic', { 'seatform.yaml': 'version: 1\nusers: []\n' });
  opened.github.openPull({ head: 'topic' });
  return opened;
}

describe('what fails is tried again', () => {
  test.each<[string, Record<string, string>, number, number]>([
    ['429 with retry-after', { 'retry-after': '7' }, 429, 7],
    ['a secondary limit with retry-after', { 'retry-after': '30' }, 403, 30],
    ['a wait over a minute', { 'retry-after': '90' }, 403, 60],
    ['a spent limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-10-03T09:00:20Z') / 1000) }, 403, 20],
    ['429 without a word', {}, 429, 60],
  ])('%s: as long as it says', async (_, headers, status, seconds) => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status, headers });
    expect(valueOf(await readPull(hub, 1)).number).toBe(1);
    expect(pauses).toEqual([seconds]);
  });

  test('a secondary limit that only its text tells', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 403, body: { message: 'You have exceeded a secondary rate limit.' } });
    expect(valueOf(await readPull(hub, 1)).number).toBe(1);
    expect(pauses).toEqual([60]);
  });

  test('a limit in a GraphQL answer', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({
      graphql: /viewer/,
      status: 200,
      headers: { 'retry-after': '3' },
      body: { errors: [{ type: 'RATE_LIMITED', message: 'x' }] },
    });
    expect(valueOf(await readRepository(hub)).viewer).toBe('github-actions[bot]');
    expect(pauses).toEqual([3]);
  });

  test('a write that was put off is sent again, and stands there once', async () => {
    const { github, hub } = await withPull();
    github.fail({ method: 'POST', status: 429, headers: { 'retry-after': '1' }, times: 4 });
    valueOf(await createComment(hub, 1, 'text'));
    expect(github.comments(1)).toHaveLength(1);
  });

  test('five times, and no more', async () => {
    const { github, hub } = await withPull();
    github.fail({ path: /pulls/, status: 429, headers: { 'retry-after': '1' }, times: 9 });
    expect(troubleOf(await readPull(hub, 1))).toContain('E210 GitHub answered 429 to `GET /repos/acme/figma/pulls/1`');
    expect(sentTo(github)).toHaveLength(5);
  });

  test('not at all where it would take too long', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 429, headers: { 'retry-after': '3600' } });
    troubleOf(await readPull(hub, 1));
    expect(pauses).toEqual([]);
  });

  test.each<[string, { status?: number; kind?: 'reset' | 'reset-after' }]>([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['a cut connection', { kind: 'reset' }],
    ['a connection cut too late', { kind: 'reset-after' }],
  ])('%s: a read after 1, 2 and 4 seconds', async (_, fault) => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, times: 3, ...fault });
    expect(valueOf(await readPull(hub, 1)).number).toBe(1);
    expect(pauses).toEqual([1, 2, 4]);
    github.fail({ path: /pulls/, times: 4, ...fault });
    expect(troubleOf(await readPull(hub, 1))).toContain('`GET /repos/acme/figma/pulls/1`');
    expect(sentTo(github)).toHaveLength(8);
  });

  test('half an answer is none', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ path: /pulls/, status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' });
    expect(valueOf(await readPull(hub, 1)).number).toBe(1);
    expect(pauses).toEqual([1]);
  });

  test('a GraphQL query like any read', async () => {
    const { github, hub, pauses } = await withPull();
    github.fail({ graphql: /viewer/, status: 502, times: 2 });
    valueOf(await readRepository(hub));
    expect(pauses).toEqual([1, 2]);
  });

  test.each([
    ['502', { status: 502 }],
    ['a cut connection', { kind: 'reset' as const }],
    ['a connection cut after the effect', { kind: 'reset-after' as const }],
  ])('%s: what creates something is sent once', async (_, fault) => {
    const { github, hub } = await withPull();
    github.fail({ method: 'POST', times: 9, ...fault });
    troubleOf(await createComment(hub, 1, 'text'));
    troubleOf(await setStatus(hub, github.tip(), { context: 'c', description: 'd' }));
    troubleOf(await createIssue(hub, { title: 't', body: 'b' }));
    expect(sentTo(github)).toHaveLength(3);
  });

  test('what replaces something is sent again', async () => {
    const { github, hub } = await withPull();
    const { id } = valueOf(await createComment(hub, 1, 'text'));
    github.fail({ method: 'PATCH', kind: 'reset-after' });
    expect(valueOf(await updateComment(hub, id, 'new'))).toMatchObject({ body: 'new' });
  });

  test('a connection that was never made is tried again for writes too', async () => {
    const server = createServer();
    const { hub, pauses } = await bare(server);
    await new Promise((closed) => server.close(closed));
    expect(troubleOf(await createComment(hub, 1, 'text'))).toContain('no connection could be made');
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  test('an answer that breaks off is none, be it JSON or bytes', async () => {
    const server = createWebServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"number":');
      setTimeout(() => response.destroy(), 20);
    });
    const { hub, pauses } = await bare(server);
    onTestFinished(() => void server.close());
    expect(troubleOf(await hub.rest('GET /repos/{owner}/{repo}'))).toContain('half an answer came');
    expect(troubleOf(await hub.bytes('GET /repos/{owner}/{repo}'))).toContain('the connection was cut');
    expect(pauses).toEqual([1000, 2000, 4000, 1000, 2000, 4000]);
  });
});

/** The gateway to a server that is no GitHub. */
async function bare(server: Server) {
  const pauses: number[] = [];
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sleep = async (ms: number) => void pauses.push(ms);
  return { hub: openHub({ token: 't', apiUrl, owner: 'a', repo: 'b', sleep, now: () => new Date(0), userAgent: 'x' }), pauses };
}

describe('what is said', () => {
  test('the permission that is missing', async () => {
    const { github, hub } = await withPull({ private: true });
    github.permissions.clear();
    const of = async (result: Promise<unknown>) => troubleOf((await result) as never);
    expect(await of(createComment(hub, 1, 'x'))).toBe(
      'E210 GitHub answered 403 to `POST /repos/acme/figma/issues/1/comments`: Resource not accessible by integration = grant `pull-requests: write` under `permissions:`',
    );
    expect(await of(setStatus(hub, github.tip(), { context: 'c', description: 'd' }))).toContain('grant `statuses: write`');
    expect(await of(createIssue(hub, { title: 't', body: 'b' }))).toContain('grant `issues: write`');
    expect(await of(readPull(hub, 1))).toContain('grant `pull-requests: read`');
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
    const said = troubleOf(await readPull(hub, 1));
    expect(said).toContain('check `github-token`');
    expect(said).not.toContain('ghs_wrong');
  });

  test('never the token, not even one that no header can hold', async () => {
    const { hub } = await withPull({}, { token: 'ghs_line\nbreak' });
    expect(troubleOf(await readPull(hub, 1))).not.toContain('ghs_');
  });

  test('a text that is too long', async () => {
    const { hub } = await withPull();
    expect(troubleOf(await createComment(hub, 1, 'x'.repeat(65_537)))).toMatch(/422 .*Validation Failed.*65536/);
  });

  test('what a pull request is not', async () => {
    const { hub } = await withPull();
    expect(troubleOf(await readPull(hub, 99))).toContain('GitHub answered 404 to `GET /repos/acme/figma/pulls/99`: Not Found');
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

test('the repository, and who the token is', async () => {
  const { github, hub } = await gate({ private: true });
  const tip = github.commit('main', { a: 'b' });
  expect(valueOf(await readRepository(hub))).toEqual({
    id: github.repositoryId,
    isPrivate: true,
    url: github.webUrl,
    viewer: 'github-actions[bot]',
    defaultBranch: 'main',
    tip,
  });
  expect(github.requests).toHaveLength(1);
});

test('a repository without a commit is said to be so', async () => {
  const { hub } = await gate();
  expect(troubleOf(await readRepository(hub))).toContain('no commit on its default branch');
});

describe('comments', () => {
  test('all of them, over all pages, in order', async () => {
    const { github, hub } = await withPull();
    for (let count = 0; count < 250; count += 1) github.comment(1, 'ada', `comment ${count}`);
    const listed = valueOf(await listComments(hub, 1));
    expect(listed.map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, count) => `comment ${count}`));
    expect(listed[7]).toMatchObject({ author: 'ada', id: github.comments(1)[7]?.id, nodeId: github.comments(1)[7]?.nodeId });
    expect(sentTo(github).every((request) => request.startsWith('GET /repos/acme/figma/issues/1/comments?'))).toBe(true);
    expect(github.requests).toHaveLength(3);
  });

  test('a page that fails is no end of the list', async () => {
    const { github, hub } = await withPull();
    for (let count = 0; count < 150; count += 1) github.comment(1, 'ada', 'x');
    github.fail({ path: /page=2/, status: 409 });
    expect(troubleOf(await listComments(hub, 1))).toContain('409');
  });

  test('written, changed, read and gone', async () => {
    const { github, hub } = await withPull();
    const made = valueOf(await createComment(hub, 1, 'one'));
    expect(made).toMatchObject({ author: 'github-actions[bot]', body: 'one' });
    expect(valueOf(await updateComment(hub, made.id, 'two'))).toMatchObject({ id: made.id, body: 'two' });
    expect(valueOf(await readComment(hub, made.id))).toMatchObject({ body: 'two' });
    github.deleteComment(made.id);
    expect(valueOf(await updateComment(hub, made.id, 'three'))).toBe('gone');
    expect(valueOf(await readComment(hub, made.id))).toBe('gone');
  });

  test('everybody who edited one', async () => {
    const { github, hub } = await withPull();
    const { id, nodeId } = valueOf(await createComment(hub, 1, 'one'));
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([]);
    await updateComment(hub, id, 'two');
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual(['github-actions']);
    github.editComment(id, 'mallory', 'three');
    for (let count = 0; count < 120; count += 1) await updateComment(hub, id, `edit ${count}`);
    expect(valueOf(await editorsOf(hub, nodeId)).toSorted()).toEqual(['github-actions', 'mallory']);
  });

  test('an editor whose account is gone, and a comment that is', async () => {
    const { github, hub } = await withPull();
    const { nodeId } = valueOf(await createComment(hub, 1, 'one'));
    const node = {
      lastEditedAt: '2026-10-03T09:00:00Z',
      editor: null,
      userContentEdits: { nodes: [{ editor: null }], pageInfo: { hasNextPage: false, endCursor: null } },
    };
    github.fail({ graphql: /userContentEdits/, status: 200, body: { data: { node } } });
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual(['ghost']);
    github.fail({ graphql: /userContentEdits/, status: 200, body: { data: { node: null } } });
    expect(troubleOf(await editorsOf(hub, nodeId))).toContain('E210');
  });
});

test('a second lies between two writes, and none before a read', async () => {
  const { github, hub, pauses } = await withPull();
  await Promise.all([createComment(hub, 1, 'one'), createComment(hub, 1, 'two')]);
  expect(pauses).toEqual([1]);
  await readPull(hub, 1);
  expect(pauses).toEqual([1]);
  expect(github.comments(1).map(({ body }) => body)).toEqual(['one', 'two']);
});

test('a status is a success with a description that fits', async () => {
  const { github, hub } = await withPull();
  const sha = github.tip();
  valueOf(
    await setStatus(hub, sha, { context: 'seatform/applied', description: `${'x'.repeat(138)}😀😀`, targetUrl: 'https://example.com/1' }),
  );
  expect(github.statuses(sha)).toMatchObject([
    { context: 'seatform/applied', state: 'success', description: `${'x'.repeat(138)}…`, targetUrl: 'https://example.com/1' },
  ]);
});

describe('issues', () => {
  test('only open ones of the author, and no pull requests', async () => {
    const { github, hub } = await withPull();
    github.commit('bot', { b: 'c' });
    github.openPull({ head: 'bot', author: 'github-actions[bot]' });
    const open = valueOf(await createIssue(hub, { title: 'Figma drift', body: 'b' }));
    const closed = valueOf(await createIssue(hub, { title: 'Figma drift', body: 'b' }));
    valueOf(await updateIssue(hub, closed.number, { state: 'closed' }));
    expect(valueOf(await openIssues(hub, 'github-actions[bot]'))).toEqual([open]);
    expect(valueOf(await openIssues(hub, 'ada'))).toEqual([]);
  });

  test('nothing by others, should GitHub list it', async () => {
    const { github, hub } = await withPull();
    const listed = ['Ada', 'mallory', 'app/ada'].map((login, number) => ({
      number,
      title: 't',
      body: null,
      user: { login },
      html_url: '',
    }));
    github.fail({ path: /\/issues\?/, status: 200, body: listed });
    expect(valueOf(await openIssues(hub, 'ada')).map(({ author }) => author)).toEqual(['Ada', 'app/ada']);
  });

  test('what is not given stays', async () => {
    const { hub } = await withPull();
    const { number } = valueOf(await createIssue(hub, { title: 'one', body: 'b' }));
    expect(valueOf(await updateIssue(hub, number, { body: 'c' }))).toMatchObject({ title: 'one', body: 'c' });
  });

  test('issues that are switched off are said to be so', async () => {
    const { hub } = await withPull({ hasIssues: false });
    expect(troubleOf(await createIssue(hub, { title: 't', body: 'b' }))).toContain('issues are disabled');
  });
});
