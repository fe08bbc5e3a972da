/** Nobody who lost access comes back without an approval that showed them as inactive. */
import { expect, test } from 'vitest';
import { begun, dispatched, landed, merged, people, pushed, refusing, scheduled, unapproved, wanting } from './scenario.ts';

test('`drift: correct` gives nobody access again who was deactivated in Figma; that stays in the issue', async () => {
  const drama = await begun();
  await drama.byHand('bob', 'off');
  await drama.byHand('eve', 'Dev');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'], outputs: { drift: 'true' } });
  expect(drama.seats()).toEqual({ ...people, bob: 'off' });
  expect(drama.openIssues()[0]).toContain('bob@acme.com');
});

test('a retried older approval of somebody does not either, once somebody was deactivated', async () => {
  const drama = await refusing(['ada'], { seats: { ...people, bob: 'off' } });
  await merged(drama, wanting({ ...people, ada: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 1, wrote: expect.arrayContaining(['bob']) as unknown });
  expect(drama.seats()).toMatchObject({ bob: 'Full' });
  await drama.byHand('bob', 'off');
  expect(await drama.applied()).toMatchObject({ wrote: ['ada'] });
  expect(await scheduled(drama)).toMatchObject({ wrote: ['ada'] });
  expect(drama.seats()).toMatchObject({ bob: 'off' });
});

test('nor a create of somebody whose account was deactivated afterwards', async () => {
  const drama = await refusing(['ada']);
  await merged(drama, wanting({ ...people, ada: 'View', kim: 'Full' }));
  await drama.applied();
  expect(drama.seats()).toMatchObject({ kim: 'Full' });
  await drama.byHand('kim', 'off');
  await drama.applied();
  await scheduled(drama);
  expect(drama.seats()).toMatchObject({ kim: 'off' });
});

test('a pull request that shows the return gives access again', async () => {
  const drama = await begun({ ...people, bob: 'off' });
  const pull = await landed(drama, wanting(people));
  expect(drama.comment(pull)).toContain('bob@acme.com');
  expect(drama.seats()).toEqual(people);
});

test('one that was reviewed before the deactivation does not', async () => {
  const drama = await begun();
  await drama.byHand('bob', 'Dev');
  await merged(drama, wanting({ ...people, eve: 'Full' }));
  await drama.byHand('bob', 'off');
  expect(await drama.applied()).toMatchObject({ wrote: ['eve'] });
  expect(drama.seats()).toMatchObject({ bob: 'off' });
});

test('an off-boarding that was applied is undone by no push, and by a digest only with another person', async () => {
  const drama = await begun();
  await landed(drama, wanting({ ...people, bob: 'off' }));
  pushed(drama, wanting(people));
  const ran = await drama.applied();
  expect(ran).toMatchObject(unapproved);
  expect(await scheduled(drama)).toMatchObject(unapproved);
  const digest = ran.outputs['plan-digest'] ?? '';
  drama.wait(60);
  drama.github.comment(drama.github.issues.at(-1)?.number ?? 0, 'ann', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 0, wrote: ['bob'] });
});
