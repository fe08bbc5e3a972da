import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { at, call, data, get, graphql, opened, post, started } from './client.ts';
import { startHub, type FakeHub } from './hub.ts';

test('a merge commit lags behind a push, shows after some GETs, and has base and head as its parents', async () => {
  const hub = await opened({ delayMerge: 2 });
  const pull = hub.openPull({ head: 'topic' });
  expect(at(await get(hub, `pulls/${pull}`), 'merge_commit_sha', 'mergeable')).toEqual([null, null]);
  await get(hub, `pulls/${pull}`);
  const first = await get(hub, `pulls/${pull}`);
  expect(at(first, 'mergeable', 'mergeable_state')).toEqual([true, 'clean']);
  const old = at(first, 'merge_commit_sha')[0];
  const head = hub.push(pull, { 'b.yaml': 'more' });
  expect(at(await get(hub, `pulls/${pull}`), 'merge_commit_sha', 'mergeable', 'head.sha')).toEqual([old, null, head]);
  await get(hub, `pulls/${pull}`);
  const [fresh] = at(await get(hub, `pulls/${pull}`), 'merge_commit_sha');
  expect(fresh).toBe(hub.mergeCommitOf(pull));
  const parents = at(await get(hub, `git/commits/${String(fresh)}`), 'parents.0.sha', 'parents.1.sha');
  expect(parents).toEqual([hub.tip(), head]);
});

test('a base that moved makes the merge commit stale, and then there is another', async () => {
  const hub = await opened({ delayMerge: 1 });
  const pull = hub.openPull({ head: 'topic' });
  await get(hub, `pulls/${pull}`);
  const [before] = at(await get(hub, `pulls/${pull}`), 'merge_commit_sha');
  const tip = hub.commit('main', { 'c.yaml': 'other' });
  expect(at(await get(hub, `pulls/${pull}`), 'merge_commit_sha', 'mergeable')).toEqual([before, null]);
  const [after] = at(await get(hub, `pulls/${pull}`), 'merge_commit_sha');
  expect(after).not.toBe(before);
  expect(at(await get(hub, `git/commits/${String(after)}`), 'parents.0.sha')).toEqual([tip]);
});

test('a conflict is not mergeable and has no merge commit', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  hub.commit('main', { 'b.yaml': 'contrary' });
  expect(at(await get(hub, `pulls/${pull}`), 'mergeable', 'merge_commit_sha', 'mergeable_state')).toEqual([false, null, 'dirty']);
  expect(() => hub.mergePull(pull)).toThrow(/cannot be merged/);
});

test.each([
  { how: 'merge', commits: ['Merge pull request #1 from acme/topic', 'two', 'one', 'on main', 'start'] },
  { how: 'squash', commits: ['Change topic (#1)', 'on main', 'start'] },
  { how: 'rebase', commits: ['two', 'one', 'on main', 'start'] },
] as const)('$how writes the history that GitHub writes, and its commits know their pull request', async ({ how, commits }) => {
  const hub = await started();
  const start = hub.commit('main', { 'a.yaml': 'a' }, 'start', { date: new Date('2026-01-01T00:00:00Z') });
  hub.commit('topic', { 'b.yaml': 'one' }, 'one', { date: new Date('2026-01-02T00:00:02Z') });
  const head = hub.commit('topic', { 'b.yaml': 'two' }, 'two', { date: new Date('2026-01-02T00:00:03Z') });
  const direct = hub.commit('main', { 'c.yaml': 'c' }, 'on main', { date: new Date('2026-01-02T00:00:01Z') });
  const pull = hub.openPull({ head: 'topic', author: 'dependabot[bot]' });
  const tip = hub.mergePull(pull, how);
  expect(hub.tip()).toBe(tip);
  expect(at(await get(hub, `pulls/${pull}`), 'merged', 'state', 'merge_commit_sha', 'mergeable')).toEqual([true, 'closed', tip, null]);
  const found = await history(hub, tip);
  expect(found.map(({ headline }) => headline)).toEqual(commits);
  for (const { oid, pulls } of found) {
    const expected =
      oid === start || oid === direct ? [] : [{ number: pull, merged: true, baseRefName: 'main', headRefOid: head, author: 'dependabot' }];
    expect(pulls).toEqual(expected);
  }
  expect(git(hub, 'show', `${tip}:b.yaml`)).toBe('two');
  expect(git(hub, 'fsck', '--strict', '--no-dangling')).toBe('');
});

