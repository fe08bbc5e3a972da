import { describe, expect, test } from 'vitest';
import { createComment, editorsOf, listComments, readComment, updateComment } from '../../cmd/github/comments.ts';
import { createIssue } from '../../cmd/github/issues.ts';
import { actions, gate, person, sentTo, troubleOf, valueOf, withPull, type Gate } from './gateway.ts';
import type { FaultRule } from './hub/faults.ts';

const path = /\/issues\/1\/comments/;
const bodiesIn = ({ github }: Gate) => github.comments(1).map(({ body }) => body);
const postsIn = ({ github }: Gate) => sentTo(github).filter((request) => request.startsWith('POST /repos'));

describe('all comments', () => {
  test('over all pages, in order', async () => {
    const { github, hub } = await withPull();
    for (let count = 0; count < 250; count += 1) github.comment(1, 'ada', `comment ${count}`);
    const listed = valueOf(await listComments(hub, 1));
    expect(listed.map(({ body }) => body)).toEqual(Array.from({ length: 250 }, (_, count) => `comment ${count}`));
    const { id, nodeId } = github.comments(1)[7] ?? {};
    expect(listed[7]).toMatchObject({ author: person('ada'), id, nodeId, createdAt: '2026-10-03T09:00:00Z' });
    expect(github.requests).toHaveLength(3);
  });

  test('with no end at a page that fails', async () => {
    const { github, hub } = await withPull();
    for (let count = 0; count < 150; count += 1) github.comment(1, 'ada', 'x');
    github.fail({ path: /page=2/, status: 409 });
    expect(troubleOf(await listComments(hub, 1))).toContain('409');
  });

  test('on an issue too, with their authors', async () => {
    const { github, hub } = await gate();
    const { number } = valueOf(await createIssue(hub, { title: 't', body: 'b' }, actions));
    for (const login of ['ada', 'dependabot[bot]', 'ghost']) github.comment(number, login, 'approve sha256:1');
    const authors = [person('ada'), { login: 'dependabot[bot]', type: 'Bot' }, { login: 'ghost', type: 'Unknown' }];
    expect(valueOf(await listComments(hub, number)).map(({ author }) => author)).toEqual(authors);
  });

  test('but not in another form', async () => {
    const { github, hub } = await withPull();
    github.fail({ path, status: 200, body: [{ id: 1 }] });
    expect(troubleOf(await listComments(hub, 1))).toContain('unknown form');
  });
});

test('a comment is written, changed, read and gone, with the times of GitHub', async () => {
  const { github, hub } = await withPull();
  const made = valueOf(await createComment(hub, 1, 'one', actions));
  expect(made).toMatchObject({ author: actions, body: 'one', createdAt: '2026-10-03T09:00:00Z', updatedAt: '2026-10-03T09:00:00Z' });
  const changed = valueOf(await updateComment(hub, made.id, 'two'));
  expect(changed).toMatchObject({ id: made.id, body: 'two', createdAt: made.createdAt, updatedAt: '2026-10-03T09:00:01Z' });
  expect(valueOf(await readComment(hub, made.id))).toEqual(changed);
  github.deleteComment(made.id);
  expect(valueOf(await updateComment(hub, made.id, 'three'))).toBe('gone');
  expect(valueOf(await readComment(hub, made.id))).toBe('gone');
});

