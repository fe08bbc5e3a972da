import { describe, expect, test } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { quirkProfiles } from '../../src/emulator/quirks.ts';
import { openReader } from '../../src/scim/directory.ts';
import type { Progress } from '../../src/scim/read.ts';
import { openTransport } from '../../src/scim/client.ts';
import { userNameOf } from '../../src/model/directory.ts';
import { connect, fastClock, groupIn, readLive, withEmulator } from './harness.ts';

const groups = Array.from({ length: 300 }, (_, index) => ({ displayName: `Group ${index}` }));

describe('a read', () => {
  test('of 5,000 users and 300 groups in pages of 200 takes 29 requests', async () => {
    const progress: Progress[] = [];
    await withEmulator(
      { users: 5000, seed: { users: [], groups: groups.slice(9) } },
      async (emulator, directory) => {
        const live = await readLive(directory);
        expect(live.users.size).toBe(5000);
        expect(live.groups.size).toBe(300);
        expect(emulator.requests).toHaveLength(29);
        expect(live.requests).toBe(29);
        expect(emulator.requests.every((request) => request.method === 'GET')).toBe(true);
      },
      { onProgress: (each) => progress.push(each) },
    );
    expect(progress).toHaveLength(28);
    expect(progress.findLast((each) => each.kind === 'user')).toMatchObject({ objects: 5000, pages: 26 });
  });

  test('is the same under every profile', async () => {
    const seen: unknown[] = [];
    for (const quirks of Object.values(quirkProfiles)) {
      await withEmulator({ users: 450, quirks }, async (_emulator, directory) => {
        const { requests: _requests, ...live } = await readLive(directory);
        const users = [...live.users].map(([name, user]) => [name, user.attributes]);
        seen.push({
          users,
          groups: [...live.groups].map(([name, group]) => [name, { ...group, ref: undefined }]),
          diagnostics: live.diagnostics,
        });
      });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  test('tells ambiguous names apart, counts strangers, takes each member once', async () => {
    const seed = {
      users: [
        { userName: 'ada@example.com', id: '1' },
        { userName: 'ADA@example.com', id: '2' },
        { userName: 'bob@example.com', id: '3' },
      ],
      groups: [
        { displayName: 'Design', id: 'g1', members: [{ value: '3' }, { value: '1' }, { value: 'nobody' }] },
        { displayName: 'Twice', id: 'g2' },
        { displayName: 'Twice', id: 'g3' },
        { displayName: 'twice', id: 'g4' },
      ],
    };
    await withEmulator({ seed }, async (_emulator, directory) => {
      const live = await readLive(directory);
      expect([...live.users.keys()]).toEqual(['bob@example.com']);
      expect(live.ambiguous.users.get(userNameOf('ada@example.com'))).toHaveLength(2);
      expect([...live.groups.keys()]).toEqual(['Design', 'twice']);
      expect([...live.ambiguous.groups.values()].map((each) => each.length)).toEqual([2]);
      expect(groupIn(live, 'Design')).toMatchObject({ strangers: 1 });
      expect([...groupIn(live, 'Design').members].sort()).toEqual(['ada@example.com', 'bob@example.com']);
    });
  });

  test.each<[string, Partial<EmulatorOptions>]>([
    ['throttle', { faults: ['throttle=3'] }],
    ['throttle-silent', { faults: ['throttle-silent=3'] }],
    ['unavailable', { faults: ['unavailable=4'] }],
    ['bad-gateway', { faults: ['bad-gateway=4'] }],
    ['reset', { faults: ['reset=4'] }],
    ['reset-after', { faults: ['reset-after=3'] }],
    ['truncated', { faults: ['truncated=4'] }],
    ['slow', { faults: ['slow=2'], slowMs: 50 }],
    ['short-page', { faults: ['short-page=1'] }],
    ['repeat-page', { faults: ['repeat-page=1'] }],
    ['moving-total', { faults: ['moving-total=1'] }],
    ['empty-list', { faults: ['empty-list=1'] }],
    ['a fifth of everything', { faults: ['unavailable=10%', 'truncated=10%'] }],
  ])('stands %s', async (_what, options) => {
    await withEmulator({ users: 950, ...options }, async (_emulator, directory) => {
      expect((await readLive(directory)).users.size).toBe(950);
    });
  });

  test('slows down for a service that takes 10 requests a second', async () => {
    const waits: number[] = [];
    const clock = { now: () => Date.now(), sleep: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms / 10)) };
    await withEmulator(
      { users: 1000, quirks: { 'page-max': 50 }, faults: ['rate=10'] },
      async (_emulator, directory) => {
        expect((await readLive(directory)).users.size).toBe(1000);
      },
      { onWait: (ms) => waits.push(ms), clock },
    );
    expect(waits.length).toBeGreaterThan(0);
  });
});

describe('a read that cannot be had is refused, never empty', () => {
  test.each<[string, Partial<EmulatorOptions>, string, RegExp]>([
    ['short pages', { faults: ['short-page=100%'] }, 'E104', /Figma/],
    ['repeated pages', { faults: ['repeat-page=100%'] }, 'E104', /users/],
    ['a moving total', { faults: ['moving-total=100%'] }, 'E104', /went from/],
    ['empty lists', { faults: ['empty-list=100%'] }, 'E104', /said that there are 950 users and listed 0/],
    ['a token that stops working', { faults: ['revoke=4'] }, 'E101', /^Figma refused the token \(401\)/],
    ['failure without end', { faults: ['unavailable=100%'] }, 'E107', /\(503\)/],
    ['pages of a proxy', { faults: ['bad-gateway=100%'] }, 'E107', /\(502\)/],
    ['resets without end', { faults: ['reset=100%'] }, 'E102', /connection was cut/],
    ['halves without end', { faults: ['truncated=100%'] }, 'E102', /connection was cut/],
    ['throttling for longer than five minutes', { faults: ['throttle=100%'], retryAfter: 301 }, 'E105', /wait/],
    ['throttling without end', { faults: ['throttle=100%'], retryAfter: 100 }, 'E105', /wait/],
    ['another tenant', { tenantId: 'other' }, 'E106', /tenant/],
    ['another token', { token: 'other-token-of-somebody' }, 'E101', /refused the token/],
  ])('%s', async (_what, options, code, message) => {
    const emulator = await startEmulator({ users: 950, ...options });
    const directory = connect({ baseUrl: emulator.baseUrl });
    try {
      const result = await directory.read();
      expect(result.ok ? [] : result.diagnostics).toEqual([{ severity: 'error', code, message: expect.stringMatching(message) }]);
      expect(emulator.requests.length).toBeLessThan(150);
    } finally {
      await directory.close();
      await emulator.close();
    }
  });

  test('a service that is not there, whose name does not resolve, or that answers in no time', async () => {
    const emulator = await startEmulator({ users: 1, faults: ['latency=400'] });
    const slow = connect({ baseUrl: emulator.baseUrl, timeoutMs: 30 });
    expect(await slow.read()).toMatchObject({ ok: false, diagnostics: [{ code: 'E102', message: expect.stringContaining('in time') }] });
    await slow.close();
    await emulator.close();
    const none = connect({ baseUrl: emulator.baseUrl });
    expect(await none.read()).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E102', message: expect.stringContaining('no connection') }],
    });
    await none.close();
  });

  test('a wait of more than five minutes is not begun', async () => {
    const waits: number[] = [];
    await withEmulator(
      { users: 3, faults: ['throttle=100%'], retryAfter: 301 },
      async (emulator, directory) => {
        expect(await directory.read()).toMatchObject({ ok: false, diagnostics: [{ code: 'E105' }] });
        expect(emulator.requests.length).toBeLessThanOrEqual(3);
      },
      { onWait: (ms) => waits.push(ms) },
    );
    expect(waits).toEqual([]);
  });

  test('an interrupted read ends its waits and asks for nothing more', async () => {
    const stop = new AbortController();
    await withEmulator(
      { users: 10, faults: ['throttle=100%'], retryAfter: 60 },
      async (emulator, directory) => {
        const result = await directory.read();
        expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'E102', message: expect.stringContaining('interrupted') }] });
        expect(emulator.requests.length).toBeLessThanOrEqual(3);
      },
      { signal: stop.signal, onWait: () => stop.abort() },
    );
  });
});

describe('the reader', () => {
  test('has nothing to write with, and its transport refuses', async () => {
    const emulator = await startEmulator({ users: 3 });
    const reader = openReader({
      baseUrl: emulator.baseUrl,
      tenantId: emulator.tenantId,
      token: emulator.token,
      userAgent: 'x',
      clock: fastClock(),
      random: Math.random,
    });
    expect(Object.keys(reader).sort()).toEqual(['close', 'read']);
    expect((await reader.read()).ok).toBe(true);
    await reader.close();
    const transport = openTransport({
      origin: new URL(emulator.baseUrl).origin,
      path: '',
      token: '',
      userAgent: 'x',
      connections: 1,
      methods: ['GET'],
      timeoutMs: 1000,
      maxBytes: 1000,
    });
    emulator.resetLog();
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'get', 'HEAD']) {
      await expect(transport.send(method as 'GET', '/Users')).rejects.toThrow(/cannot send/);
    }
    expect(emulator.requests).toEqual([]);
    await transport.close();
    await emulator.close();
  });
});