test('a merge shows late in associatedPullRequests, if so asked', async () => {
  const hub = await opened({ lagPulls: 1 });
  const pull = hub.openPull({ head: 'topic' });
  const tip = hub.mergePull(pull);
  expect((await history(hub, tip))[0]?.pulls).toEqual([]);
  expect((await history(hub, tip))[0]?.pulls).toHaveLength(1);
});

test('commits that came to the base in another pull request make their own one merged', async () => {
  const hub = await opened();
  const first = hub.openPull({ head: 'topic' });
  hub.commit('main', { 'c.yaml': 'c' });
  const head = hub.tip('topic');
  hub.reset('longer', head);
  hub.push('longer', { 'd.yaml': 'd' });
  const tip = hub.mergePull(hub.openPull({ head: 'longer' }), 'merge');
  expect(at(await get(hub, `pulls/${first}`), 'merged', 'head.sha')).toEqual([true, head]);
  const commit = (await history(hub, tip)).find(({ oid }) => oid === head);
  expect(commit?.pulls.map((pull) => pull.number)).toEqual([1, 2]);
});

test('a branch that is deleted after its merge leaves a pull request onto it to the base of that merge', async () => {
  const hub = await opened();
  const lower = hub.openPull({ head: 'topic' });
  hub.reset('upper', hub.tip('topic'));
  const head = hub.push('upper', { 'd.yaml': 'd' });
  const upper = hub.openPull({ head: 'upper', base: 'topic' });
  const own = hub.tip('topic');
  hub.mergePull(lower, 'squash');
  hub.deleteBranch('topic');
  expect(at(await get(hub, `pulls/${lower}`), 'head.sha', 'merged')).toEqual([own, true]);
  expect(at(await get(hub, `pulls/${upper}`), 'base.ref', 'head.sha', 'state')).toEqual(['main', head, 'open']);
  hub.deleteBranch('upper');
  expect(at(await get(hub, `pulls/${upper}`), 'state', 'merged', 'head.sha')).toEqual(['closed', false, head]);
});

test('a history of more than a thousand commits is read page by page', async () => {
  const hub = await started();
  const root = hub.commit('main', { 'a.yaml': 'a' });
  const tip = hub.commit('main', {}, 'idle', { count: 1049 });
  const all = await history(hub, tip, 100);
  expect([all.length, all[0]?.oid, all.at(-1)?.oid]).toEqual([1050, tip, root]);
});

test('a revert takes back what a commit changed, and no more', async () => {
  const hub = await opened();
  const merged = hub.mergePull(hub.openPull({ head: 'topic' }), 'merge');
  hub.commit('main', { 'c.yaml': 'kept' });
  hub.revert(merged);
  expect(git(hub, 'ls-tree', '--name-only', 'main').split('\n')).toEqual(['a.yaml', 'c.yaml']);
});

test('a list goes over pages by the Link header, whose addresses work', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  for (let n = 1; n <= 5; n += 1) {
    hub.comment(pull, 'ada', `comment ${n}`);
  }
  const bodies: unknown[] = [];
  let url: string | undefined = `${hub.url}/repos/acme/figma/issues/${pull}/comments?per_page=2`;
  for (let pages = 0; url !== undefined; pages += 1) {
    expect(pages).toBeLessThan(3);
    const { body, link } = await call(hub, 'GET', url);
    bodies.push(...(body as { body: string }[]).map((comment) => comment.body));
    expect(link).toContain(pages === 2 ? 'rel="first"' : `page=3>; rel="last"`);
    url = /<([^>]+)>; rel="next"/.exec(link ?? '')?.[1];
  }
  expect(bodies).toEqual([1, 2, 3, 4, 5].map((n) => `comment ${n}`));
  expect((await get(hub, `issues/${pull}/comments`)).link).toBeNull();
});

