import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { at, get, inRepository, opened } from './client.ts';
import type { FakeHub } from './hub.ts';

const people =
  'author { user { login } name } committer { user { login } name } authors(first: 9) { nodes { name email user { __typename login } } }';

test('a pull request shows its merge commit and its test merge whole, with all that a commit has', async () => {
  const hub = await opened();
  const [base, head] = [hub.tip(), hub.tip('topic')];
  const pull = hub.openPull({ head: 'topic', author: 'ada' });
  const selection = `headRefOid headRepository { databaseId } baseRepository { databaseId } isCrossRepository body author { login } mergedBy { login }
    potentialMergeCommit { oid parents(first: 2) { totalCount nodes { oid } } tree { oid } }
    mergeCommit { oid parents(first: 9) { totalCount nodes { oid parents(first: 1) { nodes { oid } } } } status { state } ${people} }`;
  const parents = { totalCount: 2, nodes: [{ oid: base }, { oid: head }] };
  expect(await pullRequest(hub, pull, selection)).toMatchObject({
    headRefOid: head,
    headRepository: { databaseId: hub.repositoryId },
    baseRepository: { databaseId: hub.repositoryId },
    isCrossRepository: false,
    body: '',
    mergedBy: null,
    mergeCommit: null,
    potentialMergeCommit: { oid: hub.mergeCommitOf(pull), parents },
  });
  const merged = hub.mergePull(pull, 'merge', { by: 'grace' });
  hub.setStatus(merged, { context: 'seatform/applied' });
  expect(await pullRequest(hub, pull, selection)).toMatchObject({
    mergedBy: { login: 'grace' },
    potentialMergeCommit: null,
    mergeCommit: {
      oid: merged,
      parents,
      status: { state: 'SUCCESS' },
      author: { user: { login: 'grace' } },
      committer: { user: { login: 'web-flow' }, name: 'GitHub' },
    },
  });
});

test('a fork is another repository, and a deleted one none', async () => {
  const hub = await opened();
  const fork = hub.openPull({ head: 'topic', fork: true });
  const gone = hub.openPull({ head: 'topic', fork: 'deleted' });
  const selection = 'isCrossRepository headRepository { databaseId }';
  expect(await pullRequest(hub, fork, selection)).toEqual({
    isCrossRepository: true,
    headRepository: { databaseId: hub.repositoryId + 1 },
  });
  expect(await pullRequest(hub, gone, selection)).toEqual({ isCrossRepository: true, headRepository: null });
});

test('the merge commit of a merged pull request can show late, by requests and not by fields', async () => {
  const hub = await opened({ lagMergeCommit: 2 });
  const pull = hub.openPull({ head: 'topic' });
  const merged = hub.mergePull(pull, 'squash');
  const selection = 'state a: mergeCommit { oid } b: mergeCommit { oid }';
  expect(await pullRequest(hub, pull, selection)).toEqual({ state: 'MERGED', a: null, b: null });
  expect(at(await get(hub, `pulls/${pull}`), 'merge_commit_sha', 'merged')).toEqual([null, true]);
  expect(await pullRequest(hub, pull, selection)).toEqual({ state: 'MERGED', a: { oid: merged }, b: { oid: merged } });
  expect(hub.mergeCommitOf(pull)).toBe(merged);
});

test('the commits of a pull request: authors, co-authors and committers, oldest first, and the same after the merge', async () => {
  const hub = await opened();
  const first = hub.tip('topic');
  const message = 'Add Grace\n\nCo-authored-by: Hedy <12+hedy@users.noreply.github.com>\nCo-authored-by: Nobody <nobody@example.com>';
  const second = hub.push('topic', { 'b.yaml': 'two' }, message, { author: 'ada', committer: 'web-flow' });
  const pull = hub.openPull({ head: 'topic' });
  const other = hub.commit('main', { 'c.yaml': 'c' });
  const updated = hub.updateBranch(pull, 'grace');
  expect(hub.tip('topic')).toBe(updated);
  const stranger = hub.push(pull, { 'd.yaml': 'd' }, 'By mail', {
    author: { name: 'Nobody', email: 'nobody@example.com' },
    committer: 'ada',
  });
  const selection = `commits(first: 3) { totalCount nodes { commit { oid parents(first: 9) { nodes { oid } } committedDate ${people} } } pageInfo { hasNextPage endCursor } }`;
  const shown = await pullRequest<Commits>(hub, pull, selection);
  expect(shown.commits).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
  expect(shown.commits.nodes).toMatchObject([
    { commit: { oid: first, author: { user: { login: 'octocat' } }, authors: { nodes: [{ user: { login: 'octocat' } }] } } },
    {
      commit: {
        oid: second,
        author: { user: { login: 'ada' } },
        committer: { user: { login: 'web-flow' } },
        authors: {
          nodes: [
            { name: 'ada', user: { __typename: 'User' } },
            { name: 'Hedy', user: { login: 'hedy' } },
            { name: 'Nobody', user: null },
          ],
        },
      },
    },
    {
      commit: {
        oid: updated,
        parents: { nodes: [{ oid: second }, { oid: other }] },
        author: { user: { login: 'grace' } },
        committer: { user: { login: 'web-flow' } },
      },
    },
  ]);
  const rest = `commits(first: 3, after: "${shown.commits.pageInfo.endCursor}") { nodes { commit { oid author { user { login } name } } } }`;
  expect(await pullRequest(hub, pull, rest)).toEqual({
    commits: { nodes: [{ commit: { oid: stranger, author: { user: null, name: 'Nobody' } } }] },
  });
  const squashed = hub.mergePull(pull, 'squash');
  expect(hub.commitsOf(pull)).toEqual([first, second, updated, stranger]);
  expect(await pullRequest(hub, pull, selection)).toEqual(shown);
  const names = await inRepository<{ object: unknown }>(
    hub,
    `object(oid: "${squashed}") { ... on Commit { authors(first: 9) { nodes { name } } } }`,
  );
  expect(names.object).toEqual({ authors: { nodes: ['octocat', 'ada', 'Hedy', 'Nobody', 'grace'].map((name) => ({ name })) } });
});

