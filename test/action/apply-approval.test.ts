import { expect, test } from 'vitest';
import { asking, dramaOn, file, holding, played, roomy } from './drama.ts';
import { staged } from './stage.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };
const adaViews = asking({ ...three, ada: 'View' });
const refused = { code: 4, wrote: [], outputs: { 'exit-code': '4', 'failure-reason': 'plan-changed', applied: '0' } };

test('merged without a plan: red once, told on the pull request; then it is drift with an issue, and green', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews, { isPlanned: false });
  github.mergePull(pull);
  const first = await drama.applied();
  expect(first).toMatchObject(refused);
  expect(first.log).toMatch(/^::error .*nobody approved/m);
  expect(drama.notes(pull)).toHaveLength(1);
  expect(first.outputs['summary']).toBe('1 change was not written: nobody approved it in a pull request');
  expect(first.summary).toMatch(/^### Figma apply: ❌ Nothing written: 1 change is not approved\n/);
  expect(first.log).toContain('Approved or due: nothing.\n1 change is left out: see "Not written" below.\n');
  expect(drama.notes(pull)[0]).toContain('@octocat **1 change was not written to Figma**');
  expect(drama.notes(pull)[0]).toContain('which holds nothing else');
  expect(drama.notes(pull)[0]).toContain(first.outputs['plan-digest']);
  expect(github.issues).toEqual([]);
  expect(drama.days()).toEqual(['2026-11-22']);
  const second = await drama.applied();
  expect(second).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true', 'failure-reason': '' } });
  expect(drama.openIssues()).toHaveLength(1);
  expect(drama.openIssues()[0]).toContain('| 🟡 | `ada@acme.com` | Full → View |');
  expect(drama.notes(pull)).toHaveLength(1);
  expect(drama.seats()).toEqual(three);
});

test('a last push that was never planned is approved by no former plan', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  drama.github.push(pull, { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.notes(pull)[0]).toContain('the plan is of an earlier commit');
  expect(drama.seats()).toEqual(three);
});

test('a plan comment that was deleted before the merge approves nothing', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  for (const { id } of drama.github.comments(pull)) drama.github.deleteComment(id);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.seats()).toEqual(three);
});

test('a plan comment that somebody edited approves nothing, even when the edit was taken back', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  const [comment] = drama.github.comments(pull);
  const { id, body } = comment ?? { id: 0, body: '' };
  drama.github.editComment(id, 'mallory', `${body}\nLooks harmless.`);
  drama.github.editComment(id, 'mallory', body);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.notes(pull)[0]).toContain('edited by somebody else');
});

test('a merge into another branch approves nothing, and the way from there to main is judged by its own plan', async () => {
  const drama = await played(three);
  const { github } = drama;
  github.commit('next', { 'README.md': 'next' });
  const aside = await drama.propose(adaViews, { base: 'next' });
  github.mergePull(aside);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  github.reset('next-copy', github.tip('next'));
  github.reset('main', github.tip('next'));
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.notes(aside)).toEqual([]);
  expect(drama.openIssues()).toHaveLength(1);
});

test('a direct push: red once, and the issue tells it, since there is no pull request', async () => {
  const drama = await played(three);
  drama.github.commit('main', { [file]: adaViews });
  const first = await drama.applied();
  expect(first).toMatchObject(refused);
  expect(first.outputs['comment-url']).toMatch(/issues/);
  expect(drama.openIssues()[0]).toContain('| 🟡 | `ada@acme.com` | Full → View |');
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  expect(drama.openIssues()).toHaveLength(1);
  expect(drama.seats()).toEqual(three);
});

test('a revert is a change like any other: with its plan it is applied, pushed directly it is not', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews);
  const merged = github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  github.revert(merged, 'taken-back');
  const back = github.openPull({ head: 'taken-back' });
  expect(await drama.plan(back)).toMatchObject({ code: 0 });
  const reverted = github.mergePull(back);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.seats()).toEqual(three);
  github.revert(reverted);
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.seats()).toEqual(three);
});

