/** Whose review counts, of when. */
import { expect, test } from 'vitest';
import { asking, file, type Drama } from '../drama.ts';
import { begun, branched, landed, people, proposed, replanned, reviewed, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const applied = { code: 0, wrote: ['eve'] };

async function proposal(): Promise<{ readonly drama: Drama; readonly pull: number }> {
  const drama = await begun();
  return { drama, pull: await proposed(drama, wanting(raised)) };
}

test('auto-merge before the first plan: a late review heals, of the same plan only', async () => {
  const drama = await begun();
  const pull = drama.github.openPull({ head: branched(drama, wanting(raised)) });
  reviewed(drama, pull);
  drama.github.mergePull(pull);
  expect(await drama.plan(pull)).toMatchObject({ code: 0 });
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull, 'APPROVED', 'bea');
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('auto-merge after the plan and before any review: a late review heals', async () => {
  const { drama, pull } = await proposal();
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ ...unapproved, outputs: { 'failure-reason': 'not-separate' } });
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject(applied);
});

test('a review before the first plan does not count; the same person approves again', async () => {
  const drama = await begun();
  const pull = drama.github.openPull({ head: branched(drama, wanting(raised)) });
  reviewed(drama, pull);
  await replanned(drama, pull);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject(applied);
});

test('a review that was dismissed when the plan grew, and asked for again, counts once it is given', async () => {
  const { drama, pull } = await proposal();
  reviewed(drama, pull);
  drama.github.push(pull, { [file]: wanting({ ...raised, bob: 'View' }) }, 'More');
  await replanned(drama, pull);
  expect(drama.github.reviews(pull).map(({ state }) => state)).toEqual(['DISMISSED']);
  reviewed(drama, pull, 'COMMENTED');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
});

test.each(['none', 'read', 'triage'] as const)('a reviewer with %s access does not count', async (access) => {
  const { drama, pull } = await proposal();
  drama.github.setAccess('ann', access);
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull, 'APPROVED', 'bea');
  expect(await drama.applied()).toMatchObject(applied);
});

test('nor a bot, whatever it may write', async () => {
  const { drama, pull } = await proposal();
  drama.github.setAccess('helper[bot]', 'admin');
  drama.github.mergePull(reviewed(drama, pull, 'APPROVED', 'helper[bot]'));
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('a reviewer who was removed before the first apply does not count, one removed after it does', async () => {
  for (const isEarly of [true, false]) {
    const drama = await begun(people, { figma: { faults: ['refuse=2'], seed: seedRefusing('eve') } });
    const pull = reviewed(drama, await proposed(drama, wanting(raised)));
    drama.github.mergePull(pull);
    if (isEarly) drama.github.setAccess('ann', 'none');
    const first = await drama.applied();
    expect(first.code).toBe(isEarly ? 4 : 1);
    drama.github.setAccess('ann', isEarly ? 'write' : 'none');
    for (const run of [drama.applied, drama.applied]) await run();
    expect(drama.seats()).toEqual(isEarly ? people : raised);
  }
});

test('a change request stops a merge, one after it does not', async () => {
  for (const isBefore of [true, false]) {
    const { drama, pull } = await proposal();
    reviewed(drama, pull);
    if (isBefore) reviewed(drama, pull, 'CHANGES_REQUESTED', 'bea');
    drama.github.mergePull(pull);
    if (!isBefore) reviewed(drama, pull, 'CHANGES_REQUESTED', 'bea');
    expect(await drama.applied()).toMatchObject(isBefore ? unapproved : applied);
  }
});

test('the last opinion of a person counts, also after the merge and also a dismissed one', async () => {
  for (const change of ['CHANGES_REQUESTED', 'dismissed'] as const) {
    const { drama, pull } = await proposal();
    drama.github.mergePull(reviewed(drama, pull));
    if (change === 'dismissed') drama.github.dismissReview(pull, drama.github.reviews(pull)[0]?.id ?? 0, 'bea', 'Not so fast.');
    else reviewed(drama, pull, change);
    expect(await drama.applied()).toMatchObject(unapproved);
  }
});

test('neither a committer nor the one who gets something counts, in whatever case', async () => {
  const withLogin = (seats: typeof people) => wanting(seats).replace('userName: eve@acme.com,', 'userName: eve@acme.com, github: Eve-L,');
  const drama = await begun(people, { files: withLogin(people) });
  const pull = await proposed(drama, withLogin(raised));
  drama.github.push(pull, { 'README.md': 'By cleo.' }, 'Help', { author: 'cleo' });
  await replanned(drama, pull);
  for (const who of ['eve-l', 'Cleo']) reviewed(drama, pull, 'APPROVED', who);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject(applied);
});

test('who takes the own login out of the configuration by a push still gets something, and does not count', async () => {
  const withLogin = (seats: typeof people) => wanting(seats).replace('userName: eve@acme.com,', 'userName: eve@acme.com, github: eve-l,');
  const drama = await begun(people, { files: withLogin(people) });
  drama.wait(60);
  drama.github.commit('main', { [file]: wanting(people) }, 'Tidy', { author: 'eve-l' });
  await drama.applied();
  const pull = await proposed(drama, wanting(raised));
  drama.github.mergePull(reviewed(drama, pull, 'APPROVED', 'eve-l'));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
});

test('a team of one: without a review once `approvals: 0` is in force, and then with any', async () => {
  const alone = (seats: typeof people) => asking(seats, 'organization: { separation: { approvals: 0 } }\n');
  const drama = await begun(people, { files: alone(people) });
  await landed(drama, { 'README.md': 'Ours.' });
  drama.github.mergePull(await proposed(drama, alone(raised)));
  expect(await drama.applied()).toMatchObject(applied);
});

function seedRefusing(name: string) {
  const users = Object.entries(people).map(([who, value]) => ({ userName: `${who}@acme.com`, roles: [{ type: 'seatType', value }] }));
  return { users, groups: [], refused: [`${name}@acme.com`] };
}
