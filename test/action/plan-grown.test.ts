import { describe, expect, test } from 'vitest';
import { open } from '../../src/github/marker.ts';
import { asking, file, roomy, type Drama } from './drama.ts';
import { created, createdAsNew, dismissed, opened, replanned, signedIn, three, unplanned, updated } from './planned.ts';

const reviewed = roomy.replace('approvals: 0', 'approvals: 1');
const wanted = asking({ ...three, ada: 'View' }, reviewed);
const more = asking({ ...three, ada: 'View', bob: 'Dev' }, reviewed);

/** A stage on which a merge needs an approval. */
const guarded = (github = {}) => opened(three, { files: { [file]: asking(three, reviewed) }, github });

/** Somebody approves, a minute after what was before. */
function approve({ github, wait }: Drama, pull: number, by = 'carol'): void {
  wait(60);
  github.review(pull, by, 'APPROVED');
  wait(60);
}

const states = ({ github }: Drama, pull: number) => github.reviews(pull).map(({ state }) => state);

async function merged(drama: Drama, pull: number) {
  drama.wait(60);
  drama.github.mergePull(pull);
  return drama.applied();
}

describe('since when a plan can be seen', () => {
  test('is the time that GitHub gave its first write, signed by a second', async () => {
    const drama = await guarded({ delayMerge: 2 });
    const { github } = drama;
    const pull = await drama.propose(wanted, unplanned);
    const before = github.requests.length;
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: createdAsNew(pull) });
    const bodies = github.requests.slice(before).flatMap(({ body }) => open((body as { body?: string } | undefined)?.body ?? '') ?? []);
    const [comment] = github.comments(pull);
    expect(bodies.map(({ marker }) => marker.header.since)).toEqual(['', comment?.createdAt]);
    const { header } = signedIn(drama, pull);
    expect(header).toMatchObject({ since: comment?.createdAt, counts: [1, 0, 0, 0], returns: [], updates: [], access: {}, spent: [] });
    expect(Date.parse(header.plannedAt)).toBeLessThan(Date.parse(header.since));
    expect(drama.comment(pull)).toContain('applied on merge with 1 approval</sub>');
    approve(drama, pull);
    expect(await merged(drama, pull)).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('stays where nothing has changed: nothing is written', async () => {
    const drama = await guarded();
    const pull = await drama.propose(wanted);
    approve(drama, pull);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [] });
    expect(states(drama, pull)).toEqual(['APPROVED']);
  });

  test('is new where it shows more: older approvals are dismissed, and say why', async () => {
    const drama = await guarded();
    const pull = await drama.propose(wanted);
    const { since } = signedIn(drama, pull).header;
    approve(drama, pull);
    drama.github.push(pull, { [file]: more });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated, dismissed(pull), updated] });
    const [review] = drama.github.reviews(pull);
    expect(review).toMatchObject({
      state: 'DISMISSED',
      dismissal: { message: expect.stringMatching(/^The plan has grown since this approval/) },
    });
    expect(Date.parse(signedIn(drama, pull).header.since)).toBeGreaterThan(Date.parse(since));
    expect(drama.comment(pull)).not.toContain('do not count');
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    approve(drama, pull);
    expect(await merged(drama, pull)).toMatchObject({ code: 0, wrote: ['ada', 'bob'] });
  });

  test('is said in the comment where older approvals cannot be dismissed', async () => {
    const drama = await guarded({ mayDismiss: false });
    const pull = await drama.propose(wanted);
    approve(drama, pull);
    drama.github.push(pull, { [file]: more });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated, dismissed(pull), updated] });
    expect(states(drama, pull)).toEqual(['APPROVED']);
    const [day, time] = signedIn(drama, pull).header.since.slice(0, 19).split('T');
    expect(drama.comment(pull)).toContain(`> Approvals given before ${time} UTC on ${day} do not count: the plan has grown since.`);
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    expect(await merged(drama, pull)).toMatchObject({ code: 4, wrote: [] });
  });

  test('is new for every change of what is signed: a rule, a day, an allowance', async () => {
    const drama = await guarded();
    const pull = await drama.propose(wanted);
    const steps = [
      wanted.replace('deactivations: 100', 'deactivations: 99'),
      `${wanted.replace('deactivations: 100', 'deactivations: 99')}grants:\n  - { user: eve@acme.com, seat: Full, from: 2026-12-01, until: 2026-12-31, reason: cover }\n`,
    ];
    for (const text of steps) {
      approve(drama, pull);
      drama.github.push(pull, { [file]: text });
      expect((await replanned(drama, pull)).wrote).toEqual([updated, dismissed(pull), updated]);
    }
  });

  test('is new where Figma itself makes it show more', async () => {
    const drama = await guarded();
    await drama.byHand('bob', 'Dev');
    const pull = await drama.propose(more);
    expect(signedIn(drama, pull).header.counts).toEqual([1, 0, 2, 0]);
    await drama.byHand('bob', 'Full');
    approve(drama, pull);
    expect((await replanned(drama, pull)).wrote).toEqual([updated, dismissed(pull), updated]);
    expect(signedIn(drama, pull).header.counts).toEqual([2, 0, 0, 0]);
  });

  test('names those of its changes that give access back', async () => {
    const drama = await opened({ ...three, max: 'off' }, { files: { [file]: asking({ ...three, max: 'off' }, reviewed) } });
    const pull = await drama.propose(asking({ ...three, ada: 'View', max: 'View' }, reviewed));
    const { header, hashes } = signedIn(drama, pull);
    expect(header.returns).toHaveLength(1);
    expect(hashes.changes).toEqual(expect.arrayContaining([...header.returns]));
  });
});

