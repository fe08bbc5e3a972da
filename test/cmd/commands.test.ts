import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Interrupt } from '../../cmd/host.ts';
import { quirkProfiles } from '../../src/emulator/quirks.ts';
import type { Seed } from '../../src/emulator/seed.ts';
import { emulated, folderWith, seatform, writes } from './stage.ts';

const seat = (value: string) => [{ type: 'seatType', value }];
const seed: Seed = {
  users: [
    { userName: 'ada@example.com', id: '1', roles: seat('Full') },
    { userName: 'bob@example.com', id: '2', roles: seat('View') },
  ],
  groups: [],
};
const agreed = 'version: 1\nusers:\n  - userName: ada@example.com\n    seat: Full\n  - userName: bob@example.com\n    seat: View\n';
const changed = agreed.replace('seat: View', 'seat: Dev');
const wrong = agreed.replace('seat: View', 'seat: Viewer');

describe('exit codes', () => {
  test.each<[string, string, string[], number]>([
    ['plan without changes', agreed, ['plan'], 0],
    ['plan with changes', changed, ['plan'], 0],
    ['plan with changes and --detailed-exitcode', changed, ['plan', '--detailed-exitcode'], 2],
    ['plan without changes and --detailed-exitcode', agreed, ['plan', '--detailed-exitcode'], 0],
    ['plan of a wrong configuration', wrong, ['plan'], 1],
    [
      'plan with an unknown member',
      `${agreed}groups:\n  - displayName: G\n    members: [nobody@example.com]\n`,
      ['plan', '--detailed-exitcode'],
      1,
    ],
    ['plan with an unknown flag', agreed, ['plan', '--dry-run'], 1],
    ['an unknown command', agreed, ['plam'], 1],
    ['no command', agreed, [], 1],
    ['--version', agreed, ['--version'], 0],
    ['help', agreed, ['help', 'plan'], 0],
    ['validate', agreed, ['validate'], 0],
    ['validate of a wrong configuration', wrong, ['validate'], 1],
    ['apply with nobody to ask', changed, ['apply'], 1],
    ['apply', changed, ['apply', '--auto-approve'], 0],
    ['apply without changes', agreed, ['apply', '--auto-approve'], 0],
    ['apply with a parallelism of 0', changed, ['apply', '--auto-approve', '--parallelism', '0'], 1],
  ])('%s', async (_, yaml, args, code) => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': yaml });
    expect((await seatform({ folder, env }, ...args)).code).toBe(code);
  });

  test('plan and apply of what is ambiguous are blocked, and the plan is printed in full', async () => {
    const { emulator, env } = await emulated({ seed: { ...seed, groups: [{ displayName: 'Twins' }, { displayName: 'Twins' }] } });
    const folder = await folderWith({ 'seatform.yaml': `${changed}groups:\n  - displayName: Twins\n` });
    for (const args of [['plan'], ['apply', '--auto-approve']]) {
      const ran = await seatform({ folder, env }, ...args);
      expect(ran).toMatchObject({ code: 3, out: expect.stringContaining('bob@example.com') });
    }
    expect(writes(emulator)).toEqual([]);
  });
});

