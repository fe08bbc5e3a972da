import { describe, expect, test } from 'vitest';
import { applied, lineOf, merged, mergedIn, pageOf, shownPull } from './gateway-line.ts';
import { person } from './gateway.ts';

describe('what a commit says', () => {
  test.each(['merge', 'squash', 'rebase'] as const)('which pull request came by %s', async (how) => {
    const opened = await applied();
    const number = merged(opened, how);
    const { github } = opened;
    const line = await lineOf(opened);
    const mergeCommit = github.tip();
    const mergedAt = github.pull(number).merged?.at;
    const url = `${github.webUrl}/pull/${number}`;
    expect(line.commits[0]?.pulls).toEqual([
      { number, mergedAt, head: github.tip(`${how}-branch`), author: person('ada'), url, mergeCommit, base: 'main' },
    ]);
    expect(mergedIn(line)).toEqual([number]);
    expect(line.commits).toHaveLength(how === 'rebase' ? 3 : 2);
    expect(opened.pauses).toEqual([]);
  });

  test('who made it, and GitHub is nobody', async () => {
    const opened = await applied();
    merged(opened, 'squash');
    merged(opened, 'rebase');
    const trailer = 'Co-authored-by: Eve <Eve@Acme.com>\nCo-authored-by: Alan <alan@users.noreply.github.com>';
    opened.github.commit('main', { c: '1' }, `Three\n\n${trailer}`, { author: 'ada', committer: 'grace' });
    opened.github.commit('main', { c: '2' }, 'Four', { author: { name: 'M', email: 'm@acme.com' } });
    const { commits } = await lineOf(opened);
    expect(commits.map(({ people }) => people)).toEqual([
      ['m@acme.com'],
      ['ada', 'eve@acme.com', 'alan', 'grace'],
      ['ada', 'grace'],
      ['ada', 'grace'],
      ['ada'],
      ['octocat'],
    ]);
    expect(commits[0]).not.toHaveProperty('author');
    expect(commits[1]).toMatchObject({ author: person('ada'), committer: person('grace') });
  });

  test('every author of a crowd', async () => {
    const opened = await applied();
    const crowd = Array.from({ length: 130 }, (_, count) => `person-${count}`);
    const trailers = crowd.map((login) => `Co-authored-by: ${login} <${login}@users.noreply.github.com>`);
    opened.github.commit('main', { b: '2' }, `Two\n\n${trailers.join('\n')}`, { author: 'ada', committer: 'ada' });
    expect((await lineOf(opened)).commits[0]?.people).toEqual(['ada', ...crowd]);
  });

  test('three parents of an octopus, which merges nothing', async () => {
    const opened = await applied();
    const [x, y] = ['x', 'y'].map((name) => opened.github.commit(name, { [name]: '1' }));
    const numbers = ['x', 'y'].map((head) => opened.github.openPull({ head }));
    opened.github.commitMerge('main', ['main', 'x', 'y']);
    const line = await lineOf(opened);
    expect(line.commits[0]?.parents).toEqual([opened.first, x, y]);
    expect(numbers.map((number) => opened.github.pull(number).merged?.sha)).toEqual([opened.github.tip(), opened.github.tip()]);
    expect(mergedIn(line)).toEqual([]);
  });

  test('no pull request whose head was merely pushed', async () => {
    const opened = await applied();
    const head = opened.github.commit('topic', { b: '1' });
    const number = opened.github.openPull({ head: 'topic' });
    opened.github.reset('main', head);
    expect(opened.github.pull(number).merged?.sha).toBe(head);
    const line = await lineOf(opened);
    expect(line.commits[0]?.pulls).toMatchObject([{ number, mergeCommit: head }]);
    expect(mergedIn(line)).toEqual([]);
  });

  test('each pull request of the head that was merged', async () => {
    const opened = await applied();
    const head = opened.github.commit('topic', { b: '1' });
    opened.github.reset('again', head);
    const numbers = ['topic', 'again'].map((name) => opened.github.openPull({ head: name }));
    opened.github.mergePull(numbers[0] ?? 0, 'merge');
    const pulls = numbers.map((number) => ({ ...shownPull(number, opened.github.tip()), headRefOid: head }));
    opened.github.fail({
      graphql: /history/,
      status: 200,
      body: pageOf([{ oid: opened.github.tip(), parents: [opened.first, head], pulls }]),
    });
    expect(mergedIn(await lineOf(opened, { most: 1 }))).toEqual(numbers);
  });

  test('no pull request into another branch', async () => {
    const opened = await applied();
    opened.github.commit('release', { r: '1' });
    merged(opened, 'squash', 'inner', 'release');
    const outer = opened.github.openPull({ head: 'release' });
    opened.github.mergePull(outer, 'merge');
    const line = await lineOf(opened);
    expect(line.commits.flatMap(({ pulls }) => pulls.map(({ number }) => number))).toEqual([outer]);
  });

  test('none that is open, of another repository, or into another branch', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    const pulls = [
      shownPull(7, tip),
      { ...shownPull(8, tip), url: 'https://github.com/mallory/figma/pull/8' },
      { ...shownPull(9, tip), mergedAt: null },
      { ...shownPull(10, tip), baseRefName: 'release' },
    ];
    opened.github.fail({ graphql: /history/, status: 200, body: pageOf([{ oid: tip, parents: [opened.first], pulls }]) });
    const line = await lineOf(opened, { most: 1 });
    expect(line.commits[0]?.pulls).toMatchObject([{ number: 7, author: { login: 'ghost', type: 'Unknown' } }]);
  });

  test('more than a hundred pull requests', async () => {
    const opened = await applied();
    const tip = opened.github.commit('main', { b: '2' });
    const page = (from: number, pageInfo: object) => ({ nodes: [shownPull(from, tip), shownPull(from + 1, tip)], pageInfo });
    const body = pageOf([{ oid: tip, parents: [opened.first], pulls: page(1, { hasNextPage: true, endCursor: 'x' }) }]);
    opened.github.fail({ graphql: /history/, status: 200, body });
    const list = page(3, { hasNextPage: false, endCursor: null });
    opened.github.fail({ graphql: /list: associated/, status: 200, body: { data: { repository: { object: { list } } } } });
    expect((await lineOf(opened, { most: 1 })).commits[0]?.pulls.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });
});