describe('a plan that signs no more than the one before keeps the reviews', () => {
  test('as it does with a part of that', async () => {
    const drama = await guarded();
    const pull = await drama.propose(more);
    const { since } = signedIn(drama, pull).header;
    approve(drama, pull);
    drama.github.push(pull, { [file]: wanted });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
    expect(signedIn(drama, pull).header).toMatchObject({ since, counts: [1, 0, 0, 0] });
    expect(states(drama, pull)).toEqual(['APPROVED']);
    expect(await merged(drama, pull)).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('as after "Update branch", which makes nobody a committer', async () => {
    const drama = await guarded();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    const { since } = signedIn(drama, pull).header;
    approve(drama, pull);
    github.commit('main', { 'README.md': 'words' });
    const head = github.updateBranch(pull, 'carol');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
    expect(signedIn(drama, pull).header).toMatchObject({ since, head, updates: [head] });
    github.commit('main', { 'README.md': 'other words' });
    const next = github.updateBranch(pull, 'carol');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
    expect(signedIn(drama, pull).header).toMatchObject({ since, head: next, updates: [head, next] });
    expect(states(drama, pull)).toEqual(['APPROVED']);
    expect(await merged(drama, pull)).toMatchObject({ code: 0, wrote: ['ada'] });
  });

  test('as on a day that was shown and has come', async () => {
    const drama = await guarded();
    const grant = 'grants:\n  - { user: eve@acme.com, seat: Full, from: 2026-12-01, until: 2026-12-31, reason: cover }\n';
    const pull = await drama.propose(asking(three, reviewed) + grant);
    const { since, counts } = signedIn(drama, pull).header;
    expect(counts).toEqual([0, 0, 0, 2]);
    approve(drama, pull);
    drama.setDay('2026-12-02');
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated], outputs: { 'to-change': '1' } });
    expect(signedIn(drama, pull).header).toMatchObject({ since, counts: [1, 0, 0, 1] });
    expect(states(drama, pull)).toEqual(['APPROVED']);
    expect(await merged(drama, pull)).toMatchObject({ code: 0, wrote: ['eve'] });
  });

  test('but a part that was gone and comes back is new', async () => {
    const drama = await guarded();
    const pull = await drama.propose(more);
    drama.github.push(pull, { [file]: wanted });
    await replanned(drama, pull);
    approve(drama, pull);
    drama.github.push(pull, { [file]: more });
    expect((await replanned(drama, pull)).wrote).toEqual([updated, dismissed(pull), updated]);
  });
});

describe('a pull request that is merged while it is planned', () => {
  test('is not written to', async () => {
    const drama = await guarded();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.meanwhile({ graphql: /object\(oid/ }, () => void drama.github.mergePull(pull));
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [] });
  });

  test('between the two writes gets no second one, and nothing of it is approved', async () => {
    const drama = await guarded();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.meanwhile({ path: /\/reviews/ }, () => void drama.github.mergePull(pull));
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [created(pull)] });
    expect(signedIn(drama, pull).header.since).toBe('');
    approve(drama, pull);
    expect(await drama.applied()).toMatchObject({ code: 4, wrote: [] });
  });

  test.each(['closed', 'pushed to'])('or %s between the two writes: the same', async (what) => {
    const drama = await guarded();
    const { github } = drama;
    const pull = await drama.propose(wanted);
    github.push(pull, { [file]: more });
    const change = () => (what === 'closed' ? github.closePull(pull) : void github.push(pull, { 'README.md': 'words' }));
    github.meanwhile({ path: /\/reviews/ }, change);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: [updated] });
  });
});

test('an edit of the description that says nothing new writes nothing, and one with an allowance is new', async () => {
  const drama = await opened(three, { files: { [file]: asking(three, '') } });
  const pull = await drama.propose(asking({ ...three, bob: 'off', ada: 'off' }, ''), { code: 3 });
  approve(drama, pull);
  drama.github.editPull(pull, { body: 'words' });
  expect((await replanned(drama, pull)).wrote).toEqual([]);
  drama.github.editPull(pull, { body: 'seatform-allow: deactivations=2' });
  expect((await replanned(drama, pull)).wrote).toEqual([updated, dismissed(pull), updated]);
  expect(signedIn(drama, pull).header.allowances).toEqual({ deactivations: 2 });
});
