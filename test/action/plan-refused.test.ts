import { describe, expect, test } from 'vitest';
import { asking, file } from './drama.ts';
import { created, opened, replanned, three, unplanned, updated, updatedAsNew } from './planned.ts';
import { annotationsIn } from './runner-log.ts';
import { described } from './stage.ts';

const wanted = asking({ ...three, ada: 'View' });
const broken = wanted.replace('seat: View', 'seat: Veiw');

describe('no plan', () => {
  test('of invalid configuration: a failed check, every fault at its line, and no older plan left standing', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    drama.github.push(pull, { [file]: `${broken}extra: 1\n` });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [updated], asked: 0, outputs: { 'exit-code': '1', 'failure-reason': 'config-invalid' } });
    const [first, second] = annotationsIn(ran.log);
    expect(first).toMatch(/^::error file=seatform\/users\.yaml,line=7,col=\d+,title=E\d{3}::.*Veiw.*\n/);
    expect(first).toContain('did you mean "View"?');
    expect(second).toMatch(/^::error file=seatform\/users\.yaml,line=10,col=1,title=E\d{3}::.*extra/);
    const shown = drama.comment(pull);
    expect(shown).toMatch(/^### ❌ Figma plan failed\n/);
    expect(shown).toContain(`(https://github.com/acme/figma/blob/${drama.github.mergeCommitOf(pull)}/seatform/users.yaml#L7)`);
    expect(ran.summary).toContain('### ❌ Figma plan failed');
    expect((await replanned(drama, pull)).wrote).toEqual([]);
    drama.github.push(pull, { [file]: wanted });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0, wrote: updatedAsNew });
    expect(drama.comment(pull)).toMatch(/^### Figma plan: 0 to create, 1 to change/);
  });

  test('of more faults than GitHub shows: the worst nine are annotated, all are in the log', async () => {
    const drama = await opened();
    const names = Array.from({ length: 15 }, (_, at) => `  - { userName: no-address-${at}, seat: Full }\n`);
    const pull = await drama.propose(`version: 1\nusers:\n${names.join('')}`, unplanned);
    const ran = await replanned(drama, pull);
    const errors = annotationsIn(ran.log).filter((text) => text.startsWith('::error'));
    expect(errors).toHaveLength(10);
    expect(errors.at(-1)).toBe('::error::and 6 more, in the log');
    for (let at = 0; at < 15; at += 1) expect(ran.log).toContain(`no-address-${at}`);
    expect(drama.comment(pull)).toContain('no-address-14');
  });

  test('where the configuration is gone', async () => {
    const drama = await opened();
    const pull = await drama.propose({ [file]: null, 'README.md': 'words' }, unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [created(pull)], asked: 0, outputs: { 'failure-reason': 'config-invalid' } });
    expect(drama.comment(pull)).toContain('there is neither');
  });

  test('of a branch in conflict, which is said', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    drama.github.commit('main', { [file]: asking({ ...three, ada: 'Dev' }) });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [updated], asked: 0, outputs: { 'failure-reason': 'config-invalid' } });
    expect(annotationsIn(ran.log)).toEqual(['::error title=E213::the branch has conflicts with its base\nhelp: solve them and push']);
    expect(drama.comment(pull)).toMatch(/^### ❌ Figma plan failed\n\nThe branch has conflicts with its base/);
  });

  test('where GitHub has no merge commit within a minute', async () => {
    const drama = await opened(three, { github: { delayMerge: 100 } });
    const pull = await drama.propose(wanted, unplanned);
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [created(pull)], asked: 0, outputs: { 'failure-reason': 'api-failed' } });
    expect(drama.comment(pull)).toContain('Run the job again.');
  });

  test('but one that lags behind is waited for', async () => {
    const drama = await opened(three, { github: { delayMerge: 5 } });
    const pull = await drama.propose(wanted, unplanned);
    expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
    drama.github.push(pull, { [file]: asking({ ...three, ada: 'Dev' }) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 0 });
    expect(drama.comment(pull)).toContain('Full → Dev');
  });

  test.each(['superseded', 'closed', 'merged'])(
    'of a pull request that is %s: nothing is read of Figma, nothing is written',
    async (what) => {
      const drama = await opened();
      const { github } = drama;
      const pull = await drama.propose(wanted, unplanned);
      const head = github.tip('change-1');
      if (what === 'superseded') github.push(pull, { 'README.md': 'words' });
      else if (what === 'closed') github.closePull(pull);
      else github.mergePull(pull);
      expect(await replanned(drama, pull, { head })).toMatchObject({ code: 0, wrote: [], asked: 0, outputs: { 'failure-reason': '' } });
    },
  );

  test('where Figma cannot be asked: no older plan is left standing, and no comment is made for it', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted);
    const given = { inputs: { token: 'another-token', 'signing-key': 'a key of seventeen' } };
    const ran = await replanned(drama, pull, given);
    expect(ran).toMatchObject({ code: 1, wrote: [updated], outputs: { 'failure-reason': 'auth-failed' } });
    expect(drama.comment(pull)).toMatch(/^### ❌ Figma plan failed\n/);
    const other = await drama.propose(wanted, unplanned);
    expect(await replanned(drama, other, given)).toMatchObject({ code: 1, wrote: [] });
  });

  test.each(['tenant-id', 'base-url'])('without a fitting %s', async (name) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    const ran = await replanned(drama, pull, { inputs: { [name]: name === 'tenant-id' ? '' : 'http://figma.example.com' } });
    expect(ran).toMatchObject({ code: 1, wrote: [], asked: 0, outputs: { 'failure-reason': 'config-invalid' } });
    expect(annotationsIn(ran.log).join('\n')).toMatch(name === 'tenant-id' ? /no tenant id/ : /https/);
  });
});

