import { describe, expect, test } from 'vitest';
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
