import { describe, expect, test } from 'vitest';
import { readWindow } from '../../cmd/github/history.ts';
import { gate, troubleOf, valueOf, type Gate } from './gateway.ts';
import type { HubOptions } from './hub/hub.ts';

const context = 'seatform/applied';

/** A gate whose first commit is applied. Times go up by a minute with each look at the clock. */
async function applied(options: HubOptions = {}): Promise<Gate & { readonly first: string }> {
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-10-03T09:00:00Z') + (minutes += 1) * 60_000);
  const opened = await gate({ now, ...options });
  const first = opened.github.commit('main', { a: '1' });
  opened.github.setStatus(first, { context, description: 'plan', createdAt: new Date('2026-10-03T10:00:00Z') });
  return { ...opened, first };
}

/** The number of a pull request with commits of its own, merged. */
function merged({ github }: Gate, how: 'merge' | 'squash' | 'rebase', name = `${how}-branch`, base = 'main'): number {
  github.commit(name, { [`${name}-1`]: '1' });
  github.commit(name, { [`${name}-2`]: '2' });
  const number = github.openPull({ head: name, base, author: 'ada' });
  github.mergePull(number, how);
  return number;
}

const windowOf = async ({ github, hub }: Gate) => valueOf(await readWindow(hub, github.tip(), 'main', context));

describe('since the last apply', () => {
  test('nothing', async () => {
    const opened = await applied();
    expect(await windowOf(opened)).toEqual({
      applied: { commit: opened.first, at: '2026-10-03T10:00:00Z', description: 'plan' },
      commits: [],
      pulls: [],
    });
    expect(opened.pauses).toEqual([]);
    expect(opened.github.requests).toHaveLength(1);
  });

  test.each(['merge', 'squash', 'rebase'] as const)('a pull request that came by %s, once', async (how) => {
    const opened = await applied();
    const number = merged(opened, how);
    const { commits, pulls } = await windowOf(opened);
    const head = opened.github.tip(`${how}-branch`);
    expect(pulls).toEqual([
      { number, mergedAt: opened.github.pull(number).merged?.at, head, author: 'ada', url: `${opened.github.webUrl}/pull/${number}` },
    ]);
    expect(commits[0]).toBe(opened.github.tip());
    expect(commits).not.toContain(opened.first);
    expect(opened.pauses).toEqual([]);
  });

  test('several, in the order of their merging', async () => {
    const opened = await applied();
    opened.github.commit('late', { late: '1' });
    const late = opened.github.openPull({ head: 'late' });
    const early = merged(opened, 'squash', 'early');
    opened.github.mergePull(late, 'rebase');
    expect((await windowOf(opened)).pulls.map(({ number }) => number)).toEqual([early, late]);
  });

  test('none that was merged before', async () => {
    const opened = await applied();
    merged(opened, 'squash', 'before');
    opened.github.setStatus(opened.github.tip(), { context });
    const since = merged(opened, 'squash', 'since');
    expect((await windowOf(opened)).pulls.map(({ number }) => number)).toEqual([since]);
  });

  test('none into another branch', async () => {
    const opened = await applied();
    opened.github.commit('release', { r: '1' });
    merged(opened, 'squash', 'inner', 'release');
    const outer = opened.github.openPull({ head: 'release' });
    opened.github.mergePull(outer, 'merge');
    expect((await windowOf(opened)).pulls.map(({ number }) => number)).toEqual([outer]);
  });

  test('none that is open, nor one of another repository', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    const pull = { merged: true, mergedAt: '2026-10-03T11:00:00Z', baseRefName: 'main', headRefOid: tip, author: null };
    const nodes = [
      { ...pull, number: 7, url: `${opened.github.webUrl}/pull/7` },
      { ...pull, number: 8, url: 'https://github.com/mallory/figma/pull/8' },
      { ...pull, number: 9, url: `${opened.github.webUrl}/pull/9`, merged: false, mergedAt: null },
    ];
    const history = {
      nodes: [{ oid: tip, status: null, associatedPullRequests: { nodes } }],
      pageInfo: { hasNextPage: false, endCursor: null },
    };
    opened.github.fail({
      graphql: /history/,
      status: 200,
      body: { data: { repository: { url: opened.github.webUrl, object: { history } } } },
    });
    expect((await windowOf(opened)).pulls).toMatchObject([{ number: 7, author: 'ghost' }]);
  });

  test.each(['failure', 'pending', 'error'] as const)('a status of %s is no apply', async (state) => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    opened.github.setStatus(tip, { context, state });
    expect(await windowOf(opened)).toMatchObject({ applied: { commit: opened.first }, commits: [tip] });
  });

  test('a status of another context is no apply either', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    opened.github.setStatus(tip, { context: 'ci' });
    expect((await windowOf(opened)).commits).toEqual([tip]);
  });

  test('many commits ago', async () => {
    const opened = await applied();
    for (let count = 0; count < 120; count += 1) opened.github.commit('main', { b: String(count) });
    const { applied: last, commits } = await windowOf(opened);
    expect(last?.commit).toBe(opened.first);
    expect(commits).toHaveLength(120);
  });
});

