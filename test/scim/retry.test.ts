import { describe, expect, test } from 'vitest';
import type { Answer, Method } from '../../src/scim/client.ts';
import type { Lost } from '../../src/scim/loss.ts';
import { openBudget } from '../../src/scim/budget.ts';
import { openGate } from '../../src/scim/gate.ts';
import { fateOf } from '../../src/scim/problem.ts';
import { backoffMs, judge, retryAfterMs } from '../../src/scim/retry.ts';
import { fastClock } from './harness.ts';

const answer = (status: number, content: Answer['content'] = { kind: 'json', value: {} }): Answer => ({ kind: 'answer', status, content });
const lost = (why: Lost['why'], sent: boolean): Lost => ({ kind: 'lost', why, sent });

describe('what is tried again', () => {
  test.each<[string, Answer | Lost, Method, string]>([
    ['a success', answer(200), 'GET', 'keep'],
    ['half an answer', answer(200, { kind: 'text' }), 'GET', 'again'],
    ['half an answer to a write', answer(200, { kind: 'text' }), 'PUT', 'keep'],
    ['a page for people', answer(200, { kind: 'markup' }), 'GET', 'keep'],
    ['400', answer(400), 'GET', 'keep'],
    ['401', answer(401), 'GET', 'keep'],
    ['403', answer(403), 'GET', 'keep'],
    ['404', answer(404), 'GET', 'keep'],
    ['429 to a read', answer(429), 'GET', 'throttled'],
    ['429 to a write', answer(429), 'POST', 'throttled'],
    ['500 to a read', answer(500), 'GET', 'again'],
    ['501 to a read', answer(501), 'GET', 'keep'],
    ['503 to a write', answer(503), 'PATCH', 'keep'],
    ['302', answer(302), 'GET', 'keep'],
    ['a cut read', lost('cut', true), 'GET', 'again'],
    ['a cut write', lost('cut', true), 'POST', 'keep'],
    ['a write that never left', lost('refused', false), 'POST', 'again'],
    ['an answer that is too large', lost('too-large', true), 'GET', 'keep'],
    ['a certificate', lost('untrusted', false), 'GET', 'keep'],
  ])('%s', (_what, attempt, method, verdict) => {
    expect(judge(method, attempt, 0).kind).toBe(verdict);
  });
});

test.each<[string, Answer | Lost, string]>([
  ['200', answer(200), 'accepted'],
  ['204', answer(204, { kind: 'none' }), 'accepted'],
  ['200 with half a body', answer(200, { kind: 'text' }), 'doubtful'],
  ['200 with a page', answer(200, { kind: 'markup' }), 'doubtful'],
  ['400', answer(400), 'refused'],
  ['408', answer(408), 'doubtful'],
  ['500', answer(500), 'doubtful'],
  ['501', answer(501), 'refused'],
  ['a cut', lost('cut', true), 'doubtful'],
  ['a time-out', lost('timeout', true), 'doubtful'],
  ['no connection', lost('refused', false), 'refused'],
])('%s to a write is %s', (_what, reply, fate) => {
  expect(fateOf(reply)).toBe(fate);
});

const now = Date.parse('2026-11-22T10:00:00Z');
test.each([
  ['7', 7000],
  ['0', 0],
  [' 1.5 ', 1500],
  ['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms);
});

test('backoff doubles from 250 ms to 20 s, and all of it is jitter', () => {
  expect([1, 2, 3, 7, 8, 20].map((failures) => backoffMs(failures, 0.9999))).toEqual([250, 500, 1000, 15_999, 19_998, 19_998]);
  expect(backoffMs(5, 0)).toBe(0);
});

test('a budget has 30 retries, and one more for each five first attempts', () => {
  const budget = openBudget();
  const spent = (): number => {
    let count = 0;
    while (budget.spend()) count += 1;
    return count;
  };
  expect(spent()).toBe(30);
  for (let index = 0; index < 26; index += 1) budget.earn();
  expect(spent()).toBe(5);
});

describe('the gate', () => {
  test('lets so many in and no more, in order', async () => {
    const gate = openGate(fastClock(), 2);
    const order: number[] = [];
    const enter = async (index: number): Promise<void> => {
      await gate.enter();
      order.push(index);
    };
    const all = Promise.all([enter(1), enter(2), enter(3)]);
    await new Promise(setImmediate);
    expect(order).toEqual([1, 2]);
    gate.leave();
    await all;
    expect(order).toEqual([1, 2, 3]);
  });

  test('holds everybody through a pause, and halves once for each', async () => {
    const clock = fastClock();
    const gate = openGate({ ...clock, now: () => 0 }, 8);
    gate.pause(5000);
    gate.pause(7000);
    expect(gate.room()).toBe(4);
    expect(await gate.enter()).toBe(true);
    expect(clock.slept).toEqual([7000]);
  });

  test('grows by one after about as many answers as go side by side', () => {
    const gate = openGate({ ...fastClock(), now: () => 0 }, 4);
    gate.pause(0);
    expect(gate.room()).toBe(2);
    for (let index = 0; index < 3; index += 1) gate.faster();
    expect(gate.room()).toBe(3);
    for (let index = 0; index < 30; index += 1) gate.faster();
    expect(gate.room()).toBe(4);
  });

  test('an abort ends waiting for a pause and for room', async () => {
    const gate = openGate(fastClock(), 1);
    const stop = new AbortController();
    await gate.enter();
    const waiting = gate.enter(stop.signal);
    stop.abort();
    expect(await waiting).toBe(false);
    expect(await gate.enter(stop.signal)).toBe(false);
    gate.leave();
    expect(await gate.enter()).toBe(true);
  });
});
