/** Small ones: look-alikes of the bot, of comments and of addresses. */
import { expect, test } from 'vitest';
import { asking } from '../drama.ts';
import { begun, branched, people, proposed, reviewed, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const strict = (seats: typeof people) => asking(seats, 'organization: { minAdmins: 0, limits: { downgrades: 1 } }\n');
const lowered = { ...people, ada: 'View', bob: 'View' };

test('a user who has the name of the bot is not the bot', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting(raised));
  const [comment] = drama.github.comments(pull);
  drama.github.deleteComment(comment?.id ?? 0);
  drama.github.comment(pull, 'github-actions', comment?.body ?? '');
  drama.github.mergePull(reviewed(drama, pull));
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('a comment that lands after the merge counts for nothing, before it for an approval', async () => {
  for (const isLate of [true, false]) {
    const drama = await begun();
    const pull = drama.github.openPull({ head: branched(drama, wanting(raised)) });
    const merge = () => void drama.github.mergePull(pull);
    if (isLate) drama.github.meanwhile({ method: 'POST', path: /\/comments$/ }, merge);
    await drama.plan(pull);
    reviewed(drama, pull);
    if (!isLate) merge();
    expect(await drama.applied()).toMatchObject(isLate ? unapproved : { code: 0, wrote: ['eve'] });
  }
});

test('a merge between the two writes of a comment needs a review after it: the first one was seen', async () => {
  const drama = await begun();
  const pull = drama.github.openPull({ head: branched(drama, wanting(raised)) });
  drama.github.review(pull, 'ann', 'APPROVED');
  drama.github.meanwhile({ method: 'PATCH', path: /\/comments\// }, () => void drama.github.mergePull(pull));
  await drama.plan(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test.each([
  ['<!-- seatform-allow: downgrades=2 -->', 3],
  ['<!--\nseatform-allow: downgrades=2\n-->', 3],
  ['<!-- open\nseatform-allow: downgrades=2', 3],
  ['seatform-allow: downgrades=2', 0],
])('an allowance in the description %j', async (body, code) => {
  const drama = await begun(people, { files: strict(people) });
  const pull = await proposed(drama, strict(lowered), { body, code });
  drama.github.mergePull(reviewed(drama, pull));
  expect((await drama.applied()).wrote).toEqual(code === 0 ? ['ada', 'bob'] : []);
});

test('a letter of another alphabet in an address is warned of and shown by its number', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting(people).replace(/$/, '  - { userName: \u0430da@acme.com, active: true, seat: Full }\n'));
  expect(drama.comment(pull)).toContain(String.raw`\u{430}da@acme.com`);
  expect((await drama.plan(pull)).log).toMatch(/^::warning/m);
  const plain = await proposed(drama, `${wanting(people)}  - { userName: adda@acme.com, active: true, seat: Full }\n`);
  expect(drama.comment(plain)).not.toContain(String.raw`\u{`);
});

test('every request to REST names its version', async () => {
  const drama = await begun();
  drama.github.mergePull(reviewed(drama, await proposed(drama, wanting(raised))));
  expect(await drama.applied()).toMatchObject({ code: 0 });
  const rest = drama.github.requests.filter(({ path }) => path !== '/graphql');
  expect(new Set(rest.map(({ headers }) => headers['x-github-api-version']))).toEqual(new Set(['2022-11-28']));
});