test('what was approved and what was pushed directly: the one is written, the other told on the pull request', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: ['ada'], outputs: { applied: '1', 'failure-reason': 'plan-changed' } });
  expect(ran.summary).toMatch(/^### Figma apply: ⚠️ Applied 1 of 1; 1 change is not approved\n/);
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
  expect(drama.notes(pull)[0]).toContain('the plan that was approved does not hold that');
  expect(drama.seats()).toEqual({ ...three, ada: 'View' });
  expect(drama.days()).toHaveLength(1);
});

test('a wrong digest writes nothing at all and prints the right one, with which the whole plan is written', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews);
  github.mergePull(pull);
  github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  await drama.byHand('eve', 'Dev');
  const wrong = await drama.applied({ event: 'workflow_dispatch', inputs: { approve: `sha256:${'0'.repeat(64)}` } });
  expect(wrong).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'plan-changed' } });
  expect(drama.days()).toEqual([]);
  expect(github.issues).toEqual([]);
  const digest = wrong.outputs['plan-digest'] ?? '';
  expect(wrong.log).toContain(digest);
  const right = await drama.applied({ event: 'workflow_dispatch', inputs: { approve: digest } });
  expect(right).toMatchObject({ code: 0, outputs: { applied: '3', drift: 'false' } });
  expect(drama.seats()).toEqual({ ada: 'View', bob: 'off', eve: 'View' });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
  expect(drama.days()).toHaveLength(1);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [], outputs: { summary: 'Nothing was to be applied.' } });
});

test('the digests in a note, in the issue and in the log are the one that writes what is told', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  const ran = await drama.applied();
  const [told] = /sha256:[0-9a-f]{64}/.exec(drama.notes(pull)[0] ?? '') ?? [];
  expect(told).toBe(ran.outputs['plan-digest']);
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve: told ?? '' } })).toMatchObject({ code: 0, wrote: ['bob'] });
  expect(drama.openIssues()).toEqual([]);
});

test('a rotated token is told as that', async () => {
  const drama = await played(three, { figma: { token: 'a-second-token' } });
  const pull = await drama.propose(adaViews, { given: { inputs: { 'signing-key': 'the key of yesterday' } } });
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'token-rotated' } });
  expect(drama.notes(pull)[0]).toContain('signed with another key');
});

test('a first apply of many commits without a pull request is red once, and the issue holds what differs', async () => {
  const drama = dramaOn(await staged({ figma: { seed: holding(three) } }));
  drama.github.commit('main', { [file]: adaViews }, 'Start', { count: 120 });
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.openIssues()).toHaveLength(1);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
});

test('configuration that is invalid at the tip writes nothing; once it is mended, what was approved before is applied', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews);
  github.mergePull(pull);
  const good = github.tip();
  github.commit('main', { [file]: `${adaViews}  - { userName: ada@acme.com }\n` });
  const broken = await drama.applied();
  expect(broken).toMatchObject({ code: 1, wrote: [], outputs: { 'failure-reason': 'config-invalid' } });
  expect(broken.log).toMatch(/^::error .*file=seatform\/users.yaml/m);
  expect(drama.days()).toEqual([]);
  github.commit('main', { [file]: adaViews });
  expect(github.tip()).not.toBe(good);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
});

test('where the applied configuration is invalid by now, nothing counts as due or drift: what differs has to be approved', async () => {
  const drama = await played(three);
  const { github } = drama;
  github.commit('main', { [file]: 'version: 1\nusers: 7\n' });
  github.setStatus(github.tip(), { context: 'seatform/applied', description: 'As of 2026-11-22: …' });
  github.commit('main', { [file]: asking(three, roomy) });
  await drama.byHand('ada', 'View');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject(refused);
  expect(drama.seats()).toMatchObject({ ada: 'View' });
});

