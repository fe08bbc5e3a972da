/** The outputs of a step are all of one plan. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Ran } from '../stage.ts';
import { begun, branched, dispatched, merged, people, pushed, wanting } from './scenario.ts';

interface Saved {
  readonly digest: string;
  readonly operations: readonly { readonly action: string; readonly name: string }[];
}

function savedIn({ outputs }: Ran): Saved {
  return JSON.parse(readFileSync(outputs['plan-path'] ?? '', 'utf8')) as Saved;
}

/** Whether digest, file and counts are those of one plan that changes these people. */
function expectOnePlan(ran: Ran, names: readonly string[]): void {
  const { digest, operations } = savedIn(ran);
  expect(ran.outputs['plan-digest']).toBe(digest);
  expect(new Set(operations.map(({ name }) => name.split('@')[0]))).toEqual(new Set(names));
  expect(ran.outputs).toMatchObject({ changes: String(names.length > 0), 'to-change': String(names.length) });
}

test('on a pull request they are of its own plan, whatever else is pending on main', async () => {
  const drama = await begun();
  pushed(drama, wanting({ ...people, bob: 'View' }));
  await drama.applied();
  await drama.byHand('ada', 'Dev');
  const branch = branched(drama, wanting({ ...people, bob: 'View', eve: 'Full' }));
  const ran = await drama.plan(drama.github.openPull({ head: branch }));
  expect(ran.code).toBe(0);
  expectOnePlan(ran, ['eve']);
});

test('on an apply they are of what remains to be approved, not of what was written', async () => {
  const drama = await begun();
  await merged(drama, wanting({ ...people, eve: 'Full' }));
  pushed(drama, wanting({ ...people, eve: 'Full', bob: 'View' }));
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 4, wrote: ['eve'], outputs: { applied: '1' } });
  expectOnePlan(ran, ['bob']);
});

test('the digest that is printed is the one that `approve` takes', async () => {
  const drama = await begun();
  pushed(drama, wanting({ ...people, bob: 'View' }), 'mallory');
  const ran = await drama.applied();
  drama.wait(60);
  drama.github.comment(drama.github.issues[0]?.number ?? 0, 'ann', `approve ${savedIn(ran).digest}`);
  expect(await dispatched(drama, savedIn(ran).digest, 'octocat')).toMatchObject({ code: 0, wrote: ['bob'] });
});

test('where everything was applied nothing remains', async () => {
  const drama = await begun();
  await merged(drama, wanting({ ...people, eve: 'Full' }));
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 0, outputs: { applied: '1', drift: 'false' } });
  expectOnePlan(ran, []);
});

test('a wrong digest answers with the plan that it was not of', async () => {
  const drama = await begun();
  pushed(drama, wanting({ ...people, bob: 'View' }));
  const ran = await dispatched(drama, `sha256:${'0'.repeat(64)}`, 'octocat');
  expect(ran).toMatchObject({ code: 4, wrote: [] });
  expectOnePlan(ran, ['bob']);
});
