/** What is asked for and cannot be planned yet is not in place: it does not slip into what counts as applied. */
import { expect, test } from 'vitest';
import { asked, file, asking } from '../drama.ts';
import { begun, people, pushed, scheduled, wanting } from './scenario.ts';

test('a member whom nobody knows yet is no drift once somebody has that address', async () => {
  const seed = {
    users: Object.keys(people).map((name) => ({
      userName: `${name}@acme.com`,
      active: true,
      roles: [{ type: 'seatType', value: 'View' }],
    })),
    groups: [{ displayName: 'Admins', members: [{ value: 'ada@acme.com' }] }],
  };
  const team = (members: string) => `groups:\n  - { displayName: Admins, members: [${members}] }\n`;
  const seats = { ada: 'View', bob: 'View', eve: 'View' };
  const drama = await begun(seats, { figma: { seed }, files: { [file]: `${asking(seats, '')}${team('ada@acme.com')}` } });
  pushed(drama, `${asking(seats, '')}${team('ada@acme.com, kim@acme.com')}`);
  await drama.applied();
  await asked(drama.figma, 'POST', 'Users', { userName: 'kim@acme.com', active: true, roles: [{ type: 'seatType', value: 'View' }] });
  const ran = await scheduled(drama);
  expect(ran.wrote).toEqual([]);
});

test('a seat of somebody inactive is no drift once somebody has given the access back by hand', async () => {
  const seats = { ...people, kim: 'off' };
  const kim = (seat: string) => wanting(seats).replace('kim@acme.com, active: false', `kim@acme.com, seat: ${seat}`);
  const drama = await begun(seats, { files: kim('View') });
  pushed(drama, kim('Full'));
  await drama.applied();
  await drama.byHand('kim', 'View');
  const ran = await scheduled(drama);
  expect(ran.wrote).toEqual([]);
});
