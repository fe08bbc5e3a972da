import { expect, test } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import { faultNames, parseFaults } from '../../src/emulator/faults.ts';
import type { ScimUser } from '../../src/emulator/seed.ts';
import { patch, seat, seatOf, withEmulator, type Send } from './talk.ts';

const users = Array.from({ length: 6 }, (_, index): ScimUser => ({
  id: String(index + 1),
  userName: `u${index + 1}@example.com`,
  roles: seat('View'),
}));
const seed = { users, groups: [] };
const raise = patch({ op: 'replace', path: 'roles', value: seat('Dev') });

const status = async (send: Send, method = 'GET', path = '/Users', body?: unknown): Promise<number | string> => {
  try {
    return (await send(method, path, body)).status;
  } catch {
    return 'cut';
  }
};
const page = async (send: Send, startIndex: number): Promise<unknown[]> => {
  const { body } = await send('GET', `/Users?count=3&startIndex=${startIndex}`);
  return [body.totalResults, ...body.Resources.map(({ id }) => id)];
};
const times = async <T>(often: number, run: () => Promise<T>): Promise<T[]> => {
  const seen: T[] = [];
  for (let index = 0; index < often; index += 1) {
    seen.push(await run());
  }
  return seen;
};

interface Row {
  readonly faults: readonly string[];
  readonly see: (send: Send, emulator: Emulator) => Promise<unknown>;
  readonly seen: unknown;
  readonly options?: EmulatorOptions;
}

const rows: Row[] = [
  {
    faults: ['throttle=1'],
    options: { retryAfter: 7 },
    see: (send) =>
      times(2, async () => send('GET', '/Users').then((reply) => [reply.status, reply.headers.get('retry-after'), reply.body['status']])),
    seen: [
      [429, '7', '429'],
      [200, null, undefined],
    ],
  },
  {
    faults: ['throttle-silent=1'],
    see: (send) => times(2, async () => send('GET', '/Users').then((reply) => [reply.status, reply.headers.get('retry-after')])),
    seen: [
      [429, null],
      [200, null],
    ],
  },
  {
    faults: ['unavailable=1'],
    see: (send) => times(2, async () => send('GET', '/Users').then((reply) => [reply.status, reply.body['status']])),
    seen: [
      [503, '503'],
      [200, undefined],
    ],
  },
  {
    faults: ['bad-gateway=1'],
    see: (send) => times(2, async () => send('GET', '/Users').then((reply) => [reply.status, reply.text.startsWith('<html>')])),
    seen: [
      [502, true],
      [200, false],
    ],
  },
  {
    faults: ['reset=1@PATCH'],
    see: async (send, emulator) => [
      await status(send),
      await status(send, 'PATCH', '/Users/1', raise),
      seatOf(emulator.state().users[0] as never),
    ],
    seen: [200, 'cut', 'View'],
  },
  {
    faults: ['reset-after=1@PATCH'],
    see: async (send, emulator) => [
      await status(send),
      await status(send, 'PATCH', '/Users/1', raise),
      seatOf(emulator.state().users[0] as never),
    ],
    seen: [200, 'cut', 'Dev'],
  },
  {
    faults: ['truncated=1@PATCH'],
    see: async (send, emulator) => [
      await status(send, 'PATCH', '/Users/1', raise),
      seatOf(emulator.state().users[0] as never),
      emulator.requests[0]?.status,
      await status(send, 'PATCH', '/Users/1', raise),
    ],
    seen: ['cut', 'Dev', 200, 200],
  },
  {
    faults: ['slow=1'],
    options: { slowMs: 240 },
    see: (send) =>
      times(2, async () => {
        const before = performance.now();
        const reply = await send('GET', '/Users');
        return [reply.body.totalResults, performance.now() - before > 200];
      }),
    seen: [
      [6, true],
      [6, false],
    ],
  },
  {
    faults: ['ignored=1@PATCH', 'ignored=1@POST', 'ignored=1@DELETE'],
    see: async (send, emulator) => {
      const patched = await send('PATCH', '/Users/1', raise);
      const posted = await send('POST', '/Users', { userName: 'new@example.com' });
      const deleted = await send('DELETE', '/Users/2');
      return [
        patched.status,
        seatOf(patched.body),
        posted.status,
        deleted.status,
        emulator.state().users.length,
        seatOf(emulator.state().users[0] as never),
      ];
    },
    seen: [200, 'Dev', 201, 204, 6, 'View'],
  },
  {
    faults: ['refuse=1'],
    options: { seed: { ...seed, refused: ['U1@example.com'] } },
    see: async (send) => [
      await status(send, 'PATCH', '/Users/2', raise),
      await status(send, 'PATCH', '/Users/1', raise),
      await status(send, 'PATCH', '/Users/1', raise),
    ],
    seen: [200, 400, 200],
  },
  {
    faults: ['short-page=1'],
    see: async (send) => [await page(send, 1), await page(send, 4), await page(send, 1)],
    seen: [
      [6, '1', '3'],
      [6, '4', '5', '6'],
      [6, '1', '2', '3'],
    ],
  },
  {
    faults: ['repeat-page=1'],
    see: async (send) => [await page(send, 1), await page(send, 4), await page(send, 4)],
    seen: [
      [6, '1', '2', '3'],
      [6, '1', '2', '3'],
      [6, '4', '5', '6'],
    ],
  },
  {
    faults: ['moving-total=1'],
    see: async (send) => [await page(send, 1), await page(send, 4), await page(send, 4)],
    seen: [
      [6, '1', '2', '3'],
      [7, '4', '5', '6'],
      [6, '4', '5', '6'],
    ],
  },
  { faults: ['empty-list=1'], see: async (send) => [await page(send, 1), await page(send, 1)], seen: [[6], [6, '1', '2', '3']] },
  { faults: ['empty-list=1:zero'], see: async (send) => [await page(send, 1), await page(send, 1)], seen: [[0], [6, '1', '2', '3']] },
  { faults: ['revoke=2'], see: (send) => times(4, () => status(send)), seen: [200, 200, 401, 401] },
  {
    faults: ['revoke=1@PATCH'],
    see: async (send) => [
      await status(send, 'PATCH', '/Users/1', raise),
      await status(send),
      await status(send, 'PATCH', '/Users/1', raise),
      await status(send),
    ],
    seen: [200, 401, 401, 401],
  },
  {
    faults: ['latency=120'],
    see: async (send) => {
      const before = performance.now();
      await send('GET', '/Users');
      return performance.now() - before >= 115;
    },
    seen: true,
  },
  {
    faults: ['throttle=2@POST'],
    see: async (send) => [await status(send), await status(send, 'POST', '/Users', {}), await status(send)],
    seen: [200, 429, 200],
  },
  { faults: ['unavailable=100%'], see: (send) => times(3, () => status(send)), seen: [503, 503, 503] },
  { faults: ['unavailable=0%'], see: (send) => times(3, () => status(send)), seen: [200, 200, 200] },
];

