import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runAction } from '../../cmd/action/run.ts';
import { processRunner } from '../../cmd/action/runner.ts';
import type { Host } from '../../cmd/host.ts';
import { asking, file, holding, type Drama } from './drama.ts';
import { created, opened, replanned, three, unplanned, watched } from './planned.ts';
import type { Given } from './stage.ts';
import { annotationsIn, commandsIn, strangeCommands } from './runner-log.ts';

const wanted = asking({ ...three, ada: 'View' });
const offline = { token: '', 'tenant-id': '', 'base-url': '' };

function validated({ run, ...drama }: Drama, event: string, payload: object, { env = {}, inputs = {} }: Given = {}) {
  return watched(drama, () => run(event, payload, { inputs: { ...inputs, ...offline }, env }));
}

/** A repository in which a token may do no more than read contents. */
async function readOnly(): Promise<Drama> {
  const drama = await opened();
  drama.github.permissions.clear();
  drama.github.permissions.add('contents: read');
  return drama;
}

describe('validate', () => {
  test('a pull request at the merge that GitHub made of it, with leave to read and no token', async () => {
    const drama = await readOnly();
    const pull = await drama.propose(asking({ ...three, max: 'Dev' }), unplanned);
    const head = drama.github.tip('change-1');
    const payload = { action: 'synchronize', after: head, pull_request: { number: pull, head: { sha: head } } };
    drama.github.commit('main', { 'seatform/more.yaml': 'version: 1\nusers:\n  - { userName: kim@acme.com, seat: View }\n' });
    const ran = await validated(drama, 'pull_request', payload, { env: { GITHUB_SHA: drama.github.mergeCommitOf(pull) } });
    expect(ran).toMatchObject({ code: 0, wrote: [], asked: 0, outputs: { 'exit-code': '0', 'failure-reason': '' } });
    expect(ran.outputs['summary']).toBe('The configuration is valid: 5 users and 0 groups in 2 files.');
  });

  test('what a queue is about to merge', async () => {
    const drama = await readOnly();
    const sha = drama.github.commit('gh-readonly-queue/main/pr-1', { [file]: 'version: 1\nusers: nobody\n' });
    const payload = { action: 'checks_requested', merge_group: { head_sha: sha } };
    const ran = await validated(drama, 'merge_group', payload, { env: { GITHUB_SHA: drama.github.tip() } });
    expect(ran).toMatchObject({ code: 1, wrote: [], asked: 0, outputs: { 'failure-reason': 'config-invalid' } });
    expect(annotationsIn(ran.log)[0]).toMatch(/^::error file=seatform\/users\.yaml,line=2,/);
    expect(ran.summary).toContain('at `seatform/users.yaml:2:');
  });

  test('what was pushed to another branch', async () => {
    const drama = await readOnly();
    const after = drama.github.commit('topic', { [file]: asking({ ada: 'Full' }) });
    const ran = await validated(drama, 'push', { ref: 'refs/heads/topic', after });
    expect(ran).toMatchObject({ code: 0, wrote: [], asked: 0 });
    expect(ran.outputs['summary']).toBe('The configuration is valid: 1 user and 0 groups in 1 file.');
    expect(ran.summary).toBe('');
  });

  test('notes members that nobody declares', async () => {
    const drama = await readOnly();
    const after = drama.github.commit('topic', { [file]: `${wanted}groups:\n  - { displayName: Design, members: [max@acme.com] }\n` });
    const ran = await validated(drama, 'push', { ref: 'refs/heads/topic', after });
    expect(ran.code).toBe(0);
    expect(annotationsIn(ran.log)).toEqual([expect.stringMatching(/^::notice file=seatform\/users\.yaml,line=11,col=\d+,title=N001::/)]);
  });
});