describe('the loop', () => {
  test('plan, apply, an empty second plan; one write, and none from plan', async () => {
    const { emulator, env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    expect((await seatform({ folder, env }, 'plan')).out).toContain('Plan: 0 to create, 1 to change, 0 to deactivate.');
    expect(writes(emulator)).toEqual([]);
    expect((await seatform({ folder, env }, 'apply', '--auto-approve')).out).toContain(
      'Apply complete! 0 created, 1 changed, 0 deactivated.',
    );
    expect(writes(emulator)).toEqual(['PATCH /Users/2']);
    expect((await seatform({ folder, env }, 'plan')).out).toBe('No changes. Figma matches the configuration.\n');
  });

  test.each(['default', 'strict', 'hostile'] as const)('import, then a plan, is empty against the %s service', async (profile) => {
    const { env } = await emulated({ users: 120, quirks: quirkProfiles[profile] });
    const folder = await folderWith({});
    const imported = await seatform({ folder, env }, 'import');
    expect(imported).toMatchObject({ code: 0, err: '' });
    const ran = await seatform({ folder, env }, 'plan', '--detailed-exitcode');
    expect(ran).toMatchObject({ code: 0, out: 'No changes. Figma matches the configuration.\n', err: '' });
  });

  test('import does not switch off a seatform.yaml', async () => {
    const { emulator, env } = await emulated({ users: 5 });
    const folder = await folderWith({ 'seatform.yaml': 'version: 1\nusers: [{ userName: ada@example.com }]\n' });
    for (const out of [[], ['--out', './seatform/']]) {
      expect(await seatform({ folder, env }, 'import', ...out)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/E205.*seatform\.yaml is there[\s\S]*move it into seatform\//),
      });
    }
    expect([await readdir(folder), emulator.requests]).toEqual([['seatform.yaml'], []]);
    expect(await seatform({ folder, env }, 'import', '--out', 'there')).toMatchObject({ code: 0 });
  });

  test('a seatform.yaml beside seatform/ is valid, and said not to be read', async () => {
    const text = (name: string) => `version: 1\nusers: [{ userName: ${name}@example.com }]\n`;
    const folder = await folderWith({ 'seatform.yaml': text('ada'), 'seatform/users.yaml': text('grace') });
    const warned = await seatform({ folder }, 'validate', '--diagnostics', 'concise');
    expect(warned).toMatchObject({ code: 0, out: 'seatform.yaml:1:1: warning[W013]: this file is not read, since seatform/ is there\n' });
    expect(await seatform({ folder }, 'validate', 'seatform')).toMatchObject({ code: 0, err: '' });
    const wrong = await folderWith({ 'seatform.yaml': text('ada'), 'seatform/users.yaml': 'version: 2' });
    expect((await seatform({ folder: wrong }, 'validate')).err).toMatch(/E009[\s\S]*W013|W013[\s\S]*E009/);
  });

  test('plan and apply say it too', async () => {
    const { env } = await emulated({ seed: { users: [{ userName: 'ada@example.com' }], groups: [] } });
    const text = 'version: 1\nusers: [{ userName: ada@example.com }]\n';
    const folder = await folderWith({ 'seatform.yaml': text, 'seatform/users.yaml': text });
    for (const args of [['plan'], ['apply', '--auto-approve']]) {
      expect(await seatform({ folder, env }, ...args)).toMatchObject({ code: 0, err: expect.stringContaining('W013') });
      expect((await seatform({ folder, env }, ...args, 'seatform')).err).not.toContain('W013');
    }
  });

  test('import never writes over a file', async () => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({});
    await seatform({ folder, env }, 'import', '--out', 'there');
    const files = await readdir(join(folder, 'there'));
    const before = await Promise.all(files.map((file) => readFile(join(folder, 'there', file), 'utf8')));
    expect(await seatform({ folder, env }, 'import', '--out', 'there')).toMatchObject({ code: 1, err: expect.stringContaining('E205') });
    expect(await Promise.all(files.map((file) => readFile(join(folder, 'there', file), 'utf8')))).toEqual(before);
  });
});

test('what an incomplete plan has is applied, and the exit code says that something is left', async () => {
  const { emulator, env } = await emulated({ seed });
  const folder = await folderWith({
    'seatform.yaml': `${changed}groups:\n  - displayName: G\n    members: [nobody@example.com, ada@example.com]\n`,
  });
  const ran = await seatform({ folder, env }, 'apply', '--auto-approve');
  expect(ran).toMatchObject({
    code: 1,
    out: expect.stringMatching(/Apply incomplete: 2 of 2 done, the rest was not in the plan\..*Not all that the configuration asks for/s),
    err: expect.stringContaining('E030'),
  });
  expect(writes(emulator)).toEqual(['PATCH /Users/2', 'POST /Groups', expect.stringContaining('PATCH /Groups/')]);
  expect((await seatform({ folder, env }, 'apply', '--auto-approve')).code).toBe(1);
});