test.each(rows)('$faults', async ({ faults, see, seen, options = {} }) => {
  expect(await withEmulator({ seed, ...options, faults }, see)).toEqual(seen);
});

test('rate=5 lets a burst of five through, then five a second', async () => {
  await withEmulator({ seed, faults: ['rate=5'] }, async (send) => {
    const burst = await Promise.all(Array.from({ length: 12 }, () => send('GET', '/Users?count=0')));
    const refused = burst.filter((reply) => reply.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(refused.every((reply) => reply.headers.get('retry-after') === '1')).toBe(true);
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    expect(await status(send)).toBe(200);
  });
});

test('chances are drawn from the same row every time, and about as often as asked', async () => {
  const run = (): Promise<(number | string)[]> =>
    withEmulator({ seed, faults: ['unavailable=30%'] }, (send) => times(60, () => status(send)));
  const first = await run();
  expect(await run()).toEqual(first);
  const struck = first.filter((code) => code === 503).length;
  expect(struck).toBeGreaterThan(8);
  expect(struck).toBeLessThan(30);
});

test('what a seed refuses is refused always, memberships and renames included', async () => {
  const groups = [{ id: 'g1', displayName: 'Keep', members: [{ value: '2' }] }];
  await withEmulator({ seed: { users, groups, refused: ['u1@example.com', '2', 'Locked'] } }, async (send) => {
    const add = (value: string): object => patch({ op: 'add', path: 'members', value: [{ value }] });
    expect(await status(send, 'PATCH', '/Users/1', raise)).toBe(400);
    expect(await status(send, 'PATCH', '/Users/1', raise)).toBe(400);
    expect(await status(send, 'DELETE', '/Users/2')).toBe(400);
    expect(await status(send, 'POST', '/Groups', { displayName: 'Locked' })).toBe(400);
    expect(await status(send, 'PATCH', '/Groups/g1', add('1'))).toBe(400);
    expect(await status(send, 'PATCH', '/Groups/g1', add('3'))).toBe(200);
    expect(await status(send, 'PATCH', '/Groups/g1', patch({ op: 'remove', path: 'members' }))).toBe(400);
    expect(await status(send, 'PATCH', '/Users/3', raise)).toBe(200);
  });
});

test('every fault has a row', () => {
  const played = new Set([...rows.flatMap(({ faults }) => faults.map((text) => text.split('=')[0])), 'rate']);
  expect(faultNames.filter((name) => !played.has(name))).toEqual([]);
});

test.each([
  [['throttle=2'], { ok: true, value: [{ name: 'throttle', amount: 2 }] }],
  [['reset-after=1@post'], { ok: true, value: [{ name: 'reset-after', amount: 1, method: 'POST' }] }],
  [['slow=10%@GET'], { ok: true, value: [{ name: 'slow', rate: 0.1, method: 'GET' }] }],
  [['empty-list=1:zero'], { ok: true, value: [{ name: 'empty-list', amount: 1, zero: true }] }],
  [
    ['latency=200', 'rate=20'],
    {
      ok: true,
      value: [
        { name: 'latency', amount: 200 },
        { name: 'rate', amount: 20 },
      ],
    },
  ],
  [['trottle=1'], { ok: false, message: expect.stringContaining('did you mean "throttle"?') }],
  [['throttle'], { ok: false, message: expect.stringContaining('throttle=2 or throttle=10%') }],
  [['throttle=101%'], { ok: false, message: expect.stringContaining('has no value "101%"') }],
  [['throttle=1:zero'], { ok: false, message: expect.stringContaining('has no value') }],
  [['rate=10%'], { ok: false, message: expect.stringContaining('expected a number') }],
  [['rate=0'], { ok: false, message: expect.stringContaining('expected a number') }],
  [['reset=1@FETCH'], { ok: false, message: expect.stringContaining('has no method "FETCH"') }],
])('parseFaults(%j)', (texts, parsed) => {
  expect(parseFaults(texts)).toEqual(parsed);
});
