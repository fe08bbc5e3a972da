import { expect, test } from 'vitest';
import { asking, file, holding, played } from './drama.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };
const adaViews = asking({ ...three, ada: 'View' });
const schedule = { event: 'schedule' };
const correcting = { ...schedule, inputs: { drift: 'correct' } };

test('drift between plan and apply is not written and lands in the issue, which closes by itself', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews);
  await drama.byHand('bob', 'Dev');
  github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 0, wrote: ['ada'], outputs: { drift: 'true', applied: '1' } });
  expect(drama.seats()).toEqual({ ada: 'View', bob: 'Dev', eve: 'View' });
  expect(github.issues).toHaveLength(1);
  expect(github.issues[0]?.title).toBe('Figma drift');
  expect(drama.openIssues()[0]).toContain('| 🟡 | `bob@acme.com` | Dev → Full |');
  expect(drama.openIssues()[0]).not.toContain('ada@acme.com');
  expect(ran.outputs['comment-url']).toBe(`${github.webUrl}/issues/${github.issues[0]?.number}`);
  const updatedAt = github.issues[0]?.updatedAt;
  drama.wait(3600);
  await drama.applied(schedule);
  expect(github.issues[0]?.updatedAt).toBe(updatedAt);
  await drama.byHand('eve', 'Dev');
  await drama.applied(schedule);
  expect(drama.openIssues()[0]).toContain('`eve@acme.com`');
  await drama.byHand('bob', 'Full');
  await drama.byHand('eve', 'View');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'false' } });
  expect(drama.openIssues()).toEqual([]);
  expect(github.issues).toHaveLength(1);
});

test('a value that somebody changed meanwhile becomes what was approved; one that is that already counts as in place', async () => {
  const drama = await played(three);
  const pull = await drama.propose(asking({ ...three, ada: 'View', bob: 'View' }));
  await drama.byHand('ada', 'Dev');
  await drama.byHand('bob', 'View');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.seats()).toEqual({ ada: 'View', bob: 'View', eve: 'View' });
  expect(drama.comment(pull)).toContain('✅ Applied 2 of 2');
  expect(drama.openIssues()).toEqual([]);
});

test('once the issue remembers the applied commit, a schedule with nothing to do writes nothing, neither on the day of the last apply nor on a later one', async () => {
  const drama = await played(three);
  const { github, figma } = drama;
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [] });
  expect(github.issues).toMatchObject([{ title: 'Figma drift', state: 'closed' }]);
  for (const day of ['2026-11-22', '2026-11-23', '2026-12-24']) {
    drama.setDay(day);
    const [before, written] = [github.requests.length, figma.requests.length];
    expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'false', applied: '0' } });
    expect(figma.requests.slice(written).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(github.requests.slice(before).filter(({ method, path }) => method !== 'GET' && path !== '/graphql')).toEqual([]);
  }
});

