/** Rules hold until what changes them is approved, and are not looked up where whoever is bound by them can write. */
import { expect, test } from 'vitest';
import { begun, landed, merged, people, proposed, pushed, reviewed, scheduled, unapproved, wanting } from './scenario.ts';

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

test('a tightening that was approved is not taken back by a push while the run before it still fails', async () => {
  const seed = {
    users: Object.entries(people).map(([name, value]) => ({ userName: `${name}@acme.com`, roles: [{ type: 'seatType', value }] })),
    groups: [],
    refused: ['bob@acme.com'],
  };
  const drama = await begun(people, { figma: { seed, faults: ['refuse=100'] } });
  const failing = { ...people, bob: 'View' };
  await merged(drama, wanting(failing, guarding));
  expect(await drama.applied()).toMatchObject({ code: 1 });
  pushed(drama, wanting(failing));
  await merged(drama, wanting({ ...failing, ada: 'View' }));
  await drama.applied();
  expect(drama.seats()).toMatchObject({ ada: 'Full' });
});