describe('who must not see the organization', () => {
  test.each([true, 'deleted'] as const)('a fork (%s): refused though there is a token, nothing read of Figma, no comment', async (fork) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, { ...unplanned, author: 'mallory' });
    Object.assign(drama.github.pull(pull), { fork });
    const ran = await replanned(drama, pull);
    expect(ran).toMatchObject({ code: 1, wrote: [], asked: 0, outputs: { 'exit-code': '1' } });
    expect(annotationsIn(ran.log)).toEqual([expect.stringMatching(/^::error title=E213::the pull request comes from a fork/)]);
    drama.github.commit('main', { [file]: asking({ ...three, ada: 'Dev' }) });
    expect(await replanned(drama, pull)).toMatchObject({ code: 1, wrote: [], asked: 0 });
  });

  test('a fork that the event does not show as one', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    const payload = described(drama.github, pull);
    Object.assign(drama.github.pull(pull), { fork: true });
    const before = drama.figma.requests.length;
    expect(await drama.run('pull_request_target', { action: 'opened', pull_request: payload })).toMatchObject({ code: 1 });
    expect(drama.figma.requests).toHaveLength(before);
    expect(drama.github.comments(pull)).toEqual([]);
  });

  const outsiders: readonly (readonly [string, { fork?: boolean; author?: string }])[] = [
    ['a fork', { fork: true, author: 'mallory' }],
    ['Dependabot', { author: 'dependabot[bot]' }],
  ];
  test.each(outsiders)('%s without a token is checked offline, which is said', async (_, { fork = false, author }) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, { ...unplanned, author: author ?? '' });
    Object.assign(drama.github.pull(pull), { fork });
    const ran = await replanned(drama, pull, { inputs: { token: '' } });
    expect(ran).toMatchObject({ code: 0, wrote: [], asked: 0, outputs: { 'exit-code': '0', 'failure-reason': '' } });
    expect(ran.outputs['summary']).toBe('The configuration is valid: 3 users and 0 groups in 1 file.');
    expect(annotationsIn(ran.log)).toEqual([expect.stringMatching(/^::notice title=E213::no plan: GitHub hands no secret/)]);
    drama.github.push(pull, { [file]: broken });
    const red = await replanned(drama, pull, { inputs: { token: '' } });
    expect(red).toMatchObject({ code: 1, wrote: [], asked: 0, outputs: { 'failure-reason': 'config-invalid' } });
    expect(annotationsIn(red.log)[0]).toMatch(/^::error file=seatform\/users\.yaml,line=7,/);
  });

  test('anybody else without a token: red, naming the secret and the environment', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    const ran = await replanned(drama, pull, { inputs: { token: '' } });
    expect(ran).toMatchObject({ code: 1, wrote: [], asked: 0, outputs: { 'failure-reason': 'auth-failed' } });
    const [said] = annotationsIn(ran.log);
    expect(said).toContain('::error title=E202::');
    expect(said).toContain('FIGMA_SCIM_TOKEN');
    expect(said).toContain('`environment: figma`');
  });
});
