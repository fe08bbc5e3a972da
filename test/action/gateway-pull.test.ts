import { describe, expect, test } from 'vitest';
import { awaitMerge, readPull } from '../../cmd/github/pull.ts';
import { gate, troubleOf, valueOf, type Gate } from './gateway.ts';
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
      isDraft: false,
      head,
      isFork: false,
      base: 'main',
      author: 'ada',
      body: 'Why',
      mergeCommit: github.mergeCommitOf(number),
      mergeable: true,
    });
  });

  test.each<[string, boolean | 'deleted']>([
    ['a fork', true],
    ['a fork that is gone', 'deleted'],
  ])('from %s', async (_, fork) => {
    const { github, hub } = await withPull();
    const number = github.openPull({ head: 'topic', fork });
    expect(valueOf(await readPull(hub, number)).isFork).toBe(true);
  });

  test('a draft without a description, into another branch', async () => {
    const { github, hub } = await withPull();
    github.commit('release', { c: '3' });
    const number = github.openPull({ head: 'topic', base: 'release', draft: true });
    expect(valueOf(await readPull(hub, number))).toMatchObject({ isDraft: true, body: '', base: 'release' });
  });

  test('merged', async () => {
    const { github, hub, number } = await withPull();
    const merge = github.mergePull(number, 'squash');
    expect(valueOf(await readPull(hub, number))).toMatchObject({ state: 'closed', isMerged: true, mergeCommit: merge });
  });

  test('not one in another form', async () => {
    const { github, hub, number } = await withPull();
    github.fail({ path: /pulls/, status: 200, body: { number } });
    expect(troubleOf(await readPull(hub, number))).toContain('pull request #1');
  });
});

describe('the trial merge', () => {
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
    expect(pauses).toEqual([1, 1, 2]);
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
    expect(pauses).toEqual([1, 1]);
  });

  test('never that of an earlier head, even where GitHub calls it mergeable', async () => {
    const { github, hub, pauses, number } = await withPull();
    const former = github.mergeCommitOf(number);
    const head = github.push(number, { b: '3' });
    const repo = { id: 1 };
    const stale = {
      number,
      state: 'open',
      head: { sha: head, repo },
      base: { ref: 'main', repo },
      mergeable: true,
      merge_commit_sha: former,
    };
    github.fail({ path: /pulls/, status: 200, body: stale, times: 2 });
    expect(valueOf(await awaitMerge(hub, number, head))).toMatchObject({ kind: 'ready', merge: github.mergeCommitOf(number) });
    expect(pauses).toEqual([1, 1]);
  });

  test('a merge commit that is not to be had yet is waited for', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    github.fail({ path: /git\/commits/, status: 404 });
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
    const repo = { id: 1 };
    const former = { number, state: 'open', head: { sha: github.tip('main'), repo }, base: { ref: 'main', repo }, mergeable: true };
    github.fail({ path: /pulls/, status: 200, body: former });
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('ready');
  });

  test('a pull request that was closed', async () => {
    const { github, hub, pauses, number, head } = await withPull();
    github.closePull(number);
    expect(valueOf(await awaitMerge(hub, number, head)).kind).toBe('closed');
    expect(pauses).toEqual([]);
  });

  test('trouble is told', async () => {
    const { github, hub, number, head } = await withPull();
    github.fail({ path: /git\/commits/, status: 403 });
    expect(troubleOf(await awaitMerge(hub, number, head))).toContain('grant `contents: read`');
  });
});
