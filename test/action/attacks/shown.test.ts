/** What is signed is what can be seen: nothing hides below a long list. */
import { expect, test } from 'vitest';
import { asking, file, holding } from '../drama.ts';
import { begun, people, pushed, proposed, reviewed, unapproved, wanting } from './scenario.ts';
import type { Seats } from '../drama.ts';

const names = Array.from({ length: 1500 }, (_, index) => `somebody.with.a.long.name.${index}`);
const ownTitle = (name: string) => `The title of ${name} and of nobody else here`;

/** A configuration in which everybody of a crowd has a title, `kim` is the account of ada and in the group of admins. */
function crowded(crowd: readonly string[], titleOf: (name: string) => string | undefined, isTakenOver: boolean) {
  const users = asking(Object.fromEntries(crowd.map((name) => [name, 'View'])), '').replaceAll(
    /- \{ userName: (.*?)@acme\.com,/g,
    (found, name: string) => {
      const title = titleOf(name);
      return title === undefined ? found : `${found} title: "${title}",`;
    },
  );
  const ada = isTakenOver
    ? '  - { userName: kim@acme.com, previously: [ada@acme.com], active: true, seat: Full }\n'
    : '  - { userName: ada@acme.com, active: true, seat: Full }\n';
  const group = `groups:\n  - { displayName: Admins, members: [${isTakenOver ? `kim@acme.com, ${crowd[0]}@acme.com` : 'ada@acme.com'}] }\n`;
  return `${users}${ada}${group}`;
}

async function organization(crowd: readonly string[]) {
  const seats: Seats = { ...Object.fromEntries(crowd.map((name) => [name, 'View'])), ada: 'Full' };
  const seed = { ...holding(seats), groups: [{ displayName: 'Admins', members: [{ value: 'ada@acme.com' }] }] };
  return begun(seats, { figma: { seed }, files: { [file]: crowded(crowd, () => undefined, false) } });
}

test('a rename and a membership below too many titles: the check is red, and a review approves nothing of it', async () => {
  const drama = await organization(names);
  const pull = await proposed(drama, crowded(names, ownTitle, true), { code: 1 });
  expect(drama.comment(pull)).toContain('· not applied on merge');
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
});

test('where a long list has room, everything that is signed is in it', async () => {
  const crowd = names.slice(0, 420);
  const drama = await organization(crowd);
  const comment = drama.comment(await proposed(drama, crowded(crowd, ownTitle, true)));
  for (const name of [...crowd, 'ada', 'kim']) expect(comment).toContain(`${name}@acme.com`);
});

test('a rename and a membership beside one title for a whole crowd are shown, and applied', async () => {
  const crowd = names.slice(0, 40);
  const drama = await organization(crowd);
  const pull = await proposed(
    drama,
    crowded(crowd, () => 'Designer', true),
  );
  const comment = drama.comment(pull);
  expect(comment).toContain('ada@acme.com');
  expect(comment).toContain('kim@acme.com');
  for (const name of crowd) expect(comment).toContain(`${name}@acme.com`);
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '42' } });
  expect(drama.seats()).toMatchObject({ kim: 'Full' });
});

test.each([
  ['a limit', 'limits: { creations: 7 }', '', /limits\.creations/],
  ['who is protected', 'protected: [ada@acme.com]', '', /protected/],
  ['a default', 'defaults: [{ where: { department: Design }, seat: Full }]', '', /defaults/],
  ['how many must approve', 'separation: { approvals: 2 }', '', /separation\.approvals/],
])('a change of %s that concerns nobody today gets a comment, needs a review and is applied with one', async (_, rules, more, shown) => {
  const drama = await begun(people, { files: asking(people, '') });
  const files = `${asking(people, `organization: { ${rules} }\n`)}${more}`;
  const pull = await proposed(drama, files);
  expect(drama.comment(pull)).toMatch(shown);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
});

test('what a pull request takes back is shown too: an approved change that waits', async () => {
  const drama = await begun();
  pushed(drama, wanting({ ...people, eve: 'Full' }));
  expect(await drama.applied()).toMatchObject(unapproved);
  const back = await proposed(drama, wanting(people));
  expect(drama.comment(back)).toMatch(/takes back|no longer/i);
  drama.github.mergePull(reviewed(drama, back));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
});