test('a comment may have 65,536 characters and not one more', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const path = `issues/${pull}/comments`;
  expect((await post(hub, path, { body: '🙂'.repeat(65_536) })).status).toBe(201);
  const refused = await post(hub, path, { body: 'x'.repeat(65_537) });
  expect(refused).toMatchObject({ status: 422, body: { message: 'Validation Failed', errors: [{ resource: 'IssueComment' }] } });
  expect(at(refused, 'errors.0.message')).toEqual(['Body is too long (maximum is 65536 characters)']);
  expect(hub.comments(pull)).toHaveLength(1);
});

test('GraphQL names the bot without [bot], the editors newest first, and nobody for a deleted account', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const made = await post(hub, `issues/${pull}/comments`, { body: 'one' });
  const [id, nodeId] = at(made, 'id', 'node_id');
  expect(at(made, 'user.login')).toEqual(['github-actions[bot]']);
  expect(await comment(hub, nodeId)).toMatchObject({ editor: null, includesCreatedEdit: false, userContentEdits: { nodes: [] } });
  await call(hub, 'PATCH', `${hub.url}/repos/acme/figma/issues/comments/${String(id)}`, { body: 'two' });
  hub.editComment(Number(id), 'mallory', 'three');
  hub.editComment(Number(id), 'ghost', 'four');
  expect(await comment(hub, nodeId)).toEqual({
    author: { login: 'github-actions', __typename: 'Bot' },
    body: 'four',
    fullDatabaseId: String(id),
    editor: null,
    includesCreatedEdit: true,
    userContentEdits: {
      nodes: [null, 'mallory', 'github-actions', 'github-actions'].map((login) => ({ editor: login === null ? null : { login } })),
    },
  });
  expect(await data(hub, '{ viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } });
});

test.each([
  { query: '{ repository(owner: "acme", name: "figma") { nonsense } }', says: /Cannot query field "nonsense" on type "Repository"/ },
  { query: '{ repository(owner: "acme", name: "other") { databaseId } }', says: /Could not resolve to a Repository/ },
  { query: '{ repository(owner: "acme", name: "figma") { pullRequest(number: 9) { body } } }', says: /Could not resolve to a PullRequest/ },
  { query: historyQuery(''), says: /You must provide a `first` or `last` value/ },
  { query: historyQuery('(first: 101)'), says: /exceeds the `first` limit of 100 records/ },
  { query: deepQuery(), says: /requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000/ },
  { query: '{ viewer { login }', says: /Syntax Error/ },
])('a query that GitHub would not answer gets errors with status 200: $query', async ({ query, says }) => {
  const hub = await opened();
  const reply = await graphql(hub, query);
  expect(reply.status).toBe(200);
  expect(String(at(reply, 'errors.0.message')[0])).toMatch(says);
});

test('blobs: the text, null for a binary one, and a cut one from 512 kB on', async () => {
  const hub = await started();
  hub.commit('main', {
    'a.yaml': 'ä',
    'b.png': Buffer.from([0x89, 0]),
    'c.yaml': 'x'.repeat(600_000),
    'd.yaml': Buffer.from([0xe9, 0x21]),
  });
  const blobs = ['a.yaml', 'b.png', 'c.yaml', 'd.yaml', 'no.yaml'].map((path, n) => `b${n}: object(expression: "main:${path}") { ...b }`);
  const found = await data(
    hub,
    `{ repository(owner: "acme", name: "figma") { ${blobs.join(' ')} } } fragment b on Blob { text byteSize isBinary isTruncated }`,
  );
  expect(found).toMatchObject({
    repository: {
      b0: { text: 'ä', byteSize: 2, isBinary: false, isTruncated: false },
      b1: { text: null, isBinary: true },
      b2: { byteSize: 600_000, isTruncated: true, text: 'x'.repeat(512_000) },
      b3: { text: 'é!' },
      b4: null,
    },
  });
});

test('a recursive tree shows folders, links and submodules, and says when it was cut', async () => {
  const hub = await started({ treeLimit: 4 });
  const files = { 'figma/users.yaml': 'u', 'figma/x/y.yaml': 'y', link: { symlink: 'figma' }, sub: { submodule: 'a'.repeat(40) } };
  const first = hub.commit('main', files);
  const cut = await get(hub, `git/trees/${first}?recursive=1`);
  expect(at(cut, 'truncated', 'tree.length')).toEqual([true, 4]);
  const whole = await get(hub, `git/trees/${hub.commit('main', { 'figma/x/y.yaml': null })}?recursive=1`);
  expect(whole.body).toMatchObject({
    truncated: false,
    tree: [
      { path: 'figma', mode: '040000', type: 'tree' },
      { path: 'figma/users.yaml', mode: '100644', type: 'blob', size: 1 },
      { path: 'link', mode: '120000', type: 'blob' },
      { path: 'sub', mode: '160000', type: 'commit', sha: 'a'.repeat(40) },
    ],
  });
  const [sha] = at(whole, 'tree.1.sha');
  const blob = await get(hub, `git/blobs/${String(sha)}`);
  expect(Buffer.from(String(at(blob, 'content')[0]), 'base64').toString()).toBe('u');
});

test('the newest status of a context counts, on GraphQL too', async () => {
  const hub = await opened();
  const sha = hub.tip();
  hub.setStatus(sha, { context: 'seatform/applied', state: 'failure', createdAt: new Date('2026-01-02T03:04:05.678Z') });
  await post(hub, `statuses/${sha}`, { context: 'seatform/applied', state: 'success', description: 'done' });
  const query = `{ repository(owner: "acme", name: "figma") { object(oid: "${sha}") { ... on Commit { status {
    a: context(name: "seatform/applied") { state description creator { login } } b: context(name: "other") { state } } } } } }`;
  expect(await data(hub, query)).toEqual({
    repository: { object: { status: { a: { state: 'SUCCESS', description: 'done', creator: { login: 'github-actions' } }, b: null } } },
  });
  expect((await get(hub, `commits/${sha}/statuses`)).body).toMatchObject([
    { state: 'success', creator: { login: 'github-actions[bot]' } },
    { state: 'failure', created_at: '2026-01-02T03:04:05Z' },
  ]);
  expect((await post(hub, `statuses/${sha}`, { state: 'success', description: 'x'.repeat(141) })).status).toBe(422);
});

test('issues: a pull request is one, numbers are shared, and a repository without issues says 410', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic', author: 'ada' });
  const issue = await post(hub, 'issues', { title: 'Figma drift', body: 'two' });
  expect(at(issue, 'number', 'state')).toEqual([pull + 1, 'open']);
  const all = await get(hub, 'issues');
  expect(at(all, '0.number', '1.number', '0.pull_request', '1.pull_request.merged_at')).toEqual([2, 1, undefined, null]);
  expect(at(await get(hub, 'issues?creator=github-actions%5Bbot%5D'), 'length', '0.number')).toEqual([1, 2]);
  await call(hub, 'PATCH', `${hub.url}/repos/acme/figma/issues/2`, { state: 'closed' });
  expect(at(await get(hub, 'issues?creator=github-actions%5Bbot%5D'), 'length')).toEqual([0]);
  const without = await opened({ hasIssues: false });
  const other = without.openPull({ head: 'topic' });
  expect((await post(without, 'issues', { title: 'Figma drift' })).status).toBe(410);
  expect((await post(without, `issues/${other}/comments`, { body: 'still' })).status).toBe(201);
});

