/** Pull requests that count as merged on GitHub because their head became reachable, although nobody merged them. */
import { expect, test } from 'vitest';
import { branched, begun, merged, opened, people, pushed, proposed, reviewed, unapproved, wanting } from './scenario.ts';
import { asking, file } from '../drama.ts';

const raised = { ...people, eve: 'Full' };
const defaulting = 'defaults: [{ where: { department: Design }, seat: Full }]';

/** A pull request 1 with `eve: Full`, and a reviewed 2 that contains its head and takes the change back, merged as a whole. */
async function haunted(isReviewed: boolean) {
  const drama = await begun();
  const branch = branched(drama, wanting(raised));
  const ghost = await opened(drama, branch);
  if (isReviewed) reviewed(drama, ghost);
  const carrier = reviewed(drama, await proposed(drama, wanting(people, defaulting), { from: branch }));
  return { drama, ghost, carrier };
}

test.each([false, true])('a head that came in with another pull request approves no push (reviewed: %s)', async (isReviewed) => {
  const { drama, ghost, carrier } = await haunted(isReviewed);
  drama.github.mergePull(carrier, 'merge');
  expect(drama.github.pull(ghost).merged).toBeDefined();
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  pushed(drama, wanting(raised, defaulting));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});

test('it approves nothing either while the apply that follows its merge is still to come', async () => {
  const { drama, carrier } = await haunted(true);
  drama.github.mergePull(carrier, 'merge');
  pushed(drama, wanting(raised, defaulting));
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.comment(carrier)).not.toContain('eve');
});

test('it does not approve what reviewed pull requests cause only together', async () => {
  const rules = (text: string) => ({ 'seatform/rules.yaml': text });
  const users = (eve: string) => ({ [file]: asking(people, '').replace('eve@acme.com, active: true, seat: View', `eve@acme.com, ${eve}`) });
  const drama = await begun(people, { files: { ...users('seat: View'), ...rules('version: 1\n') } });
  const branch = branched(drama, users('seat: Full'));
  const ghost = await opened(drama, branch);
  const designer = reviewed(drama, await proposed(drama, users('department: Design')));
  expect(drama.comment(designer)).toContain('1 to change');
  expect(drama.comment(designer)).not.toContain('→ Full');
  const carrier = branched(drama, { ...users('seat: View'), ...rules(`version: 1\norganization: { ${defaulting} }\n`) }, { from: branch });
  drama.github.mergePull(reviewed(drama, await opened(drama, carrier)), 'merge');
  expect(drama.github.pull(ghost).merged).toBeDefined();
  drama.github.mergePull(designer);
  expect(await drama.applied()).toMatchObject({ code: 4, wrote: ['eve'] });
  expect(drama.seats()).toEqual(people);
});

test.each(['merge', 'squash', 'rebase'] as const)('the same pull request, merged by somebody (%s), is applied', async (how) => {
  const drama = await begun();
  await merged(drama, wanting(raised), how);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['eve'] });
  expect(drama.seats()).toEqual(raised);
});

test('a ghost voids nothing: the pull request that contains it is applied', async () => {
  const drama = await begun();
  const branch = branched(drama, wanting(raised), { author: 'mallory' });
  const ghost = reviewed(drama, await opened(drama, branch, { author: 'mallory' }), 'CHANGES_REQUESTED', 'bea');
  const both = { ...raised, bob: 'View' };
  const carrier = reviewed(drama, await proposed(drama, wanting(both), { from: branch }));
  drama.github.mergePull(carrier, 'merge');
  expect(drama.github.pull(ghost).merged).toBeDefined();
  const ran = await drama.applied();
  expect(ran.code).toBe(0);
  expect(drama.seats()).toEqual(both);
  expect(drama.comment(carrier)).toContain('✅ Applied 2 of 2');
  expect(drama.notes(ghost)).toEqual([]);
});

test('a head that a push fast-forwarded to approves nothing, reviewed or not', async () => {
  const drama = await begun();
  const branch = branched(drama, wanting(raised));
  const ghost = reviewed(drama, await opened(drama, branch));
  const top = branched(drama, { 'README.md': 'On top.' }, { from: branch, author: 'mallory' });
  drama.github.reset('main', drama.github.tip(top));
  expect(drama.github.pull(ghost).merged).toBeDefined();
  expect(await drama.applied()).toMatchObject(unapproved);
  expect(drama.seats()).toEqual(people);
});
