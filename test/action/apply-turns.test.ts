import { expect, test } from 'vitest';
import { asking, dramaOn, file, holding, played, roomy } from './drama.ts';
import { staged } from './stage.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };
const granted = (from: string, until: string) =>
  `${asking(three)}grants:\n  - { user: eve@acme.com, seat: Full, from: ${from}, until: ${until} }\n`;

test('a grant whose first day passes between plan and merge is written: its date was approved', async () => {
  const drama = await played(three);
  const pull = await drama.propose(granted('2026-11-23', '2026-11-30'));
  expect(drama.comment(pull)).toContain('`eve@acme.com`');
  drama.setDay('2026-11-23');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual({ ...three, eve: 'Full' });
});

test('a date that was approved is no other date', async () => {
  const drama = await played(three);
  const pull = await drama.propose(granted('2026-11-25', '2026-11-30'));
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: granted('2026-11-23', '2026-11-30') });
  drama.setDay('2026-11-24');
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [], outputs: { 'failure-reason': 'plan-changed' } });
});

test('a grant of the future that nobody approved is red in every run, before and on its day, until its digest is approved', async () => {
  const drama = await played(three);
  drama.github.commit('main', { [file]: granted('2026-11-25', '2026-11-30') });
  const first = await drama.applied();
  expect(first).toMatchObject({ code: 4, wrote: [], outputs: { 'exit-code': '4', 'failure-reason': 'plan-changed' } });
  expect(first.log).toMatch(/^::error .*2 scheduled changes/m);
  expect(drama.openIssues()[0]).toContain('### Figma drift: 2 scheduled changes are not approved\n');
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  expect(drama.days()).toEqual([]);
  drama.setDay('2026-11-25');
  const onItsDay = await drama.applied({ event: 'schedule' });
  expect(onItsDay).toMatchObject({ code: 4, wrote: [], outputs: { drift: 'false' } });
  const approve = onItsDay.outputs['plan-digest'] ?? '';
  expect(await drama.applied({ event: 'workflow_dispatch', inputs: { approve } })).toMatchObject({ code: 0, wrote: ['eve'] });
  drama.setDay('2026-12-01');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual(three);
});

test('a grant of the future that was merged without a plan is reported on its pull request', async () => {
  const drama = await played(three);
  const pull = await drama.propose(granted('2026-11-25', '2026-11-30'), { isPlanned: false });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  expect(drama.notes(pull)[0]).toContain('2 scheduled changes');
});

test('a grant of the future that was approved is green, and written on its day', async () => {
  const drama = await played(three);
  const pull = await drama.propose(granted('2026-11-25', '2026-11-26'));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  drama.setDay('2026-11-25');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: ['eve'] });
  drama.setDay('2026-11-27');
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual(three);
});

test('a pull request that takes a grant of the future back says so', async () => {
  const stage = await staged({ figma: { seed: holding(three) }, files: { [file]: granted('2026-11-25', '2026-11-30') } });
  const drama = dramaOn(stage);
  const pull = await drama.propose(asking(three));
  expect(drama.comment(pull)).toMatch(/no longer.*2026-11-25.*`eve@acme\.com`/is);
});

test('what waits for an earlier merge is shown, approved and written after it', async () => {
  const team = (members: string) => `${asking(three)}groups:\n  - { displayName: Team, members: [${members}] }\n`;
  const drama = await played(three);
  const first = await drama.propose(team(''));
  drama.github.mergePull(first);
  const second = await drama.propose(team('eve@acme.com'));
  expect(drama.comment(second)).toMatch(/\+ +member eve@acme\.com/);
  drama.github.mergePull(second);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['#Team', '#Team'] });
});

test('an older comment does not come back to life by an edit of the newest', async () => {
  const drama = await played(three);
  const pull = await drama.propose(asking({ ...three, ada: 'View' }), { body: 'seatform-allow: downgrades=1' });
  const [old] = drama.github.comments(pull);
  drama.github.comment(pull, 'mallory', old?.body ?? '');
  drama.github.push(pull, { [file]: asking({ ...three, bob: 'View' }) });
  await drama.plan(pull);
  const [current] = drama.github.comments(pull);
  drama.github.editComment(current?.id ?? 0, 'mallory', `${current?.body} `);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
});

