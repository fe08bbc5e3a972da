/** What the default branch asks otherwise by now was not applied, whatever was approved. */
import { expect, test } from 'vitest';
import { begun, landed, merged, people, pushed, refusing, wanting } from './scenario.ts';

const both = { ...people, ada: 'View', eve: 'Full' };

test('a push that changes both values of a merged pull request: nothing is written, and nothing counts as applied', async () => {
  const drama = await begun();
  const pull = await merged(drama, wanting(both));
  const commit = pushed(drama, wanting({ ...people, ada: 'Dev', eve: 'Dev' }));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  expect(drama.comment(pull)).not.toContain('Applied 2 of 2');
  expect(drama.comment(pull)).toContain('0 of 2');
  expect(drama.comment(pull)).toContain(commit.slice(0, 7));
});

test('the same where the push takes both back, so that nothing is left to write', async () => {
  const drama = await begun();
  const pull = await merged(drama, wanting(both));
  pushed(drama, wanting(people));
  expect(await drama.applied()).toMatchObject({ wrote: [] });
  expect(drama.comment(pull)).toContain('❌ 0 of 2 applied, 2 superseded');
});

test('one of two is written where the push changes the other', async () => {
  const drama = await begun();
  const pull = await merged(drama, wanting(both));
  pushed(drama, wanting({ ...both, ada: 'Dev' }));
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['eve'] });
  expect(drama.comment(pull)).toContain('1 of 2');
  expect(drama.comment(pull)).not.toContain('✅ Applied 2');
});

test('without the push two of two are applied', async () => {
  const drama = await begun();
  const pull = await landed(drama, wanting(both));
  expect(drama.comment(pull)).toContain('✅ Applied 2 of 2');
});

test('what somebody has done in Figma already counts as in place', async () => {
  const drama = await begun();
  const pull = await merged(drama, wanting(both));
  await drama.byHand('ada', 'View');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.comment(pull)).toContain('✅ Applied 2 of 2');
});

test('a later reviewed pull request supersedes an earlier one without making the run red', async () => {
  const drama = await begun();
  const first = await merged(drama, wanting(both));
  const second = await merged(drama, wanting({ ...both, eve: 'Dev' }));
  expect(await drama.applied()).toMatchObject({ code: 0 });
  expect(drama.seats()).toEqual({ ...both, eve: 'Dev' });
  expect(drama.comment(first)).toContain('1 of 2');
  expect(drama.comment(second)).toContain('✅ Applied 1 of 1');
});

test('a pull request of which Figma refuses one does not say that both are done', async () => {
  const drama = await refusing(['ada']);
  const pull = await merged(drama, wanting(both));
  expect(await drama.applied()).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete' } });
  expect(drama.comment(pull)).toContain('1 of 2');
  expect(drama.days()).toEqual([]);
});
