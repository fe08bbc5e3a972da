import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { asking, dramaOn, file, holding, markApplied, played, roomy } from './drama.ts';
import { staged } from './stage.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };
const adaViews = asking({ ...three, ada: 'View' });
/** What a saved plan holds. */
async function operationsIn(path: string): Promise<readonly string[]> {
  const saved = JSON.parse(await readFile(path, 'utf8')) as { readonly operations: readonly { readonly id: string }[] };
  return saved.operations.map(({ id }) => id);
}

const refused = { code: 4, wrote: [], outputs: { 'exit-code': '4', 'failure-reason': 'plan-changed', applied: '0' } };

test('merged without a plan: red in every run, in one note on the pull request and in the issue, and never drift', async () => {
  const drama = await played(three);
  const { github } = drama;
  const pull = await drama.propose(adaViews, { isPlanned: false });
  github.mergePull(pull);
  const first = await drama.applied();
  expect(first).toMatchObject(refused);
  expect(first.log).toMatch(/^::error .*nobody approved/m);
  expect(drama.notes(pull)).toHaveLength(1);
  expect(first.outputs['summary']).toBe('1 change was not written: nobody approved it in a pull request');
  expect(first.summary).toMatch(/^### Figma apply: ❌ Nothing applied: 1 change is not approved\n/);
  expect(first.log).toContain('Approved or due: nothing.\n1 change is left out: see "Not written" below.\n');
  expect(drama.notes(pull)[0]).toContain(
    '@octocat **1 change is not approved and not applied**: this pull request has no comment with a plan.',
  );
  expect(drama.notes(pull)[0]).not.toContain('It covers');
  expect(drama.notes(pull)[0]).toContain(first.outputs['plan-digest']);
  expect(drama.openIssues()).toEqual([expect.stringContaining('### Figma drift: 1 change is not approved\n')]);
  expect(drama.openIssues()[0]).toContain('| 🟡 | `ada@acme.com` | Full → View |');
  expect(drama.openIssues()[0]).toContain(first.outputs['plan-digest']);
  expect(drama.days()).toEqual([]);
  const [note] = github.comments(pull);
  drama.setDay('2026-11-24');
  const second = await drama.applied({ event: 'schedule' });
  expect(second).toMatchObject({ ...refused, outputs: { ...refused.outputs, drift: 'false', changes: 'true', 'to-change': '1' } });
  expect(second.outputs['plan-digest']).toBe(first.outputs['plan-digest']);
  expect(drama.openIssues()).toHaveLength(1);
  expect(github.comments(pull).map(({ id }) => id)).toEqual([note?.id]);
  expect(drama.days()).toEqual([]);
  expect(drama.seats()).toEqual(three);
});

test.each(['approved by its digest', 'taken back', 'in place'])('what nobody approved is red until it is %s', async (how) => {
  const drama = await played(three);
  const { github } = drama;
  github.commit('main', { [file]: adaViews });
  const { outputs } = await drama.applied();
  if (how === 'in place') await drama.byHand('ada', 'View');
  if (how === 'taken back') github.mergePull(await drama.propose(asking(three)));
  const inputs = how.startsWith('approved') ? { approve: outputs['plan-digest'] ?? '' } : {};
  const ran = await drama.applied({ event: 'workflow_dispatch', inputs });
  expect(ran).toMatchObject({ code: 0, wrote: how.startsWith('approved') ? ['ada'] : [], outputs: { changes: 'false', drift: 'false' } });
  expect(drama.seats()).toEqual(how === 'taken back' ? three : { ...three, ada: 'View' });
  expect(drama.days()).toEqual(['2026-11-22']);
  expect(drama.openIssues()).toEqual([]);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
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

test('a direct push: red in every run, and the issue lists it, because there is no pull request', async () => {
  const drama = await played(three);
  drama.github.commit('main', { [file]: adaViews });
  const first = await drama.applied();
  expect(first).toMatchObject(refused);
  expect(first.outputs['comment-url']).toMatch(/issues/);
  expect(drama.openIssues()[0]).toContain('| 🟡 | `ada@acme.com` | Full → View |');
  expect(drama.openIssues()[0]).toContain(first.outputs['plan-digest']);
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.openIssues()).toHaveLength(1);
  expect(drama.days()).toEqual([]);
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

test('what was approved and what was pushed directly: the one is written, the other reported on the pull request', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: ['ada'], outputs: { applied: '1', 'failure-reason': 'plan-changed' } });
  expect(ran.summary).toMatch(/^### Figma apply: ⚠️ Applied 1 of 1; 1 change is not approved\n/);
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
  expect(drama.notes(pull)[0]).toContain('the approved plan does not contain it');
  // One plan is what remains to be approved, the other what was chosen.
  const [remaining, selected] = await Promise.all(['plan-path', 'selected-path'].map((path) => operationsIn(ran.outputs[path] ?? '')));
  expect(remaining).toEqual(['deactivate user bob@acme.com']);
  expect(selected).toEqual([expect.stringContaining('user ada@acme.com')]);
  expect(ran.outputs).toMatchObject({ changes: 'true', 'to-change': '0', 'to-deactivate': '1' });
  expect(drama.seats()).toEqual({ ...three, ada: 'View' });
  expect(drama.days()).toEqual([]);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [], outputs: { applied: '0', 'failure-reason': 'plan-changed' } });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
});