describe('what is wrong with the step itself', () => {
  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['an input of another name', { 'tennant-id': '1' }, {}, 'there is no input "tennant-id"\nhelp: did you mean "tenant-id"?'],
    ['an input of another value', { redact: 'yes' }, {}, 'the input redact must be none, emails or all'],
    ['no token for GitHub', { 'github-token': '' }, {}, 'the input github-token is empty'],
    ['no repository', {}, { GITHUB_REPOSITORY: '' }, 'GITHUB_REPOSITORY is not set'],
    ['no event', {}, { GITHUB_EVENT_NAME: '' }, 'no event: GITHUB_EVENT_NAME is not set'],
    ['an event of another kind', {}, { GITHUB_EVENT_NAME: 'issues' }, 'nothing is set for the event issues'],
    ['approve without apply', { approve: `sha256:${'0'.repeat(64)}` }, {}, 'the input approve goes with the command apply'],
  ])('%s', async (_, inputs, env, said) => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    const before = drama.github.requests.length;
    const ran = await replanned(drama, pull, { inputs, env });
    expect(ran).toMatchObject({ code: 1, outputs: { 'exit-code': '1', 'failure-reason': 'config-invalid' } });
    expect(annotationsIn(ran.log)[0]).toContain(`::error title=E212::${said}`);
    expect(ran.summary).toMatch(/^### ❌ Figma: this run failed\n\n- `error\[E212\]`: /);
    expect(drama.github.requests).toHaveLength(before);
  });

  test('a payload without its parts is an error that says so, whatever it lacks', async () => {
    const drama = await opened();
    for (const payload of [{}, { pull_request: null }, { pull_request: { number: 1 } }, { pull_request: { head: {} } }]) {
      const ran = await drama.run('pull_request_target', payload);
      expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'config-invalid' } });
      expect(annotationsIn(ran.log)).toEqual([expect.stringContaining('the command plan needs a pull request')]);
    }
  });

  test('a token for GitHub that is wrong, and one that is broken', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    const ran = await replanned(drama, pull, { inputs: { 'github-token': 'ghs_other' } });
    expect(ran).toMatchObject({ code: 1, outputs: { 'failure-reason': 'api-failed' } });
    expect(annotationsIn(ran.log)[0]).toContain('check `github-token`');
    const broken = await replanned(drama, pull, { inputs: { 'github-token': 'ghs_one\nghs_two' } });
    expect(broken).toMatchObject({ code: 1, outputs: { 'failure-reason': 'config-invalid' } });
    expect(commandsIn(broken.log).slice(1, 3)).toEqual(['::add-mask::ghs_one', '::add-mask::ghs_two']);
    expect(broken.log.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/ghs_one|ghs_two/);
  });
});

test('a bug of ours is red and tells its place, and not what it was about', async () => {
  const secretive = new Error('ada@acme.com ::error::x');
  const texts: string[] = [];
  const outputs: Record<string, string> = {};
  const thrower = (): never => {
    throw secretive;
  };
  const host = {
    env: { GITHUB_EVENT_NAME: 'schedule', GITHUB_REPOSITORY: 'acme/figma', 'INPUT_GITHUB-TOKEN': 'ghs_1' },
    sleep: thrower,
    now: thrower,
  };
  const runner = {
    mask: () => {},
    summary: async (text: string) => void texts.push(text),
    write: (text: string) => texts.push(text),
    output: (name: string, value: string) => {
      outputs[name] = value;
    },
  };
  // Where nobody listens, the first wait throws.
  const env = { ...host.env, GITHUB_API_URL: 'http://127.0.0.1:1' };
  expect(await runAction({ host: { ...host, env } as unknown as Host, payload: {}, runner })).toBe(1);
  const log = texts.join('');
  expect(outputs).toMatchObject({ 'exit-code': '1', summary: expect.stringContaining('seatform has a bug') });
  expect(commandsIn(log)).toEqual(['::error::seatform has a bug: please report what the log tells of it']);
  expect(log).toMatch(/^Error\n +at /m);
  expect(log).not.toContain('ada@acme.com');
});

test('a summary that cannot be written is a warning, since what was done is done', async () => {
  const written: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.stubEnv('GITHUB_STEP_SUMMARY', '/nowhere/at/all');
  onTestFinished(() => {
    stdout.mockRestore();
    vi.unstubAllEnvs();
  });
  await processRunner(process.env).summary('text');
  expect(written).toEqual(['::warning::the step summary could not be written\n']);
});

