import { expect, test } from 'vitest';
import { at, call, get, graphql, inRepository, opened } from './client.ts';
import type { FakeHub } from './hub.ts';

test('reviews: REST and GraphQL show who said what of which commit and when, oldest first', async () => {
  let now = new Date('2026-10-03T09:00:00.900Z');
  const hub = await opened({ now: () => now });
  const pull = hub.openPull({ head: 'topic', author: 'ada' });
  const old = hub.tip('topic');
  const first = hub.review(pull, 'grace', 'APPROVED', { body: 'fine' });
  now = new Date('2026-10-03T09:01:00Z');
  const head = hub.push(pull, { 'b.yaml': 'more' });
  hub.review(pull, 'dependabot[bot]', 'COMMENTED');
  hub.review(pull, 'ghost', 'CHANGES_REQUESTED', { commit: old });
  expect((await get(hub, `pulls/${pull}/reviews`)).body).toMatchObject([
    {
      id: first.id,
      user: { login: 'grace', type: 'User' },
      state: 'APPROVED',
      body: 'fine',
      commit_id: old,
      submitted_at: '2026-10-03T09:00:00Z',
    },
    { user: { login: 'dependabot[bot]', type: 'Bot' }, state: 'COMMENTED', commit_id: head, submitted_at: '2026-10-03T09:01:00Z' },
    { user: null, state: 'CHANGES_REQUESTED', commit_id: old },
  ]);
  expect(await reviews(hub, pull)).toEqual([
    {
      databaseId: null,
      fullDatabaseId: String(first.id),
      id: first.nodeId,
      state: 'APPROVED',
      submittedAt: '2026-10-03T09:00:00Z',
      author: { __typename: 'User', login: 'grace' },
      commit: { oid: old },
      authorCanPushToRepository: true,
      body: 'fine',
    },
    expect.objectContaining({
      author: { __typename: 'Bot', login: 'dependabot' },
      commit: { oid: head },
      authorCanPushToRepository: false,
    }),
    expect.objectContaining({ author: null, state: 'CHANGES_REQUESTED' }),
  ]);
  expect(await reviews(hub, pull, ', states: [CHANGES_REQUESTED, DISMISSED]')).toHaveLength(1);
});

test('reviews are read page by page, in REST and in GraphQL', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const all = Array.from({ length: 5 }, (_, n) => hub.review(pull, `r${n}`, 'APPROVED').author);
  const second = await get(hub, `pulls/${pull}/reviews?per_page=2&page=2`);
  expect(at(second, '0.user.login', '1.user.login')).toEqual(all.slice(2, 4));
  expect(second.link).toContain('page=3>; rel="next"');
  const page = (after: string) =>
    inRepository<Paged>(
      hub,
      `pullRequest(number: ${pull}) { reviews(first: 3${after}) { nodes { author { login } } pageInfo { hasNextPage endCursor } } }`,
    );
  const { nodes, pageInfo } = (await page('')).pullRequest.reviews;
  const rest = (await page(`, after: "${pageInfo.endCursor}"`)).pullRequest.reviews;
  expect([...nodes, ...rest.nodes].map(({ author }) => author.login)).toEqual(all);
  expect([pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
});

test('a dismissal keeps the time of the review, happens once, and needs an opinion and a message', async () => {
  let now = new Date('2026-10-03T09:00:00Z');
  const hub = await opened({ now: () => now });
  const pull = hub.openPull({ head: 'topic' });
  const { id } = hub.review(pull, 'grace', 'APPROVED');
  const remark = hub.review(pull, 'ada', 'COMMENTED');
  now = new Date('2026-10-03T10:00:00Z');
  expect(await dismiss(hub, pull, id, {})).toMatchObject({
    status: 422,
    body: { message: expect.stringContaining('"message" wasn\'t supplied') },
  });
  expect(await dismiss(hub, pull, id, { message: 'grown', event: 'DISMISS' })).toMatchObject({
    status: 200,
    body: { id, state: 'DISMISSED', submitted_at: '2026-10-03T09:00:00Z' },
  });
  expect(hub.reviews(pull)[0]?.dismissal).toEqual({ by: 'github-actions[bot]', message: 'grown', at: '2026-10-03T10:00:00Z' });
  expect(await dismiss(hub, pull, id, { message: 'again' })).toMatchObject({
    status: 422,
    body: { errors: ['Can not dismiss a dismissed pull request review'] },
  });
  expect((await dismiss(hub, pull, remark.id, { message: 'no' })).status).toBe(422);
  expect((await dismiss(hub, pull, 1, { message: 'no' })).status).toBe(404);
  const other = hub.review(pull, 'hedy', 'CHANGES_REQUESTED');
  hub.dismissReview(pull, other.id, 'ada', 'settled');
  expect(await reviews(hub, pull)).toMatchObject([{ state: 'DISMISSED' }, { state: 'COMMENTED' }, { state: 'DISMISSED' }]);
});

test('a dismissal is refused without the permission, and where a rule reserves it to others', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const { id } = hub.review(pull, 'grace', 'APPROVED');
  hub.permissions.delete('pull-requests: write');
  expect((await dismiss(hub, pull, id, { message: 'grown' })).status).toBe(403);
  const guarded = await opened({ mayDismiss: false });
  const other = guarded.openPull({ head: 'topic' });
  const review = guarded.review(other, 'grace', 'APPROVED');
  expect((await dismiss(guarded, other, review.id, { message: 'grown' })).status).toBe(403);
  expect(guarded.reviews(other)[0]?.state).toBe('APPROVED');
});

