import { expect, test } from 'vitest';
import type { Interrupt } from '../../cmd/host.ts';
import { asked, asking, file, holding, played, roomy, type Drama } from './drama.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };
const changed = { ada: 'View', bob: 'Dev', eve: 'Dev' };
const incomplete = { code: 1, outputs: { 'exit-code': '1', 'failure-reason': 'apply-incomplete' } };

async function merged(drama: Drama, seats: Readonly<Record<string, string>> = changed): Promise<number> {
  const pull = await drama.propose(asking(seats));
  drama.github.mergePull(pull);
  return pull;
}

test('a partial failure: the rest is written, the author mentioned once, no status; the re-run writes the remainder only', async () => {
  const drama = await played(three, { figma: { seed: { ...holding(three), refused: ['bob@acme.com'] }, faults: ['refuse=1'] } });
  const pull = await merged(drama);
  const first = await drama.applied();
  expect(first).toMatchObject(incomplete);
  expect(first.outputs).toMatchObject({ applied: '2', failed: '1' });
  expect(first.log).toMatch(/^::error .*2 of 3 approved changes are in place/m);
  expect(drama.seats()).toEqual({ ...changed, bob: 'Full' });
  expect(drama.comment(pull)).toMatch(/^\*\*❌ 2 of 3 applied\*\*/);
  expect(drama.comment(pull)).toContain('- `change bob@acme.com` **failed**');
  expect(drama.comment(pull).match(/@octocat/g)).toHaveLength(1);
  expect(drama.comment(pull)).toContain(
    '@octocat What is applied stays applied: run the apply workflow again, and only the rest is tried.',
  );
  expect(first.summary).toMatch(/^### Figma apply: ❌ 2 of 3 applied\n/);
  expect(drama.days()).toEqual([]);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['bob'] });
  expect(drama.seats()).toEqual(changed);
  expect(drama.comment(pull)).toMatch(/^\*\*✅ Applied 3 of 3\*\*/);
  expect(drama.comment(pull)).not.toContain('@octocat');
  expect(drama.comment(pull)).not.toContain('❌');
  expect(drama.github.comments(pull)).toHaveLength(1);
  expect(drama.days()).toHaveLength(1);
});

test('a connection that is cut after its effect leaves nothing undone and writes nothing twice', async () => {
  const drama = await played(three, { figma: { faults: ['reset-after=1@PATCH', 'reset-after=1@PUT', 'reset-after=1@POST'] } });
  const pull = await drama.propose(asking({ ...changed, max: 'Full' }));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0 });
  expect(drama.seats()).toEqual({ ...changed, max: 'Full' });
  expect(drama.comment(pull)).toContain('✅ Applied 4 of 4');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
});

test('a run that is cancelled after its first write says how far it came, and the next one does the rest', async () => {
  const drama = await played(three, { figma: { faults: ['latency=20'] } });
  const pull = await merged(drama);
  const before = drama.figma.requests.length;
  const onInterrupt = (interrupt: (signal: Interrupt) => void) => {
    const watch = setInterval(() => {
      if (drama.figma.requests.slice(before).every(({ method }) => method === 'GET')) return;
      clearInterval(watch);
      interrupt('SIGINT');
    }, 1);
    return () => clearInterval(watch);
  };
  const first = await drama.applied({ onInterrupt, inputs: { parallelism: '1' } });
  expect(first).toMatchObject({ code: 130, outputs: { 'failure-reason': 'cancelled', applied: '1' } });
  expect(first.wrote).toHaveLength(1);
  expect(drama.comment(pull)).toMatch(/^\*\*❌ 1 of 3 applied\*\*/);
  expect(drama.comment(pull)).toContain('interrupted before it was started');
  expect(drama.comment(pull)).toContain('@octocat The run was interrupted.');
  expect(first.summary).toMatch(/^### Figma apply: ❌ 1 of 3 applied; interrupted\n/);
  expect(drama.days()).toEqual([]);
  const second = await drama.applied();
  expect(second).toMatchObject({ code: 0 });
  expect(second.wrote).toHaveLength(2);
  expect(drama.seats()).toEqual(changed);
  expect(drama.comment(pull)).toContain('✅ Applied 3 of 3');
  expect(drama.days()).toHaveLength(1);
});

test('a create that was cut short is completed under the approval of the create', async () => {
  const drama = await played(three);
  const pull = await merged(drama, { ...three, max: 'Full' });
  const { figma } = drama;
  await asked(figma, 'POST', 'Users', { userName: 'max@acme.com', active: true });
  expect(drama.seats()['max']).not.toBe('Full');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['max'] });
  expect(drama.seats()).toEqual({ ...three, max: 'Full' });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
});

