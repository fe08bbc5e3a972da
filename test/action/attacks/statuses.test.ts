/** What was applied is remembered by signed statuses: whatever else is set on a commit chooses nothing. */
import { expect, test } from 'vitest';
import { keysFrom } from '../../../src/github/key.ts';
import { statusText } from '../../../src/github/status.ts';
import type { Day } from '../../../src/model/day.ts';
import { markApplied, type Drama } from '../drama.ts';
import { begun, dispatched, granting, landed, merged, people, pushed, scheduled, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const context = 'seatform/applied';

/** A status that somebody without the key makes up. */
function forge({ github, wait }: Drama, commit: string, day = '2026-11-22') {
  wait(60);
  const place = { repository: github.repositoryId, commit, context };
  const description = statusText({ day: day as Day, sequence: '-', head: '-' }, place, keysFrom('the key of mallory'));
  github.setStatus(commit, { context, description, creator: 'mallory' });
}

test('a forged status makes no pushed configuration the applied one', async () => {
  const drama = await begun();
  forge(drama, pushed(drama, wanting(raised)));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(await scheduled(drama)).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('a valid description of another commit does neither', async () => {
  const drama = await begun();
  const [status] = drama.github.statuses(drama.github.tip());
  const commit = pushed(drama, wanting(raised));
  drama.github.setStatus(commit, { context, description: status?.description ?? '', creator: 'mallory' });
  expect(await scheduled(drama)).toMatchObject(unapproved);
});

test('a forged day makes no pushed grant due', async () => {
  const drama = await begun();
  const grant = granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31');
  forge(drama, pushed(drama, wanting(people, '', grant)), '2026-11-22');
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('a reviewed grant falls due by the status that an apply sets', async () => {
  const drama = await begun();
  await landed(drama, wanting(people, '', granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31')));
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a status laid over the true one reopens no approval, and does not hide it', async () => {
  const drama = await begun();
  await landed(drama, wanting(raised));
  await landed(drama, wanting(people));
  const [status] = drama.github.statuses(drama.github.tip());
  expect(status?.description).toMatch(/^2026-11-22 /);
  drama.wait(60);
  drama.github.setStatus(drama.github.tip(), { context, description: 'As of yesterday.', creator: 'mallory' });
  forge(drama, drama.github.tip(), '2026-11-20');
  pushed(drama, wanting(raised));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('an older valid status that is set again makes nothing due a second time', async () => {
  const drama = await begun(people, { files: wanting(people, '', granting('user: eve@acme.com, seat: Full, until: 2026-11-22')) });
  const commit = drama.github.tip();
  const [old] = drama.github.statuses(commit);
  await drama.byHand('eve', 'Full');
  drama.setDay('2026-11-24');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: ['eve'] });
  await drama.byHand('eve', 'Full');
  drama.github.setStatus(commit, { context, description: old?.description ?? '', creator: 'mallory' });
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
});

test('a forged status hides no author from the check of a digest', async () => {
  const drama = await begun();
  pushed(drama, wanting(raised), 'mallory');
  forge(drama, drama.github.tip());
  pushed(drama, { 'README.md': 'More.' }, 'octocat');
  const { outputs } = await drama.applied();
  const digest = outputs['plan-digest'] ?? '';
  drama.wait(60);
  const [issue] = drama.github.issues;
  drama.github.comment(issue?.number ?? 0, 'mallory', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'not-separate' } });
  drama.github.comment(issue?.number ?? 0, 'ann', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('nor where no status on the line verifies, nor does it loosen a rule there', async () => {
  const drama = await begun(people, { files: wanting(people, 'protected: [ada@acme.com]'), figma: { token: 'a-second-token' } });
  // The only true status was signed with a token that nobody has any more.
  const loose = pushed(drama, wanting({ ...raised, ada: 'View' }), 'mallory');
  forge(drama, loose);
  pushed(drama, { 'README.md': 'More.' }, 'octocat');
  const rotated = { inputs: { 'signing-key': 'a key of its own' } };
  const ran = await drama.applied(rotated);
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'token-rotated' } });
  expect(ran.summary).toContain('protected');
  const digest = ran.outputs['plan-digest'] ?? '';
  drama.wait(60);
  drama.github.comment(drama.github.issues[0]?.number ?? 0, 'mallory', `approve ${digest}`);
  drama.wait(60);
  const env = { GITHUB_ACTOR: 'octocat', GITHUB_TRIGGERING_ACTOR: 'octocat' };
  const again = await drama.applied({ event: 'workflow_dispatch', inputs: { approve: digest, ...rotated.inputs }, env });
  expect(again).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'not-separate' } });
  expect(drama.seats()).toEqual(people);
});

test('a rotated key forgets nothing where the former one is kept beside it', async () => {
  const drama = await begun(people, { figma: { token: 'the-token-of-today' } });
  await merged(drama, wanting(raised));
  const keys = { inputs: { 'signing-key': 'a-key-for-tomorrow\nthe-token-of-today' } };
  expect(await drama.applied(keys)).toMatchObject({ code: 0, wrote: ['eve'] });
  await drama.byHand('bob', 'View');
  const drift = await drama.applied({ event: 'schedule', inputs: { drift: 'correct', ...keys.inputs } });
  expect(drift).toMatchObject({ code: 0, wrote: ['bob'] });
});

test('a branch that is forced back to an applied commit gets no rule of that time, and makes nothing due or drift', async () => {
  const grant = granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31');
  const drama = await begun(people, { files: wanting(people, '', grant) });
  const old = drama.github.tip();
  await landed(drama, wanting({ ...people, bob: 'off' }, 'protected: [ada@acme.com]'));
  drama.github.reset('main', old, 'mallory');
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject(unapproved);
  pushed(drama, wanting({ ...people, ada: 'View' }, '', grant));
  expect(await scheduled(drama)).toMatchObject({ wrote: [] });
  markApplied(drama, { commit: drama.github.tip(), key: 'the key of mallory' });
  expect(await scheduled(drama)).toMatchObject({ wrote: [] });
  expect(drama.seats()).toEqual({ ...people, bob: 'off' });
});

test('the same line without the force: what is due and what drifted is written', async () => {
  const grant = granting('user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31');
  const drama = await begun(people, { files: wanting(people, '', grant) });
  await landed(drama, wanting(people, 'protected: [ada@acme.com]', grant));
  await drama.byHand('bob', 'View');
  drama.setDay('2026-11-24');
  expect(await scheduled(drama)).toMatchObject({ code: 0 });
  expect(drama.seats()).toEqual(raised);
});