describe('approval', () => {
  test.each([
    ['yes', 0, 1],
    ['y', 4, 0],
    ['YES', 4, 0],
    ['', 4, 0],
    ['no', 4, 0],
    ['Ctrl-C', 130, 0],
  ])('%j typed: exit %i, %i writes', async (answer, code, count) => {
    const { emulator, env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    expect((await seatform({ folder, env, answer }, 'apply')).code).toBe(code);
    expect(writes(emulator)).toHaveLength(count);
  });

  test('a token from standard input leaves nobody to be asked there', async () => {
    const { emulator, env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    const ran = await seatform({ folder, env, answer: 'yes', stdin: emulator.token }, 'apply', '--token-file', '-');
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('--auto-approve') });
    expect(emulator.requests).toEqual([]);
  });

  test('nobody to ask: said before a single request', async () => {
    const { emulator, env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    expect(await seatform({ folder, env }, 'apply')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--auto-approve') });
    expect(emulator.requests).toEqual([]);
  });
});

describe('streams', () => {
  test('plan --json is one document on stdout', async () => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    const { out, err } = await seatform({ folder, env }, 'plan', '--json');
    expect(JSON.parse(out)).toMatchObject({ format_version: '1.0', applyable: true, operations: [{ id: 'patch user bob@example.com' }] });
    expect(err).toBe('');
  });

  test('also where there is no plan', async () => {
    const folder = await folderWith({ 'seatform.yaml': wrong });
    const { out, err } = await seatform({ folder }, 'plan', '--json');
    expect(JSON.parse(out)).toMatchObject({ applyable: false, diagnostics: [{ code: 'E012', severity: 'error' }] });
    expect(err).toContain('seatform.yaml:6:11');
  });

  test('apply --json is NDJSON, from planned to summary', async () => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    const { out } = await seatform({ folder, env }, 'apply', '--auto-approve', '--json');
    const types = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['planned', 'started', 'succeeded', 'summary']);
  });

  test.each(['json', 'concise'])('validate --diagnostics %s prints them on stdout', async (style) => {
    const folder = await folderWith({ 'seatform.yaml': wrong });
    expect(await seatform({ folder }, 'validate', '--diagnostics', style)).toMatchObject({
      code: 1,
      out: expect.stringContaining('E012'),
      err: '',
    });
  });

  test('colour follows the terminal, NO_COLOR, FORCE_COLOR and --no-color', async () => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    const colours = async (terminal: boolean, extra: Record<string, string>, ...flags: string[]) =>
      (await seatform({ folder, env: { ...env, ...extra }, terminal }, 'plan', ...flags)).out.includes('\u001B[');
    expect(await colours(true, {})).toBe(true);
    expect(await colours(false, {})).toBe(false);
    expect(await colours(true, { NO_COLOR: '1' })).toBe(false);
    expect(await colours(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(await colours(true, {}, '--no-color')).toBe(false);
  });
});

describe('progress', () => {
  const many = Array.from({ length: 24 }, (_, index) => ({ userName: `u${index}@example.com`, roles: seat('View') }));
  const lines = (count: number) => many.slice(0, count).map(({ userName }) => `  - { userName: ${userName}, seat: Dev }\n`);
  test.each<[string, number, boolean, RegExp]>([
    ['a bar for long work on a terminal', 24, true, /\[█+\] 24\/24/],
    ['a line each for short work on a terminal', 2, true, /u1@example\.com: changing… done/],
    ['nothing elsewhere', 24, false, /^$/],
  ])('%s', async (_, count, terminal, expected) => {
    const { env } = await emulated({ seed: { users: many, groups: [] } });
    const folder = await folderWith({ 'seatform.yaml': `version: 1\nusers:\n${lines(count).join('')}` });
    const ran = await seatform({ folder, env, terminal }, 'apply', '--auto-approve', '--no-color');
    expect(ran).toMatchObject({ code: 0, err: expect.stringMatching(expected) });
  });
});

test('what plan and apply print as JSON fits the published schemas', async () => {
  const { env } = await emulated({ seed });
  const folder = await folderWith({
    'seatform.yaml': `${changed}  - userName: new@example.com\ngroups:\n  - displayName: G\n    members: [new@example.com, nobody@example.com]\n`,
  });
  const fits = async (name: string) =>
    new Ajv({ strict: false }).compile(JSON.parse(await readFile(`schemas/${name}.v1.schema.json`, 'utf8')));
  const [isPlan, isEvent] = [await fits('plan'), await fits('event')];
  expect(isPlan(JSON.parse((await seatform({ folder, env }, 'plan', '--json')).out))).toBe(true);
  const events = (await seatform({ folder, env }, 'apply', '--auto-approve', '--json')).out.trimEnd().split('\n');
  expect(events.map((line) => isEvent(JSON.parse(line)))).toEqual(events.map(() => true));
});

