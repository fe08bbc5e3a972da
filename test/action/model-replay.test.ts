import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryHistory, honestHistory } from '../approval/model/arbitrary.ts';
import { HISTORIES } from '../approval/model/histories.ts';
import type { Step } from '../approval/model/world.ts';
import { replayed } from './model-replay.ts';

/** SEATFORM_SEARCH asks for random histories as well, that many times the number below, elsewhere each time. */
const EFFORT = Number(process.env['SEATFORM_SEARCH'] ?? 1);
const SEED = process.env['SEATFORM_SEARCH'] === undefined ? 20_261_127 : Date.now() % 2 ** 31;
const TIMEOUT = 600_000 * Math.max(1, EFFORT);

/** What differs after which step, with the history and the log of the run; empty if nothing does. */
async function differences(steps: readonly Step[]): Promise<string> {
  const result = await replayed(steps);
  if (result === 'equal') return '';
  if (result === 'unplayable') return result;
  return [`step ${result.step}: ${result.text}`, ...steps.map((step, index) => `${index} ${JSON.stringify(step)}`), result.log].join('\n');
}

/** The differences of a random history; those in which git merges something else than the model have none. */
async function ofRandom(steps: readonly Step[]): Promise<string> {
  const found = await differences(steps);
  return found === 'unplayable' ? '' : found;
}

describe('the named histories', { timeout: TIMEOUT }, () => {
  test.each(HISTORIES)('$name', async ({ steps }) => {
    expect(await differences(steps)).toBe('');
  });

  test.each(HISTORIES.filter(({ steps, honest }) => steps !== honest))('honest: $name', async ({ honest }) => {
    expect(await differences(honest)).toBe('');
  });
});

// A search, not a check: it takes long, and finds something new or nothing.
describe.skipIf(process.env['SEATFORM_SEARCH'] === undefined)('random histories', { timeout: TIMEOUT }, () => {
  test.each([
    { kind: 'any', histories: arbitraryHistory(), count: 20 },
    { kind: 'honest', histories: honestHistory(), count: 6 },
  ])('$kind', async ({ histories, count }) => {
    const found = fc.assert(
      fc.asyncProperty(histories, async (steps) => {
        expect(await ofRandom(steps)).toBe('');
      }),
      { numRuns: count * EFFORT, seed: SEED, endOnFailure: true },
    );
    await expect(found).resolves.toBeUndefined();
  });
});
