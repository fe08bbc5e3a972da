/** What was signed once is not valid again somewhere else, later, or in other hands. */
import { expect, test } from 'vitest';
import type { Drama } from '../drama.ts';
import { file } from '../drama.ts';
import {
  begun,
  branched,
  landed,
  merged,
  opened,
  people,
  proposed,
  pushed,
  refusing,
  reviewed,
  scheduled,
  unapproved,
  wanting,
} from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const bot = 'github-actions[bot]';

/** Deletes the comment with the plan and gives what it said. */
function withoutComment({ github, wait }: Drama, pull: number): string {
  const [comment] = github.comments(pull);
  github.deleteComment(comment?.id ?? 0);
  wait(60);
  return comment?.body ?? '';
}

test.each(['mallory', 'github-actions', bot])(
  'a signed comment that was deleted and posted again by %s approves nothing, reviewed unseen',
  async (by) => {
    const drama = await begun();
    const pull = await proposed(drama, wanting(raised));
    const body = withoutComment(drama, pull);
    reviewed(drama, pull);
    drama.github.comment(pull, by, body);
    drama.wait(60);
    drama.github.mergePull(pull);
    expect(await drama.applied()).toMatchObject(unapproved);
    expect(drama.seats()).toEqual(people);
  },
);

test('nor reviewed after it was posted again; planned again and reviewed then it does', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting(raised));
  const body = withoutComment(drama, pull);
  drama.github.comment(pull, bot, body);
  reviewed(drama, pull);
  const other = reviewed(drama, await proposed(drama, { 'README.md': 'Unrelated.' }));
  drama.github.mergePull(other);
  expect(await drama.applied()).toMatchObject({ code: 0 });
  for (const { id } of drama.github.comments(pull)) drama.github.deleteComment(id);
  expect(await drama.plan(pull)).toMatchObject({ code: 0 });
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a comment that was copied to another pull request approves nothing there', async () => {
  const drama = await begun();
  const first = await proposed(drama, wanting(raised));
  const second = reviewed(drama, await proposed(drama, { 'README.md': 'Unrelated.' }));
  const [comment] = drama.github.comments(first);
  drama.github.comment(second, bot, comment?.body ?? '');
  drama.github.push(second, { [file]: wanting(raised) }, 'Change');
  drama.github.mergePull(reviewed(drama, second));
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('a review while the plan is being made is no review of it', async () => {
  const drama = await begun();
  const branch = branched(drama, wanting(raised));
  const pull = drama.github.openPull({ head: branch });
  drama.github.meanwhile({ method: 'POST', path: /\/comments$/ }, () => drama.github.review(pull, 'ann', 'APPROVED'));
  expect(await drama.plan(pull)).toMatchObject({ code: 0 });
  drama.wait(60);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('an earlier text of the comment that somebody puts back approves nothing', async () => {
  const drama = await begun();
  const pull = reviewed(drama, await proposed(drama, wanting({ ...raised, bob: 'View' })));
  const { id, body } = drama.github.comments(pull)[0] ?? { id: 0, body: '' };
  drama.github.push(pull, { [file]: wanting(raised) }, 'Less');
  await drama.plan(pull);
  drama.github.editComment(id, 'mallory', body);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('of two pull requests with one head, neither voids the other', async () => {
  const drama = await begun();
  const branch = branched(drama, wanting(raised));
  const first = reviewed(drama, await opened(drama, branch));
  const second = drama.github.openPull({ head: branch, author: 'mallory' });
  drama.wait(60);
  await drama.plan(second);
  drama.github.review(second, 'bea', 'CHANGES_REQUESTED');
  drama.github.mergePull(first, 'merge');
  expect(drama.github.pull(second).merged).toBeDefined();
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.comment(first)).toContain('✅ Applied 1 of 1');
});

test('on a rewritten history nothing is drift, due or corrected, and no older approval comes back', async () => {
  const drama = await refusing(['bob']);
  const start = drama.github.tip();
  await landed(drama, { 'README.md': 'Started.' });
  await merged(drama, wanting({ ...raised, bob: 'View' }));
  await drama.applied();
  await landed(drama, { 'README.md': 'Ended.' }).catch(() => undefined);
  drama.github.reset('main', start, 'mallory');
  pushed(drama, wanting({ ...people, ada: 'View' }));
  await drama.byHand('ada', 'Dev');
  expect(await scheduled(drama)).toMatchObject({ wrote: [] });
  expect(drama.seats()).toEqual({ ...raised, ada: 'Dev' });
});

test('an older text of the issue makes no rewritten history the true one', async () => {
  const drama = await begun();
  await landed(drama, wanting({ ...people, bob: 'Dev' }));
  const old = drama.github.tip();
  const { number, body } = drama.github.issues[0] ?? { number: 0, body: '' };
  await landed(drama, wanting({ ...people, bob: 'View' }, 'protected: [ada@acme.com]'));
  drama.wait(60);
  drama.github.editIssue(number, { body: body ?? '' }, 'mallory');
  drama.github.reset('main', old, 'mallory');
  expect((await scheduled(drama)).wrote).toEqual([]);
  expect(drama.seats()).toEqual({ ...people, bob: 'View' });
});

test('a history that only went on is no rewritten one', async () => {
  const drama = await begun();
  await landed(drama, wanting({ ...people, bob: 'Dev' }));
  await landed(drama, wanting({ ...people, bob: 'View' }));
  await drama.byHand('bob', 'Full');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['bob'] });
});