describe('a comment whose answer is lost', () => {
  test.each<[string, FaultRule]>([
    ['after it was written', { kind: 'reset-after' }],
    ['in a failure of GitHub that came too late', { kind: 'answer-after', status: 502 }],
  ])('%s, is found', async (_, fault) => {
    const opened = await withPull();
    opened.github.comment(1, 'ada', 'text');
    opened.github.fail({ method: 'POST', path, ...fault });
    const made = valueOf(await createComment(opened.hub, 1, 'text', actions));
    expect(made).toMatchObject({ author: actions, id: opened.github.comments(1)[1]?.id });
    expect(bodiesIn(opened)).toEqual(['text', 'text']);
    expect(opened.pauses).toEqual([1]);
  });

  test.each<[string, FaultRule]>([
    ['before it was written', { kind: 'reset' }],
    ['in a failure of GitHub', { status: 500 }],
  ])('%s, is written again, twice at most', async (_, fault) => {
    const opened = await withPull();
    opened.github.fail({ method: 'POST', path, times: 2, ...fault });
    expect(valueOf(await createComment(opened.hub, 1, 'text', actions)).body).toBe('text');
    expect(bodiesIn(opened)).toEqual(['text']);
    opened.github.fail({ method: 'POST', path, times: 9, ...fault });
    expect(troubleOf(await createComment(opened.hub, 1, 'other', actions))).toContain('/issues/1/comments`');
    expect(postsIn(opened)).toHaveLength(6);
    expect(bodiesIn(opened)).toEqual(['text']);
  });

  test('is found after the last try too', async () => {
    const opened = await withPull();
    opened.github.fail({ method: 'POST', path, status: 502, times: 2 });
    opened.github.fail({ method: 'POST', path, kind: 'reset-after' });
    expect(valueOf(await createComment(opened.hub, 1, 'text', actions)).body).toBe('text');
    expect(postsIn(opened)).toHaveLength(3);
  });

  test('is none of others, and none from before', async () => {
    let time = Date.parse('2026-10-03T08:00:00Z');
    const opened = await withPull({ now: () => new Date(time) });
    opened.github.comment(1, actions.login, 'text');
    time = Date.parse('2026-10-03T09:00:00Z');
    opened.github.comment(1, 'github-actions', 'text');
    opened.github.comment(1, actions.login, 'text and more');
    opened.github.fail({ method: 'POST', path, status: 502 });
    const made = valueOf(await createComment(opened.hub, 1, 'text', actions));
    expect(made.id).toBe(opened.github.comments(1)[3]?.id);
  });

  test('is the newest of those that say the same', async () => {
    const opened = await withPull();
    valueOf(await createComment(opened.hub, 1, 'text', actions));
    await opened.hub.sleep(1000);
    opened.github.fail({ method: 'POST', path, kind: 'reset-after' });
    const made = valueOf(await createComment(opened.hub, 1, 'text', actions));
    expect(made.id).toBe(opened.github.comments(1)[1]?.id);
  });

  test('is found by a clock that is a little behind, and with other line breaks', async () => {
    const opened = await withPull({ now: () => new Date('2026-10-03T08:55:00Z') });
    opened.github.fail({ method: 'POST', path, status: 502 });
    opened.github.meanwhile({ method: 'GET', path }, () => opened.github.comment(1, actions.login, 'two\r\nlines'));
    expect(valueOf(await createComment(opened.hub, 1, 'two\nlines\n', actions)).body).toBe('two\r\nlines');
    expect(postsIn(opened)).toHaveLength(1);
  });

  test('is not written again where nobody can look', async () => {
    const opened = await withPull();
    opened.github.fail({ method: 'POST', path, status: 502 });
    opened.github.fail({ method: 'GET', path, status: 403 });
    expect(troubleOf(await createComment(opened.hub, 1, 'text', actions))).toContain('403');
    expect(postsIn(opened)).toHaveLength(1);
  });
});

test('what GitHub refuses is not tried again', async () => {
  const opened = await withPull();
  opened.github.fail({ method: 'POST', path, status: 403 });
  expect(troubleOf(await createComment(opened.hub, 1, 'text', actions))).toContain('grant `pull-requests: write`');
  expect(opened.github.requests).toHaveLength(1);
});

describe('everybody who edited', () => {
  test('a comment', async () => {
    const { github, hub } = await withPull();
    const { id, nodeId } = valueOf(await createComment(hub, 1, 'one', actions));
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([]);
    await updateComment(hub, id, 'two');
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([actions]);
    github.editComment(id, 'github-actions', 'three');
    for (let count = 0; count < 120; count += 1) await updateComment(hub, id, `edit ${count}`);
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([actions, person('github-actions')]);
  });

  test('an issue', async () => {
    const { github, hub } = await gate();
    const { nodeId, number } = valueOf(await createIssue(hub, { title: 't', body: 'b' }, actions));
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([]);
    github.editIssue(number, { body: 'c' }, 'mallory');
    expect(valueOf(await editorsOf(hub, nodeId)).toSorted((a, b) => (a.login < b.login ? -1 : 1))).toEqual([actions, person('mallory')]);
  });

  test('and whose account is gone', async () => {
    const { github, hub } = await withPull();
    const { nodeId } = valueOf(await createComment(hub, 1, 'one', actions));
    const node = {
      lastEditedAt: '2026-10-03T09:00:00Z',
      editor: null,
      userContentEdits: { nodes: [{ editor: null }], pageInfo: { hasNextPage: false, endCursor: null } },
    };
    github.fail({ graphql: /userContentEdits/, status: 200, body: { data: { node } } });
    expect(valueOf(await editorsOf(hub, nodeId))).toEqual([{ login: 'ghost', type: 'Unknown' }]);
  });

  test('but not where GitHub shows no comment, or not all edits', async () => {
    const { github, hub } = await withPull();
    const { nodeId } = valueOf(await createComment(hub, 1, 'one', actions));
    github.fail({ graphql: /userContentEdits/, status: 200, body: { data: { node: null } } });
    expect(troubleOf(await editorsOf(hub, nodeId))).toContain('E210');
    const userContentEdits = { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'same' } };
    const node = { lastEditedAt: null, editor: null, userContentEdits };
    github.fail({ graphql: /userContentEdits/, status: 200, body: { data: { node } }, times: 2 });
    expect(troubleOf(await editorsOf(hub, nodeId))).toContain('did not show a list whole');
  });
});