test('what is told again, since a run could not finish, stays one note', async () => {
  const drama = await played(three, { figma: { seed: { ...holding(three), refused: ['ada@acme.com'] }, faults: ['refuse=1'] } });
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  expect(await drama.applied()).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete' } });
  expect(drama.days()).toEqual([]);
  expect(drama.notes(pull)).toHaveLength(1);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['ada'] });
  expect(drama.notes(pull)).toHaveLength(1);
  expect(drama.days()).toHaveLength(1);
});

test('a pull request that changes no configuration is not told of what a direct push brought', async () => {
  const drama = await played(three);
  const { github } = drama;
  github.commit('docs', { 'README.md': 'Who has which seat.' });
  const innocent = github.openPull({ head: 'docs', title: 'Docs' });
  expect(await drama.plan(innocent)).toMatchObject({ code: 0 });
  github.mergePull(innocent);
  github.commit('main', { [file]: adaViews });
  expect(await drama.applied()).toMatchObject(refused);
  expect(github.comments(innocent)).toEqual([]);
  expect(drama.openIssues()[0]).toContain('`ada@acme.com`');
});

test('before the first apply nobody is told of merges of long ago: the issue tells it', async () => {
  const stage = await staged({ figma: { seed: holding(three) }, files: { [file]: asking(three) } });
  const { github } = stage;
  const old = ['Collab', 'Dev', 'View'].map((seat) => {
    github.commit(`to-${seat}`, { [file]: asking({ ...three, eve: seat, ada: 'Dev' }) });
    const pull = github.openPull({ head: `to-${seat}` });
    github.mergePull(pull);
    return pull;
  });
  expect((await stage.apply()).code).toBe(4);
  expect(old.flatMap((pull) => github.comments(pull))).toEqual([]);
  expect(github.issues.map(({ title }) => title)).toEqual(['Figma drift']);
});

test('who is told that something was not written is told what else the digest would write, and led on', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews, { isPlanned: false });
  drama.github.mergePull(pull);
  await drama.byHand('eve', 'Dev');
  const env = {
    GITHUB_ACTION_REPOSITORY: 'seatform/seatform',
    GITHUB_ACTION_REF: 'v1.2.3',
    GITHUB_WORKFLOW_REF: 'Acme/figma/.github/workflows/figma-apply.yml@refs/heads/main',
  };
  const ran = await drama.applied({ env });
  expect(ran).toMatchObject(refused);
  const guide = 'https://github.com/seatform/seatform/blob/v1.2.3/docs/recovery.md';
  const workflow = `[apply workflow](${drama.github.webUrl}/actions/workflows/figma-apply.yml)`;
  for (const text of [drama.notes(pull)[0], ran.summary]) expect(text).toContain(`(${guide}#merged-without-a-plan)`);
  expect(drama.openIssues()[0]).toContain(`(${guide}#somebody-changed-figma)`);
  for (const text of [drama.notes(pull)[0], drama.openIssues()[0]]) {
    expect(text).toContain(`run the ${workflow} by hand`);
    expect(text).toContain('which holds 1 other change too');
  }
});

test.each([
  { GITHUB_ACTION_REPOSITORY: 'seatform/seatform', GITHUB_ACTION_REF: '' },
  { GITHUB_ACTION_REPOSITORY: 'a/b/../c', GITHUB_ACTION_REF: 'v1' },
  { GITHUB_ACTION_REPOSITORY: 'seatform/seatform', GITHUB_ACTION_REF: 'v1)[x](y' },
  { GITHUB_WORKFLOW_REF: 'acme/other/.github/workflows/figma-apply.yml@refs/heads/main' },
  { GITHUB_WORKFLOW_REF: 'acme/figma/.github/workflows/a)b.yml@refs/heads/main' },
])('nothing leads anywhere where the runner says %j', async (env) => {
  const drama = await played(three);
  await drama.byHand('eve', 'Dev');
  await drama.applied({ env });
  expect(drama.openIssues()[0]).toContain('run the apply workflow by hand');
  expect(drama.openIssues()[0]).not.toContain('What to do, step by step');
});