test('secrets are masked before anything else, and stand nowhere after that', async () => {
  const drama = await opened();
  const pull = await drama.propose(wanted, unplanned);
  const ran = await replanned(drama, pull, { inputs: { 'signing-key': 'a key of seventeen' } });
  const { token } = drama.figma;
  const lines = ran.log.split('\n');
  expect(lines.slice(0, 3)).toEqual([`::add-mask::${token}`, '::add-mask::a key of seventeen', `::add-mask::${drama.github.token}`]);
  const rest = [lines.slice(3), ran.summary, ran.outputs, drama.github.comments(pull)].map((part) => JSON.stringify(part)).join();
  for (const secret of [token, 'a key of seventeen', drama.github.token]) expect(rest).not.toContain(secret);
});

const hostile = [
  '::error::pwned',
  ' ::warning file=a::pwned',
  '##[group]pwned',
  '##vso[task.setvariable]pwned',
  'a\n::error::pwned',
  'a\r::stop-commands::pwned',
  '</details><img src=x>',
  '```\n::add-mask::pwned',
  '\u2028::error::pwned',
  '@everyone ![x](https://example.com)',
];

describe('hostile data', () => {
  const text = (value: string) => JSON.stringify(value);
  const people = hostile.map(
    (name, at) => `  - { userName: u${at}@acme.com, seat: View, displayName: ${text(name)}, title: ${text(name)} }\n`,
  );
  const groups = hostile.map((name) => `  - { displayName: ${text(name)}, members: [ada@acme.com] }\n`);
  const nasty = `version: 1\norganization: { minAdmins: 0, limits: { creations: 100 } }\nusers:\n  - { userName: ada@acme.com }\n${people.join('')}groups:\n${groups.join('')}`;
  const path = 'seatform/##[group]x::error::y,line=1.yaml';

  test.each(['none', 'emails', 'all'])(
    'in names of users, groups, files and branches reaches no runner and no markup (redact: %s)',
    async (redact) => {
      const users = holding(three).users.map((user, at) => Object.assign({}, user, { displayName: hostile[at] ?? '' }));
      const drama = await opened(three, {
        figma: { seed: { users, groups: hostile.slice(0, 3).map((displayName) => ({ displayName: `${displayName}!` })) } },
      });
      const { github } = drama;
      github.commit('x`</details>|@everyone', { [file]: null, [path]: nasty });
      const pull = github.openPull({ head: 'x`</details>|@everyone', title: hostile[0] ?? '', body: hostile.join('\n'), author: 'ada' });
      const ran = await replanned(drama, pull, { inputs: { redact } });
      expect([0, 1]).toContain(ran.code);
      expect(ran.outputs['summary']).not.toMatch(/[\n\r]|##\[/);
      for (const body of [drama.comment(pull), ran.summary]) {
        expect(body).not.toMatch(/<img/);
        expect(body.replaceAll(/`+[^`]*`+/g, '')).not.toMatch(/!\[x\]|@everyone/);
        expect(body.match(/<\/details>/g)?.length ?? 0).toBe(body.match(/<details/g)?.length ?? 0);
      }
    },
  );

  test('in faults of the configuration and of the description', async () => {
    const drama = await opened();
    const { github } = drama;
    const faults = hostile.map((name) => `  - { userName: ${text(name)}, ${text(name)}: 1 }\n`).join('');
    github.commit('bad', { [file]: null, [path]: `version: 1\nusers:\n${faults}` });
    const pull = github.openPull({ head: 'bad' });
    const ran = await replanned(drama, pull);
    expect(ran.code).toBe(1);
    expect(ran.outputs['summary']).not.toMatch(/[\n\r]/);
    const valid = await drama.propose(wanted, { ...unplanned, body: hostile.map((name) => `seatform-allow: ${name}`).join('\n') });
    expect((await replanned(drama, valid)).code).toBe(1);
    const checked = await validated(drama, 'push', { ref: 'refs/heads/bad', after: github.tip('bad') });
    expect(checked.code).toBe(1);
  });

  test('in the id of the organization', async () => {
    const drama = await opened();
    const rules = 'organization: { tenantId: "1##[group]x" }\n';
    const pull = await drama.propose(asking(three, rules), unplanned);
    const ran = await replanned(drama, pull);
    expect(ran.code).toBe(1);
    expect(ran.outputs['summary']).toContain('is no tenant id');
    expect(JSON.stringify(ran.outputs)).not.toContain('##[');
  });

  test('in what GitHub answers', async () => {
    const drama = await opened();
    const pull = await drama.propose(wanted, unplanned);
    drama.github.fail({ method: 'POST', status: 422, path: /comments$/, body: { message: 'no\n::error::pwned\r##[group]x' } });
    expect(await replanned(drama, pull)).toMatchObject({ code: 1, wrote: [created(pull)] });
  });
});

describe('the checker of the log itself', () => {
  test.each([
    ['::error::pwned', 1],
    ['  ::warning file=a::x', 1],
    ['a ##[group]x', 1],
    ['a\r::debug::x', 1],
    ['::stop-commands::t\n::error::x\n##[group]\n::t::', 0],
    ['::stop-commands::t\n::t::\n::error::x', 1],
    ['::stop-commands::t\n::u::', 1],
    ['::error title=E001::x ##[group]', 1],
    ['::error file=a%3Ab,line=1,col=1,title=E001::x', 0],
    ['a ::error::x', 0],
  ])('%j', (log, count) => {
    expect(strangeCommands(log)).toHaveLength(count);
  });
});

describe('what is masked', () => {
  /** Everything that a run and what it wrote show to people. */
  async function shown(isPrivate: boolean, inputs: Record<string, string>): Promise<string> {
    const drama = await opened({ ...three, max: 'View', kim: 'Full' }, { github: { private: isPrivate } });
    const { github } = drama;
    const texts: string[] = [];
    const groups = 'groups:\n  - { displayName: Design, members: [ada@acme.com, zoe@acme.com] }\n';
    const grants = 'grants:\n  - { user: eve@acme.com, seat: Full, from: 2026-12-01, until: 2026-12-31, reason: cover for kim@acme.com }\n';
    const pulls = [
      asking({ ada: 'View', bob: 'off', eve: 'View', max: 'View', kim: 'Full', zoe: 'Dev' }) +
        groups.replace(', zoe@acme.com', '') +
        grants,
      asking({ ada: 'Full', eve: 'View' }),
      asking({ bob: 'off', max: 'off', ada: 'off' }, ''),
      `${wanted}groups:\n  - { displayName: Design, members: [nobody@acme.com] }\n`,
      `${wanted}  - { userName: ada@acme.com, seat: Veiw }\n`,
    ];
    for (const files of pulls) {
      const pull = await drama.propose(files, unplanned);
      const { log, outputs, summary } = await replanned(drama, pull, { inputs });
      texts.push(log, JSON.stringify(outputs), summary, ...github.comments(pull).map(({ body }) => body.replace(/^.*\n/, '')));
      const checked = await validated(drama, 'push', { ref: 'refs/heads/x', after: github.tip(github.pull(pull).branch) }, { inputs });
      texts.push(checked.log, JSON.stringify(checked.outputs));
    }
    return texts.join('\n');
  }

  const address = /\b(?:ada|bob|eve|max|kim|zoe|nobody)@acme\.com/;

  test('addresses in a public repository, unless it is asked for', async () => {
    const text = await shown(false, {});
    expect(text).not.toMatch(address);
    expect(text).toContain('a…@acme.com');
    expect(text).toContain('Design');
  });

  test('everything, where that is asked for', async () => {
    const text = await shown(true, { redact: 'all' });
    expect(text).not.toMatch(/acme\.com|Design\b/);
    expect(text).toContain('…@…');
  });

  test('nothing in a private repository', async () => {
    expect(await shown(true, {})).toMatch(address);
  });
});