test('an approval by digest may lift a guard at its exact number, and no other', async () => {
  const many = Object.fromEntries([...Array.from({ length: 12 }, (_, index) => [`u${index}`, 'Full']), ['ada', 'Full']]);
  const lowered = Object.fromEntries(Object.keys(many).map((name) => [name, name === 'ada' ? 'Full' : 'View']));
  const strict = (seats: Record<string, string>) => asking(seats, 'organization:\n  separation: { approvals: 0 }\n');
  const drama = await played(many, { files: strict(many) });
  drama.github.commit('main', { [file]: strict(lowered) });
  const { outputs } = await drama.applied();
  const digest = outputs['plan-digest'] ?? '';
  const approve = (text: string) => drama.applied({ event: 'workflow_dispatch', inputs: { approve: text } });
  expect(await approve(digest)).toMatchObject({ code: 3, wrote: [] });
  expect(await approve(`${digest} downgrades=11`)).toMatchObject({ code: 3, wrote: [] });
  expect(await approve(`${digest} downgrades=12`)).toMatchObject({ code: 0, outputs: { applied: '12' } });
});

test('where what is scheduled has no room in the comment, the check is red, and a merge approves nothing, not even in part', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `somebody.with.a.name.that.is.as.long.as.names.may.be.${index}`);
  const crowd = Object.fromEntries(names.map((name) => [name, 'View']));
  const grants = names.map((name) => `  - { user: ${name}@acme.com, seat: Dev, from: 2026-11-25, until: 2026-11-30 }\n`).join('');
  const rest = roomy.replace('downgrades: 100', 'downgrades: 1000');
  const drama = await played(crowd, { files: asking(crowd, rest) });
  const pull = await drama.propose(`${asking({ ...crowd, [names[0] ?? '']: 'Collab' }, rest)}grants:\n${grants}`, { isPlanned: false });
  expect(await drama.plan(pull)).toMatchObject({ code: 1, outputs: { 'failure-reason': 'too-large' } });
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [], outputs: { applied: '0' } });
  expect(drama.notes(pull)[0]).toContain('not all that it changes fits into a comment');
});

test('an allowance was given for a pull request, and lets no drift pass', async () => {
  const limits = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { downgrades: 1 }\n';
  const strict = (seats: Record<string, string>) => asking(seats, limits);
  const four = { ada: 'Full', bob: 'Full', eve: 'View', kim: 'View' };
  const drama = await played(four, { files: strict(four) });
  const lowered = { ...four, ada: 'View', bob: 'View' };
  const pull = await drama.propose(strict(lowered), { body: 'seatform-allow: downgrades=2' });
  drama.github.mergePull(pull);
  drama.github.fail({ method: 'POST', path: /\/statuses\//, status: 403, times: 1 });
  expect(await drama.applied()).toMatchObject({ code: 1, wrote: ['ada', 'bob'] });
  await drama.byHand('eve', 'Full');
  await drama.byHand('kim', 'Full');
  const ran = await drama.applied({ event: 'schedule', inputs: { drift: 'correct' } });
  expect(ran).toMatchObject({ code: 3, wrote: [], outputs: { 'failure-reason': 'guard' } });
});

test('an allowance is spent on what was approved along with it', async () => {
  const limits = 'organization:\n  minAdmins: 0\n  separation: { approvals: 0 }\n  limits: { deactivations: 1, downgrades: 9 }\n';
  const strict = (seats: Record<string, string>) => asking(seats, limits);
  const six = { ada: 'Full', bob: 'Full', eve: 'Full', max: 'Full', kim: 'View', zoe: 'View' };
  const drama = await played(six, { files: strict(six) });
  const without = { ...six, ada: 'off', bob: 'off' };
  const first = await drama.propose(strict(without), { body: 'seatform-allow: deactivations=2' });
  drama.github.mergePull(first);
  drama.github.fail({ method: 'POST', path: /\/statuses\//, status: 403, times: 1 });
  expect(await drama.applied()).toMatchObject({ code: 1, wrote: ['ada', 'bob'] });
  const second = await drama.propose(strict({ ...without, eve: 'off', max: 'off' }), { code: 3 });
  drama.github.mergePull(second);
  expect(await drama.applied()).toMatchObject({ code: 3, wrote: [] });
});

test('somebody new whose grant begins between plan and merge is created as the days before and after were approved', async () => {
  const drama = await played(three);
  const pull = await drama.propose(
    `${asking({ ...three, zoe: 'View' })}grants:\n  - { user: zoe@acme.com, seat: Full, from: 2026-11-23, until: 2026-11-30 }\n`,
  );
  drama.setDay('2026-11-24');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['zoe'] });
  expect(drama.seats()).toEqual({ ...three, zoe: 'Full' });
});

test('what was approved until a day is not written after it for an extension that nobody approved', async () => {
  const drama = await played(three);
  const pull = await drama.propose(granted('2026-11-23', '2026-11-24'));
  drama.github.mergePull(pull);
  drama.github.commit('main', { [file]: granted('2026-11-23', '2027-12-31') });
  drama.setDay('2026-11-26');
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
});
