import { describe, expect, test } from 'vitest';
import { readLine, type LineRequest } from '../../cmd/github/history.ts';
import { fail, succeed } from '../../src/model/diagnostic.ts';
import { applied, lineOf, merged, mergedIn, oidsOf, pageOf, request, shownPull } from './gateway-line.ts';
import { troubleOf } from './gateway.ts';

describe('a tip', () => {
  test('that no pull request is known of is looked at again', async () => {
    const opened = await applied({ lagPulls: 3 });
    const number = merged(opened, 'squash');
    expect(mergedIn(await lineOf(opened))).toEqual([number]);
    expect(opened.pauses).toEqual([1, 2, 3]);
  });

  test('whose pull request has no merge commit yet is looked at again', async () => {
    const opened = await applied({ lagMergeCommit: 2 });
    const number = merged(opened, 'merge');
    expect(mergedIn(await lineOf(opened))).toEqual([number]);
    expect(opened.pauses).toEqual([1, 2]);
  });

  test('is looked at again five times, and the end is asked for once', async () => {
    const opened = await applied({ lagMergeCommit: 100 });
    merged(opened, 'merge');
    const asked: string[] = [];
    const isEnd: LineRequest['isEnd'] = async ({ oid, hasStatus }) => {
      asked.push(oid);
      return succeed(hasStatus);
    };
    const line = await lineOf(opened, { isEnd });
    expect(line.commits[0]?.pulls).toMatchObject([{ mergeCommit: null }]);
    expect(mergedIn(line)).toEqual([]);
    expect(opened.pauses).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([opened.github.tip(), opened.first]);
  });

  test('that was pushed is looked at again five times', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    expect(oidsOf(await lineOf(opened))).toEqual([tip, opened.first]);
    expect(opened.pauses).toEqual([1, 2, 3, 4, 5]);
  });

  test('that ends the line is not, and neither is what is below it', async () => {
    const opened = await applied({ lagMergeCommit: 100 });
    merged(opened, 'merge');
    expect((await lineOf(opened, { isEnd: async () => succeed(true) })).commits).toHaveLength(1);
    expect(opened.pauses).toEqual([]);
    const known = await applied();
    known.github.commit('main', { b: '2' });
    merged(known, 'squash');
    await lineOf(known);
    expect(known.pauses).toEqual([]);
  });
});

describe('trouble', () => {
  test('is a commit that is not there', async () => {
    const { hub } = await applied();
    expect(troubleOf(await readLine(hub, '1'.repeat(40), request))).toContain('history of 1111111');
  });

  test('is an end that cannot be told, of the tip and of others', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    const isEnd = (at: string): LineRequest['isEnd'] => {
      return async ({ oid }) => (oid === at ? fail({ severity: 'error', code: 'E210', message: 'who knows' }) : succeed(false));
    };
    expect(troubleOf(await readLine(opened.hub, tip, { ...request, isEnd: isEnd(tip) }))).toContain('who knows');
    expect(opened.pauses).toEqual([]);
    expect(troubleOf(await readLine(opened.hub, tip, { ...request, isEnd: isEnd(opened.first) }))).toContain('who knows');
  });

  test('is a page that cannot be had, and no end', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    const pulls = [shownPull(1, tip)];
    opened.github.fail({ graphql: /history/, status: 200, body: pageOf([{ oid: tip, parents: [opened.first], pulls }], 'next') });
    opened.github.fail({ graphql: /history/, status: 200, body: { errors: [{ message: 'timeout' }] } });
    expect(troubleOf(await readLine(opened.hub, tip, request))).toContain('timeout');
  });

  test('is a parent that the history does not list', async () => {
    const opened = await applied();
    const tip = opened.github.tip();
    opened.github.fail({
      graphql: /history/,
      status: 200,
      body: pageOf([{ oid: tip, parents: ['2'.repeat(40)], pulls: [shownPull(1, tip)] }]),
    });
    const isEnd = async () => succeed(false);
    expect(troubleOf(await readLine(opened.hub, tip, { ...request, isEnd }))).toContain('does not list the commit 2222222');
  });

  test('is not a parent that is too far away: the line has no end then', async () => {
    const opened = await applied();
    const tip = opened.github.tip();
    const commits = [{ oid: tip, parents: ['2'.repeat(40)], pulls: [shownPull(1, tip)] }];
    for (let page = 0; page < 510; page += 1)
      opened.github.fail({ graphql: /history/, status: 200, body: pageOf(commits, `page ${page}`) });
    const line = await lineOf(opened, { isEnd: async () => succeed(false) });
    expect([oidsOf(line), line.isEnded]).toEqual([[tip], false]);
    expect(opened.github.requests).toHaveLength(500);
  });
});
