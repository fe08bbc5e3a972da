import { expect, test } from 'vitest';
import { at, call, get, inRepository, opened, post } from './client.ts';

test.each([
  ['admin', 'admin'],
  ['maintain', 'write'],
  ['write', 'write'],
  ['triage', 'read'],
  ['read', 'read'],
  ['none', 'none'],
] as const)('who has %s has the permission %s', async (access, permission) => {
  const hub = await opened({ private: true });
  hub.setAccess('Grace', access);
  expect(await get(hub, 'collaborators/grace/permission')).toMatchObject({
    status: 200,
    body: { permission, role_name: access, user: { login: 'grace', type: 'User' } },
  });
});

test('anybody can write if nothing is said, and everybody can read what is public', async () => {
  const hub = await opened();
  expect(at(await get(hub, 'collaborators/ada/permission'), 'permission')).toEqual(['write']);
  hub.setAccess('ada', 'none');
  expect(at(await get(hub, 'collaborators/ada/permission'), 'permission')).toEqual(['read']);
});

test.each(['ghost', 'dependabot[bot]'])('%s is not a user who has access', async (login) => {
  const hub = await opened();
  expect(await get(hub, `collaborators/${encodeURIComponent(login)}/permission`)).toMatchObject({
    status: 404,
    body: { message: `${login} is not a user` },
  });
});

test('whether a reviewer can push is answered for now', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  hub.review(pull, 'grace', 'APPROVED');
  const canPush = async () => {
    const selection = `pullRequest(number: ${pull}) { reviews(first: 1) { nodes { authorCanPushToRepository } } }`;
    const found = await inRepository<{ pullRequest: { reviews: { nodes: { authorCanPushToRepository: boolean }[] } } }>(hub, selection);
    return found.pullRequest.reviews.nodes[0]?.authorCanPushToRepository;
  };
  expect(await canPush()).toBe(true);
  hub.setAccess('grace', 'triage');
  expect(await canPush()).toBe(false);
  hub.setAccess('grace', 'maintain');
  expect(await canPush()).toBe(true);
});

test('a person called github-actions is not the bot, wherever an account is shown', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic', author: 'github-actions' });
  const byPerson = hub.comment(pull, 'github-actions', 'forged');
  const byBot = await post(hub, `issues/${pull}/comments`, { body: 'real' });
  const comments = await get(hub, `issues/${pull}/comments`);
  expect(comments.body).toMatchObject([
    { id: byPerson.id, user: { login: 'github-actions', type: 'User', html_url: 'https://github.com/github-actions' } },
    { id: at(byBot, 'id')[0], user: { login: 'github-actions[bot]', type: 'Bot' }, performed_via_github_app: null },
  ]);
  const [person, bot] = at(comments, '0.user.id', '1.user.id');
  expect(person).not.toBe(bot);
  const user = { login: 'github-actions', type: 'User', id: person };
  expect(at(await get(hub, `pulls/${pull}`), 'user', 'head.user.login')).toEqual([expect.objectContaining(user), 'acme']);
  expect(at(await get(hub, `issues/${pull}`), 'user')).toEqual([expect.objectContaining(user)]);
  hub.setStatus(hub.tip(), { context: 'seatform/applied', creator: 'github-actions' });
  expect(at(await get(hub, `commits/main/statuses`), '0.creator')).toEqual([expect.objectContaining(user)]);
  const found = await inRepository(
    hub,
    `pullRequest(number: ${pull}) { author { __typename login } comments(first: 9) { nodes { author { __typename login } } } }`,
  );
  const [User, Bot] = ['User', 'Bot'].map((__typename) => ({ __typename, login: 'github-actions' }));
  expect(found).toEqual({ pullRequest: { author: User, comments: { nodes: [{ author: User }, { author: Bot }] } } });
});

test('issues: the creator is the login of REST, and GraphQL shows who changed the body', async () => {
  let now = new Date('2026-10-03T09:00:00Z');
  const hub = await opened({ now: () => now });
  hub.openIssue('github-actions', 'Figma drift', 'forged');
  const issue = Number(at(await post(hub, 'issues', { title: 'Figma drift', body: 'real' }), 'number')[0]);
  hub.comment(issue, 'ada', 'approve sha256:1');
  expect(at(await get(hub, 'issues?state=all&creator=github-actions%5Bbot%5D'), 'length', '0.number')).toEqual([1, issue]);
  expect(at(await get(hub, 'issues?creator=github-actions'), 'length', '0.number')).toEqual([1, 1]);
  const selection = `issue(number: ${issue}) { number author { __typename login } body lastEditedAt editor { __typename login } url state createdAt
    userContentEdits(first: 5) { nodes { editor { login } editedAt } } comments(first: 5) { nodes { body lastEditedAt editor { login } author { __typename login } } } }`;
  const untouched = {
    body: 'real',
    lastEditedAt: null,
    editor: null,
    state: 'OPEN',
    createdAt: '2026-10-03T09:00:00Z',
    userContentEdits: { nodes: [] },
  };
  expect(await inRepository(hub, selection)).toMatchObject({
    issue: {
      ...untouched,
      author: { __typename: 'Bot', login: 'github-actions' },
      comments: { nodes: [{ author: { login: 'ada' }, editor: null }] },
    },
  });
  now = new Date('2026-10-03T09:05:00Z');
  hub.editIssue(issue, { body: 'hers' }, 'mallory');
  hub.editIssue(issue, { title: 'no edit of the body', state: 'closed' });
  expect(await inRepository(hub, selection)).toMatchObject({
    issue: { body: 'hers', state: 'CLOSED', lastEditedAt: '2026-10-03T09:05:00Z', editor: { __typename: 'User', login: 'mallory' } },
  });
  await call(hub, 'PATCH', `${hub.url}/repos/acme/figma/issues/${issue}`, { body: 'real' });
  expect(
    await inRepository(
      hub,
      `issueOrPullRequest(number: ${issue}) { ... on Issue { userContentEdits(first: 5) { nodes { editor { login } } } } }`,
    ),
  ).toEqual({
    issueOrPullRequest: {
      userContentEdits: { nodes: ['github-actions', 'mallory', 'github-actions'].map((login) => ({ editor: { login } })) },
    },
  });
  expect(at(await get(hub, 'issues?state=closed'), '0.number')).toEqual([issue]);
});