test('a branch with nothing to update, or with a conflict, is not updated', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  expect(() => hub.updateBranch(pull, 'ada')).toThrow('nothing new');
  hub.commit('main', { 'b.yaml': 'contrary' });
  expect(() => hub.updateBranch(pull, 'ada')).toThrow('conflict');
});

test('a head that becomes reachable from its base makes its pull request merged, by the commit that the base moved to', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const head = hub.tip('topic');
  hub.commit('main', { 'c.yaml': 'c' });
  const tip = hub.commitMerge('main', ['main', 'topic'], {}, { author: 'mallory' });
  expect(
    await pullRequest(hub, pull, 'state mergeCommit { oid } mergedBy { login } commits(first: 1) { nodes { commit { oid } } }'),
  ).toEqual({
    state: 'MERGED',
    mergeCommit: { oid: tip },
    mergedBy: { login: 'mallory' },
    commits: { nodes: [{ commit: { oid: head } }] },
  });
});

test('an octopus merge has all its parents, and files of its own on top', async () => {
  const hub = await opened();
  hub.reset('left', hub.tip());
  const left = hub.push('left', { 'l.yaml': 'l' });
  const [base, topic] = [hub.tip(), hub.tip('topic')];
  const made = hub.commitMerge('main', ['main', 'topic', left], { 'a.yaml': null, 'evil.yaml': 'e' });
  expect(hub.tip()).toBe(made);
  const selection = `object(oid: "${made}") { ... on Commit { parents(first: 2) { totalCount nodes { oid } } history(first: 9) { totalCount } } }`;
  expect(await inRepository(hub, selection)).toEqual({
    object: { parents: { totalCount: 3, nodes: [{ oid: base }, { oid: topic }] }, history: { totalCount: 4 } },
  });
  expect(git(hub, 'ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual(['b.yaml', 'evil.yaml', 'l.yaml']);
  expect(git(hub, 'fsck', '--strict', '--no-dangling')).toBe('');
  hub.reset('right', base);
  hub.push('right', { 'b.yaml': 'contrary' });
  expect(() => hub.commitMerge('main', ['main', 'right'])).toThrow('cannot be merged');
});

test('the merge queue merges as a bot, by a merge or a squash', async () => {
  const hub = await opened();
  hub.reset('other', hub.tip());
  hub.push('other', { 'o.yaml': 'o' });
  const [first, second] = [hub.openPull({ head: 'topic' }), hub.openPull({ head: 'other' })];
  const [base, head] = [hub.tip(), hub.tip('topic')];
  const merged = hub.queue(first, 'ada');
  const squashed = hub.queue(second, 'ada', 'squash');
  const selection =
    'merged mergedBy { __typename login } mergeCommit { oid parents(first: 3) { nodes { oid } } author { user { login } } }';
  const mergedBy = { __typename: 'Bot', login: 'github-merge-queue' };
  expect(await pullRequest(hub, first, selection)).toEqual({
    merged: true,
    mergedBy,
    mergeCommit: { oid: merged, parents: { nodes: [{ oid: base }, { oid: head }] }, author: { user: { login: 'ada' } } },
  });
  expect(await pullRequest(hub, second, selection)).toMatchObject({
    mergedBy,
    mergeCommit: { oid: squashed, parents: { nodes: [{ oid: merged }] } },
  });
});

test('a rebase is committed by the person who merges', async () => {
  const hub = await opened();
  const tip = hub.mergePull(hub.openPull({ head: 'topic' }), 'rebase', { by: 'grace' });
  expect(at(await get(hub, `commits/${tip}`), 'author.login', 'committer.login')).toEqual(['octocat', 'grace']);
});

test('a stacked pull request shows the commits below it too, once those were squashed and its base is gone', async () => {
  const hub = await opened();
  const lower = hub.openPull({ head: 'topic' });
  hub.reset('upper', hub.tip('topic'));
  const own = hub.push('upper', { 'd.yaml': 'd' });
  const upper = hub.openPull({ head: 'upper', base: 'topic' });
  const below = hub.tip('topic');
  expect(hub.commitsOf(upper)).toEqual([own]);
  hub.mergePull(lower, 'squash');
  hub.deleteBranch('topic');
  expect(hub.commitsOf(upper)).toEqual([below, own]);
  expect(hub.commitsOf(lower)).toEqual([below]);
  hub.closePull(upper);
  hub.deleteBranch('upper');
  expect(await pullRequest(hub, upper, 'state baseRefName commits(first: 9) { totalCount }')).toEqual({
    state: 'CLOSED',
    baseRefName: 'main',
    commits: { totalCount: 2 },
  });
});

interface Commits {
  readonly commits: { readonly nodes: readonly object[]; readonly pageInfo: { readonly endCursor: string } };
}

async function pullRequest<T>(hub: FakeHub, pull: number, selection: string): Promise<T> {
  return (await inRepository<{ pullRequest: T }>(hub, `pullRequest(number: ${pull}) { ${selection} }`)).pullRequest;
}

function git(hub: FakeHub, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    env: { ...process.env, GIT_DIR: hub.gitDir },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
