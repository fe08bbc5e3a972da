/** One failure of GitHub makes no run red that has applied everything, and nothing is there twice. */
import { expect, test } from 'vitest';
import { begun, landed, merged, people, proposed, pushed, reviewed, unapproved, wanting } from './scenario.ts';

const raised = { ...people, eve: 'Full' };
const faults = [
  ['a 502', { status: 502 }],
  ['a cut connection', { kind: 'reset' }],
  ['an answer that was lost', { kind: 'reset-after' }],
  ['a 502 after the effect', { kind: 'answer-after', status: 502 }],
] as const;

test.each(faults)('%s at the status of an apply', async (_, fault) => {
  const drama = await begun();
  await merged(drama, wanting(raised));
  drama.github.fail({ method: 'POST', path: /\/statuses\//, ...fault });
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.days().length).toBeGreaterThan(0);
});

test.each(faults)('%s at the issue on drift', async (_, fault) => {
  const drama = await begun();
  await drama.byHand('bob', 'View');
  drama.github.fail({ method: 'POST', path: /\/issues$/, ...fault });
  expect(await drama.applied({ event: 'schedule' })).toMatchObject({ code: 0, wrote: [], outputs: { drift: 'true' } });
  expect(drama.github.issues).toHaveLength(1);
  expect(drama.openIssues()[0]).toContain('bob@acme.com');
});

test.each(faults)('%s at the comment of a plan', async (_, fault) => {
  const drama = await begun();
  drama.github.fail({ method: 'POST', path: /\/comments$/, ...fault });
  const pull = reviewed(drama, await proposed(drama, wanting(raised)));
  expect(drama.github.comments(pull)).toHaveLength(1);
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
});

test('a refusal for good is still red: what was applied is not known then', async () => {
  const drama = await begun();
  await merged(drama, wanting(raised));
  drama.github.fail({ method: 'POST', path: /\/statuses\//, status: 403, times: 9 });
  expect(await drama.applied()).toMatchObject({ code: 1, wrote: ['eve'], outputs: { 'failure-reason': 'api-failed' } });
});

test('a run that is started again after everything was applied writes nothing', async () => {
  const drama = await begun();
  await landed(drama, wanting(raised));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  pushed(drama, wanting(people));
  expect(await drama.applied()).toMatchObject(unapproved);
});