test('a wrong digest writes nothing at all and prints the right one, with which all that remains is written', async () => {
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

test('the digest in a note, in the issue and in the log is one: it writes what is listed there', async () => {
  const drama = await played(three);
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  const ran = await drama.applied();
  const [told] = /sha256:[0-9a-f]{64}/.exec(drama.notes(pull)[0] ?? '') ?? [];
  expect(told).toBe(ran.outputs['plan-digest']);
  expect(drama.openIssues()[0]).toContain(`\n${told}\n`);
  expect(ran.log).toContain(`Digest of what remains: ${told}\n`);
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve: told ?? '' } })).toMatchObject({ code: 0, wrote: ['bob'] });
  expect(drama.openIssues()).toEqual([]);
});

test('a rotated token is reported as that', async () => {
  const drama = await played(three, { figma: { token: 'a-second-token' } });
  const pull = await drama.propose(adaViews, { given: { inputs: { 'signing-key': 'the key of yesterday' } } });
  drama.github.mergePull(pull);
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'token-rotated' } });
  expect(drama.notes(pull)[0]).toContain('signed with another key');
});

test('a first apply of many commits without a pull request is red in every run, and the issue holds what differs', async () => {
  const drama = dramaOn(await staged({ figma: { seed: holding(three) } }));
  drama.github.commit('main', { [file]: adaViews }, 'Start', { count: 120 });
  expect(await drama.applied()).toMatchObject(refused);
  expect(drama.openIssues()).toEqual([expect.stringContaining('### Figma drift: 1 change is not approved\n')]);
  const second = await drama.applied();
  expect(second).toMatchObject({ ...refused, outputs: { ...refused.outputs, drift: 'false' } });
  expect(drama.days()).toEqual([]);
  expect(drama.openIssues()).toHaveLength(1);
});

test('configuration that is invalid at the tip writes nothing; once it is fixed, what was approved before is applied', async () => {
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
  markApplied(drama);
  github.commit('main', { [file]: asking(three, roomy) });
  await drama.byHand('ada', 'View');
  const ran = await drama.applied({ event: 'schedule', inputs: { drift: 'correct' } });
  expect(ran).toMatchObject({ ...refused, outputs: { ...refused.outputs, drift: 'false' } });
  expect(drama.seats()).toMatchObject({ ada: 'View' });
});

test.each([
  ['is of a release before statuses were signed', () => 'As of 2026-11-22: 3 of 3 approved changes are in place'],
  ['was signed for another commit', (genuine: string) => genuine],
  ['was made up', () => `2026-11-22 - - ${'A'.repeat(22)}`],
])('a status that %s counts as absent: nothing becomes drift by it', async (_, descriptionFrom) => {
  const drama = await played(three);
  const { github } = drama;
  const description = descriptionFrom(github.statuses(github.tip())[0]?.description ?? '');
  github.commit('main', { [file]: adaViews });
  github.setStatus(github.tip(), { context: 'seatform/applied', description });
  const ran = await drama.applied({ event: 'schedule', inputs: { drift: 'correct' } });
  expect(ran).toMatchObject({ code: 4, wrote: [], outputs: { applied: '0', drift: 'false' } });
  expect(drama.seats()).toEqual(three);
});

test('without any status that verifies nothing is drift: what differs has to be approved', async () => {
  const drama = dramaOn(await staged({ figma: { seed: holding(three) }, files: { [file]: asking(three) } }));
  drama.github.setStatus(drama.github.tip(), { context: 'seatform/applied', description: 'As of 2026-11-22: all is in place' });
  await drama.byHand('ada', 'View');
  const ran = await drama.applied({ event: 'schedule', inputs: { drift: 'correct' } });
  expect(ran).toMatchObject({ ...refused, outputs: { ...refused.outputs, drift: 'false' } });
  expect(drama.seats()).toMatchObject({ ada: 'View' });
});

test('what is reported again, because a run could not finish, stays one note', async () => {
  const drama = await played(three, { figma: { seed: { ...holding(three), refused: ['ada@acme.com'] }, faults: ['refuse=1'] } });
  const pull = await drama.propose(adaViews);
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: asking({ ...three, ada: 'View', bob: 'off' }) });
  expect(await drama.applied()).toMatchObject({ code: 1, outputs: { 'failure-reason': 'apply-incomplete' } });
  expect(drama.days()).toEqual([]);
  expect(drama.notes(pull)).toHaveLength(1);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['ada'] });
  expect(drama.notes(pull)).toHaveLength(1);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  expect(drama.notes(pull)).toHaveLength(1);
  expect(drama.days()).toEqual([]);
});

test('a pull request that changes no configuration has no note about what a direct push brought', async () => {
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

test('before the first apply merges of long ago get no note: the issue lists what differs', async () => {
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

test('a note and the issue say what else the digest covers, and lead on', async () => {
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
  for (const text of [drama.notes(pull)[0], drama.openIssues()[0]]) expect(text).toContain(`Run the ${workflow} by hand`);
  expect(drama.notes(pull)[0]).toContain('It covers 1 other change too.');
  for (const listed of ['`ada@acme.com`', '`eve@acme.com`']) expect(drama.openIssues()[0]).toContain(listed);
  expect(drama.openIssues()[0]).not.toContain('It covers');
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
  expect(drama.openIssues()[0]).toContain('Run the apply workflow by hand');
  expect(drama.openIssues()[0]).not.toContain('What to do, step by step');
});
