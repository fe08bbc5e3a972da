import { expect, test } from 'vitest';
import { openBudget } from '../../src/scim/budget.ts';
import type { Answer, Transport } from '../../src/scim/client.ts';
import { openGate } from '../../src/scim/gate.ts';
import { openService } from '../../src/scim/service.ts';
import { fastClock } from './harness.ts';

const busy: Answer = { kind: 'answer', status: 429, content: { kind: 'none' }, retryAfter: '30' };
const well: Answer = { kind: 'answer', status: 200, content: { kind: 'none' } };

/** A service over a transport that gives the answers one after the other, the last for ever. */
function serviceOf(answers: readonly Answer[]) {
  let sent = 0;
  const transport: Transport<'GET'> = {
    send: async () => answers[Math.min(sent++, answers.length - 1)] ?? well,
    requests: () => sent,
    close: async () => {},
  };
  const clock = fastClock();
  return { ...openService({ transport, gate: openGate(clock, 4), budget: openBudget(), clock, random: () => 0 }), requests: () => sent };
}

test('a service that throttles without end is given up after two minutes, and the next call does not wait again', async () => {
  const service = serviceOf([busy]);
  expect(await service.call('GET', '/Users')).toMatchObject({ kind: 'throttled' });
  const before = service.requests();
  expect(before).toBe(4);
  expect(await service.call('GET', '/Groups')).toMatchObject({ kind: 'throttled' });
  expect(service.requests()).toBe(before + 1);
});

test('one good answer makes it worth waiting again', async () => {
  const service = serviceOf([busy, busy, busy, busy, well, busy, well]);
  expect(await service.call('GET', '/Users')).toMatchObject({ kind: 'throttled' });
  expect(await service.call('GET', '/Users')).toEqual(well);
  expect(await service.call('GET', '/Users')).toEqual(well);
  expect(service.requests()).toBe(7);
});
