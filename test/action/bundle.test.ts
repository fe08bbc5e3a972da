import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';
import { runBundle } from './bundled.ts';
import { asking, dramaOn, file, holding, seatsIn, type Drama } from './drama.ts';
import { commandsIn, strangeCommands } from './runner-log.ts';
import { described, staged } from './stage.ts';

test('the bundle needs nothing beside it, and changes with no line of the manifest but the version', () => {
  const text = readFileSync('dist/action.js', 'utf8');
  const imports = text.matchAll(/(?:^|[;}\s])(?:import|export)\b(?:[\w*{}\s,$]*\bfrom)?\s*["']([^"'\n]+)["']/g);
  const names = [...imports].map(([, name = '']) => name);
  expect(names).toContain('node:module');
  expect(names.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(text.includes('devDependencies')).toBe(false);
  expect(text.length).toBeLessThan(3_000_000);
});

test('outside a workflow it is red and says why', async () => {
  const { code, out, err } = await runBundle({});
  expect(err).toBe('');
  expect(out).toMatch(/^::error .*E212.*::.*GITHUB_EVENT_NAME/m);
  expect(code).toBe(1);
});

test('an input that does not exist is told before anything else', async () => {
  const { code, out } = await runBundle({ 'INPUT_TENNANT-ID': '1', GITHUB_EVENT_NAME: 'schedule' });
  expect(out).toContain('did you mean "tenant-id"?');
  expect(code).toBe(1);
});

/** The environment of a step of a workflow that has the token. */
function envOf({ github, figma }: Drama, event: string): Readonly<Record<string, string>> {
  return {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: `${github.owner}/${github.repo}`,
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_RUN_ID: '4711',
    INPUT_TOKEN: figma.token,
    'INPUT_TENANT-ID': figma.tenantId,
    'INPUT_BASE-URL': figma.baseUrl,
    'INPUT_GITHUB-TOKEN': github.token,
    // As action.yml has them by default.
    INPUT_COMMAND: '',
    INPUT_DRIFT: 'report',
    'INPUT_COMMENT-KEY': 'default',
    INPUT_PARALLELISM: '1',
  };
}

const names = ['ada', 'bob', 'eve', 'fay', 'kim', 'max', 'pam', 'sue'];
const all = (seat: string) => Object.fromEntries(names.map((name) => [name, seat]));

test('plan, an apply that is cancelled, and the apply after it, as the runner starts them', { timeout: 60_000 }, async () => {
  const figma = { seed: holding(all('Full')), faults: ['latency=80'] };
  const drama = dramaOn(await staged({ figma, github: { now: () => new Date() }, files: { [file]: asking(all('Full')) } }));
  const { github } = drama;
  const repository = { id: github.repositoryId, default_branch: 'main' };
  const pull = await drama.propose(asking(all('View')), { isPlanned: false });

  const plan = await runBundle(envOf(drama, 'pull_request_target'), {
    payload: { action: 'opened', repository, pull_request: described(github, pull) },
  });
  expect(plan).toMatchObject({ code: 0, err: '', outputs: { 'exit-code': '0', 'to-change': '8', 'seats-delta': '{"Full":-8,"View":8}' } });
  expect(plan.out.split('\n').slice(0, 2)).toEqual([`::add-mask::${drama.figma.token}`, `::add-mask::${github.token}`]);
  expect(plan.summary).toContain('### Figma plan: 0 to create, 8 to change, 0 to deactivate');
  expect(plan.left).toContain(`${plan.outputs['plan-path']}\n`);
  expect(drama.comment(pull)).toContain('8 to change');
  expect(seatsIn(drama.figma)).toEqual(all('Full'));

  github.mergePull(pull);
  const push = () => ({ ref: 'refs/heads/main', after: github.tip(), repository });
  const isWritten = () => drama.figma.requests.some(({ method }) => method !== 'GET');
  const cancelled = until(isWritten).then(() => performance.now());
  const apply = await runBundle(envOf(drama, 'push'), { payload: push(), cancelled });
  expect(performance.now() - (await cancelled)).toBeLessThan(7000);
  expect(apply).toMatchObject({ code: 1, outputs: { 'exit-code': '130', 'failure-reason': 'cancelled' } });
  const done = Object.values(seatsIn(drama.figma)).filter((seat) => seat === 'View').length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(8);
  expect(apply.outputs['applied']).toBe(String(done));
  expect(apply.outputs['summary']).toBe(`the apply was interrupted: ${done} of 8 approved changes ${done === 1 ? 'is' : 'are'} in place`);
  expect(drama.comment(pull)).toContain(`${done} of 8 applied`);
  expect(drama.days()).toEqual([]);

  const again = await runBundle(envOf(drama, 'push'), { payload: push() });
  expect(again).toMatchObject({ code: 0, err: '', outputs: { 'exit-code': '0', 'failure-reason': '', applied: String(8 - done) } });
  expect(seatsIn(drama.figma)).toEqual(all('View'));
  expect(drama.comment(pull)).toContain('✅ Applied 8 of 8');
  expect(drama.days()).toHaveLength(1);

  for (const { out, err, left } of [plan, apply, again]) {
    expect(strangeCommands(out)).toEqual([]);
    const shown = out.split('\n').slice(2).join('\n') + err + left;
    for (const secret of [drama.figma.token, github.token]) expect(shown).not.toContain(secret);
  }
});

test('what it says of a configuration that is wrong is an annotation at its line', async () => {
  const drama = dramaOn(await staged({ files: { [file]: 'version: 1\nusers: nobody\n' } }));
  const env = { ...envOf(drama, 'merge_group'), INPUT_TOKEN: '' };
  const ran = await runBundle(env, { payload: { merge_group: { head_sha: drama.github.tip() } } });
  expect(ran).toMatchObject({ code: 1, err: '', outputs: { 'exit-code': '1', 'failure-reason': 'config-invalid' } });
  expect(commandsIn(ran.out)).toEqual([
    `::add-mask::${drama.github.token}`,
    expect.stringMatching(/^::error file=seatform\/users\.yaml,line=2,/),
  ]);
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
