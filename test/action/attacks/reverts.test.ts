/** What was taken back on the default branch is not approved any more, by whatever approved it before. */
import { expect, test } from 'vitest';
import { begun, landed, merged, people, pushed, refusing, reviewed, unapproved, wanting, opened } from './scenario.ts';
import { file } from '../drama.ts';

const raised = { ...people, eve: 'Full' };
const both = { ...raised, bob: 'View' };

test('an older approval is no approval of a push after a revert, while something else keeps failing', async () => {
  const drama = await refusing(['bob']);
  await merged(drama, wanting(both));
  await merged(drama, wanting({ ...people, bob: 'View' }));
  expect(await drama.applied()).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete' } });
  pushed(drama, wanting(both));
  expect(await drama.applied()).toMatchObject({ wrote: ['bob'] });
  expect(drama.seats()).toEqual(people);
});

test('without the revert the older approval is written although something else keeps failing', async () => {
  const drama = await refusing(['bob']);
  await merged(drama, wanting(both));
  expect(await drama.applied()).toMatchObject({ code: 1 });
  expect(drama.seats()).toEqual(raised);
});

test('an older approved Full is not written beside a newer, applied View', async () => {
  const drama = await refusing(['bob']);
  await merged(drama, wanting(both));
  await drama.applied();
  expect(drama.seats()).toMatchObject({ eve: 'Full' });
  await merged(drama, wanting({ ...people, bob: 'View' }));
  await drama.applied();
  expect(drama.seats()).toMatchObject({ eve: 'View' });
  pushed(drama, wanting(both));
  const ran = await drama.applied();
  expect(ran.log).toContain('eve@acme.com');
  expect(drama.seats()).toEqual(people);
});

test('nor after two pushes of which one takes it back and one brings it again', async () => {
  const drama = await begun();
  await merged(drama, wanting(raised));
  pushed(drama, wanting(people));
  pushed(drama, wanting(raised));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test.each([true, false])('a revert by the button, and a revert of the revert (reviewed: %s)', async (isReviewed) => {
  const drama = await begun();
  const { github } = drama;
  await landed(drama, wanting(raised));
  const pullOf = async (sha: string, branch: string) => {
    github.revert(sha, branch);
    const pull = await opened(drama, branch);
    return isReviewed ? reviewed(drama, pull) : pull;
  };
  const back = await pullOf(github.tip(), 'revert');
  const reverted = github.mergePull(back);
  expect(await drama.applied()).toMatchObject(isReviewed ? { code: 0, wrote: ['eve'] } : unapproved);
  expect(drama.seats()).toEqual(isReviewed ? people : raised);
  const again = await pullOf(reverted, 'revert-of-the-revert');
  github.mergePull(again);
  const last = await drama.applied();
  expect(last.wrote).toEqual(isReviewed ? ['eve'] : []);
  expect(drama.seats()).toEqual(raised);
});

test.each([true, false])('a cherry-pick is a change of its own (reviewed: %s)', async (isReviewed) => {
  const drama = await begun();
  const { github } = drama;
  await landed(drama, wanting(raised));
  await landed(drama, wanting(people));
  drama.wait(60);
  github.reset('picked', github.tip());
  github.commit('picked', { [file]: wanting(raised) }, 'Change (cherry-picked)');
  const pull = await opened(drama, 'picked');
  if (isReviewed) reviewed(drama, pull);
  github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(isReviewed ? { code: 0, wrote: ['eve'] } : unapproved);
});

test('a pull request that is planned before a revert, and merged after it, is what its review was for', async () => {
  const drama = await begun();
  const { github } = drama;
  await landed(drama, wanting(raised));
  github.revert(github.tip(), 'revert');
  const back = reviewed(drama, await opened(drama, 'revert'));
  const users = { 'seatform/more.yaml': 'version: 1\nusers: [{ userName: kim@acme.com, active: true, seat: View }]\n' };
  github.commit('more', users);
  const more = reviewed(drama, await opened(drama, 'more'));
  github.mergePull(back);
  github.mergePull(more);
  expect((await drama.applied()).code).toBe(0);
  expect(drama.seats()).toEqual({ ...people, kim: 'View' });
});