test('the token decides: none, a wrong one, a missing permission, /user', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  expect((await call(hub, 'GET', `${hub.url}/repos/acme/figma`, undefined, '')).status).toBe(401);
  expect((await call(hub, 'GET', `${hub.url}/repos/acme/figma`, undefined, 'Bearer wrong')).status).toBe(401);
  expect(await call(hub, 'GET', `${hub.url}/user`)).toMatchObject({
    status: 403,
    body: { message: 'Resource not accessible by integration' },
  });
  hub.permissions.delete('statuses: write');
  expect((await post(hub, `statuses/${hub.tip()}`, { state: 'success' })).status).toBe(403);
  hub.permissions.delete('issues: write');
  expect((await post(hub, `issues/${pull}/comments`, { body: 'x' })).status).toBe(201);
  hub.permissions.delete('pull-requests: write');
  expect((await post(hub, `issues/${pull}/comments`, { body: 'x' })).status).toBe(403);
});

test('faults: an answer before the effect, a cut connection after it, then peace', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  hub.fail({ method: 'POST', path: /comments$/, status: 403, headers: { 'retry-after': '1' } });
  hub.fail({ method: 'POST', path: /comments$/, kind: 'reset-after' });
  hub.fail({ graphql: /viewer/, status: 502 });
  const path = `issues/${pull}/comments`;
  expect(await post(hub, path, { body: 'a' })).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('secondary rate limit') },
  });
  expect(hub.comments(pull)).toHaveLength(0);
  await expect(post(hub, path, { body: 'b' })).rejects.toThrow(/fetch failed/);
  expect(hub.comments(pull)).toHaveLength(1);
  expect((await post(hub, path, { body: 'c' })).status).toBe(201);
  expect((await graphql(hub, '{ viewer { login } }')).status).toBe(502);
  expect((await graphql(hub, '{ viewer { login } }')).status).toBe(200);
  expect(hub.requests.map(({ status }) => status)).toEqual([403, 0, 201, 502, 200]);
});

