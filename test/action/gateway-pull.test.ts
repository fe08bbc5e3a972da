import { describe, expect, test } from 'vitest';
import { awaitMerge, changedFiles, readPull } from '../../cmd/github/pull.ts';
import { gate, person, troubleOf, valueOf, type Gate } from './gateway.ts';
import type { HubOptions } from './hub/hub.ts';

/** A gate with a pull request of one commit. */
async function withPull(options: HubOptions = {}): Promise<Gate & { readonly number: number; readonly head: string }> {
  const opened = await gate(options);
  opened.github.commit('main', { a: '1' });
  const head = opened.github.commit('topic', { b: '2' });
  const number = opened.github.openPull({ head: 'topic', body: 'Why', author: 'ada' });
  return { ...opened, number, head };
}

describe('a pull request', () => {
  test('as it is', async () => {
    const { github, hub, number, head } = await withPull();
    expect(valueOf(await readPull(hub, number))).toEqual({
      number,
      state: 'open',
      isMerged: false,
      mergedAt: null,
      isDraft: false,
      head,
      isFork: false,
      base: 'main',
      author: person('ada'),
      body: 'Why',
      testMerge: { oid: github.mergeCommitOf(number), parents: [github.tip('main'), head] },
      mergeable: true,
    });
    expect(github.requests).toHaveLength(1);
  });

  test.each<[string, boolean | 'deleted']>([
    ['a fork', true],
    ['a fork that is gone', 'deleted'],
  ])('from %s', async (_, fork) => {
    const { github, hub } = await withPull();
    const number = github.openPull({ head: 'topic', fork });
    expect(valueOf(await readPull(hub, number)).isFork).toBe(true);
  });

  test('from a repository that is gone, whatever it was', async () => {
    const { github, hub, number, head } = await withPull();
    github.fail({ graphql: query, status: 200, body: shown({ number, headRefOid: head, headRepository: null }) });
    expect(valueOf(await readPull(hub, number)).isFork).toBe(true);
  });

  test('a draft without a description, into another branch', async () => {
    const { github, hub } = await withPull();
    github.commit('release', { c: '3' });
    const number = github.openPull({ head: 'topic', base: 'release', draft: true });
    expect(valueOf(await readPull(hub, number))).toMatchObject({ isDraft: true, body: '', base: 'release' });
  });

  test.each<[string, string, object]>([
    ['a bot', 'dependabot[bot]', { login: 'dependabot[bot]', type: 'Bot' }],
    ['an account that is gone', 'ghost', { login: 'ghost', type: 'Unknown' }],
  ])('by %s', async (_, author, account) => {
    const { github, hub } = await withPull();
    const number = github.openPull({ head: 'topic', author });
    expect(valueOf(await readPull(hub, number)).author).toEqual(account);
  });

  test('merged, or closed', async () => {
    const { github, hub, number } = await withPull();
    const other = github.openPull({ head: 'topic', base: 'main' });
    github.closePull(other);
    expect(valueOf(await readPull(hub, other))).toMatchObject({ state: 'closed', isMerged: false, mergedAt: null });
    github.mergePull(number, 'squash');
    const mergedAt = github.pull(number).merged?.at;
    expect(valueOf(await readPull(hub, number))).toMatchObject({ state: 'closed', isMerged: true, mergedAt, testMerge: null });
  });

  test('not one that GitHub does not show', async () => {
    const { github, hub, number } = await withPull();
    github.fail({ graphql: query, status: 200, body: { data: { repository: { pullRequest: null } } } });
    expect(troubleOf(await readPull(hub, number))).toContain('pull request #1');
    github.fail({ graphql: query, status: 200, body: { data: { repository: null } } });
    expect(troubleOf(await readPull(hub, number))).toContain('pull request #1');
  });
});

