import { describe, expect, onTestFinished, test } from 'vitest';
import { readSources } from '../src/config/read.ts';
import { check, propose } from '../src/reconcile.ts';
import { openReader } from '../src/scim/directory.ts';
import { emulated, seatform } from './cmd/stage.ts';

describe.each(['examples/small', 'examples/large'])('%s', (example) => {
  test('is valid without a warning', async () => {
    const ran = await seatform({ folder: process.cwd() }, 'validate', example);
    expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The configuration is valid') });
  });

  test('planned and applied to an empty organization, it leaves nothing to plan', async () => {
    const { env } = await emulated({});
    const scene = { folder: process.cwd(), env };
    expect(await seatform(scene, 'plan', '--detailed-exitcode', example)).toMatchObject({
      code: 2,
      err: expect.not.stringMatching(/error|warning\[W00[1-4]/),
    });
    expect(await seatform(scene, 'apply', '--auto-approve', example)).toMatchObject({
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
    const planned = await propose(checked.value, reader, '2026-11-22');
    if (!planned.ok) throw new Error('the emulator can be read');
    return { digest: planned.value.digest, ids: planned.value.operations.map(({ id }) => id) };
  });
  const [first, ...others] = await Promise.all(plans);
  expect(others).toEqual([first, first]);
});
