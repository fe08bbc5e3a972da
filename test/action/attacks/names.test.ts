/** An approval by name is for the object that had the name when it was reviewed. */
import { expect, test } from 'vitest';
import { asking, file, holding } from '../drama.ts';
import { begun, landed, merged, people, pushed, unapproved, wanting } from './scenario.ts';

const create = '  - { userName: new@acme.com, active: true, seat: Full, figmaAdmin: true }\n';
const takeover = '  - { userName: new@acme.com, previously: [ada@acme.com], active: true, seat: Full, figmaAdmin: true }\n';
const bobAndEve = { bob: 'Full', eve: 'View' };

test('an approved creation of an admin is not written to an account that a push renames', async () => {
  const drama = await begun();
  await merged(drama, `${wanting(people)}${create}`);
  pushed(drama, `${wanting(bobAndEve)}${takeover}`);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [] });
  expect(drama.seats()).toEqual(people);
});

test('without the push the admin is created', async () => {
  const drama = await begun();
  await landed(drama, `${wanting(people)}${create}`);
  expect(drama.seats()).toEqual({ ...people, new: 'Full' });
});

test('a rename that was reviewed is applied, with what comes with it', async () => {
  const drama = await begun();
  await landed(drama, `${wanting(bobAndEve)}${takeover}`);
  expect(drama.seats()).toEqual({ ...bobAndEve, new: 'Full' });
});

test('a change that was approved for a name is not written where a push gives the name to somebody else', async () => {
  const drama = await begun();
  await merged(drama, wanting({ ...people, eve: 'Full' }));
  const renamed = wanting({ ada: 'Full', eve: 'Full' }).replace(
    'userName: eve@acme.com,',
    'userName: eve@acme.com, previously: [bob@acme.com],',
  );
  pushed(drama, renamed);
  await drama.applied();
  expect(drama.figma.state().users.map(({ userName }) => userName)).toEqual(['ada@acme.com', 'bob@acme.com', 'eve@acme.com']);
});

test('names that are exchanged by a push move no approval from one to the other', async () => {
  const drama = await begun();
  await merged(drama, wanting({ ...people, eve: 'Full' }));
  const exchanged = wanting({ ada: 'Full', bob: 'Full', eve: 'Full' })
    .replace('userName: eve@acme.com,', 'userName: eve@acme.com, previously: [bob@acme.com],')
    .replace('userName: bob@acme.com,', 'userName: bob.old@acme.com, previously: [eve@acme.com],');
  pushed(drama, exchanged);
  const ran = await drama.applied();
  expect(ran.code).not.toBe(0);
  expect(drama.seats()).toMatchObject({ bob: 'Full' });
  expect(Object.keys(drama.seats())).not.toContain('bob.old');
});

const team = (name: string, members: string, previously = '') =>
  `groups:\n  - { displayName: ${name}, ${previously}members: [${members}] }\n`;

async function withGroup() {
  const seed = { ...holding(people), groups: [{ displayName: 'Admins', members: [{ value: 'ada@acme.com' }] }] };
  return begun(people, { figma: { seed }, files: { [file]: asking(people, '') } });
}

test('an approved group with its members is not written to a group that a push renames', async () => {
  const drama = await withGroup();
  await merged(drama, `${asking(people, '')}${team('New', 'eve@acme.com')}`);
  pushed(drama, `${asking(people, '')}${team('New', 'eve@acme.com', 'previously: [Admins], ')}`);
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.figma.state().groups.map(({ displayName }) => displayName)).toEqual(['Admins']);
});

test('without the push the group is created beside it', async () => {
  const drama = await withGroup();
  await landed(drama, `${asking(people, '')}${team('New', 'eve@acme.com')}`);
  expect(drama.figma.state().groups.map(({ displayName }) => displayName)).toEqual(['Admins', 'New']);
});
