import { expect, test } from 'vitest';
import { emulated, folderWith, seatform } from './stage.ts';

const seat = (value: string) => [{ type: 'seatType', value }];
const people = Array.from({ length: 30 }, (_, index) => `u${String(index).padStart(2, '0')}@example.com`);

/** Lowers the first ten, who hold all that was purchased, and raises ten others from `first` on. */
function yaml(first: number): string {
  const entries = people.map((userName, index) => {
    if (index < 10) return `  - { userName: ${userName}, seat: View }\n`;
    return index >= first && index < first + 10 ? `  - { userName: ${userName}, seat: Full }\n` : '';
  });
  return `version: 1\norganization:\n  limits: { downgrades: 100% }\n  seats: { Full: { purchased: 10 } }\nusers:\n${entries.join('')}`;
}

test('two plans give away the same seats: whoever comes second is blocked, not billed', async () => {
  const { emulator, env } = await emulated({
    seed: { users: people.map((userName, index) => ({ userName, roles: seat(index < 10 ? 'Full' : 'View') })), groups: [] },
  });
  const scenes = await Promise.all([10, 20].map(async (first) => ({ env, folder: await folderWith({ 'seatform.yaml': yaml(first) }) })));
  for (const scene of scenes) expect((await seatform(scene, 'plan', '--out', 'it.plan')).code).toBe(0);
  const codes: number[] = [];
  for (const scene of scenes) codes.push((await seatform(scene, 'apply', 'it.plan')).code);
  expect(codes).toEqual([0, 3]);
  expect(emulator.peaks()).toMatchObject({ Full: 10 });
});
