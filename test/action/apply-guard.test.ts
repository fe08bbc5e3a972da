import { expect, test } from 'vitest';
import { asked, asking, file, holding, played, roomy, type Drama } from './drama.ts';

const four = { ada: 'Full', bob: 'Full', eve: 'View', max: 'View' };
const limited = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { deactivations: 1, downgrades: 100 }\n';
const blocked = { code: 3, wrote: [], outputs: { 'exit-code': '3', 'failure-reason': 'guard', applied: '0' } };
const without = (...names: string[]) => asking({ ...four, ...Object.fromEntries(names.map((name) => [name, 'off'])) }, limited);

test('changes that a limit counts are held and named on the pull request, and the rest is written', async () => {
  const drama = await played(four, { files: asking(four, limited) });
  const pull = await drama.propose(without('ada', 'bob').replace('max@acme.com, active: true, seat: View', 'max@acme.com, seat: Dev'), {
    code: 3,
  });
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 3, wrote: ['max'], outputs: { ...blocked.outputs, applied: '1', held: '2' } });
  expect(ran.log).toMatch(
    /^::error .*2 changes held: blocked by deactivations 2; 1 of 3 approved changes is in place; deactivate ada@acme.com, deactivate bob@acme.com/m,
  );
  for (const text of [ran.log, ran.summary]) expect(text).not.toContain('--allow');
  expect(ran.log).toMatch(/^::error .*raise the limit in a pull request; or revert .*`seatform-allow: deactivations=2`/m);
  expect(ran.summary).toMatch(/^### Figma apply: ❌ 1 of 3 applied; blocked by deactivations 2\n/);
  expect(ran.summary).toContain('- `deactivate ada@acme.com`: held by `deactivations 2, limit 1`');
  expect(ran.summary).toContain(`\n${ran.outputs['plan-digest']} deactivations=2\n`);
  expect(drama.comment(pull)).toContain(
    '@octocat What is applied stays applied. Another run alone does not apply what is held by `deactivations`. Either\n\n- raise the limit',
  );
  expect(drama.comment(pull)).toContain('does not count any more, whatever the plan below says.');
  expect(drama.comment(pull)).not.toContain('only the rest is tried');
  expect(drama.comment(pull)).toMatch(/^\*\*❌ 1 of 3 applied\*\*/);
  expect(drama.comment(pull)).toContain('- `deactivate ada@acme.com` **held**: `held by the guard deactivations (2)`');
  expect(drama.days()).toEqual([]);
  expect(drama.seats()).toEqual({ ...four, max: 'Dev' });
  expect(drama.openIssues()[0]).toContain('### Figma drift: 2 approved changes are held\n');
  expect(drama.openIssues()[0]).toContain('| ➖ | `ada@acme.com` | Full → deactivated |');
  expect(drama.openIssues()[0]).toContain(`\n${ran.outputs['plan-digest']} deactivations=2\n`);
  expect(await drama.applied()).toMatchObject({ code: 3, wrote: [], outputs: { 'plan-digest': ran.outputs['plan-digest'], held: '2' } });
  const approve = /^sha256:.*$/m.exec(ran.summary)?.[0] ?? '';
  const forced = await drama.applied({ event: 'workflow_dispatch', inputs: { approve } });
  expect(forced).toMatchObject({ code: 0, outputs: { applied: '2' } });
  expect(drama.days()).toHaveLength(1);
  expect(drama.openIssues()).toEqual([]);
  expect(forced.summary).toContain('- **Allowed once**: `deactivations 2, limit 1`');
});

test('a plan that would exceed a pool is not written at all, and the pull request says so', async () => {
  const pool = `${roomy}  seats: { Full: { purchased: 2 } }\n`;
  const drama = await played(four, { files: asking(four, pool) });
  const pull = await drama.propose(asking({ ...four, eve: 'Full', max: 'Dev' }, pool), { code: 3 });
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject(blocked);
  expect(ran.log).toMatch(/^::error .*nothing was written: blocked by pool 1/m);
  expect(ran.summary).toMatch(/^### Figma apply: ❌ Nothing applied: blocked by pool 1\n/);
  expect(drama.comment(pull)).toMatch(/^\*\*❌ 0 of 2 applied\*\*/);
  expect(drama.comment(pull)).toContain('@octocat Nothing was applied: blocked by `pool 1');
  expect(drama.comment(pull)).not.toContain('only the rest is tried');
  for (const name of ['eve', 'max']) expect(drama.comment(pull)).toContain(`- \`change ${name}@acme.com\` **held**: \`blocked by pool 1\``);
  expect(drama.openIssues()[0]).toContain('### Figma drift: 2 approved changes are held\n');
  expect(drama.days()).toEqual([]);
  expect(drama.seats()).toEqual(four);
  const approve = /^sha256:.*$/m.exec(ran.summary)?.[0] ?? '';
  expect(approve).toBe(`${ran.outputs['plan-digest']} pool=1`);
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve } })).toMatchObject({ code: 0, outputs: { applied: '2' } });
});

test('an allowance in the description is signed, and holds up to its number', async () => {
  const drama = await played(four, { files: asking(four, limited) });
  const pull = await drama.propose(without('ada', 'bob'), { body: 'They left.\n\nseatform-allow: deactivations=2\n' });
  drama.github.mergePull(pull);
  // Whatever stands in the description later does not count.
  drama.github.editPull(pull, { body: '' });
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
  expect(drama.comment(pull)).toContain('- **Allowed once**: `deactivations 2, limit 1`');
  expect(drama.comment(pull)).toContain('✅ Applied 2 of 2');
});

