import { succeed, type Result } from '../../src/model/diagnostic.ts';

/** Requests side by side: GitHub asks for few. */
const lanes = 4;

/** Does the work for every item, a few at a time, and starts nothing more after the first failure, which is the result. */
export async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<Result<void>>): Promise<Result<void>> {
  const rest = items.values();
  let outcome: Result<void> = succeed(undefined);
  async function lane(): Promise<void> {
    for (const item of rest) {
      if (!outcome.ok) return;
      const result = await work(item);
      if (!result.ok) outcome = result;
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return outcome;
}
