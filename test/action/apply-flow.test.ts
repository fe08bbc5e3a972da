import { expect, test } from 'vitest';
import { asking, dramaOn, file, holding, played } from './drama.ts';
import { staged } from './stage.ts';

const three = { ada: 'Full', bob: 'Full', eve: 'View' };

test.each(['squash', 'merge', 'rebase'] as const)(
  'planned, planned again, merged by %s, applied; then there is nothing to do',
  async (how) => {
    const drama = await played(three);
    const { github } = drama;
    const pull = await drama.propose(asking({ ...three, ada: 'View' }));
    expect(drama.comment(pull)).toContain('| 🟡 | `ada@acme.com` | Full → View |');
    github.push(pull, { [file]: asking({ ...three, ada: 'Dev' }) });
    await drama.plan(pull);
    expect(github.comments(pull)).toHaveLength(1);
    expect(drama.comment(pull)).toContain('| 🟡 | `ada@acme.com` | Full → Dev |');
    github.mergePull(pull, how);
    const first = await drama.applied();
    expect(first).toMatchObject({ code: 0, wrote: ['ada'] });
    expect(first.outputs).toMatchObject({ 'exit-code': '0', 'failure-reason': '', applied: '1', failed: '0', held: '0', drift: 'false' });
    expect(first.outputs['summary']).toBe('Applied 1 of 1 approved change.');
    expect(first.summary).toContain('✅ Applied 1 of 1');
    expect(first.log).not.toMatch(/^::(error|warning)/m);
    expect(drama.seats()).toEqual({ ...three, ada: 'Dev' });
    expect(drama.comment(pull)).toMatch(/^\*\*✅ Applied 1 of 1\*\* · \[run\]/);
    expect(drama.comment(pull)).toContain('| 🟡 | `ada@acme.com` | Full → Dev |');
    expect(github.comments(pull)).toHaveLength(1);
    expect(drama.days()).toEqual(['2026-11-22']);
    const before = github.requests.length;
    expect(await drama.applied()).toMatchObject({ code: 0, wrote: [], outputs: { summary: 'Nothing was to be applied.' } });
    expect(github.requests.slice(before).filter(({ method, path }) => method !== 'GET' && path !== '/graphql')).toEqual([]);
    expect(github.issues).toMatchObject([{ title: 'Figma drift', state: 'closed' }]);
  },
);

test('two pull requests merged before one apply are both applied, and each comment counts its own', async () => {
  const drama = await played(three);
  const { github } = drama;
  const one = await drama.propose({
    'seatform/more.yaml': 'version: 1\nusers:\n  - { userName: max@acme.com, seat: Dev }\n  - { userName: kim@acme.com, seat: View }\n',
  });
  const two = await drama.propose(asking({ ...three, ada: 'View' }));
  github.mergePull(one, 'squash');
  github.mergePull(two, 'merge');
  const ran = await drama.applied();
  expect(ran).toMatchObject({ code: 0, outputs: { applied: '3', summary: 'Applied 3 of 3 approved changes.' } });
  expect(drama.seats()).toEqual({ ...three, ada: 'View', max: 'Dev', kim: 'View' });
  expect(drama.comment(one)).toMatch(/^\*\*✅ Applied 2 of 2\*\*/);
  expect(drama.comment(two)).toMatch(/^\*\*✅ Applied 1 of 1\*\*/);
});

test('what a merge queue pushes is applied as any merge is', async () => {
  const drama = await played(three);
  const { github } = drama;
  const one = await drama.propose(asking({ ...three, ada: 'View' }));
  const two = await drama.propose({ 'seatform/more.yaml': 'version: 1\nusers:\n  - { userName: max@acme.com, seat: Dev }\n' });
  for (const pull of [one, two]) github.mergePull(pull, 'merge', { by: 'github-merge-queue[bot]' });
  expect(await drama.applied()).toMatchObject({ code: 0, outputs: { applied: '2' } });
});

test('the run of an older push applies the tip, and its re-run after newer merges brings nothing back', async () => {
  const drama = await played(three);
  const { github } = drama;
  const old = github.tip();
  const one = await drama.propose(asking({ ...three, ada: 'Dev' }));
  const first = github.mergePull(one);
  const two = await drama.propose(asking({ ...three, ada: 'View' }));
  github.mergePull(two);
  const env = { GITHUB_SHA: first };
  const stale = { ref: 'refs/heads/main', before: old, after: first };
  const run = await drama.run('push', stale, { env });
  expect(run).toMatchObject({ code: 0 });
  expect(drama.seats()).toMatchObject({ ada: 'View' });
  expect(drama.comment(one)).toMatch(/^\*\*❌ 0 of 1 applied, 1 superseded\*\*/);
  expect(drama.comment(one)).toContain(`**superseded**: \`commit ${github.tip().slice(0, 7)} asks for something else\``);
  expect(drama.comment(two)).toMatch(/^\*\*✅ Applied 1 of 1\*\*/);
  expect(drama.days()).toHaveLength(1);
  const writes = drama.figma.requests.filter(({ method }) => method !== 'GET').length;
  expect(await drama.run('push', stale, { env })).toMatchObject({ code: 0 });
  expect(drama.figma.requests.filter(({ method }) => method !== 'GET')).toHaveLength(writes);
});

test('a commit that GitHub connects late with its pull request is waited for', async () => {
  const drama = await played(three, { github: { lagPulls: 3 } });
  const pull = await drama.propose(asking({ ...three, ada: 'View' }));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
});

test('the first apply approves what the pull requests of the newest commits approved, and no more', async () => {
  const stage = await staged({ figma: { seed: holding(three) } });
  const drama = dramaOn(stage);
  drama.github.commit('main', { [file]: asking(three) }, 'Start', { count: 120 });
  const pull = await drama.propose(asking({ ...three, ada: 'View' }));
  drama.github.mergePull(pull);
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: ['ada'] });
  expect(drama.days()).toEqual(['2026-11-22']);
});

test('a first apply without any commit but one, on which all agree, remembers it', async () => {
  const drama = dramaOn(await staged({ figma: { seed: holding(three) }, files: { [file]: asking(three) } }));
  expect(await drama.applied()).toMatchObject({ code: 0, wrote: [] });
  expect(drama.days()).toEqual(['2026-11-22']);
});
