import { expect, test } from 'vitest';
import { asking, played } from './drama.ts';

const two = { ada: 'View', bob: 'Full' };
const schedule = { event: 'schedule' };
const granted = (...grants: string[]) => `${asking(two)}grants:\n${grants.map((grant) => `  - { ${grant} }\n`).join('')}`;
const until = (day: string) => granted(`user: ada@acme.com, seat: Dev, until: ${day}`);
const from = (day: string) => granted(`user: ada@acme.com, seat: Dev, from: ${day}, until: 2026-12-31`);

test('a grant that ends after the apply is taken back by the schedule when it is due, and nothing else is', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-24')));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.seats()).toEqual({ ...two, ada: 'Dev' });
  drama.setDay('2026-11-24');
  await drama.byHand('bob', 'View');
  const dayBefore = await drama.applied(schedule);
  expect(dayBefore).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  expect(JSON.parse(dayBefore.outputs['due-soon'] ?? '')).toEqual([{ until: '2026-11-24', user: 'ada@acme.com', seat: 'Dev', to: 'View' }]);
  drama.setDay('2026-11-25');
  const due = await drama.applied(schedule);
  expect(due).toMatchObject({ code: 0, wrote: ['ada'], outputs: { applied: '1', drift: 'true' } });
  expect(drama.seats()).toEqual({ ada: 'View', bob: 'View' });
  expect(drama.days()[0]).toBe('2026-11-25');
});

test('after the day on which it was due, a seat that somebody raises again is drift', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-24')));
  await drama.applied();
  drama.setDay('2026-11-25');
  expect(await drama.applied(schedule)).toMatchObject({ wrote: ['ada'] });
  drama.wait(3600);
  await drama.byHand('ada', 'Dev');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  drama.setDay('2026-11-29');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
});

test('so it is where somebody else had taken it back on that day, before the schedule did', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-24')));
  await drama.applied();
  drama.setDay('2026-11-25');
  await drama.byHand('ada', 'View');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [] });
  await drama.byHand('ada', 'Dev');
  drama.setDay('2026-11-26');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
});

test('a grant that starts later is written on its day, from the plan that showed it in its schedule', async () => {
  const drama = await played(two);
  const pull = await drama.propose(from('2026-11-26'));
  expect(drama.comment(pull)).toMatch(/2026-11-26.*`ada@acme\.com`/);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  expect(drama.comment(pull)).toMatch(/^### Figma plan/);
  drama.setDay('2026-11-25');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [] });
  drama.setDay('2026-11-26');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: ['ada'], outputs: { applied: '1' } });
  expect(drama.seats()).toEqual({ ...two, ada: 'Dev' });
});

test('a grant that is over before its pull request is merged writes nothing', async () => {
  const drama = await played(two);
  const pull = await drama.propose(until('2026-11-24'));
  drama.setDay('2026-11-25');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  expect(drama.seats()).toEqual(two);
});

test('an apply over midnight counts for the day that it was planned for', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-22')));
  drama.github.meanwhile({ method: 'POST', path: /\/statuses\// }, () => drama.setDay('2026-11-23'));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.days()).toEqual(['2026-11-22']);
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.seats()).toEqual(two);
});

test('what fell due while newer configuration waited is written along with what was approved', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-24')));
  await drama.applied();
  const pull = await drama.propose(until('2026-11-24').replace('seat: Full', 'seat: View'));
  drama.setDay('2026-11-26');
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
  expect(drama.comment(pull)).toContain('✅ Applied 1 of 1');
  expect(drama.seats()).toEqual({ ada: 'View', bob: 'View' });
});

test('the end of a grant gives nobody access again who was deactivated meanwhile: that is drift', async () => {
  const drama = await played(two);
  drama.github.mergePull(await drama.propose(until('2026-11-24')));
  await drama.applied();
  await drama.byHand('ada', 'off');
  drama.setDay('2026-11-25');
  expect(await drama.applied(schedule)).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true', held: '0' } });
  expect(drama.openIssues()[0]).toContain('ada@acme.com');
  expect(drama.seats()).toMatchObject({ ada: 'off' });
});