test('the schedule corrects drift where it is told to, and a push does not', async () => {
  const drama = await played(three);
  await drama.byHand('bob', 'Dev');
  expect(await drama.applied({ inputs: { drift: 'correct' } })).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  expect(drama.openIssues()[0]).toContain('The next scheduled run corrects it');
  const ran = await drama.applied(correcting);
  expect(ran).toMatchObject({ code: 0, wrote: ['bob'], outputs: { drift: 'false', applied: '1', summary: 'Corrected 1 drifted object.' } });
  expect(ran.summary).toMatch(/^### Figma apply: ✅ Corrected 1 drifted object\n/);
  expect(drama.seats()).toEqual(three);
  expect(drama.openIssues()).toEqual([]);
});

test('drift beyond the limits is not corrected: all the rest is written, and the run is blocked', async () => {
  const limits = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { downgrades: 1 }\n';
  const drama = await played({ ...three, kim: 'View' }, { files: asking({ ...three, kim: 'View' }, limits) });
  const pull = await drama.propose(asking({ ...three, ada: 'View', kim: 'View' }, limits));
  drama.github.mergePull(pull);
  await drama.byHand('eve', 'Full');
  await drama.byHand('kim', 'Full');
  const ran = await drama.applied(correcting);
  expect(ran).toMatchObject({ code: 3, wrote: ['ada'], outputs: { 'failure-reason': 'guard', drift: 'true', applied: '1' } });
  expect(drama.seats()).toMatchObject({ ada: 'View', eve: 'Full', kim: 'Full' });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
  expect(drama.openIssues()[0]).toContain('kim@acme.com');
  expect(drama.openIssues()[0]).toContain('blocked by `downgrades 2, limit 1`');
  expect(drama.openIssues()[0]).not.toContain('The next scheduled run');
  expect(ran.summary).toMatch(/^### Figma apply: ⚠️ Applied 1 of 1; the drift is larger than the limits\n/);
  expect(ran.summary).toContain('`downgrades 2, limit 1`');
  expect(ran.outputs['summary']).toContain('blocked by downgrades 2');
  expect(drama.days()).toHaveLength(1);
  const approve = /^sha256:.*$/m.exec(drama.openIssues()[0] ?? '')?.[0] ?? '';
  expect(approve).toBe(`${ran.outputs['plan-digest']} downgrades=2`);
  expect((await drama.applied({ event: 'workflow_dispatch', inputs: { approve } })).wrote.toSorted()).toEqual(['eve', 'kim']);
  expect(drama.openIssues()).toEqual([]);
});

test('drift that fits into the limits only without what was approved is corrected by the next schedule, and that is said', async () => {
  const limits = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { downgrades: 1 }\n';
  const drama = await played(three, { files: asking(three, limits) });
  const pull = await drama.propose(asking({ ...three, ada: 'View' }, limits));
  drama.github.mergePull(pull);
  await drama.byHand('eve', 'Full');
  const ran = await drama.applied(correcting);
  expect(ran).toMatchObject({ code: 3, wrote: ['ada'] });
  expect(ran.log).toMatch(/^::error .*along with what was approved.*the next scheduled run tries it again/m);
  expect(drama.openIssues()[0]).toContain('The next scheduled run corrects it');
  expect(await drama.applied(correcting)).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('drift that could not be corrected stays in the issue', async () => {
  const files = asking({ ...three, bob: 'Dev' });
  const drama = await played(three, { files, figma: { seed: { ...holding(three), refused: ['bob@acme.com'] } } });
  await drama.byHand('eve', 'Dev');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  const ran = await drama.applied(correcting);
  expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete', drift: 'true' } });
  expect(ran.outputs['summary']).toBe('the apply is incomplete: 1 of 2 drifted objects is corrected');
  expect(ran.summary).toMatch(/^### Figma apply: ❌ Corrected 1 of 2 drifted objects\n/);
  expect(drama.seats()).toEqual(three);
  expect(drama.openIssues()).toHaveLength(1);
  expect(drama.openIssues()[0]).toContain('bob@acme.com');
  expect(drama.openIssues()[0]).not.toContain('eve@acme.com');
});

test('without issues in the repository a run is green with a warning, whether anything has drifted or not', async () => {
  const drama = await played(three, { github: { hasIssues: false } });
  const calm = await drama.applied(schedule);
  expect(calm).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'false' } });
  expect(calm.log).not.toMatch(/^::error/m);
  expect(calm.log.match(/^::warning .*issues are disabled/gm)).toHaveLength(1);
  await drama.byHand('bob', 'Dev');
  const ran = await drama.applied(schedule);
  expect(ran).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  expect(ran.log).toMatch(/^::warning .*issues are disabled/m);
});

test('the command drift keeps the issue true and writes nothing to Figma: drift apart from what nobody approved', async () => {
  const drama = await played(three);
  await drama.byHand('bob', 'Dev');
  drama.github.commit('main', { [file]: adaViews });
  const ran = await drama.applied({ ...schedule, inputs: { command: 'drift' } });
  expect(ran).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true', summary: 'Drift: 1 object.' } });
  const [drifted, unapproved] = (drama.openIssues()[0] ?? '').split('**Not approved**');
  expect(drifted).toContain('### Figma drift: 1 user differs; 1 change is not approved\n');
  expect(drifted).toContain('`bob@acme.com`');
  expect(drifted).not.toContain('`ada@acme.com`');
  expect(unapproved).toContain('`ada@acme.com`');
  expect(unapproved).toContain(ran.outputs['plan-digest']);
  expect(drama.days()).toEqual([]);
});

test('two instances in one repository, each with its own organization, do not disturb each other', async () => {
  const drama = await played(three);
  const other = await played({ max: 'Full', kim: 'View' });
  const { github } = drama;
  const place = 'elsewhere/users.yaml';
  const inputs = {
    config: 'elsewhere',
    'comment-key': 'elsewhere',
    token: other.figma.token,
    'base-url': other.figma.baseUrl,
    'tenant-id': other.figma.tenantId,
    'signing-key': 'quite another secret',
  };
  github.commit('main', { [place]: asking({ max: 'Full', kim: 'View' }) });
  expect(await drama.applied({ inputs })).toMatchObject({ code: 0 });
  expect(await drama.applied()).toMatchObject({ code: 0 });
  const pull = await drama.propose({ [place]: asking({ max: 'View', kim: 'View' }), [file]: adaViews });
  expect(await drama.plan(pull, { inputs })).toMatchObject({ code: 0 });
  expect(github.comments(pull)).toHaveLength(2);
  github.mergePull(pull);
  expect(await drama.applied({ inputs })).toMatchObject({ code: 0, outputs: { applied: '1' } });
  expect(drama.days('seatform/applied (elsewhere)')).toHaveLength(1);
  expect(drama.days()).toEqual([]);
  expect(drama.seats()).toEqual(three);
  expect(other.seats()).toEqual({ max: 'View', kim: 'View' });
  await drama.byHand('eve', 'Dev');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'], outputs: { drift: 'true' } });
  expect(await drama.applied({ inputs })).toMatchObject({ code: 0, outputs: { drift: 'false' } });
  expect(drama.openIssues()).toHaveLength(1);
  expect(github.comments(pull).map(({ body }) => body.includes('✅ Applied 1 of 1'))).toEqual([true, true]);
});

test('drift that cannot be reported makes the run red, and says which permission is missing', async () => {
  const drama = await played(three);
  await drama.byHand('bob', 'Dev');
  drama.github.permissions.delete('issues: write');
  drama.github.permissions.add('issues: read');
  const ran = await drama.applied({ event: 'schedule' });
  expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'api-failed' } });
  expect(ran.log).toContain('issues: write');
  expect(ran.summary).toContain('the drift could not be reported');
});

test('where not all could be planned, a look for drift reports what it found and is red', async () => {
  const team = `${asking(three)}groups:\n  - { displayName: Team, members: [ghost@acme.com] }\n`;
  const drama = await played(three, { files: team });
  const without = await drama.run('schedule', {}, { inputs: { command: 'drift' } });
  expect(without).toMatchObject({ code: 1, outputs: { 'failure-reason': 'config-invalid' } });
  await drama.byHand('bob', 'Dev');
  const found = await drama.run('schedule', {}, { inputs: { command: 'drift' } });
  expect(found).toMatchObject({ code: 1, outputs: { drift: 'true', 'failure-reason': 'config-invalid' } });
  expect(found.log).toContain('E030');
  expect(drama.openIssues()[0]).toContain('`bob@acme.com`');
});
