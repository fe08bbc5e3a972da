import { expect, test } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { at, patch, seat, withEmulator } from './talk.ts';

test('the base URL tells a valid tenant from another', async () => {
  await withEmulator({}, async (send, { baseUrl, tenantId, token }) => {
    const get = async (url: string, bearer = token): Promise<number> =>
      (await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })).status;
    expect(await get(`${baseUrl}/${tenantId}`)).toBe(200);
    expect(await get(`${baseUrl}/${tenantId}/`)).toBe(200);
    expect(await get(`${baseUrl}/1`)).toBe(400);
    expect(await get(`${baseUrl}/${tenantId}`, 'wrong')).toBe(401);
    expect(await get(`${baseUrl}/1/Users`)).toBe(404);
    expect(await get(`${baseUrl}/${tenantId}/Users`)).toBe(200);
    expect((await send('GET', '/ServiceProviderConfig')).body).toMatchObject({
      filter: { maxResults: 200 },
      patch: { supported: true },
      bulk: { supported: false },
    });
  });
});

const json = { 'content-type': 'application/json' };
const requests: [string, string, string, unknown, Record<string, string>, number, string | undefined][] = [
  ['a wrong token', 'GET', '/Users', undefined, { authorization: 'Bearer x' }, 401, undefined],
  ['no token', 'GET', '/Users', undefined, { authorization: '' }, 401, undefined],
  ['a token of another kind', 'GET', '/Users', undefined, { authorization: 'Basic emulator-token' }, 401, undefined],
  ['an unknown path', 'GET', '/Schemas', undefined, {}, 404, undefined],
  ['a path too deep', 'GET', '/Users/1/roles', undefined, {}, 404, undefined],
  ['a path that cannot be decoded', 'GET', '/Users/%E0%A4%A', undefined, {}, 400, 'invalidSyntax'],
  ['a method that is not allowed', 'PUT', '/Users', {}, {}, 405, undefined],
  ['a write on the configuration', 'POST', '/ServiceProviderConfig', {}, {}, 405, undefined],
  ['no JSON', 'POST', '/Users', '{"userName":', {}, 400, 'invalidSyntax'],
  ['an empty body', 'POST', '/Users', '', {}, 400, 'invalidSyntax'],
  ['a list for a user', 'POST', '/Users', [], {}, 400, 'invalidSyntax'],
  ['null for a user', 'POST', '/Users', 'null', {}, 400, 'invalidSyntax'],
  ['another content type', 'POST', '/Users', 'userName=x', { 'content-type': 'text/plain' }, 415, undefined],
  ['a body too large', 'POST', '/Users', JSON.stringify({ userName: 'x'.repeat(2 * 1024 * 1024) }), json, 413, undefined],
  ['a nesting too deep', 'POST', '/Users', `{"userName":"a","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, json, 400, 'invalidSyntax'],
  ['a prototype', 'POST', '/Users', '{"userName":"a","__proto__":{"active":false}}', json, 400, 'invalidSyntax'],
  ['a prototype further in', 'POST', '/Users', '{"userName":"a","x":[{"__proto__":1}]}', json, 400, 'invalidSyntax'],
  ['a path to the prototype', 'PATCH', '/Users/1', patch({ op: 'add', path: 'name.__proto__.x', value: 1 }), json, 400, 'invalidPath'],
  ['a filter without end', 'GET', `/Users?filter=${'('.repeat(5000)}`, undefined, {}, 400, 'invalidFilter'],
  ['a filter that is none', 'GET', '/Users?filter=userName', undefined, {}, 400, 'invalidFilter'],
  ['a count that is none', 'GET', '/Users?count=many', undefined, {}, 400, 'invalidValue'],
];

test.each(requests)('answers %s', async (_what, method, path, body, headers, status, scimType) => {
  await withEmulator({ seed: { users: [{ id: '1', userName: 'a@example.com' }], groups: [] } }, async (send) => {
    const answer = await send(method, path, body, headers);
    expect([answer.status, answer.body.scimType, answer.body['status']]).toEqual([status, scimType, String(status)]);
    expect((await send('GET', '/Users')).body.totalResults).toBe(1);
  });
});

test('a method that is not allowed learns which are', async () => {
  const { headers } = await withEmulator({}, (send) => send('PATCH', '/Groups', patch({ op: 'remove', path: 'members' })));
  expect(headers.get('allow')).toBe('GET, POST');
});

// Nothing that JSON can say, at any place, is more than a 4xx: a 500 would be a defect.
const odd: unknown[] = [null, true, 1e308, '', 'constructor', [[]], [null], {}, { value: null }, { toString: 'x' }];
const names = ['userName', 'active', 'name', 'emails', 'roles', 'members', 'toString', 'constructor', 'schemas'];

test('odd values at every place are answered', async () => {
  const members = [{ value: '1' }];
  await withEmulator(
    { seed: { users: [{ id: '1', userName: 'a@example.com', roles: seat('Dev') }], groups: [{ id: 'g', displayName: 'G', members }] } },
    async (send) => {
      const answers = await Promise.all(
        names.flatMap((name) =>
          odd.flatMap((value) => [
            send('POST', '/Users', { userName: 'x@example.com', [name]: value }),
            send('PUT', '/Users/1', { userName: 'a@example.com', [name]: value }),
            send('PATCH', '/Users/1', patch({ op: 'add', path: name, value })),
            send('PATCH', '/Users/1', patch({ op: 'replace', path: `${name}[type eq "work"].value`, value })),
            send('PATCH', '/Users/1', { Operations: value }),
            send('POST', '/Groups', { displayName: 'X', [name]: value }),
            send('PATCH', '/Groups/g', patch({ op: 'remove', path: name, value })),
            send('PATCH', '/Groups/g', patch({ op: 'replace', value: { [name]: value } })),
            send('PATCH', '/Groups/g', { Operations: [{ op: value, path: value, value: { [name]: value } }] }),
          ]),
        ),
      );
      expect(answers.filter(({ status }) => status >= 500).map(({ text }) => text)).toEqual([]);
      expect((await send('GET', '/Users')).status).toBe(200);
      expect((await send('GET', '/Groups')).status).toBe(200);
    },
  );
});

test('pages: startIndex below 1 is 1, count 0 is totals only, a negative count is 0, the walk sees everybody once', async () => {
  await withEmulator({ users: 450 }, async (send) => {
    expect((await send('GET', '/Users?startIndex=-5&count=1')).body.Resources[0]?.id).toBe(
      (await send('GET', '/Users?count=1')).body.Resources[0]?.id,
    );
    expect((await send('GET', '/Users?count=0')).body).toMatchObject({ totalResults: 450, Resources: [] });
    expect((await send('GET', '/Users?count=-1')).body.Resources).toEqual([]);
    const pages = await Promise.all([1, 201, 401].map((startIndex) => send('GET', `/Users?count=3000&startIndex=${startIndex}`)));
    const ids = pages.flatMap(({ body }) => body.Resources.map(({ id }) => id));
    expect([pages.map(({ body }) => body.Resources.length), new Set(ids).size]).toEqual([[200, 200, 50], 450]);
  });
});

test('the log holds method, path with query, status and body, in order', async () => {
  await withEmulator({}, async (send, { requests, baseUrl, token }) => {
    await send('GET', '/Users?count=2');
    await send('POST', '/Users', { userName: 'a@example.com' });
    await send('POST', '/Users', '{');
    await fetch(`${baseUrl}/other`, { headers: { authorization: `Bearer ${token}` } });
    expect(requests).toEqual([
      { method: 'GET', path: '/Users?count=2', status: 200 },
      { method: 'POST', path: '/Users', status: 201, body: { userName: 'a@example.com' } },
      { method: 'POST', path: '/Users', status: 400 },
      { method: 'GET', path: '/scim/v2/other', status: 400 },
    ]);
  });
});

test('close ends open connections, also one that is waiting for its answer', async () => {
  const emulator = await startEmulator({ faults: ['latency=60000'] });
  const waiting = fetch(`${emulator.baseUrl}/${emulator.tenantId}/Users`).then(
    () => 'answered',
    () => 'cut',
  );
  await new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
  await emulator.close();
  expect(await waiting).toBe('cut');
});

test('tenant and token are as asked, the answers name themselves by the tenant', async () => {
  await withEmulator({ tenantId: '42', token: 's3cret', users: 1 }, async (send, { baseUrl, tenantId, token }) => {
    expect([tenantId, token]).toEqual(['42', 's3cret']);
    expect(baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/v2$/);
    const [first] = (await send('GET', '/Users')).body.Resources;
    expect(at(first, 'meta', 'location')).toBe(`${baseUrl}/42/Users/${first?.id}`);
  });
});