test('a seat that somebody else has to free first, without approval, is held and named', async () => {
  const pool = `${roomy}  seats: { Full: { purchased: 2 } }\n`;
  const drama = await played(three, { files: asking(three, pool) });
  const { github } = drama;
  const pull = await drama.propose(asking({ ...three, ada: 'View', eve: 'Full' }, pool));
  github.mergePull(pull);
  // Ada's seat is not freed after all, but Bob's, and nobody approved that.
  github.commit('main', { [file]: asking({ ada: 'Full', bob: 'View', eve: 'Full' }, pool) });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'plan-changed', held: '1' } });
  expect(ran.outputs['summary']).toContain('change eve@acme.com needs change bob@acme.com');
  expect(drama.comment(pull)).toContain('- `change eve@acme.com` **held**: `the change of bob@acme.com was not approved`');
  expect(drama.comment(pull)).toContain('Another run alone does not apply what is held');
  expect(ran.log).toContain(
    'What is approved or due waits for something that nobody approved.\n2 changes are left out: see "Not written" below.\n',
  );
  expect(drama.seats()).toEqual(three);
  expect(drama.days()).toEqual([]);
  const approve = ran.outputs['plan-digest'] ?? '';
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve } })).toMatchObject({ code: 0 });
  expect(drama.seats()).toEqual({ ada: 'Full', bob: 'View', eve: 'Full' });
});

test('what is held names nobody in the open where names are masked', async () => {
  const pool = `${roomy}  seats: { Full: { purchased: 2 } }\n`;
  const drama = await played(three, { files: asking(three, pool), github: { private: false } });
  const { github } = drama;
  const pull = await drama.propose(asking({ ...three, ada: 'View', eve: 'Full' }, pool));
  github.mergePull(pull);
  github.commit('main', { [file]: asking({ ada: 'Full', bob: 'View', eve: 'Full' }, pool) });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, outputs: { held: '1' } });
  expect(ran.outputs['summary']).toContain('change e…@acme.com needs change b…@acme.com');
  for (const text of [ran.log, ran.summary, ran.outputs['summary'], drama.comment(pull), ...drama.notes(pull)])
    expect(text).not.toMatch(/(ada|bob|eve)@/);
});

test('statuses that may not be set make the run red, what is written stays, and the next run remembers it', async () => {
  const drama = await played(three);
  const pull = await merged(drama);
  drama.github.permissions.delete('statuses: write');
  drama.github.permissions.add('statuses: read');
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'api-failed', applied: '3' } });
  expect(ran.log).toMatch(/^::error .*statuses: write/m);
  expect(ran.log.match(/^::error /gm)).toHaveLength(1);
  expect(ran.summary).toMatch(/^### Figma apply: ⚠️ Applied 3 of 3; the commit could not be marked as applied\n/);
  expect(drama.seats()).toEqual(changed);
  expect(drama.comment(pull)).toContain('✅ Applied 3 of 3');
  drama.github.permissions.add('statuses: write');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  expect(drama.comment(pull)).toContain('✅ Applied 3 of 3');
  expect(drama.days()).toHaveLength(1);
});

test('a comment that cannot be brought up to date is a warning', async () => {
  const drama = await played(three);
  await merged(drama);
  drama.github.fail({ method: 'PATCH', path: /\/issues\/comments\//, status: 403 });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 0, outputs: { applied: '3' } });
  expect(ran.log).toMatch(/^::warning /m);
  expect(drama.days()).toHaveLength(1);
});

test.each([
  ['cannot be reached', { 'base-url': 'http://127.0.0.1:9/scim/v2' }, 'api-failed', 'E102'],
  ['knows the token no more', { token: 'a-token-that-was-revoked' }, 'auth-failed', 'only the newest SCIM token works'],
])('where Figma %s, nothing is written and nothing remembered', async (_, inputs, reason, said) => {
  const drama = await played(three);
  const pull = await merged(drama);
  const ran = await drama.applied({ inputs });
  expect(ran).toMatchObject({ code: 1, wrote: [], outputs: { 'failure-reason': reason } });
  for (const text of [ran.log, ran.summary]) expect(text).toContain(said);
  expect(drama.comment(pull)).toMatch(/^### Figma plan/);
  expect(drama.days()).toEqual([]);
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '3' } });
});

test('a token that is revoked in the middle leaves the rest for the next run', async () => {
  const drama = await played(three, { figma: { faults: ['revoke=10'] } });
  const pull = await merged(drama);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ ...incomplete, wrote: ['ada'] });
  expect(drama.days()).toEqual([]);
  expect(drama.comment(pull)).not.toContain('✅');
});