describe('a tip that no pull request is known of', () => {
  test('is looked at again', async () => {
    const opened = await applied({ lagPulls: 3 });
    const number = merged(opened, 'squash');
    expect((await windowOf(opened)).pulls.map((pull) => pull.number)).toEqual([number]);
    expect(opened.pauses).toEqual([1, 2, 3]);
  });

  test('five times', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    expect(await windowOf(opened)).toMatchObject({ commits: [tip], pulls: [] });
    expect(opened.pauses).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('the first apply', () => {
  test('sees all of a short history', async () => {
    const opened = await gate();
    opened.github.commit('main', { a: '1' });
    const number = merged(opened, 'rebase');
    const window = await windowOf(opened);
    expect(window).not.toHaveProperty('applied');
    expect(window.commits).toHaveLength(3);
    expect(window.pulls.map((pull) => pull.number)).toEqual([number]);
  });

  test('sees a hundred commits of a long one', async () => {
    const opened = await gate();
    opened.github.commit('main', { a: '1' });
    const old = merged(opened, 'squash', 'old');
    for (let count = 0; count < 100; count += 1) opened.github.commit('main', { b: String(count) });
    const window = await windowOf(opened);
    expect(window.commits).toHaveLength(100);
    expect(window.pulls.map(({ number }) => number)).not.toContain(old);
  });
});

describe('trouble', () => {
  test('a commit that is not there', async () => {
    const { hub } = await applied();
    expect(troubleOf(await readWindow(hub, '1'.repeat(40), 'main', context))).toContain('1111111');
  });

  test('a page that cannot be had is no end of the history', async () => {
    const opened = await applied();
    const tip = opened.github.tip();
    opened.github.fail({ graphql: /history/, status: 200, body: pageOf(tip) });
    opened.github.fail({ graphql: /history/, status: 200, body: { errors: [{ message: 'timeout' }] } });
    expect(troubleOf(await readWindow(opened.hub, tip, 'main', context))).toContain('timeout');
  });
});

test('what somebody lays over the success of a commit does not hide it', async () => {
  const opened = await gate();
  const sha = opened.github.commit('main', { a: '1' });
  opened.github.setStatus(sha, { context, description: 'As of 2026-10-03: done' });
  opened.github.setStatus(sha, { context: 'other', state: 'success' });
  opened.github.setStatus(sha, { context, state: 'failure', creator: 'mallory' });
  const tip = opened.github.commit('main', { b: '1' });
  opened.github.setStatus(tip, { context, state: 'pending', creator: 'mallory' });
  const window = await windowOf(opened);
  expect(window).toMatchObject({ applied: { commit: sha, description: 'As of 2026-10-03: done' }, commits: [tip] });
});

test('an apply is looked for in five thousand commits', async () => {
  const opened = await gate();
  const tip = opened.github.commit('main', { a: '1' });
  opened.github.fail({ graphql: /history/, status: 200, body: pageOf(tip), times: 80 });
  expect((await windowOf(opened)).commits).toHaveLength(100);
  expect(opened.github.requests).toHaveLength(50);
});

/** An answer with a hundred commits and more to come. */
function pageOf(oid: string) {
  const pull = { number: 1, merged: false, mergedAt: null, baseRefName: 'main', headRefOid: oid, url: '', author: null };
  const nodes = Array.from({ length: 100 }, () => ({ oid, status: null, associatedPullRequests: { nodes: [pull] } }));
  const history = { nodes, pageInfo: { hasNextPage: true, endCursor: 'next' } };
  return { data: { repository: { url: '', object: { history } } } };
}
