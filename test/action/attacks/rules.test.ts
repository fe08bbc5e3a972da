/** Rules hold until what changes them is approved, and are not read from a place that the people they bind can write to. */
import { expect, test } from 'vitest';
import { begun, landed, merged, people, proposed, pushed, refusing, reviewed, scheduled, unapproved, wanting } from './scenario.ts';

const guarding = 'protected: [ada@acme.com]';
const alone = 'separation: { approvals: 0 }';
const lowered = { ...people, ada: 'View' };

test('who is no longer protected by a push stays protected, and the push is red until it is approved', async () => {
  const drama = await begun(people, { files: wanting(people, guarding) });
  pushed(drama, wanting(people));
  const first = await drama.applied();
  expect(first).toMatchObject(unapproved);
  expect(first.summary).toContain('protected');
  await merged(drama, wanting(lowered));
  const second = await drama.applied();
  expect(second.wrote).toEqual([]);
  expect(second.code).not.toBe(0);
  expect(await scheduled(drama)).toMatchObject({ wrote: [] });
  expect(drama.seats()).toEqual(people);
});

test('who is no longer protected by a reviewed pull request can be lowered by the next', async () => {
  const drama = await begun(people, { files: wanting(people, guarding) });
  await landed(drama, wanting(people));
  await landed(drama, wanting(lowered));
  expect(drama.seats()).toEqual(lowered);
});

test('one reviewed pull request can do both', async () => {
  const drama = await begun(people, { files: wanting(people, guarding) });
  await landed(drama, wanting(lowered));
  expect(drama.seats()).toEqual(lowered);
});

test('a push to `approvals: 0` lets nobody work alone', async () => {
  const drama = await begun();
  pushed(drama, wanting(people, alone));
  expect(await drama.applied()).toMatchObject(unapproved);
  const pull = await proposed(drama, wanting({ ...people, eve: 'Full' }, alone));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(await scheduled(drama)).toMatchObject(unapproved);
  const { outputs } = await drama.applied();
  const dispatched = await drama.applied({ event: 'workflow_dispatch', inputs: { approve: outputs['plan-digest'] ?? '' } });
  expect(dispatched).toMatchObject({ ...unapproved, outputs: { 'failure-reason': 'not-separate' } });
  expect(drama.seats()).toEqual(people);
});

test('nor does a pull request that switches its own review off', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting({ ...people, eve: 'Full' }, alone));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  drama.github.mergePull(await proposed(drama, wanting({ ...people, eve: 'Full', bob: 'View' }, alone)));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('a team of one works alone once that was approved', async () => {
  const drama = await begun();
  await landed(drama, wanting(people, alone));
  const pull = await proposed(drama, wanting({ ...people, eve: 'Full' }, alone));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('the approved end of a review counts for what is merged after it, in the same run', async () => {
  const drama = await begun();
  await merged(drama, wanting(people, alone));
  drama.github.mergePull(await proposed(drama, wanting({ ...people, eve: 'Full' }, alone)));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('`notBy` is a rule like any other: a push that empties it lets no author approve', async () => {
  const drama = await begun();
  pushed(drama, wanting(people, 'separation: { approvals: 1, notBy: [] }'));
  const pull = await proposed(drama, wanting({ ...people, eve: 'Full' }, 'separation: { approvals: 1, notBy: [] }'), { author: 'mallory' });
  drama.github.push(pull, { 'README.md': 'By ann.' }, 'Help', { author: 'ann' });
  await drama.plan(pull);
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('more approvals hold from where they are asked for on, approved or not', async () => {
  const drama = await begun();
  const two = 'separation: { approvals: 2 }';
  pushed(drama, wanting(people, two));
  await merged(drama, wanting({ ...people, eve: 'Full' }, two));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
});

/** A tightening that was reviewed, in a pull request of which Figma refuses something, so that no status moves. */
async function tightened(times = 100) {
  const drama = await refusing(['bob'], { times });
  await merged(drama, wanting(failing, guarding));
  expect(await drama.applied()).toMatchObject({ code: 1 });
  return drama;
}

const failing = { ...people, bob: 'View' };

test('a tightening that was approved is not taken back by a push while an apply still fails', async () => {
  const drama = await tightened(2);
  pushed(drama, wanting(failing));
  await merged(drama, wanting({ ...failing, ada: 'View' }));
  for (const run of [drama.applied, drama.applied, drama.applied, () => scheduled(drama)]) expect((await run()).code).not.toBe(0);
  expect(drama.seats()).toEqual(failing);
});

test('it is by another reviewed pull request', async () => {
  const drama = await tightened();
  await merged(drama, wanting(failing));
  await merged(drama, wanting({ ...failing, ada: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete' } });
  expect(drama.seats()).toEqual({ ...people, ada: 'View' });
});
