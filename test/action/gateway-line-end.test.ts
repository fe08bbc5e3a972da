import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { LineCommit, LineRequest } from '../../cmd/github/history.ts';
import { succeed } from '../../src/model/diagnostic.ts';
import { applied, context, lineOf, mergedIn, oidsOf } from './gateway-line.ts';
import { gate, person } from './gateway.ts';

describe('back to the commit that ends it', () => {
  test('which may be the tip', async () => {
    const opened = await applied();
    const tree = execFileSync('git', ['rev-parse', 'main^{tree}'], { cwd: opened.github.gitDir, encoding: 'utf8' }).trim();
    const [author, committer] = [person('octocat'), person('octocat')];
    const commit = { oid: opened.first, parents: [], tree, author, committer, people: ['octocat'], hasStatus: true, pulls: [] };
    expect(await lineOf(opened)).toEqual({ commits: [commit], isEnded: true });
    expect(opened.pauses).toEqual([]);
    expect(opened.github.requests).toHaveLength(1);
  });

  test('asking of each, newest first, and no further', async () => {
    const opened = await applied();
    const [second, third, fourth] = ['2', '3', '4'].map((b) => opened.github.commit('main', { b }));
    const asked: LineCommit[] = [];
    const isEnd: LineRequest['isEnd'] = async (commit) => {
      asked.push(commit);
      return succeed(commit.oid === second);
    };
    const line = await lineOf(opened, { isEnd });
    expect(oidsOf(line)).toEqual([fourth, third, second]);
    expect(line).toEqual({ commits: asked, isEnded: true });
  });

  test('reading no page more', async () => {
    const opened = await applied();
    const end = opened.github.commit('main', { b: '1' }, 'Many', { count: 150 });
    opened.github.commit('main', { b: '2' }, 'Many', { count: 99 });
    expect((await lineOf(opened, { isEnd: async ({ oid }) => succeed(oid === end) })).commits).toHaveLength(100);
    expect(opened.github.requests).toHaveLength(6);
    expect(await lineOf(opened)).toMatchObject({ isEnded: true, commits: { length: 250 } });
    expect(opened.github.requests).toHaveLength(6 + 8);
  });

  test('past side branches, however long', async () => {
    const opened = await applied();
    opened.github.commit('topic', { b: '1' }, 'Many', { count: 230 });
    const number = opened.github.openPull({ head: 'topic' });
    const merge = opened.github.mergePull(number, 'merge');
    const line = await lineOf(opened);
    expect(oidsOf(line)).toEqual([merge, opened.first]);
    expect(mergedIn(line)).toEqual([number]);
    expect(opened.github.requests).toHaveLength(3);
  });

  test('past side branches that are older, and have the status', async () => {
    const opened = await applied();
    const side = opened.github.commit('topic', { b: '1' }, 'Side', { date: new Date('2020-01-01T00:00:00Z') });
    opened.github.setStatus(side, { context });
    const merge = opened.github.commitMerge('main', ['main', 'topic']);
    expect(oidsOf(await lineOf(opened))).toEqual([merge, opened.first]);
  });

  test('which may say whatever, in its context', async () => {
    const opened = await applied();
    const second = opened.github.commit('main', { b: '2' });
    opened.github.setStatus(second, { context, state: 'failure' });
    const third = opened.github.commit('main', { b: '3' });
    opened.github.setStatus(third, { context: 'ci' });
    const statuses = (await lineOf(opened, { isEnd: async () => succeed(false) })).commits.map(({ hasStatus }) => hasStatus);
    expect(statuses).toEqual([false, true, true]);
  });

  test('or to the root, where none ends it', async () => {
    const opened = await gate();
    const root = opened.github.commit('main', { a: '1' });
    const second = opened.github.commit('main', { a: '2' });
    const line = await lineOf(opened);
    expect([oidsOf(line), line.isEnded]).toEqual([[second, root], false]);
  });

  test('or to the root of a line that was rewritten', async () => {
    const opened = await applied();
    const old = opened.github.commit('main', { b: '2' });
    opened.github.setStatus(old, { context });
    opened.github.reset('main', opened.first);
    const tip = opened.github.commit('main', { b: '3' });
    const line = await lineOf(opened, { isEnd: async ({ oid }) => succeed(oid === old) });
    expect([oidsOf(line), line.isEnded]).toEqual([[tip, opened.first], false]);
  });

  test('or as far as is asked', async () => {
    const opened = await applied();
    opened.github.commit('main', { b: '2' }, 'Many', { count: 5 });
    expect(await lineOf(opened, { most: 5 })).toMatchObject({ isEnded: false, commits: { length: 5 } });
    expect(await lineOf(opened, { most: 6 })).toMatchObject({ isEnded: true, commits: { length: 6 } });
  });
});
