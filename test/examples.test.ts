import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSources } from '../src/config/read.ts';
import type { Day } from '../src/model/day.ts';
import type { Plan } from '../src/model/plan.ts';
import { check, propose } from '../src/flows/plan.ts';
import { openReader } from '../src/scim/directory.ts';
import { emulated, seatform } from './cmd/stage.ts';

/** Each example with the guards that block its first run into an empty organization. */
const examples: readonly (readonly [folder: string, blocking: readonly string[]])[] = [
  ['examples/small', ['shrunkLive']],
  ['examples/large', ['creations', 'shrunkLive']],
  ['examples/policy', ['creations', 'shrunkLive']],
];

describe.each(examples)('%s', (example, blocking) => {
  test('is valid without a warning', async () => {
    const ran = await seatform({ folder: process.cwd() }, 'validate', example);
    expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The configuration is valid') });
  });

  test('planned and applied to an empty organization, it leaves nothing to plan', async () => {
    const { env } = await emulated({});
    const scene = { folder: process.cwd(), env };
    expect(await seatform(scene, 'plan', '--detailed-exitcode', example)).toMatchObject({
      code: 3,
      err: expect.not.stringMatching(/error|warning\[W00[1-4]/),
    });
    expect(await seatform(scene, 'apply', '--auto-approve', example)).toMatchObject({ code: 3 });
    const { guards } = JSON.parse((await seatform(scene, 'plan', '--json', example)).out) as Pick<Plan, 'guards'>;
    const allowed = guards.filter(({ outcome }) => outcome === 'block').map(({ guard, count }) => `${guard}=${count}`);
    expect(allowed.map((one) => one.replace(/=.*/, ''))).toEqual(blocking);
    const allowances = allowed.flatMap((one) => ['--allow', one]);
    expect(await seatform(scene, 'apply', '--auto-approve', ...allowances, example)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Apply complete!'),
    });
    expect(await seatform(scene, 'plan', '--detailed-exitcode', example)).toMatchObject({ code: 0 });
  });
});

test('the order in which files are read does not change the plan', async () => {
  const { emulator } = await emulated({});
  const { files } = await readSources(['examples/large'], process.cwd());
  const clock = { now: () => Date.now(), sleep: async () => {} };
  const { baseUrl, tenantId, token } = emulator;
  const reader = openReader({ baseUrl, tenantId, token, userAgent: 'test', clock, random: () => 0 });
  onTestFinished(() => reader.close());
  const plans = [files, files.toReversed(), files.toSorted((a, b) => a.text.length - b.text.length)].map(async (order) => {
    const checked = check(order);
    if (!checked.ok) throw new Error('the example is valid');
    const planned = await propose(checked.value, reader, { asOf: '2026-11-22' as Day });
    if (!planned.ok) throw new Error('the emulator can be read');
    return { digest: planned.value.digest, ids: planned.value.operations.map(({ id }) => id) };
  });
  const [first, ...others] = await Promise.all(plans);
  expect(others).toEqual([first, first]);
});

test('the plan in the README is the one that a golden case holds', () => {
  expect(readFileSync('README.md', 'utf8')).toContain(`$ seatform plan\n${readFileSync('test/golden/money/plan.txt', 'utf8')}\`\`\`\n`);
});
