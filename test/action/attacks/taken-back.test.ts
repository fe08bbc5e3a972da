/** A value that was taken back is not approved any more, also where it was in place all the time. */
import { expect, test } from 'vitest';
import {
  begun,
  granting,
  landed,
  merged,
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
const later = granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31');

test('taken back while Figma had taken it back already: a push of it is not the old approval', async () => {
  const drama = await refusing(['bob']);
  await merged(drama, wanting({ ...raised, bob: 'View' }));
  await drama.applied();
  await drama.byHand('eve', 'View');
  await merged(drama, wanting({ ...people, bob: 'View' }));
  await drama.applied();
  pushed(drama, wanting({ ...raised, bob: 'View' }));
  await drama.applied();
  await scheduled(drama);
  expect(drama.seats()).toEqual(people);
});

test('the withdrawal of an approved change is shown, reviewed and applied, after which it can be approved anew', async () => {
  const drama = await begun();
  await merged(drama, wanting(raised));
  const back = await proposed(drama, wanting(people));
  expect(drama.comment(back)).toContain('eve@acme.com');
  drama.github.mergePull(reviewed(drama, back));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  await landed(drama, wanting(raised));
  expect(drama.seats()).toEqual(raised);
});

test('after its comment was deleted, a pull request approves nothing, whatever it did before', async () => {
  const drama = await refusing(['bob']);
  const pull = await merged(drama, wanting({ ...raised, bob: 'View' }));
  for (const { id } of drama.github.comments(pull)) drama.github.deleteComment(id);
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('a grant that was removed and pushed again before its day is not approved: not on its day, and not after it', async () => {
  const drama = await begun();
  await landed(drama, wanting(people, '', later));
  pushed(drama, wanting(people));
  pushed(drama, wanting(people, '', later));
  expect(await drama.applied()).toMatchObject(unapproved);
  drama.setDay('2026-11-24');
  for (const run of [drama.applied, () => scheduled(drama), () => scheduled(drama)]) await run();
  expect(drama.seats()).toEqual(people);
});

test('one that a reviewed pull request removed, and a push brought again, comes neither on its day nor as drift', async () => {
  const drama = await refusing(['bob'], { times: 3 });
  await landed(drama, wanting(people, '', later));
  await merged(drama, wanting({ ...people, bob: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 1 });
  pushed(drama, wanting({ ...people, bob: 'View' }, '', later));
  drama.setDay('2026-11-24');
  for (const run of [drama.applied, drama.applied, drama.applied, () => scheduled(drama), () => scheduled(drama)]) await run();
  expect(drama.seats()).toEqual({ ...people, bob: 'View' });
});

test('a value that a reviewed pull request took back, and a push brought again, comes back as no drift', async () => {
  const drama = await refusing(['bob'], { times: 3 });
  await landed(drama, wanting(raised));
  await merged(drama, wanting({ ...people, bob: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 1 });
  expect(drama.seats()).toMatchObject({ eve: 'View' });
  pushed(drama, wanting({ ...raised, bob: 'View' }));
  for (const run of [drama.applied, drama.applied, drama.applied, () => scheduled(drama), () => scheduled(drama)]) await run();
  expect(drama.seats()).toEqual({ ...people, bob: 'View' });
});

test('a grant that stays is written on its day', async () => {
  const drama = await begun();
  await landed(drama, wanting(people, '', later));
  await landed(drama, wanting({ ...people, bob: 'View' }, '', later));
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('what is drift of a value that nobody took back is corrected', async () => {
  const drama = await begun();
  await landed(drama, wanting(raised));
  await drama.byHand('eve', 'View');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'] });
});