test('something can happen between two requests, and an answer can come late', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const made = await post(hub, `issues/${pull}/comments`, { body: 'mine' });
  const [id] = at(made, 'id');
  hub.meanwhile({ method: 'GET', path: /comments\// }, () => hub.editComment(Number(id), 'mallory', 'hers'));
  hub.fail({ method: 'GET', kind: 'slow', ms: 60 });
  const before = performance.now();
  expect(at(await get(hub, `issues/comments/${String(id)}`), 'body')).toEqual(['hers']);
  expect(performance.now() - before).toBeGreaterThan(50);
  expect(at(await get(hub, `issues/comments/${String(id)}`), 'body')).toEqual(['hers']);
});

test('what the hub does not play makes its test fail at the end', async () => {
  const hub = await startHub();
  await graphql(hub, '{ viewer { bio } }');
  await expect(hub.close()).rejects.toThrow('The hub does not play User.bio.');
});

test('no part of the program is in the hub, so that one mistake cannot hide in both', () => {
  const parts = readdirSync(import.meta.dirname);
  const guilty = parts.filter((name) => /(?:from|import\() ?'\.\.\//.test(readFileSync(`${import.meta.dirname}/${name}`, 'utf8')));
  expect(guilty).toEqual([]);
  expect(parts).toContain('hub.ts');
});

async function comment(hub: FakeHub, id: unknown): Promise<unknown> {
  const query = `query ($id: ID!) { node(id: $id) { ... on IssueComment { author { login __typename } body fullDatabaseId editor { login }
    includesCreatedEdit userContentEdits(first: 100) { nodes { editor { login } } } } } }`;
  return ((await data(hub, query, { id })) as { node: unknown }).node;
}

interface HistoryCommit {
  readonly oid: string;
  readonly messageHeadline: string;
  readonly associatedPullRequests: { readonly nodes: readonly { readonly number: number; readonly author: { readonly login: string } }[] };
}

async function history(hub: FakeHub, tip: string, size = 2) {
  const query = `query ($tip: GitObjectID!, $after: String, $size: Int!) { repository(owner: "acme", name: "figma") { object(oid: $tip) { ... on Commit {
    history(first: $size, after: $after) { nodes { oid messageHeadline associatedPullRequests(first: 5) { nodes {
    number merged baseRefName headRefOid author { login } } } } pageInfo { hasNextPage endCursor } } } } } }`;
  const all: HistoryCommit[] = [];
  for (let after: string | null = null, more = true; more;) {
    const page = (await data(hub, query, { tip, after, size })) as {
      repository: { object: { history: { nodes: HistoryCommit[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } };
    };
    const { nodes, pageInfo } = page.repository.object.history;
    all.push(...nodes);
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  return all.map(({ oid, messageHeadline: headline, associatedPullRequests }) => ({
    oid,
    headline,
    pulls: associatedPullRequests.nodes.map(({ author, ...pull }) => ({ ...pull, author: author.login })),
  }));
}

function historyQuery(page: string): string {
  return `{ repository(owner: "acme", name: "figma") { object(expression: "main") { ... on Commit { history${page} { totalCount } } } } }`;
}

function deepQuery(): string {
  return `{ repository(owner: "acme", name: "figma") { object(expression: "main") { ... on Commit { history(first: 100) { nodes {
    associatedPullRequests(first: 100) { nodes { comments(first: 100) { totalCount } } } } } } } } }`;
}

function git(hub: FakeHub, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    env: { ...process.env, GIT_DIR: hub.gitDir },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}
