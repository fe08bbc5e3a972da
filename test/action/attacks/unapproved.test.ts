/** What nobody approved stays unapproved, however many runs have seen it. */
import { expect, test } from 'vitest';
import { asking, file } from '../drama.ts';
import { begun, granting, merged, people, proposed, pushed, reviewed, scheduled, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };

test('a push is red in every run, and no correction of drift writes it', async () => {
  const drama = await begun();
  pushed(drama, wanting(raised));
  for (const run of [drama.applied, () => scheduled(drama), drama.applied, () => scheduled(drama)]) {
    expect(await run()).toMatchObject(unapproved);
  }
  expect(drama.days()).toEqual([]);
  expect(drama.seats()).toEqual(people);
});

test('the same after another pull request was applied on top of it', async () => {
  const drama = await begun();
  pushed(drama, wanting(raised));
  await drama.applied();
  await merged(drama, wanting({ ...raised, bob: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['bob'] });
  expect(await scheduled(drama)).toMatchObject(unapproved);
  expect(drama.seats()).toMatchObject({ eve: 'View' });
});

test.each([
  [
    'who is protected',
    asking(people, 'organization: { protected: [ada@acme.com], limits: { downgrades: 9 }, minAdmins: 0 }\n'),
    'limits: { downgrades: 9 }, minAdmins: 0',
  ],
  ['a limit', asking(people, 'organization: { limits: { downgrades: 0 }, minAdmins: 0 }\n'), 'limits: { downgrades: 9 }, minAdmins: 0'],
])('%s that a push loosens is in force after several runs as it was', async (_, files, loose) => {
  const rules = `organization: { ${loose} }\n`;
  const drama = await begun(people, { files });
  pushed(drama, asking(people, rules));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(await scheduled(drama)).toMatchObject(unapproved);
  await merged(drama, asking({ ...people, ada: 'View' }, rules));
  expect((await drama.applied()).wrote).toEqual([]);
  expect(drama.seats()).toEqual(people);
});

test.each([
  ['a pushed grant that starts later', (drama: Awaited<ReturnType<typeof begun>>, files: string) => Promise.resolve(pushed(drama, files))],
  [
    'an unreviewed pull request with it',
    async (drama: Awaited<ReturnType<typeof begun>>, files: string) => drama.github.mergePull(await proposed(drama, files)),
  ],
])('%s does not fall due', async (_, bring) => {
  const drama = await begun();
  await bring(drama, wanting(people, '', granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31')));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(await scheduled(drama)).toMatchObject(unapproved);
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject(unapproved);
  drama.setDay('2026-11-26');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('a grant that was reviewed falls due', async () => {
  const drama = await begun();
  await merged(drama, wanting(people, '', granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-11-25')));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'] });
  drama.setDay('2026-11-26');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual(people);
});

test('a late review heals after several red runs, on another day, and with a day to come', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting(raised, '', granting('user: bob@acme.com, seat: Full, until: 2026-12-31')));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ ...unapproved, outputs: { 'failure-reason': 'not-separate' } });
  expect(await scheduled(drama)).toMatchObject(unapproved);
  drama.setDay('2026-11-25');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.days()).toHaveLength(1);
});

test('a push that is taken back is green again, and what was approved meanwhile is applied', async () => {
  const drama = await begun();
  pushed(drama, wanting(raised));
  expect(await drama.applied()).toMatchObject(unapproved);
  pushed(drama, wanting(people));
  await merged(drama, { [file]: wanting({ ...people, bob: 'View' }) });
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['bob'] });
  expect(drama.days()).toHaveLength(1);
});
