import { describe, expect, test } from 'vitest';
import { pullCommits } from '../../cmd/github/pull-commits.ts';
import { gate, troubleOf, valueOf, type Gate } from './gateway.ts';

const webFlow = { name: 'GitHub', email: 'noreply@github.com' };
const query = /commits\(first/;

/** A gate with a commit on main and one on topic. */
async function withTopic(): Promise<Gate & { readonly base: string; readonly first: string }> {
  const opened = await gate();
  const base = opened.github.commit('main', { a: '1' });
  const first = opened.github.commit('topic', { b: '1' }, 'One', { author: 'ada', date: new Date('2026-10-03T08:00:00Z') });
  return { ...opened, base, first };
}

describe('the commits of a pull request', () => {
  test('oldest first, with their parents and people', async () => {
    const { github, hub, base, first } = await withTopic();
    const message = 'Two\n\nCo-authored-by: Grace <grace@users.noreply.github.com>\nCo-authored-by: Eve <Eve@Acme.com>';
    const given = { author: 'ada', committer: webFlow, date: new Date('2026-10-03T08:01:00Z') };
    const second = github.commit('topic', { b: '2' }, message, given);
    const stranger = { name: 'Mallory', email: 'Mallory@acme.com' };
    const third = github.commit('topic', { b: '3' }, 'Three', { author: stranger, date: new Date('2026-10-03T08:02:00Z') });
    const number = github.openPull({ head: 'topic', author: 'ada' });
    expect(valueOf(await pullCommits(hub, number))).toEqual([
      { oid: first, parents: [base], authors: ['ada'], committers: ['ada'] },
      { oid: second, parents: [first], authors: ['ada', 'grace', 'eve@acme.com'], committers: [] },
      { oid: third, parents: [second], authors: ['mallory@acme.com'], committers: ['mallory@acme.com'] },
    ]);
    expect(github.requests).toHaveLength(1);
  });

  test('with the merge of the base that somebody made by a button', async () => {
    const { github, hub, first } = await withTopic();
    const number = github.openPull({ head: 'topic', author: 'ada' });
    const main = github.commit('main', { a: '2' });
    const merge = github.updateBranch(number, 'grace');
    const commits = valueOf(await pullCommits(hub, number));
    expect(commits.at(-1)).toEqual({ oid: merge, parents: [first, main], authors: ['grace'], committers: [] });
  });

  test('after it was merged too', async () => {
    const { github, hub, first } = await withTopic();
    const number = github.openPull({ head: 'topic', author: 'ada' });
    github.mergePull(number, 'squash');
    expect(valueOf(await pullCommits(hub, number)).map(({ oid }) => oid)).toEqual([first]);
  });

  test('over all pages', async () => {
    const { github, hub } = await withTopic();
    github.commit('topic', { b: '2' }, 'Many', { count: 229 });
    const number = github.openPull({ head: 'topic' });
    expect(valueOf(await pullCommits(hub, number)).map(({ oid }) => oid)).toEqual(github.commitsOf(number));
    expect(github.requests).toHaveLength(3);
  });

  test('with every author of a crowd', async () => {
    const { github, hub } = await withTopic();
    const crowd = Array.from({ length: 230 }, (_, count) => `person-${count}`);
    const trailers = crowd.map((login) => `Co-authored-by: ${login} <${login}@users.noreply.github.com>`);
    github.commit('topic', { b: '2' }, `Two\n\n${trailers.join('\n')}`, { author: 'ada' });
    const number = github.openPull({ head: 'topic' });
    expect(valueOf(await pullCommits(hub, number)).at(-1)?.authors).toEqual(['ada', ...crowd]);
    expect(github.requests).toHaveLength(3);
  });
});

describe('no list that is not whole', () => {
  test('where the head is missing', async () => {
    const { github, hub, first } = await withTopic();
    const number = github.openPull({ head: 'topic' });
    const commit = { oid: first, parents: { nodes: [] }, authors: { nodes: [], pageInfo: end }, committer: null };
    const pullRequest = { headRefOid: '1'.repeat(40), commits: { nodes: [{ commit }], pageInfo: end } };
    github.fail({ graphql: query, status: 200, body: { data: { repository: { pullRequest } } } });
    expect(troubleOf(await pullCommits(hub, number))).toContain('did not list all commits of pull request #1');
  });

  test('but an empty one', async () => {
    const { github, hub } = await withTopic();
    const number = github.openPull({ head: 'topic' });
    const pullRequest = { headRefOid: '1'.repeat(40), commits: { nodes: [], pageInfo: end } };
    github.fail({ graphql: query, status: 200, body: { data: { repository: { pullRequest } } } });
    expect(valueOf(await pullCommits(hub, number))).toEqual([]);
  });

  test.each([null, 'same'])('where the next page has the cursor %s', async (endCursor) => {
    const { github, hub } = await withTopic();
    const number = github.openPull({ head: 'topic' });
    const pullRequest = { headRefOid: '1'.repeat(40), commits: { nodes: [], pageInfo: { hasNextPage: true, endCursor } } };
    github.fail({ graphql: query, status: 200, body: { data: { repository: { pullRequest } } }, times: 2 });
    expect(troubleOf(await pullCommits(hub, number))).toContain('did not show a list whole');
  });

  test('where a page, the pull request or the rest of the authors cannot be had', async () => {
    const { github, hub } = await withTopic();
    const crowd = Array.from({ length: 120 }, (_, count) => `Co-authored-by: P <person-${count}@acme.com>`);
    github.commit('topic', { b: '2' }, `Two\n\n${crowd.join('\n')}`);
    const number = github.openPull({ head: 'topic' });
    github.fail({ graphql: query, status: 200, body: { errors: [{ message: 'timeout' }] } });
    expect(troubleOf(await pullCommits(hub, number))).toContain('timeout');
    github.fail({ graphql: query, status: 200, body: { data: { repository: { pullRequest: null } } } });
    expect(troubleOf(await pullCommits(hub, number))).toContain('does not show pull request #1');
    github.fail({ graphql: /list: authors/, status: 403 });
    expect(troubleOf(await pullCommits(hub, number))).toContain('403');
    github.fail({ graphql: /list: authors/, status: 200, body: { data: { repository: { object: null } } } });
    expect(troubleOf(await pullCommits(hub, number))).toContain('does not show the commit');
  });
});

const end = { hasNextPage: false, endCursor: null };
