/** The digest of what remains needs as many people as a merge: one person's digest is nobody's approval. */
import { beforeEach, expect, test } from 'vitest';
import type { Drama } from '../drama.ts';
import { file } from '../drama.ts';
import { begun, branched, dispatched, merged, opened, people, pushed, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const notSeparate = { ...unapproved, outputs: { 'failure-reason': 'not-separate' } };

/** A push by mallory that a run has reported, with its digest and the issue that shows it. */
async function reported() {
  const drama = await begun();
  pushed(drama, wanting(raised), 'mallory');
  const { digest, issue } = await digestOf(drama);
  const say = (who: string, text = `approve ${digest}`) => {
    drama.wait(60);
    const { id } = drama.github.comment(issue, who, text);
    drama.wait(60);
    return id;
  };
  return { ...drama, digest, issue, say };
}

async function digestOf(drama: Drama) {
  const ran = await drama.applied();
  expect(ran).toMatchObject(unapproved);
  return { digest: ran.outputs['plan-digest'] ?? '', issue: drama.github.issues[0]?.number ?? 0 };
}

let room: Awaited<ReturnType<typeof reported>>;
beforeEach(async () => {
  room = await reported();
}, 60_000);

test('the person who pushed it can neither start it with the printed digest nor name the digest for somebody else', async () => {
  const { digest, say, seats } = room;
  expect(await dispatched(room, digest, 'mallory')).toMatchObject(notSeparate);
  say('mallory');
  expect(await dispatched(room, digest, 'mallory')).toMatchObject(notSeparate);
  expect(await dispatched(room, digest, 'bea')).toMatchObject(notSeparate);
  expect(seats()).toEqual(people);
});

test('another person who names it is enough, unless the same person starts the run', async () => {
  const { digest, say, seats } = room;
  say('ann');
  expect(await dispatched(room, digest, 'ann')).toMatchObject(notSeparate);
  expect(await dispatched(room, digest, 'mallory')).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(seats()).toEqual(raised);
});

test('a run that somebody else started is no way around that: who starts it again counts as well', async () => {
  const { digest, say, applied } = room;
  say('ann');
  const env = { GITHUB_ACTOR: 'bea', GITHUB_TRIGGERING_ACTOR: 'ann' };
  expect(await applied({ event: 'workflow_dispatch', inputs: { approve: digest }, env })).toMatchObject(notSeparate);
});

test('a comment counts if it is of a person who may write, and never edited', async () => {
  const { digest, say, github } = room;
  github.setAccess('tom', 'triage');
  say('tom');
  say('helper[bot]');
  say('bea', `I do not say: approve ${digest}`);
  const edited = say('cleo', 'Have a look at that.');
  github.editComment(edited, 'mallory', `approve ${digest}`);
  expect(await dispatched(room, digest, 'octocat')).toMatchObject(notSeparate);
  say('bea');
  expect(await dispatched(room, digest, 'octocat')).toMatchObject({ code: 0 });
});

test('one person is one, however often and in whatever case', async () => {
  const drama = await begun(people, { files: wanting(people, 'separation: { approvals: 2 }') });
  pushed(drama, wanting(raised, 'separation: { approvals: 2 }'), 'mallory');
  const { digest, issue } = await digestOf(drama);
  drama.wait(60);
  for (const who of ['ann', 'Ann', 'ann']) drama.github.comment(issue, who, `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject(notSeparate);
  drama.github.comment(issue, 'bea', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 0 });
});

test('what was named before runs printed it, or before a break, does not count', async () => {
  const { digest, say } = room;
  say('ann');
  pushed(room, wanting(people));
  expect(await room.applied()).toMatchObject({ code: 0 });
  pushed(room, wanting(raised), 'mallory');
  const again = await room.applied();
  expect(again.outputs['plan-digest']).toBe(digest);
  expect(await dispatched(room, digest, 'octocat')).toMatchObject(notSeparate);
  say('ann');
  expect(await dispatched(room, digest, 'octocat')).toMatchObject({ code: 0 });
});

test('an older text of the issue that somebody puts back brings no older names back', async () => {
  const { digest, say, github, issue } = room;
  const before = github.issues[0]?.body ?? '';
  say('ann');
  pushed(room, wanting(people));
  await room.applied();
  pushed(room, wanting(raised), 'mallory');
  await room.applied();
  room.wait(60);
  github.editIssue(issue, { body: before }, 'mallory');
  expect(await dispatched(room, digest, 'octocat')).toMatchObject({ code: 4, wrote: [] });
});

test('the author of a squashed commit cannot name the digest', async () => {
  const drama = await begun();
  const branch = branched(drama, { 'README.md': 'Of ours.' });
  drama.github.push(branch, { [file]: wanting(raised) }, 'By mallory', { author: 'mallory' });
  const pull = await opened(drama, branch);
  drama.github.mergePull(pull, 'squash', { by: 'octocat' });
  const { digest } = await digestOf(drama);
  drama.wait(60);
  for (const who of ['mallory', 'octocat']) drama.github.comment(pull, who, `approve ${digest}`);
  expect(await dispatched(drama, digest, 'bea')).toMatchObject(notSeparate);
  drama.github.comment(pull, 'ann', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'bea')).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a rule and a day to come are in the digest, and approved by it', async () => {
  const drama = await begun();
  const files = wanting(
    people,
    'protected: [ada@acme.com]',
    'grants: [{ user: eve@acme.com, seat: Full, from: 2026-11-24, until: 2026-12-31 }]\n',
  );
  pushed(drama, files, 'mallory');
  const { digest, issue } = await digestOf(drama);
  drama.wait(60);
  drama.github.comment(issue, 'ann', `approve ${digest}`);
  expect(await dispatched(drama, digest, 'octocat')).toMatchObject({ code: 0 });
  drama.setDay('2026-11-24');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('the digest of something else writes nothing, however many named it', async () => {
  const { digest, say } = room;
  say('ann');
  pushed(room, wanting({ ...raised, bob: 'View' }), 'mallory');
  expect(await dispatched(room, digest, 'octocat')).toMatchObject({ ...unapproved, outputs: { 'failure-reason': 'plan-changed' } });
});

test('what a reviewed pull request approves is not in need of a digest', async () => {
  pushed(room, wanting(people));
  await merged(room, wanting(raised));
  expect(await room.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});