test('history that GitHub does not show makes the run red before anything is written', async () => {
  const drama = await played(three);
  await merged(drama);
  drama.github.fail({ graphql: /history\(/, status: 502, times: 9 });
  expect(await drama.applied()).toMatchObject({ code: 1, wrote: [], outputs: { 'failure-reason': 'api-failed' } });
});

test('a seat of somebody whom others deactivated meanwhile is held: nobody approved to give access again', async () => {
  const drama = await played(three);
  const pull = await drama.propose(asking({ ...three, ada: 'Dev' }));
  await drama.byHand('ada', 'off');
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { held: '1' } });
  expect(ran.outputs['summary']).toContain('change ada@acme.com needs its reactivation');
  expect(drama.comment(pull)).toContain('**held**: `its reactivation was not approved`');
  expect(drama.seats()).toMatchObject({ ada: 'off' });
});

test('a digest that was approved and only half written: the same run again writes nothing and prints the digest of the rest', async () => {
  const drama = await played(three, { figma: { seed: { ...holding(three), refused: ['bob@acme.com'] }, faults: ['refuse=1'] } });
  drama.github.commit('main', { [file]: asking(changed) });
  const { outputs } = await drama.applied();
  const dispatch = (approve = '') => drama.applied({ event: 'workflow_dispatch', inputs: { approve } });
  const half = await dispatch(outputs['plan-digest']);
  expect(half).toMatchObject(incomplete);
  expect(half.log).toMatch(/^::error .*approve the digest of the rest/m);
  const again = await dispatch(outputs['plan-digest']);
  expect(again).toMatchObject({ code: 4, wrote: [] });
  expect(await dispatch(again.outputs['plan-digest'])).toMatchObject({ code: 0, wrote: ['bob'] });
  expect(await dispatch(again.outputs['plan-digest'])).toMatchObject({ code: 0, wrote: [] });
  expect(drama.seats()).toEqual(changed);
});

test('a membership waits for its user, and follows when the user could be created', async () => {
  const seed = { ...holding(three), groups: [{ displayName: 'Team', members: [{ value: 'ada@acme.com' }] }], refused: ['max@acme.com'] };
  const group = (seats: Readonly<Record<string, string>>, ...members: string[]) =>
    `${asking(seats)}groups:\n  - { displayName: Team, members: [${members.map((name) => `${name}@acme.com`).join(', ')}] }\n`;
  const drama = await played(three, { files: group(three, 'ada'), figma: { seed, faults: ['refuse=1'] } });
  const pull = await drama.propose(group({ ...three, max: 'Dev' }, 'bob', 'max'));
  drama.github.mergePull(pull);
  const first = await drama.applied();
  expect(first).toMatchObject(incomplete);
  expect(drama.comment(pull)).toMatch(/^\*\*❌ 2 of 4 applied\*\*/);
  expect(drama.comment(pull)).toMatch(/- `create max@acme.com` \*\*failed\*\*/);
  expect(drama.comment(pull)).toMatch(/- `change group "Team"` \*\*(held|skipped)\*\*/);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['max', '#Team'] });
  expect(drama.comment(pull)).toContain('✅ Applied 4 of 4');
  expect(drama.figma.state().groups[0]?.members).toHaveLength(2);
});

test('where the comment is gone by the time of the news, a note has them', async () => {
  const drama = await played(three);
  const pull = await merged(drama);
  const id = drama.github.comments(pull)[0]?.id ?? 0;
  drama.github.meanwhile({ method: 'PATCH', path: /\/issues\/comments\// }, () => drama.github.deleteComment(id));
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '3' } });
  expect(drama.notes(pull)).toEqual([expect.stringContaining('✅ Applied 3 of 3')]);
});

test('a membership of somebody who was removed from Figma meanwhile is held: nobody approved to create them', async () => {
  const group = (...members: string[]) => `${asking(three)}groups:\n  - { displayName: Team, members: [${members.join(', ')}] }\n`;
  const seed = { ...holding(three), groups: [{ displayName: 'Team', members: [{ value: 'ada@acme.com' }] }] };
  const drama = await played(three, { files: group('ada@acme.com'), figma: { seed } });
  const pull = await drama.propose(group('ada@acme.com', 'bob@acme.com'));
  drama.github.mergePull(pull);
  const { figma } = drama;
  await asked(figma, 'DELETE', `Users/${figma.state().users.find(({ userName }) => userName === 'bob@acme.com')?.id}`);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { held: '1', drift: 'true' } });
  expect(ran.outputs['summary']).toContain('change group "Team" needs create bob@acme.com');
  expect(drama.comment(pull)).toContain('**held**: `the creation of bob@acme.com was not approved`');
  expect(drama.days()).toEqual([]);
});
