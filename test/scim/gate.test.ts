import { describe, expect, test } from 'vitest';
import { openGate } from '../../src/scim/gate.ts';
import { carry, fixedWindow, slidingWindow, tokenBucket, virtualClock, type Carried, type Limiter, type Traffic } from './virtual.ts';

/** Answers a second from one moment to another; to the last answer unless told. */
function rateOf({ answered }: Carried, from = 0, to = answered.at(-1) ?? 0): number {
  return answered.filter((at) => at >= from && at <= to).length / ((to - from) / 1000);
}

const unlimited: Limiter = () => true;

describe('a service that allows 20 requests a second', () => {
  const untilTheWindowEnds = (at: number) => 1000 - (at % 1000);
  const twenty: readonly [string, () => Pick<Traffic, 'limiter' | 'retryAfterMs'>][] = [
    ['within any second', () => ({ limiter: slidingWindow(() => 20) })],
    ['within any second, without saying how long to wait', () => ({ limiter: slidingWindow(() => 20), retryAfterMs: () => 0 })],
    ['within each second', () => ({ limiter: fixedWindow(20, 1000) })],
    ['within each second, and says when it ends', () => ({ limiter: fixedWindow(20, 1000), retryAfterMs: untilTheWindowEnds })],
    ['by a bucket', () => ({ limiter: tokenBucket(20, 20) })],
    ['by a small bucket', () => ({ limiter: tokenBucket(20, 2) })],
  ];
  const ways = twenty.flatMap(([name, service]) =>
    [[4, 2] as const, [6, 100] as const, [16, 200] as const].map(([atOnce, latencyMs]) => [name, atOnce, latencyMs, service] as const),
  );
  test.each(ways)('%s is used to nine tenths by %i at once that take %i ms, without a storm', async (_name, atOnce, latencyMs, service) => {
    const carried = await carry({ requests: 4000, atOnce, latencyMs, ...service() });
    expect(carried.answered).toHaveLength(4000);
    expect(rateOf(carried)).toBeGreaterThan(18);
    expect(carried.throttled.length).toBeLessThan(0.02 * 4000);
    expect(carried.throttled.filter((at) => at > 20_000).length).toBeLessThan(0.01 * 4000);
  });
});

test.each([5, 100])('%i a second are found as well', async (limit) => {
  const carried = await carry({ requests: 200 * limit, atOnce: 8, latencyMs: 20, limiter: slidingWindow(() => limit) });
  expect(rateOf(carried)).toBeGreaterThan(0.9 * limit);
  expect(carried.throttled.length).toBeLessThan(0.03 * 200 * limit);
});

test.each([1200, 60])('%i a minute are used, without a storm at the end of each', async (limit) => {
  const limiter = fixedWindow(limit, 60_000);
  const retryAfterMs = (at: number) => 60_000 - (at % 60_000);
  const carried = await carry({ requests: 10 * limit, atOnce: 8, latencyMs: 50, limiter, retryAfterMs });
  expect(rateOf(carried)).toBeGreaterThan((0.9 * limit) / 60);
  expect(carried.throttled.length).toBeLessThan(0.04 * 10 * limit);
});

test('without a 429 nothing is slowed down', async () => {
  const carried = await carry({ requests: 3000, atOnce: 6, latencyMs: 10, limiter: unlimited });
  expect(carried.answered.at(-1)).toBe(5000 - 5);
});

test('one 429 without a limit behind it costs its pause and some seconds, and no more', async () => {
  let seen = 0;
  const carried = await carry({ requests: 6000, atOnce: 6, latencyMs: 60, limiter: () => (seen += 1) !== 100 });
  expect(carried.throttled).toHaveLength(1);
  expect(carried.answered.at(-1)).toBeLessThan(60_000 + 15_000);
});

test('a limit that rises is found again', async () => {
  const limiter = slidingWindow((at) => (at < 60_000 ? 20 : 100));
  const carried = await carry({ requests: 12_000, atOnce: 6, latencyMs: 10, limiter });
  expect(rateOf(carried, 120_000, 150_000)).toBeGreaterThan(90);
});

test('a limit that falls is obeyed within some seconds', async () => {
  const limiter = slidingWindow((at) => (at < 60_000 ? 20 : 10));
  const carried = await carry({ requests: 3000, atOnce: 6, latencyMs: 10, limiter });
  expect(rateOf(carried, 70_000)).toBeGreaterThan(9);
  expect(carried.throttled.filter((at) => at > 60_000).length).toBeLessThan(25);
});

test('while the service asks for patience nothing is sent', async () => {
  const limiter = slidingWindow(() => 20);
  const { answered, throttled } = await carry({ requests: 2000, atOnce: 4, latencyMs: 2, limiter, retryAfterMs: () => 7000 });
  const all = [...answered, ...throttled].sort((a, b) => a - b);
  for (const at of throttled) expect(all.filter((other) => other > at + 2 && other < at + 7000)).toEqual([]);
  expect(throttled.length).toBeGreaterThan(4);
});

test('requests do not catch up after a standstill: the service would see a burst', async () => {
  const clock = virtualClock();
  const gate = openGate(clock, 8);
  for (let index = 0; index < 20; index += 1) gate.faster();
  gate.pause(0);
  const sent: number[] = [];
  const enter = async (): Promise<void> => {
    await gate.enter();
    sent.push(clock.now());
    gate.leave();
  };
  await clock.run(enter());
  await clock.run(clock.sleep(10_000));
  await clock.run(Promise.all(Array.from({ length: 5 }, enter)));
  const gaps = sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(49);
});

test('a wait between read and apply makes the rate look neither low nor high', async () => {
  const clock = virtualClock();
  const gate = openGate(clock, 4);
  const enter = async (answered: boolean): Promise<void> => {
    await gate.enter();
    gate.leave();
    if (answered) gate.faster();
    else gate.pause(1000);
  };
  for (let index = 0; index < 30; index += 1) await clock.run(enter(true));
  await clock.run(clock.sleep(600_000));
  for (let index = 0; index < 20; index += 1) await clock.run(enter(true));
  await clock.run(enter(false));
  const before = clock.now();
  for (let index = 0; index < 20; index += 1) await clock.run(enter(true));
  expect(clock.now() - before).toBeLessThan(1000 + 1100);
  expect(clock.now() - before).toBeGreaterThan(1000 + 600);
});

test('an abort ends waiting for a turn, and gives the room back', async () => {
  const clock = virtualClock();
  const gate = openGate(clock, 1);
  for (let index = 0; index < 10; index += 1) gate.faster();
  gate.pause(0);
  await gate.enter();
  gate.leave();
  const stop = new AbortController();
  const waiting = gate.enter(stop.signal);
  await new Promise(setImmediate);
  stop.abort();
  expect(await waiting).toBe(false);
  expect(await clock.run(gate.enter())).toBe(true);
  expect(clock.now()).toBeLessThan(200);
});

test('a clock that is set back makes nobody wait longer', async () => {
  const clock = virtualClock((passed) => (passed < 5000 ? 0 : -3_600_000));
  const started = clock.now();
  const gate = openGate(clock, 2);
  for (let index = 0; index < 20; index += 1) gate.faster();
  gate.pause(1000);
  let sent = 0;
  const enter = async (): Promise<void> => {
    await gate.enter();
    sent += 1;
    gate.leave();
    gate.faster();
  };
  for (let index = 0; index < 200; index += 1) await clock.run(enter());
  expect(clock.now() + 3_600_000 - started).toBeLessThan(12_000);
  expect(sent).toBe(200);
});
