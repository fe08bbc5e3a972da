import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dayAt, daysAfter } from '../../src/model/day.ts';
import type { Seed } from '../../src/emulator/seed.ts';
import { emulated, folderWith, seatform, writes, type Scene } from './stage.ts';

const seat = (value: string) => [{ type: 'seatType', value }];
const people = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}@example.com`);
const [one = '', two = '', three = ''] = people;
const seed: Seed = {
  users: people.map((userName) => ({ userName, roles: seat('View') })),
  groups: [{ displayName: 'G', members: [{ value: one }] }],
};
const yaml = `version: 1
users:
${people.map((userName) => `  - userName: ${userName}\n    seat: ${userName === one ? 'Full' : 'View'}${userName === two ? '\n    title: Lead' : ''}`).join('\n')}
  - userName: new@example.com
    seat: Dev
groups:
  - displayName: G
    members: [${one}, ${two}, new@example.com]
`;

async function saved(text = yaml, flags: readonly string[] = []) {
  const { emulator, env } = await emulated({ seed });
  const folder = await folderWith({ 'seatform.yaml': text });
  const scene: Scene = { folder, env };
  const planned = await seatform(scene, 'plan', '--out', 'it.plan', ...flags);
  return { emulator, scene, planned, file: join(folder, 'it.plan') };
}

describe('a plan that is saved', () => {
  test('is for its owner alone, is shown as it was printed, and is applied without a question', async () => {
    const { emulator, scene, planned, file } = await saved();
    expect(planned).toMatchObject({ code: 0, err: 'Saved to it.plan: seatform apply it.plan carries out exactly this.\n' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await seatform(scene, 'show', 'it.plan')).toMatchObject({
      code: 0,
      out: planned.out,
      err: expect.stringMatching(/^Saved at 20.* for the tenant \d+\.\n$/),
    });
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Apply complete! 1 created, 3 changed'),
    });
    expect(await seatform(scene, 'plan', '--detailed-exitcode')).toMatchObject({ code: 0 });
    const sent = writes(emulator).length;
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({ code: 0, out: expect.stringContaining('in place already') });
    expect(writes(emulator)).toHaveLength(sent);
  });

  test('is printed as the JSON that --json prints', async () => {
    const { scene, file } = await saved();
    const { out } = await seatform(scene, 'show', '--json', 'it.plan');
    expect(out).toBe(await readFile(file, 'utf8'));
    const again = JSON.parse((await seatform(scene, 'plan', '--json')).out) as object;
    expect({ ...JSON.parse(out), created_at: '' }).toEqual({ ...again, created_at: '' });
  });

  test('replaces a plan and nothing else, and keeps a mode that is stricter than the old one', async () => {
    const { scene, file } = await saved();
    await chmod(file, 0o644);
    expect((await seatform(scene, 'plan', '--out', 'it.plan')).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(join(scene.folder, 'notes.txt'), 'mine');
    expect(await seatform(scene, 'plan', '--out', 'notes.txt')).toMatchObject({ code: 1, err: expect.stringContaining('E205') });
    expect(await readFile(join(scene.folder, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await seatform(scene, 'plan', '--out', 'gone/it.plan')).toMatchObject({ code: 1, err: expect.stringContaining('E206') });
    expect(await seatform(scene, 'plan', '--out', 'it.yaml')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('E201') });
  });
});

describe('apply refuses, and writes nothing', () => {
  test.each<[string, (text: string) => string, RegExp]>([
    ['an edited operation', (text) => text.replace('"after": "Full"', '"after": "Dev"'), /edited/],
    ['an edited verdict', (text) => text.replace('"outcome": "allow"', '"outcome": "warn"'), /edited/],
    ['an edited basis', (text) => text.replace('"min_admins": 2', '"min_admins": 0'), /edited/],
    ['another major version', (text) => text.replace('"format_version": "1.0"', '"format_version": "2.0"'), /2\.0/],
    ['half a file', (text) => text.slice(0, text.length / 2), /E207/],
    ['no plan at all', () => '{"users":[]}', /E207/],
    ['nothing', () => '', /E207/],
  ])('%s', async (_, edit, reason) => {
    const { emulator, scene, file } = await saved();
    await writeFile(file, edit(await readFile(file, 'utf8')));
    const ran = await seatform(scene, 'apply', 'it.plan');
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringMatching(reason) });
    expect((await seatform(scene, 'show', 'it.plan')).code).toBe(1);
    expect(writes(emulator)).toEqual([]);
  });

  test('an edited former name: what is protected goes by it', async () => {
    const renaming = yaml
      .replace(`userName: ${one}`, `userName: fresh@example.com\n    previously: [${one}]`)
      .replace(`members: [${one}`, 'members: [fresh@example.com');
    const { emulator, scene, file } = await saved(renaming);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(`"was": "${one}"`);
    await writeFile(file, text.replace(`"was": "${one}",`, ''));
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({ code: 1, err: expect.stringMatching(/edited/) });
    expect(writes(emulator)).toEqual([]);
  });

  test('a foreign one: another tenant', async () => {
    const { emulator, scene } = await saved();
    const foreign = { ...scene, env: { ...scene.env, FIGMA_TENANT_ID: '1' } };
    expect(await seatform(foreign, 'apply', 'it.plan')).toMatchObject({ code: 1, err: expect.stringContaining('E027') });
    expect(writes(emulator)).toEqual([]);
  });

  test('without FIGMA_TENANT_ID the plan names the tenant', async () => {
    const { scene } = await saved();
    const { FIGMA_TENANT_ID: _, ...env } = scene.env ?? {};
    expect((await seatform({ ...scene, env }, 'apply', 'it.plan')).code).toBe(0);
  });

  test.each(['--target=user:x@example.com', '--only=expired', '--as-of=2026-11-22'])('%s with it', async (flag) => {
    const { emulator, scene } = await saved();
    expect(await seatform(scene, 'apply', flag, 'it.plan')).toMatchObject({ code: 1, err: expect.stringContaining('E201') });
    expect(emulator.requests.length).toBeGreaterThan(0);
    expect(writes(emulator)).toEqual([]);
  });

  test('a newer minor version is read', async () => {
    const { scene, file } = await saved();
    const text = (await readFile(file, 'utf8')).replace('"format_version": "1.0"', '"format_version": "1.7",\n  "novelty": [1]');
    await writeFile(file, text);
    expect((await seatform(scene, 'apply', 'it.plan')).code).toBe(0);
  });

  test('times, order and places may differ', async () => {
    const { scene, file } = await saved();
    const plan = JSON.parse(await readFile(file, 'utf8')) as { operations: object[]; created_at: string };
    plan.operations.reverse();
    await writeFile(file, JSON.stringify({ ...plan, created_at: '2020-01-01T00:00:00.000Z' }).replaceAll(/"line":\d+/g, '"line":1'));
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({ code: 0, out: expect.stringContaining('Apply complete!') });
  });
});

test('what cannot be shown is one JSON document too, with --json', async () => {
  const { scene, file } = await saved();
  await writeFile(file, '{');
  const ran = await seatform(scene, 'show', '--json', 'it.plan');
  expect([ran.code, JSON.parse(ran.out)]).toEqual([
    1,
    expect.objectContaining({ applyable: false, diagnostics: [expect.objectContaining({ code: 'E207' })] }),
  ]);
});

test('a journal is kept in a file of its own', async () => {
  const { emulator, scene, file } = await saved();
  const before = await readFile(file, 'utf8');
  for (const path of ['it.plan', 'seatform.yaml']) {
    expect(await seatform(scene, 'apply', 'it.plan', '--journal', path)).toMatchObject({
      code: 1,
      err: expect.stringContaining('no journal'),
    });
  }
  expect(await readFile(file, 'utf8')).toBe(before);
  expect(writes(emulator)).toEqual([]);
  expect((await seatform(scene, 'apply', 'it.plan', '--journal', 'run.journal')).code).toBe(0);
  expect((await seatform(scene, 'apply', '--auto-approve', '--journal', 'run.journal')).code).toBe(0);
});

test.each([
  ['apply', '', '--auto-approve'],
  ['plan', ''],
  ['init', ''],
  ['plan', '--out', ''],
])('an empty argument is misuse: %s %s', async (...args) => {
  const { emulator, scene } = await saved();
  const asked = emulator.requests.length;
  expect(await seatform(scene, ...args)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('an argument is empty') });
  expect(emulator.requests).toHaveLength(asked);
});

describe('a stale plan', () => {
  test('somebody else changed what it assumes: exit 4, what moved, nothing written', async () => {
    const { emulator, scene } = await saved();
    const other = await folderWith({ 'seatform.yaml': yaml.replace('seat: Full', 'seat: Dev') });
    expect((await seatform({ ...scene, folder: other }, 'apply', '--auto-approve', '--target', `user:${one}`)).code).toBe(0);
    const sent = writes(emulator).length;
    const ran = await seatform(scene, 'apply', 'it.plan');
    expect(ran).toMatchObject({ code: 4, out: '' });
    expect(ran.err).toMatch(/E208.*Saved plan is stale: p00@example\.com: seat is "Dev" by now, the plan assumes "View"/);
    expect(writes(emulator)).toHaveLength(sent);
  });

  test('a grant that it relies on has ended', async () => {
    const granted = `${yaml}grants:\n  - { user: ${three}, seat: Dev, until: 2020-01-31 }\n`;
    const { emulator, scene, planned } = await saved(granted, ['--as-of', '2020-01-31']);
    expect(planned.out).toContain('grant until 2020-01-31');
    const ran = await seatform(scene, 'apply', 'it.plan');
    expect(ran).toMatchObject({ code: 4, err: expect.stringContaining('p02@example.com rests on a grant that ended on 2020-01-31') });
    expect(writes(emulator)).toEqual([]);
  });

  test('after a partial apply the rest is done', async () => {
    const { emulator, scene } = await saved();
    expect((await seatform(scene, 'apply', '--auto-approve', '--target', `user:${two}`)).code).toBe(0);
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Apply complete! 1 created, 2 changed'),
    });
    expect((await seatform(scene, 'plan', '--detailed-exitcode')).code).toBe(0);
    expect(writes(emulator).filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });
});

describe('guards and allowances', () => {
  const off = yaml.replaceAll('seat: View\n', 'active: false\n');
  test('a blocked plan is printed in full, saved, and stays blocked', async () => {
    const { emulator, scene, planned } = await saved(off);
    expect(planned.code).toBe(3);
    expect(planned.out).toMatch(/- p11@example\.com[\s\S]*Blocked \(deactivations 11, limit 2\)/);
    expect((await seatform(scene, 'apply', 'it.plan')).code).toBe(3);
    expect(writes(emulator)).toEqual([]);
    expect((await seatform(scene, 'apply', 'it.plan', '--allow', 'deactivations=11')).code).toBe(0);
  });

  test('apply --json of a blocked plan says what is held and why', async () => {
    const { emulator, scene } = await saved(off);
    const ran = await seatform(scene, 'apply', '--json', '--auto-approve');
    const events = ran.out
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { type: string; because?: string; report?: object });
    expect(ran.code).toBe(3);
    expect(events.filter(({ type }) => type === 'held').every(({ because }) => because === 'blocked by deactivations (11)')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'summary', report: { complete: false, planned: 14, held: 14, succeeded: 0 } });
    expect(writes(emulator)).toEqual([]);
  });

  test('a plan for a day to come is applied with a warning', async () => {
    const { scene } = await saved(yaml, ['--as-of', '2999-01-01']);
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({ code: 0, err: expect.stringContaining('W012') });
  });

  test('what is all in place is not blocked, in either format', async () => {
    const { scene } = await saved(off);
    expect((await seatform(scene, 'apply', '--auto-approve', '--allow', 'deactivations=11')).code).toBe(0);
    expect((await seatform(scene, 'apply', 'it.plan')).code).toBe(0);
    const ran = await seatform(scene, 'apply', '--json', 'it.plan');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ type: 'summary', report: { complete: true, planned: 0 } });
  });

  test('an allowance is exact, for one run, and never saved', async () => {
    const { emulator, scene, planned } = await saved(off, ['--allow', 'deactivations=11']);
    expect(planned).toMatchObject({ code: 0, out: expect.stringContaining('deactivations 11') });
    expect((await seatform(scene, 'apply', 'it.plan')).code).toBe(3);
    for (const wrong of ['deactivations=10', 'deactivations=12']) {
      expect((await seatform(scene, 'apply', '--auto-approve', '--allow', wrong)).code).toBe(3);
    }
    expect(writes(emulator)).toEqual([]);
    expect((await seatform(scene, 'apply', '--auto-approve', '--allow', 'deactivations=11')).code).toBe(0);
  });

  test.each<[string, RegExp]>([
    ['deactivation=10', /did you mean deactivations/],
    ['deactivations', /not GUARD=N/],
    ['deactivations=-1', /not GUARD=N/],
    ['deactivations=ten', /not GUARD=N/],
    ['downgrades=8@tomorrow', /not GUARD=N or GUARD=N@DAY/],
    ['downgrades=8@2026-02-30', /E201.*"2026-02-30" is not a date; use YYYY-MM-DD/],
    ['downgrades@2026-12-01=8', /not GUARD=N|there is no guard/],
    ['creations=8@2026-12-01', /creations does not judge days to come[\s\S]*downgrades, membershipRemovals, groupShrink, pool/],
  ])('--allow %s is misuse', async (given, reason) => {
    const { scene } = await saved(off);
    expect(await seatform(scene, 'plan', '--allow', given)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(reason) });
  });

  test('protected is beyond any allowance', async () => {
    const { emulator, scene, planned } = await saved(
      `${yaml.replace('seat: Full', 'active: false')}organization: { protected: [${one}] }\n`,
    );
    expect(planned.code).toBe(3);
    expect((await seatform(scene, 'apply', '--auto-approve', '--allow', 'protected=1')).code).toBe(3);
    expect(writes(emulator)).toEqual([]);
  });
});

describe('targets', () => {
  test('the text ends with what is not shown, and the exit code is that of what was asked for', async () => {
    const { scene } = await saved();
    const planned = await seatform(scene, 'plan', '--target', `user:${one}`, '--detailed-exitcode');
    expect(planned.code).toBe(2);
    expect(planned.out.trimEnd().split('\n').at(-1)).toBe('Targeted: 3 other changes not shown.');
    expect(JSON.parse((await seatform(scene, 'plan', '--json', '--target', `user:${one}`)).out)).toMatchObject({ complete: false });
    expect((await seatform(scene, 'apply', '--auto-approve', '--target', `user:${one}`)).code).toBe(0);
    expect((await seatform(scene, 'plan', '--target', `user:${one}`, '--detailed-exitcode')).code).toBe(0);
  });

  test.each<[string, RegExp]>([
    ['user:p0@example.com', /E209.*neither declared nor live[\s\S]*did you mean user:p0\d@example\.com/],
    ['group:H', /E209/],
    ['p00@example.com', /E201.*neither user:ADDRESS nor group:NAME/],
  ])('--target %s', async (target, reason) => {
    const { scene } = await saved();
    expect(await seatform(scene, 'plan', '--target', target)).toMatchObject({ code: 1, out: '', err: expect.stringMatching(reason) });
  });

  test.each(['2026-02-30', 'today', '22.11.2026'])('--as-of %s is misuse', async (day) => {
    const { scene } = await saved();
    expect(await seatform(scene, 'plan', '--as-of', day)).toMatchObject({ code: 1, err: expect.stringContaining('is no day') });
  });
});

describe('days to come', () => {
  const last = daysAfter(dayAt(new Date()), 10);
  const next = daysAfter(last, 1);
  const lent = (users: readonly string[], until = last) =>
    `grants:\n${users.map((user) => `  - { user: ${user}, seat: Full, until: ${until} }\n`).join('')}`;
  const team = yaml.replace('seat: Full', 'seat: View');
  const four = people.slice(2, 6);
  const crowded = `${team}${lent(four)}`;

  test('a day that takes too much blocks plan and apply, until it is allowed with its day', async () => {
    const { emulator, scene, planned } = await saved(crowded);
    expect(planned).toMatchObject({
      code: 3,
      out: expect.stringMatching(
        new RegExp(`Blocked on ${next} \\(downgrades 4, limit 1\\): 4 users would get a lower seat on ${next}, 1 is`),
      ),
    });
    for (const wrong of ['downgrades=4', `downgrades=3@${next}`, `downgrades=4@${last}`])
      expect((await seatform(scene, 'apply', '--auto-approve', '--allow', wrong)).code).toBe(3);
    expect(writes(emulator)).toEqual([]);
    const given = ['--allow', `downgrades=4@${next}`];
    expect(await seatform(scene, 'plan', ...given)).toMatchObject({ code: 0, out: expect.stringContaining(`Warning on ${next}`) });
    expect(await seatform(scene, 'apply', '--auto-approve', ...given)).toMatchObject({ code: 0 });
  });

  test('a saved plan carries what was judged, and asks for the allowance again', async () => {
    const { emulator, scene, file } = await saved(crowded);
    const document = JSON.parse(await readFile(file, 'utf8')) as { guards: { day?: string }[] };
    expect(document.guards.filter(({ day }) => day !== undefined)).toEqual([
      expect.objectContaining({ guard: 'downgrades', day: next, outcome: 'block', count: 4, limit: 1, operations: [] }),
    ]);
    expect((await seatform(scene, 'show', 'it.plan')).out).toContain(`Blocked on ${next}`);
    expect(await seatform(scene, 'apply', 'it.plan')).toMatchObject({ code: 3, out: expect.stringContaining(`Blocked on ${next}`) });
    expect(writes(emulator)).toEqual([]);
    expect((await seatform(scene, 'apply', 'it.plan', '--allow', `downgrades=4@${next}`)).code).toBe(0);
    await writeFile(file, (await readFile(file, 'utf8')).replace(`"day": "${next}"`, '"day": "2999-02-01"'));
    expect(await seatform(scene, 'show', 'it.plan')).toMatchObject({ code: 1, err: expect.stringContaining('edited') });
    await writeFile(file, (await readFile(file, 'utf8')).replace('2999-02-01', '2999-02-31'));
    expect(await seatform(scene, 'show', 'it.plan')).toMatchObject({ code: 1, err: expect.stringContaining('a day that does not exist') });
  });

  test('spread over days it passes, and a part of a plan is judged by what it selects', async () => {
    const { scene, planned } = await saved(
      `${team}grants:\n${four.map((user, index) => lent([user], daysAfter(last, index)).slice(8)).join('')}`,
    );
    expect(planned.code).toBe(0);
    await writeFile(join(scene.folder, 'seatform.yaml'), crowded);
    expect((await seatform(scene, 'plan', '--target', `user:${two}`)).code).toBe(0);
    expect((await seatform(scene, 'plan', '--only', 'expired')).code).toBe(0);
  });
});
