/** What comes by itself on a day to come is judged when it is planned, so that no day stops everything or passes unjudged. */
import { expect, test } from 'vitest';
import { asking, type Seats } from '../drama.ts';
import { begun, dispatched, granting, landed, merged, proposed, pushed, reviewed, scheduled, unapproved } from './scenario.ts';

const team = Array.from({ length: 10 }, (_, index) => `user-${index}`);
const seatsOf = (held: string): Seats => Object.fromEntries(team.map((name) => [name, held]));
const rules = 'organization: { minAdmins: 0, limits: { downgrades: 2 } }\n';
const kim = (seat: string) => `  - { userName: kim@acme.com, active: true, seat: ${seat} }\n`;

/** All have Full; so many of them keep it only until the end of November, by grants. */
function ending(count: number, more = ''): string {
  const grants = team.slice(0, count).map((name) => `user: ${name}@acme.com, seat: Full, until: 2026-11-30`);
  const seats = { ...seatsOf('Full'), ...Object.fromEntries(team.slice(0, count).map((name) => [name, 'View'])) };
  return `${asking(seats, rules)}${more}${count > 0 ? granting(...grants) : ''}`;
}

function begin() {
  return begun(seatsOf('Full'), { files: ending(0) });
}

test('a day that lowers too many is blocked where it is planned, names the day, and approves none of it', async () => {
  const drama = await begin();
  const pull = await proposed(drama, ending(8), { code: 3 });
  expect(drama.comment(pull)).toContain('2026-12-01');
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  drama.setDay('2026-12-01');
  expect((await scheduled(drama)).wrote).toEqual([]);
  expect(drama.seats()).toEqual(seatsOf('Full'));
});

test('one that was allowed for that day passes, is written then, and stops nothing else', async () => {
  const drama = await begin();
  const pull = await proposed(drama, ending(8), { body: 'seatform-allow: downgrades=8@2026-12-01' });
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  await landed(drama, ending(8, kim('View')));
  drama.setDay('2026-12-01');
  expect(await scheduled(drama)).toMatchObject({ code: 0, outputs: { applied: '8' } });
  await landed(drama, ending(8, kim('Full')));
  expect(drama.seats()).toEqual({ ...seatsOf('Full'), ...Object.fromEntries(team.slice(0, 8).map((name) => [name, 'View'])), kim: 'Full' });
});

test('one within the limits passes without an allowance', async () => {
  const drama = await begin();
  await landed(drama, ending(2));
  drama.setDay('2026-12-01');
  expect(await scheduled(drama)).toMatchObject({ code: 0, outputs: { applied: '2' } });
});

test.each(['downgrades=8', 'downgrades=7@2026-12-01', 'downgrades=8@2026-12-02'])(
  'an allowance of %s is not for that day',
  async (allowance) => {
    const drama = await begin();
    const pull = await proposed(drama, ending(8), { body: `seatform-allow: ${allowance}`, code: 3 });
    expect(drama.comment(pull)).toContain('2026-12-01');
  },
);

test('a day that nobody judged holds what it counts when it comes, and the rest is written', async () => {
  const drama = await begin();
  pushed(drama, ending(8));
  expect(await drama.applied()).toMatchObject(unapproved);
  drama.setDay('2026-12-01');
  await merged(drama, ending(8, kim('View')));
  const ran = await scheduled(drama);
  expect(ran.wrote).toEqual(['kim']);
  expect(ran.code).not.toBe(0);
  expect(drama.seats()).toEqual({ ...seatsOf('Full'), kim: 'View' });
});

test('two pull requests that are harmless each by itself: the second is blocked by the day that it makes worse', async () => {
  const drama = await begin();
  await landed(drama, ending(2));
  expect(drama.comment(await proposed(drama, ending(4), { code: 3 }))).toContain('2026-12-01');
});

test('a day that a digest approves is judged like one of a pull request: it needs the number for that day', async () => {
  const drama = await begin();
  pushed(drama, ending(8));
  const { outputs } = await drama.applied();
  const digest = outputs['plan-digest'] ?? '';
  const allowance = 'downgrades=8@2026-12-01';
  expect(drama.openIssues()[0]).toContain(allowance);
  const name = (text: string) => drama.github.comment(drama.github.issues[0]?.number ?? 0, 'ann', text);
  drama.wait(60);
  name(`approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 3, wrote: [] });
  drama.wait(60);
  name(`approve ${digest} ${allowance}`);
  expect(await dispatched(drama, `${digest} ${allowance}`, 'octocat')).toMatchObject({ code: 0, wrote: [] });
  drama.setDay('2026-12-01');
  expect(await scheduled(drama)).toMatchObject({ code: 0, outputs: { applied: '8' } });
});
