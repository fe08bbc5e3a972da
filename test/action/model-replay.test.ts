import { expect, test, describe } from 'vitest';
import { HISTORIES } from '../approval/model/histories.ts';
import { type Replayed, replayed } from './model-replay.ts';

const reportOf = (result: Replayed) => (typeof result === 'string' ? result : `step ${result.step}: ${result.text}`);

describe('the named histories end in the product as in the model', () => {
  test.each(HISTORIES)('$name', async ({ steps }) => {
    expect(reportOf(await replayed(steps))).toBe('equal');
  });
  test.each(HISTORIES.filter(({ steps, honest }) => steps !== honest))('honest: $name', async ({ honest }) => {
    expect(reportOf(await replayed(honest))).toBe('equal');
  });
});
