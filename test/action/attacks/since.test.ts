/** A review approves what the comment showed when it was submitted, and nothing that came to it later. */
import { expect, test } from 'vitest';
import { asking, file } from '../drama.ts';
import { begun, landed, people, proposed, replanned, reviewed, unapproved, wanting } from './scenario.ts';

const designer = asking(people, '').replace('eve@acme.com, active: true, seat: View', 'eve@acme.com, active: true, department: Design');
const rules = (text: string) => ({ 'seatform/rules.yaml': `version: 1\n${text}` });
const defaulting = rules('organization: { defaults: [{ where: { department: Design }, seat: Full }] }\n');

/** A reviewed pull request that shows only a department; a default that is merged afterwards adds a seat to it. */
async function grown(mayDismiss = true) {
  const drama = await begun(people, { files: { [file]: asking(people, ''), ...rules('') }, github: { mayDismiss } });
  const pull = reviewed(drama, await proposed(drama, { [file]: designer }));
  expect(drama.comment(pull)).not.toContain('→ Full');
  await landed(drama, defaulting);
  drama.github.editPull(pull, { body: 'Better described.' });
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  expect(drama.comment(pull)).toContain('Full');
  return { drama, pull };
}

test('the same head with more in its plan: the review before is dismissed, and a new one counts', async () => {
  const { drama, pull } = await grown();
  expect(drama.github.reviews(pull).map(({ state }) => state)).toEqual(['DISMISSED']);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toMatchObject({ eve: 'Full' });
});

test('where the review cannot be dismissed it does not count either, and the comment says since when reviews do', async () => {
  const { drama, pull } = await grown(false);
  expect(drama.github.reviews(pull).map(({ state }) => state)).toEqual(['APPROVED']);
  expect(drama.comment(pull)).toMatch(/count.*2026-11-22/s);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('the same pull request without the default in between is applied under its old review', async () => {
  const drama = await begun(people, { files: { [file]: asking(people, ''), ...rules('') } });
  const pull = reviewed(drama, await proposed(drama, { [file]: designer }));
  drama.github.editPull(pull, { body: 'Better described.' });
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual(people);
});

test.each(['octocat', 'ann'])('*Update branch* by %s costs no approval', async (by) => {
  const drama = await begun();
  const pull = reviewed(drama, await proposed(drama, wanting({ ...people, eve: 'Full' })));
  await landed(drama, {
    'README.md': 'Unrelated.',
    'seatform/more.yaml': 'version: 1\nusers: [{ userName: kim@acme.com, active: true }]\n',
  });
  drama.github.updateBranch(pull, by);
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  expect(drama.github.reviews(pull).map(({ state }) => state)).toEqual(['APPROVED']);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a push by the reviewer after the review makes the reviewer a committer', async () => {
  const drama = await begun();
  const pull = reviewed(drama, await proposed(drama, wanting({ ...people, eve: 'Full', bob: 'View' })));
  drama.github.push(pull, { [file]: wanting({ ...people, eve: 'Full' }) }, 'Less', { author: 'ann' });
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(unapproved);
  reviewed(drama, pull, 'APPROVED', 'bea');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a plan that shrinks keeps its review', async () => {
  const drama = await begun();
  const pull = reviewed(drama, await proposed(drama, wanting({ ...people, eve: 'Full', bob: 'View' })));
  drama.github.push(pull, { [file]: wanting({ ...people, eve: 'Full' }) }, 'Less');
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('an allowance that is written into the description after the review is not reviewed', async () => {
  const strict = (seats: typeof people) => asking(seats, 'organization: { limits: { downgrades: 1 } }\n');
  const drama = await begun(people, { files: strict(people) });
  const lowered = { ...people, ada: 'View', bob: 'View' };
  const pull = reviewed(drama, await proposed(drama, strict(lowered), { code: 3 }));
  drama.github.editPull(pull, { body: 'seatform-allow: downgrades=2' });
  expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ wrote: [] });
  reviewed(drama, pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada', 'bob'] });
});