describe('the test merge', () => {
  test('at once, where it is there', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({
      kind: 'ready',
      merge: github.mergeCommitOf(number),
      base: github.tip('main'),
      pull: { number, head },
    });
    expect(pauses).toEqual([]);
  });

  test('when it is worked out', async () => {
    const { github, hub, pauses, number, head } = await withPull({ delayMerge: 3 });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'ready', merge: github.mergeCommitOf(number) });
    expect(pauses).not.toEqual([]);
  });

  test('never that of an earlier head', async () => {
    const { github, hub, number } = await withPull({ delayMerge: 2 });
    const former = github.mergeCommitOf(number);
    const head = github.push(number, { b: '3' });
    const state = valueOf(await awaitMerge(hub, number, head));
    expect(state).toMatchObject({ kind: 'ready', merge: github.mergeCommitOf(number) });
    expect(github.mergeCommitOf(number)).not.toBe(former);
  });

  test('never over an earlier base, while GitHub works out the new one', async () => {
    const { github, hub, pauses, number, head } = await withPull({ delayMerge: 2 });
    github.mergeCommitOf(number);
    const base = github.commit('main', { a: '2' });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'ready', base });
    expect(pauses).not.toEqual([]);
  });

  test('never that of an earlier head, even where GitHub calls it mergeable', async () => {
    const { github, hub, pauses, number } = await withPull();
    const former = github.mergeCommitOf(number);
    const head = github.push(number, { b: '3' });
    const stale = shown({ number, headRefOid: head, potentialMergeCommit: commitOf(former, [github.tip('main'), github.tip('main')]) });
    github.fail({ graphql: query, status: 200, body: stale, times: 2 });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'ready', merge: github.mergeCommitOf(number) });
    expect(pauses).toEqual([1, 1]);
  });

  test.each<[string, object | null]>([
    ['that is not there yet', null],
    ['without parents', commitOf('1'.repeat(40), [])],
    ['of one parent', commitOf('1'.repeat(40), ['2'.repeat(40)])],
    ['whose parents are not shown', { oid: '1'.repeat(40), parents: { nodes: null } }],
  ])('one %s is waited for', async (_, potentialMergeCommit) => {
    const { github, hub, pauses, number, head } = await withPull();
    github.fail({ graphql: query, status: 200, body: shown({ number, headRefOid: head, potentialMergeCommit }) });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('ready');
    expect(pauses).toEqual([1]);
  });

  test('one of the head is not ready as long as GitHub works on it', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    const potentialMergeCommit = commitOf(github.mergeCommitOf(number), [github.tip('main'), head]);
    const body = shown({ number, headRefOid: head, potentialMergeCommit, mergeable: 'UNKNOWN' });
    github.fail({ graphql: query, status: 200, body });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('ready');
    expect(pauses).toEqual([1]);
  });

  test('one that does not come within a minute', async () => {
    const { hub, pauses, number, head } = await withPull({ delayMerge: 1000 });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('late');
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(60);
  });

  test('a conflict, seen twice', async () => {
    const { github, hub, pauses } = await withPull();
    const head = github.commit('clash', { a: '2' });
    github.commit('main', { a: '3' });
    const number = github.openPull({ head: 'clash' });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'conflict', pull: { number } });
    expect(pauses).toEqual([1]);
  });

  test('a head that moved on, seen five times', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    const newer = github.push(number, { b: '3' });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'superseded', pull: { head: newer } });
    expect(pauses).toEqual([1, 1, 2, 2]);
  });

  test('an answer from before the push is no other head', async () => {
    const { github, hub, number, head } = await withPull();
    github.fail({ graphql: query, status: 200, body: shown({ number, headRefOid: github.tip('main') }) });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('ready');
  });

  test('a pull request that was closed', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    github.closePull(number);
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('closed');
    expect(pauses).toEqual([]);
  });

  test('a conflict that another look does not show is none', async () => {
    const { github, hub, number, head } = await withPull();
    github.fail({ graphql: query, status: 200, body: shown({ number, headRefOid: head, mergeable: 'CONFLICTING' }) });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('ready');
  });

  test('trouble is reported', async () => {
    const { github, hub, number, head } = await withPull();
    github.fail({ graphql: query, status: 403 });
    expect(troubleOf(await awaitMerge(hub, number, head))).toContain('grant `contents: read`, `pull-requests: read`');
  });
});

test('the files that a pull request changes, over all pages, under both their names', async () => {
  const { github, hub } = await gate();
  github.commit('main', { a: '1' });
  const names = Array.from({ length: 120 }, (_, count) => `f${String(count).padStart(3, '0')}`);
  github.commit('topic', Object.fromEntries(names.map((name) => [name, ''])));
  const number = github.openPull({ head: 'topic' });
  expect(valueOf(await changedFiles(hub, number))).toEqual(names);
  github.fail({ path: /files/, status: 200, body: [{ filename: 'new', previous_filename: 'old' }] });
  expect(valueOf(await changedFiles(hub, number))).toEqual(['new', 'old']);
  github.fail({ path: /files/, status: 403 });
  expect(troubleOf(await changedFiles(hub, number))).toContain('grant `pull-requests: read`');
});

/** The query for a pull request. */
const query = /potentialMergeCommit/;

function commitOf(oid: string, parents: readonly string[]) {
  return { oid, parents: { nodes: parents.map((parent) => ({ oid: parent })) } };
}

/** An answer that shows an open pull request that can be merged. */
function shown(fields: object) {
  const pullRequest = {
    state: 'OPEN',
    merged: false,
    mergedAt: null,
    isDraft: false,
    isCrossRepository: false,
    headRepository: { databaseId: 1 },
    baseRefName: 'main',
    author: null,
    body: '',
    mergeable: 'MERGEABLE',
    potentialMergeCommit: null,
    ...fields,
  };
  return { data: { repository: { pullRequest } } };
}
