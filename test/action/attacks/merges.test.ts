/** However a reviewed pull request comes to the default branch, it is applied; and nothing else comes along with it. */
import { expect, test } from 'vitest';
import { file } from '../drama.ts';
import { begun, branched, merged, opened, people, proposed, pushed, reviewed, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const kim = { 'seatform/kim.yaml': 'version: 1\nusers: [{ userName: kim@acme.com, active: true, seat: View }]\n' };

test.each(['merge', 'squash', 'rebase'] as const)('by the button: %s', async (how) => {
  const drama = await begun();
  const branch = branched(drama, { 'README.md': 'First.' });
  drama.github.commit(branch, { [file]: wanting(raised) });
  const pull = reviewed(drama, await opened(drama, branch));
  pushed(drama, { 'NOTES.md': 'Meanwhile.' });
  drama.github.mergePull(pull, how);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test.each(['merge', 'squash'] as const)('through the merge queue, two at once: %s', async (how) => {
  const drama = await begun();
  const first = reviewed(drama, await proposed(drama, wanting(raised)));
  const second = reviewed(drama, await proposed(drama, kim));
  for (const pull of [first, second]) drama.github.queue(pull, 'octocat', how);
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
  expect(drama.seats()).toEqual({ ...raised, kim: 'View' });
});

test('through the queue, unreviewed: the bot that merges is nobody who approves', async () => {
  const drama = await begun();
  const pull = await proposed(drama, wanting(raised));
  drama.github.review(pull, 'github-merge-queue[bot]', 'APPROVED');
  drama.github.queue(pull, 'octocat');
  expect(await drama.applied()).toMatchObject(unapproved);
});

test.each([true, false])('stacked: the upper one is planned again onto main (reviewed again: %s)', async (isReviewed) => {
  const drama = await begun();
  const { github } = drama;
  const lower = branched(drama, wanting(raised));
  const upper = branched(drama, kim, { from: lower });
  const first = reviewed(drama, await opened(drama, lower));
  const second = reviewed(drama, await opened(drama, upper, { base: lower }));
  github.mergePull(first, 'merge');
  github.deleteBranch(lower);
  drama.wait(60);
  expect(await drama.plan(second)).toMatchObject({ code: 0 });
  if (isReviewed) reviewed(drama, second);
  github.mergePull(second, 'merge');
  const ran = await drama.applied();
  expect(drama.seats()).toEqual(isReviewed ? { ...raised, kim: 'View' } : raised);
  expect(ran.code).toBe(isReviewed ? 0 : 4);
});

test('merged into another branch, and from there to main: what counts is the pull request into main', async () => {
  for (const isReviewed of [true, false]) {
    const drama = await begun();
    const { github } = drama;
    const next = branched(drama, { 'README.md': 'Next.' });
    github.mergePull(reviewed(drama, await opened(drama, branched(drama, wanting(raised), { from: next }), { base: next })), 'merge');
    const release = await opened(drama, next);
    if (isReviewed) reviewed(drama, release);
    github.mergePull(release, 'merge');
    expect(await drama.applied()).toMatchObject(isReviewed ? { code: 0, wrote: ['eve'] } : unapproved);
  }
});

test('a branch that contains another one shows and approves all of it', async () => {
  const drama = await begun();
  const inner = branched(drama, wanting(raised));
  await opened(drama, inner);
  const outer = await proposed(drama, kim, { from: inner });
  expect(drama.comment(outer)).toContain('eve@acme.com');
  drama.github.mergePull(reviewed(drama, outer), 'merge');
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
});

test('a merge by hand whose tree holds more than was reviewed writes no more than that', async () => {
  const drama = await begun();
  const branch = branched(drama, kim);
  const pull = reviewed(drama, await opened(drama, branch));
  drama.github.commitMerge('main', ['main', branch], { [file]: wanting(raised) }, { author: 'mallory' });
  expect(drama.github.pull(pull).merged).toBeDefined();
  expect((await drama.applied()).code).toBe(4);
  expect(drama.seats()).toMatchObject(people);
});

test('a merge of three at once is the merge of none', async () => {
  const drama = await begun();
  const branches = [branched(drama, kim), branched(drama, { 'README.md': 'More.' })];
  for (const branch of branches) reviewed(drama, await opened(drama, branch));
  drama.github.commitMerge('main', ['main', ...branches]);
  expect(await drama.applied()).toMatchObject(unapproved);
});

test('where GitHub names the merge commit only after a while, it is waited for', async () => {
  const drama = await begun(people, { github: { lagMergeCommit: 2 } });
  await merged(drama, wanting(raised));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});