test('an allowance that was written after the plan allows nothing', async () => {
  const drama = await played(four, { files: asking(four, limited) });
  const pull = await drama.propose(without('ada', 'bob'), { code: 3 });
  drama.github.editPull(pull, { body: 'seatform-allow: deactivations=2' });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(blocked);
});

async function twoPulls(second: { body?: string }): Promise<Drama> {
  const files = { [file]: asking({ ada: 'Full', bob: 'Full' }, limited), 'seatform/more.yaml': asking({ eve: 'View', max: 'View' }, '') };
  const drama = await played(four, { files });
  const one = await drama.propose({ [file]: asking({ ada: 'off', bob: 'off' }, limited) }, { body: 'seatform-allow: deactivations=2' });
  const gone = second.body === undefined ? { eve: 'off', max: 'View' } : { eve: 'off', max: 'off' };
  const two = await drama.propose({ 'seatform/more.yaml': asking(gone, '') }, second);
  for (const pull of [one, two]) drama.github.mergePull(pull);
  return drama;
}

test('the allowances of two pull requests add up', async () => {
  const drama = await twoPulls({ body: 'seatform-allow: deactivations=2' });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 0, outputs: { applied: '4' } });
  expect(ran.summary).toContain('- **Allowed once**: `deactivations 4, limit 1`');
});

test('an allowance does not cover what another pull request brings on top; a higher limit does', async () => {
  const drama = await twoPulls({});
  const ran = await drama.applied();
  expect(ran).toMatchObject(blocked);
  expect(ran.outputs['summary']).toContain('deactivations 3');
  const raised = await drama.propose({
    [file]: asking({ ada: 'off', bob: 'off' }, limited.replace('deactivations: 1', 'deactivations: 3')),
  });
  drama.github.mergePull(raised);
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '3' } });
});

test('nothing lifts the protection of a user', async () => {
  const guarded = `${limited}  protected: [ada@acme.com]\n`;
  const drama = await played(four, { files: asking(four, guarded) });
  const pull = await drama.propose(asking({ ...four, ada: 'off' }, guarded), { body: 'seatform-allow: protected=1', code: 3 });
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject(blocked);
  const approve = ran.outputs['plan-digest'] ?? '';
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve } })).toMatchObject(blocked);
  expect(ran.log).toMatch(/^::error .*nothing lifts the protection of users/m);
  expect(drama.comment(pull)).toContain('- `deactivate ada@acme.com` **held**: `held by the guard protected (1)`');
  expect(drama.comment(pull)).toContain('nothing lifts `protected`');
  expect(drama.comment(pull)).not.toContain('raise the limit');
  expect(drama.seats()).toEqual(four);
});

test.each(['apply', 'drift'])(
  'a read that shows few of the declared users is not believed by %s: nothing is written, reported or remembered',
  async (command) => {
    const drama = await played(four, { figma: { token: 'the-token-of-both' } });
    const pull = await drama.propose(asking({ ...four, ada: 'off', kim: 'Full' }));
    drama.github.mergePull(pull);
    await drama.byHand('bob', 'Dev');
    const stranger = await played({ zoe: 'Full' }, { figma: { token: 'the-token-of-both' } });
    const comment = drama.comment(pull);
    const ran = await drama.applied({ inputs: { 'base-url': stranger.figma.baseUrl, command } });
    expect(ran).toMatchObject({ code: 3, wrote: [], outputs: { 'failure-reason': 'guard' } });
    expect(ran.log).toMatch(/^::error .*shrunkLive 4.*check the tenant and the token/m);
    expect(drama.comment(pull)).toBe(comment);
    expect(drama.notes(pull)).toEqual([]);
    expect(drama.openIssues()).toEqual([]);
    expect(drama.days()).toEqual([]);
    expect(stranger.seats()).toEqual({ zoe: 'Full' });
    expect((await drama.applied()).wrote.toSorted()).toEqual(['ada', 'kim']);
  },
);

test('what cannot be planned does not count as in place: it stays approved until it can', async () => {
  const group = (...members: string[]) => `${asking(four)}groups:\n  - { displayName: Team, members: [${members.join(', ')}] }\n`;
  const seed = { ...holding({ ...four, zoe: 'View' }), groups: [{ displayName: 'Team', members: [{ value: 'ada@acme.com' }] }] };
  const drama = await played(four, { files: group('ada@acme.com'), figma: { seed } });
  const { github, figma } = drama;
  const pull = await drama.propose(group('ada@acme.com', 'zoe@acme.com'));
  github.mergePull(pull);
  await asked(figma, 'DELETE', `Users/${figma.state().users.find(({ userName }) => userName === 'zoe@acme.com')?.id}`);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 1, wrote: [], outputs: { 'failure-reason': 'config-invalid' } });
  expect(drama.comment(pull)).not.toContain('✅');
  expect(drama.days()).toEqual([]);
  await asked(figma, 'POST', 'Users', { userName: 'zoe@acme.com', active: true });
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['#Team'] });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
});

test('such a read is no ground to remember a commit as applied, though nothing was approved with it', async () => {
  const drama = await played(four, { figma: { token: 'the-token-of-both' } });
  const pull = await drama.propose(asking({ ...four, max: 'Dev' }), { isPlanned: false });
  drama.github.mergePull(pull);
  const stranger = await played({ zoe: 'Full' }, { figma: { token: 'the-token-of-both' } });
  expect(await drama.applied({ inputs: { 'base-url': stranger.figma.baseUrl } })).toMatchObject({ code: 3, wrote: [] });
  expect(drama.notes(pull)).toEqual([]);
  expect(drama.days()).toEqual([]);
});