describe('connection', () => {
  test.each<[string, Record<string, string>, string[], string]>([
    ['no token', { FIGMA_SCIM_TOKEN: '' }, [], 'FIGMA_SCIM_TOKEN'],
    ['a token with a line break', { FIGMA_SCIM_TOKEN: 'a\nb' }, [], 'no token'],
    ['no tenant', { FIGMA_TENANT_ID: '' }, [], 'FIGMA_TENANT_ID'],
    ['a tenant that climbs', { FIGMA_TENANT_ID: '..' }, [], 'FIGMA_TENANT_ID'],
    ['plain http to a stranger', {}, ['--base-url', 'http://example.com/scim/v2'], 'https'],
    ['no URL at all', {}, ['--base-url', 'figma'], 'E204'],
    ['a wrong token', { FIGMA_SCIM_TOKEN: 'sesame-opens-not' }, [], 'E101'],
    ['nobody listens', {}, ['--base-url', 'http://127.0.0.1:1/scim/v2'], 'E102'],
    ['a token file that is not there', {}, ['--token-file', 'nothing'], 'E202'],
  ])('%s', async (_, extra, flags, expected) => {
    const { env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': changed });
    const ran = await seatform({ folder, env: { ...env, ...extra } }, 'plan', ...flags);
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining(expected) });
    expect(ran.err).not.toContain('sesame');
    expect(ran.err).not.toMatch(/\n\s+at /);
  });

  test('a token from a file and from standard input', async () => {
    const { emulator, env } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': agreed, token: `${emulator.token}\n` });
    const bare = { ...env, FIGMA_SCIM_TOKEN: '' };
    expect((await seatform({ folder, env: bare }, 'plan', '--token-file', 'token')).code).toBe(0);
    expect((await seatform({ folder, env: bare, stdin: emulator.token }, 'plan', '--token-file', '-')).code).toBe(0);
  });

  test('the tenant of the configuration is used, and must agree with the environment', async () => {
    const { env, emulator } = await emulated({ seed });
    const folder = await folderWith({ 'seatform.yaml': `${agreed}organization:\n  tenantId: "${emulator.tenantId}"\n` });
    expect((await seatform({ folder, env: { ...env, FIGMA_TENANT_ID: '' } }, 'plan')).code).toBe(0);
    expect(await seatform({ folder, env: { ...env, FIGMA_TENANT_ID: '7' } }, 'plan')).toMatchObject({
      code: 1,
      err: expect.stringContaining('E027'),
    });
  });
});

describe('interrupted', () => {
  test.each<[Interrupt, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s finishes what is in flight, says what was not done, and exits %i', async (signal, code) => {
    const users = Array.from({ length: 12 }, (_, index) => ({ userName: `u${index}@example.com`, roles: seat('View') }));
    const { emulator, env } = await emulated({ seed: { users, groups: [] }, faults: ['latency=20'] });
    const yaml = `version: 1\nusers:\n${users.map(({ userName }) => `  - userName: ${userName}\n    seat: Dev\n`).join('')}`;
    const folder = await folderWith({ 'seatform.yaml': yaml });
    const onInterrupt = (callback: (signal: Interrupt) => void) => {
      const timer = setInterval(() => {
        if (writes(emulator).length > 0) callback(signal);
      }, 1);
      return () => clearInterval(timer);
    };
    const ran = await seatform({ folder, env, onInterrupt }, 'apply', '--auto-approve', '--parallelism', '2');
    expect(ran.code).toBe(code);
    expect(ran.out).toMatch(/Apply incomplete: [1-9]\d* of 12 done, \d+ held/);
    const done = Number(/incomplete: (\d+) of/.exec(ran.out)?.[1]);
    expect(emulator.state().users.filter(({ roles }) => roles?.[0]?.value === 'Dev')).toHaveLength(done);
  });
});
