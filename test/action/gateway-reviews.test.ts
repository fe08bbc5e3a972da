import { describe, expect, test } from 'vitest';
import { dismissReview, hasWriteAccess, readReviews } from '../../cmd/github/reviews.ts';
import { gate, person, sentTo, troubleOf, valueOf, type Gate } from './gateway.ts';
import type { HubOptions } from './hub/hub.ts';

/** A gate with a pull request, number 1, and a clock that goes on by a minute with each look at it. */
async function withPull(options: HubOptions = {}): Promise<Gate & { readonly head: string }> {
  let minutes = 0;
  const opened = await gate({ now: () => new Date(Date.parse('2026-10-03T09:00:00Z') + (minutes += 1) * 60_000), ...options });
  opened.github.commit('main', { a: '1' });
  const head = opened.github.commit('topic', { b: '2' });
  opened.github.openPull({ head: 'topic', author: 'ada' });
  return { ...opened, head };
}

const dismissal = /\/dismissals$/;

describe('reviews', () => {
  test('all of them, oldest first, each with its time and commit', async () => {
    const { github, hub, head } = await withPull();
    const reviews = [
      github.review(1, 'grace', 'CHANGES_REQUESTED'),
      github.review(1, 'alan', 'COMMENTED'),
      github.review(1, 'grace', 'APPROVED'),
    ];
    github.dismissReview(1, reviews[0]?.id ?? 0, 'ada', 'done');
    expect(valueOf(await readReviews(hub, 1))).toEqual([
      { id: reviews[0]?.id, author: person('grace'), state: 'DISMISSED', submittedAt: reviews[0]?.submittedAt, commit: head },
      { id: reviews[1]?.id, author: person('alan'), state: 'COMMENTED', submittedAt: reviews[1]?.submittedAt, commit: head },
      { id: reviews[2]?.id, author: person('grace'), state: 'APPROVED', submittedAt: reviews[2]?.submittedAt, commit: head },
    ]);
  });

  test('over all pages', async () => {
    const { github, hub } = await withPull();
    for (let count = 0; count < 210; count += 1) github.review(1, `reviewer-${count}`, 'APPROVED');
    expect(valueOf(await readReviews(hub, 1)).map(({ author }) => author.login)).toEqual(
      Array.from({ length: 210 }, (_, count) => `reviewer-${count}`),
    );
    github.fail({ path: /page=2/, status: 403 });
    expect(troubleOf(await readReviews(hub, 1))).toContain('grant `pull-requests: read`');
  });

  test('with their authors', async () => {
    const { github, hub } = await withPull();
    github.review(1, 'copilot[bot]', 'APPROVED');
    github.review(1, 'ghost', 'APPROVED');
    const authors = [
      { login: 'copilot[bot]', type: 'Bot' },
      { login: 'ghost', type: 'Unknown' },
    ];
    expect(valueOf(await readReviews(hub, 1)).map(({ author }) => author)).toEqual(authors);
  });

  test('in the order of their submission, without what is not submitted', async () => {
    const { github, hub } = await withPull();
    const review = (id: number, state: string, submitted_at?: string) => ({
      id,
      user: { login: 'grace', type: 'User' },
      state,
      submitted_at,
    });
    const body = [
      review(1, 'APPROVED', '2026-10-03T11:00:00Z'),
      review(3, 'COMMENTED', '2026-10-03T10:00:00Z'),
      review(4, 'PENDING'),
      review(2, 'COMMENTED', '2026-10-03T10:00:00Z'),
    ];
    github.fail({ path: /reviews/, status: 200, body });
    const read = valueOf(await readReviews(hub, 1));
    expect(read.map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(read[0]).not.toHaveProperty('commit');
  });

  test.each<[string, object]>([
    ['state', { id: 1, state: 'LIKED', submitted_at: '2026-10-03T11:00:00Z' }],
    ['time', { id: 1, state: 'APPROVED', submitted_at: null }],
    ['id', { state: 'APPROVED', submitted_at: '2026-10-03T11:00:00Z' }],
  ])('with no known %s are trouble', async (_, review) => {
    const { github, hub } = await withPull();
    github.fail({ path: /reviews/, status: 200, body: [review] });
    expect(troubleOf(await readReviews(hub, 1))).toContain('reviews of #1');
  });
});

describe('a dismissal', () => {
  test('says why', async () => {
    const { github, hub } = await withPull();
    const { id } = github.review(1, 'grace', 'APPROVED');
    expect(valueOf(await dismissReview(hub, 1, id, 'the plan has grown'))).toBe('dismissed');
    expect(github.reviews(1)[0]).toMatchObject({ state: 'DISMISSED', dismissal: { message: 'the plan has grown' } });
  });

  test('whose answer is lost is one all the same', async () => {
    const { github, hub } = await withPull();
    const { id } = github.review(1, 'grace', 'APPROVED');
    github.fail({ path: dismissal, kind: 'reset-after' });
    expect(valueOf(await dismissReview(hub, 1, id, 'x'))).toBe('dismissed');
    expect(sentTo(github).filter((request) => dismissal.test(request))).toHaveLength(2);
  });

  test('that a rule keeps from the token is not allowed', async () => {
    const { github, hub } = await withPull({ mayDismiss: false });
    const { id } = github.review(1, 'grace', 'APPROVED');
    expect(valueOf(await dismissReview(hub, 1, id, 'x'))).toBe('not-allowed');
    expect(github.reviews(1)[0]?.state).toBe('APPROVED');
  });

  test('of what is no opinion, or not there, is not allowed', async () => {
    const { github, hub } = await withPull();
    const { id } = github.review(1, 'grace', 'COMMENTED');
    github.dismissReview(1, github.review(1, 'grace', 'APPROVED').id, 'ada', 'x');
    expect(valueOf(await dismissReview(hub, 1, id, 'x'))).toBe('not-allowed');
    expect(valueOf(await dismissReview(hub, 1, 12, 'x'))).toBe('not-allowed');
  });

  test('that GitHub fails over is trouble', async () => {
    const { github, hub } = await withPull();
    const { id } = github.review(1, 'grace', 'APPROVED');
    github.fail({ path: dismissal, status: 502, times: 4 });
    expect(troubleOf(await dismissReview(hub, 1, id, 'x'))).toContain('502');
    github.fail({ path: dismissal, status: 422 });
    github.fail({ path: /reviews\?/, status: 403 });
    expect(troubleOf(await dismissReview(hub, 1, id, 'x'))).toContain('403');
  });
});

describe('write access', () => {
  test.each([
    ['admin', true],
    ['maintain', true],
    ['write', true],
    ['triage', false],
    ['read', false],
    ['none', false],
  ] as const)('%s: %s', async (access, may) => {
    const { github, hub } = await gate({ private: true });
    github.setAccess('grace', access);
    expect(valueOf(await hasWriteAccess(hub, 'grace'))).toBe(may);
  });

  test('is nothing that bots have, or those who are gone', async () => {
    const { hub } = await gate();
    expect(valueOf(await hasWriteAccess(hub, 'dependabot[bot]'))).toBe(false);
    expect(valueOf(await hasWriteAccess(hub, 'ghost'))).toBe(false);
  });

  test('is asked for once in a run', async () => {
    const first = await gate();
    first.github.setAccess('grace', 'read');
    for (const login of ['grace', 'Grace', 'ada', 'ada']) valueOf(await hasWriteAccess(first.hub, login));
    expect(sentTo(first.github)).toEqual(['grace', 'ada'].map((login) => `GET /repos/acme/figma/collaborators/${login}/permission`));
    const second = await gate();
    expect(valueOf(await hasWriteAccess(second.hub, 'grace'))).toBe(true);
  });

  test('that cannot be read is trouble, and asked for again', async () => {
    const { github, hub } = await gate();
    github.fail({ path: /collaborators/, status: 403 });
    expect(troubleOf(await hasWriteAccess(hub, 'grace'))).toContain('grant `metadata: read`');
    expect(valueOf(await hasWriteAccess(hub, 'grace'))).toBe(true);
  });
});
