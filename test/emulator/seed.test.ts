import { expect, test } from 'vitest';
import { startEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts';
import { parseSeed, type Seed } from '../../src/emulator/seed.ts';
import { at, enterprise, figma, seat, withEmulator } from './talk.ts';

const stateOf = (options: EmulatorOptions): Promise<Seed> => withEmulator(options, async (_send, emulator) => emulator.state());
// The port is another one every time.
const placeless = (seed: Seed): unknown => JSON.parse(JSON.stringify(seed).replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'));

test('what a seed leaves out is made up, the same every time', async () => {
  const seed: Seed = {
    users: [{ userName: 'a@example.com' }, { userName: 'b@example.com', active: false }],
    groups: [{ displayName: 'G', members: [{ value: 'B@example.com' }] }],
  };
  const first = await stateOf({ seed });
  const [a, b] = first.users;
  expect(a).toMatchObject({ displayName: 'a@example.com', active: true, schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] });
  expect(BigInt(a?.id ?? 0) > 2n ** 53n).toBe(true);
  expect(first.groups[0]?.members).toEqual([{ value: b?.id, display: 'b@example.com' }]);
  expect(placeless(await stateOf({ seed }))).toEqual(placeless(first));
});

test('what a seed gives is kept, also what a request could not bring', async () => {
  const user = {
    id: '1',
    userName: 'a@example.com',
    displayName: 'x'.repeat(300),
    roles: seat('Content'),
    shoeSize: 42,
    meta: { created: '2021-05-12T16:12:30Z', lastModified: '2022-01-01T00:00:00Z' },
  };
  const twins = [{ displayName: 'G' }, { displayName: 'G' }];
  const state = await stateOf({ seed: { users: [user, { userName: 'A@example.com' }], groups: twins } });
  expect(state.users[0]).toMatchObject(user);
  expect(at(state.users[0], 'meta', 'version')).toBe('W/"1640995200"');
  expect([state.users.length, state.groups.length, new Set(state.groups.map(({ id }) => id)).size]).toEqual([2, 2, 2]);
});

test('a state is a seed again', async () => {
  const first = await stateOf({ users: 40 });
  expect(placeless(await stateOf({ seed: first }))).toEqual(placeless(first));
});

test('made-up users are believable, mixed and always the same', async () => {
  const state = await stateOf({ users: 300 });
  expect(placeless(await stateOf({ users: 300 }))).toEqual(placeless(state));
  const distinct = (of: (user: Seed['users'][number]) => unknown): number => new Set(state.users.map(of)).size;
  expect(distinct((user) => user.userName.toLowerCase())).toBe(300);
  expect(distinct((user) => user.roles?.[0]?.value)).toBe(4);
  expect(distinct((user) => at(user, enterprise, 'department'))).toBe(7);
  expect(state.users.filter((user) => user.active === false).length).toBeGreaterThan(5);
  expect(state.users.filter((user) => at(user, figma, 'figmaAdmin') === true).length).toBe(3);
  expect(state.groups.length).toBeGreaterThan(7);
  const known = new Set(state.users.map(({ id }) => id));
  expect(state.groups.flatMap(({ members = [] }) => members).every(({ value }) => known.has(value))).toBe(true);
});

test('very many users page quickly', async () => {
  await withEmulator({ users: 40_000 }, async (send) => {
    const before = performance.now();
    for (const startIndex of [1, 20_001, 39_801]) {
      const { body } = await send('GET', `/Users?startIndex=${startIndex}`);
      expect([body.totalResults, body.Resources.length]).toEqual([40_000, 200]);
      const [first] = body.Resources;
      expect((await send('GET', `/Users/${first?.id}`)).body).toEqual(first);
      expect((await send('GET', `/Users?filter=${encodeURIComponent(`userName eq "${first?.userName}"`)}`)).body.Resources).toEqual([
        first,
      ]);
    }
    expect(performance.now() - before).toBeLessThan(1500);
  });
});

test.each([
  [{}, { users: [], groups: [] }],
  [
    { users: [{ userName: 'a' }], domains: ['x'] },
    { users: [{ userName: 'a' }], groups: [], domains: ['x'] },
  ],
])('parseSeed(%j) takes it', (value, seed) => {
  expect(parseSeed(value)).toEqual({ ok: true, value: seed });
});

test.each([
  [undefined, 'must be a JSON object'],
  [[], 'must be a JSON object'],
  [{ user: [] }, 'a seed has no "user"'],
  [{ users: {} }, 'users must be a list'],
  [{ users: [{}] }, 'users[0] needs a userName'],
  [{ users: [1] }, 'users[0] must be an object'],
  [{ users: [{ userName: 'a', id: 7 }] }, 'users[0] has an id'],
  [
    {
      users: [
        { userName: 'a', id: '7' },
        { userName: 'b', id: '7' },
      ],
    },
    'users[1] has an id that is no string or stands twice',
  ],
  [{ users: [{ userName: 'a', active: 'perhaps' }] }, 'users[0] is wrong: active must be true or false.'],
  [{ users: [{ userName: 'a', meta: { created: 'yesterday' } }] }, 'users[0] has a meta with a time that is none'],
  [{ groups: [{ displayName: 'G', members: ['a'] }] }, 'groups[0] needs members'],
  [{ groups: [{}] }, 'groups[0] needs a displayName'],
  [{ refused: 'a' }, 'refused must be a list of strings'],
])('parseSeed(%j) says what is wrong', (value, message) => {
  expect(parseSeed(value)).toEqual({ ok: false, message: expect.stringContaining(message) });
});

test.each([
  [{ seed: { users: [{}] } as unknown as Seed }, 'users[0] needs a userName'],
  [{ faults: ['nonsense=1'] }, 'unknown fault "nonsense"'],
])('a start with %j is refused', async (options, message) => {
  await expect(startEmulator(options)).rejects.toThrow(message);
});

test('a port that is taken is refused', async () => {
  await withEmulator({}, async (_send, { baseUrl }) => {
    await expect(startEmulator({ port: Number(new URL(baseUrl).port) })).rejects.toThrow('EADDRINUSE');
  });
});
