import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Fault } from '../../src/emulator/faults.ts';
import { startEmulator, type Emulator } from '../../src/emulator/emulator.ts';
import type { Outcome } from '../../src/model/live.ts';
import type { Operation } from '../../src/model/operation.ts';
import { openDirectory } from '../../src/scim/directory.ts';

/*
 * How much of the rate that a throttling service allows is used: `tsx test/bench/rate.ts --changes 2000`. Seat changes through the real client
 * against an emulator that answers 429 beyond `--rate` requests a second and fails one request in a hundred. Everything takes real time.
 */
const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '300' },
    rate: { type: 'string', default: '20' },
    latency: { type: 'string', default: '0' },
    parallelism: { type: 'string', default: '4' },
  },
});
const [changes, rate, latency, parallelism] = [values.changes, values.rate, values.latency, values.parallelism].map(Number) as [
  number,
  number,
  number,
  number,
];
/** One request in a hundred: refused, answered by a gateway, cut after the effect, or half answered. */
const oneInAHundred: readonly Fault[] = (['unavailable', 'bad-gateway', 'reset-after', 'truncated'] as const).map((name) => ({
  name,
  rate: 0.0025,
}));
const people = Array.from({ length: changes }, (_, index) => `person.${index}@example.com`);
const emulator = await startEmulator({
  seed: { users: people.map((userName) => ({ userName, roles: [{ type: 'seatType', value: 'View' }] })), groups: [] },
  faults: [{ name: 'rate', amount: rate }, { name: 'latency', amount: latency }, ...oneInAHundred],
});
try {
  const waits: number[] = [];
  const started = performance.now();
  const outcomes = await changeAll(waits);
  tell(emulator, outcomes, (performance.now() - started) / 1000, waits);
} finally {
  await emulator.close();
}

async function changeAll(waits: number[]): Promise<readonly Outcome[]> {
  const directory = openDirectory({
    baseUrl: emulator.baseUrl,
    tenantId: emulator.tenantId,
    token: emulator.token,
    userAgent: 'seatform/bench',
    clock: { now: () => Date.now(), sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }) },
    random: Math.random,
    onWait: (ms) => waits.push(ms),
  });
  const { signal } = new AbortController();
  try {
    const live = await directory.read();
    if (!live.ok) throw new Error(live.diagnostics.map(({ message }) => message).join('\n'));
    const operations = [...live.value.users.values()].map(({ ref, attributes }): Operation => {
      const name = attributes.userName;
      const edits = [{ attribute: 'seat', before: 'View', after: 'Collab', cause: { via: 'entry' } }] as const;
      return { id: `patch user ${name}`, action: 'patch', kind: 'user', name, ref, edits, needs: [] };
    });
    const wave = directory.wave(operations);
    const queue = operations.values();
    const written: Outcome[] = [];
    const work = async () => {
      for (const operation of queue) written.push(await wave.write(operation, signal));
    };
    await Promise.all(Array.from({ length: parallelism }, work));
    const settled = await wave.settle(signal);
    return [...written.filter(({ kind }) => kind !== 'written'), ...settled.values()];
  } finally {
    await directory.close();
  }
}

function tell(emulator: Emulator, outcomes: readonly Outcome[], seconds: number, waits: readonly number[]): void {
  const { requests } = emulator;
  const throttled = requests.filter(({ status }) => status === 429).length;
  const answered = requests.length - throttled;
  const used = answered / seconds / rate;
  const done = outcomes.filter(({ kind }) => kind === 'done').length;
  const lost = emulator.state().users.filter(({ roles }) => roles?.[0]?.value !== 'Collab').length;
  const effects = requests.filter(({ method, status }) => method === 'PATCH' && (status === 200 || status === 0));
  const twice = effects.length - new Set(effects.map(({ path }) => path)).size;
  const failed = requests.filter(({ status }) => status === 0 || status >= 500).length;
  const lines = [
    `${changes} changes in ${seconds.toFixed(1)} s: ${done} done, ${lost} lost, ${twice} sent again after they took effect`,
    `${requests.length} requests, ${failed} failed, ${(used * 100).toFixed(1)} % of ${rate} a second used`,
    `${throttled} times 429 (${((throttled / requests.length) * 100).toFixed(2)} %), waits of ${(waits.reduce((sum, ms) => sum + ms, 0) / 1000).toFixed(1)} s asked for`,
  ];
  console.log(lines.join('\n'));
  if (done !== changes || lost > 0 || twice > 0 || used < 0.9 || throttled > 0.03 * requests.length) process.exitCode = 1;
}