test('a merged pull request can still be reviewed; nobody approves their own', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic', author: 'ada' });
  expect(() => hub.review(pull, 'ada', 'APPROVED')).toThrow('ada cannot approve their own pull request');
  const head = hub.tip('topic');
  hub.mergePull(pull, 'merge');
  expect(hub.review(pull, 'grace', 'APPROVED').commit).toBe(head);
});

test('a dismissal can fail: before its effect, or after it', async () => {
  const hub = await opened();
  const pull = hub.openPull({ head: 'topic' });
  const { id } = hub.review(pull, 'grace', 'APPROVED');
  hub.fail({ method: 'PUT', path: /dismissals$/, status: 502 });
  hub.fail({ method: 'PUT', path: /dismissals$/, kind: 'reset' });
  hub.fail({ method: 'PUT', path: /dismissals$/, kind: 'reset-after' });
  expect((await dismiss(hub, pull, id, { message: 'a' })).status).toBe(502);
  await expect(dismiss(hub, pull, id, { message: 'a' })).rejects.toThrow(/fetch failed/);
  expect(hub.reviews(pull)[0]?.state).toBe('APPROVED');
  await expect(dismiss(hub, pull, id, { message: 'a' })).rejects.toThrow(/fetch failed/);
  expect(hub.reviews(pull)[0]?.state).toBe('DISMISSED');
  hub.fail({ graphql: /\breviews\(/, status: 502 });
  expect(
    (
      await graphql(
        hub,
        `{ repository(owner: "acme", name: "figma") { pullRequest(number: ${pull}) { reviews(first: 1) { totalCount } } } }`,
      )
    ).status,
  ).toBe(502);
});

interface Paged {
  readonly pullRequest: {
    readonly reviews: {
      readonly nodes: readonly { readonly author: { readonly login: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}

async function reviews(hub: FakeHub, pull: number, more = ''): Promise<readonly unknown[]> {
  const found = await inRepository<{ pullRequest: { reviews: { nodes: unknown[] } } }>(
    hub,
    `pullRequest(number: ${pull}) { reviews(first: 100${more}) { nodes { databaseId fullDatabaseId id state submittedAt author { __typename login }
    commit { oid } authorCanPushToRepository body } pageInfo { hasNextPage } } }`,
  );
  return found.pullRequest.reviews.nodes;
}

function dismiss(hub: FakeHub, pull: number, id: number, body: object) {
  return call(hub, 'PUT', `${hub.url}/repos/acme/figma/pulls/${pull}/reviews/${id}/dismissals`, body);
}
