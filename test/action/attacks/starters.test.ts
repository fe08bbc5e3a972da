/** An approval by digest is one of other people than the one who starts it, and of all that it writes. */
import { expect, test } from 'vitest';
import { asked } from '../drama.ts';
import { begun, dispatched, people, pushed, unapproved, wanting, merged } from './scenario.ts';

const raised = { ...people, eve: 'Full' };

test.each(['github-actions[bot]', 'former-name'])('who starts a run as %s is nobody who is known to be another', async (by) => {
  const drama = await begun();
  drama.github.setAccess('former-name', 'none');
  pushed(drama, wanting(raised), 'octocat');
  const ran = await drama.applied();
  const digest = ran.outputs['plan-digest'] ?? '';
  drama.wait(60);
  drama.github.comment(drama.github.issues[0]?.number ?? 0, 'mallory', `approve ${digest}`);
  drama.wait(60);
  const then = await dispatched(drama, digest, by);
  expect(then).toMatchObject(unapproved);
});

test('what a digest writes of something held for another approval is in what it shows', async () => {
  const seats = { ada: 'Full', bob: 'View', eve: 'View' };
  const drama = await begun(seats);
  await merged(drama, wanting({ ...seats, eve: 'Full' }));
  const taken = wanting({ ada: 'Full', eve: 'Full' }).replace(
    'userName: eve@acme.com,',
    'userName: eve@acme.com, previously: [bob@acme.com],',
  );
  await asked(drama.figma, 'DELETE', `Users/${drama.figma.state().users.find(({ userName }) => userName === 'eve@acme.com')?.id ?? ''}`);
  pushed(drama, taken);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  expect(drama.openIssues()[0]).toMatch(/bob@acme.com.*View → Full/);
});
