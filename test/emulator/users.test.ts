import { expect, test } from 'vitest';
import type { ScimUser } from '../../src/emulator/seed.ts';
import { at, enterprise, figma, patch, seat, seatOf, withEmulator, type Answered } from './talk.ts';

const now = (): Date => new Date('2026-11-22T10:20:30.456Z');
const ada: ScimUser = {
  id: '1001',
  userName: 'ada@example.com',
  roles: seat('View'),
  title: 'Designer',
  [enterprise]: { department: 'Design', costCenter: '09' },
};
const grace: ScimUser = { id: '1002', userName: 'grace@example.com', roles: seat('Dev') };
const options = { seed: { users: [ada, grace], groups: [] }, now };
const replace = (path: string | undefined, value: unknown): object =>
  patch({ op: 'replace', ...(path === undefined ? {} : { path }), value });

test('a user looks as in the documents', async () => {
  const posted = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise, figma],
    userName: 'scimuser@example.com',
    name: { givenName: 'Scim', familyName: 'User' },
    roles: seat('Dev'),
    emails: { primary: 'true', value: 'scimuser@example.com', type: 'work' },
    title: 'Developer',
    displayName: 'Scim User',
    [enterprise]: { costCenter: '323245', department: 'Mobile Engineering', organization: 'Product' },
    externalId: '123456789',
    [figma]: { figmaAdmin: false },
  };
  await withEmulator({ now }, async (send, { baseUrl, tenantId }) => {
    const { status, body } = await send('POST', '/Users', posted);
    const { id } = body;
    expect(status).toBe(201);
    expect(id).toMatch(/^[1-9]\d{16,19}$/);
    expect(Number(BigInt(id) >> 22n) + Date.UTC(2014, 0, 1)).toBe(now().getTime());
    expect(body).toEqual({
      ...posted,
      active: true,
      id,
      meta: {
        resourceType: 'User',
        created: '2026-11-22T10:20:30Z',
        lastModified: '2026-11-22T10:20:30Z',
        version: 'W/"1795342830"',
        location: `${baseUrl}/${tenantId}/Users/${id}`,
      },
    });
    expect((await send('GET', `/Users/${id}`)).body).toEqual(body);
    expect((await send('GET', '/Users')).body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 1,
      Resources: [body],
    });
  });
});

test('absent means: active, named and mailed as the account, no seat, no admin flag', async () => {
  const { body } = await withEmulator({}, (send) => send('POST', '/Users', { userName: 'new@example.com' }));
  expect(body).toMatchObject({ active: true, displayName: 'new@example.com', emails: { value: 'new@example.com' } });
  expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['roles']));
  expect(at(body, figma)).toBeUndefined();
});

// [what is patched, by which operations, the attributes seen afterwards]
const patches: [string, object, object][] = [
  ['the seat as documented', replace('roles', seat('Dev')), { roles: seat('Dev') }],
  ['the seat in lower case', replace('roles', seat('dev')), { roles: seat('Dev') }],
  ['the seat by a path with a filter', replace('roles[type eq "seatType"].value', 'Collab'), { roles: seat('Collab') }],
  ['the seat added', patch({ op: 'add', path: 'roles', value: seat('Full') }), { roles: seat('Full') }],
  ['the seat removed', patch({ op: 'remove', path: 'roles' }), { roles: undefined }],
  ['no seat by an empty list', replace('roles', []), { roles: undefined }],
  ['active by path', replace('active', false), { active: false }],
  ['active without a path, as Okta does', replace(undefined, { active: false }), { active: false }],
  ['active as Entra writes it', patch({ op: 'Replace', path: 'active', value: 'False' }), { active: false }],
  ['the admin by its full URN', replace(`${figma}:figmaAdmin`, true), { [figma]: { figmaAdmin: true } }],
  ['the admin as Entra writes it', patch({ op: 'Add', path: `${figma}:figmaAdmin`, value: 'True' }), { [figma]: { figmaAdmin: true } }],
  ['a stray figmaAdmin, which grants nothing', replace('figmaAdmin', true), { figmaAdmin: true, [figma]: undefined }],
  ['one enterprise attribute', replace(`${enterprise}:department`, 'Sales'), { [enterprise]: { department: 'Sales', costCenter: '09' } }],
  [
    'the enterprise object, merged',
    replace(undefined, { [enterprise]: { department: 'Sales' } }),
    { [enterprise]: { department: 'Sales', costCenter: '09' } },
  ],
  [
    'the manager',
    replace(`${enterprise}:manager.value`, 'boss@example.com'),
    { [enterprise]: { department: 'Design', costCenter: '09', manager: { value: 'boss@example.com' } } },
  ],
  ['an enterprise attribute removed', patch({ op: 'remove', path: `${enterprise}:department` }), { [enterprise]: { costCenter: '09' } }],
  ['a number for a cost center', replace(`${enterprise}:costCenter`, 42), { [enterprise]: { department: 'Design', costCenter: '42' } }],
  ['a name', replace('name.givenName', 'Ada'), { name: { givenName: 'Ada' } }],
  ['a title in another case', replace('TITLE', 'Lead'), { title: 'Lead' }],
  ['a title by the core URN', replace('urn:ietf:params:scim:schemas:core:2.0:User:title', 'Lead'), { title: 'Lead' }],
  ['a title removed by null', replace('title', null), { title: undefined }],
  [
    'the account, which takes the e-mail along',
    replace('userName', 'ada@new.example'),
    { userName: 'ada@new.example', emails: { value: 'ada@new.example', type: 'work', primary: 'true' } },
  ],
  [
    'the e-mail as Entra does',
    replace('emails[type eq "work"].value', 'other@example.com'),
    { emails: { value: 'other@example.com', type: 'work', primary: 'true' } },
  ],
  ['the external id as Figma answers it', replace(undefined, { external_id: 'e1' }), { externalId: 'e1' }],
  [
    'a permission from before seats, without effect',
    replace(undefined, { figmaPermission: 'full' }),
    { figmaPermission: 'full', roles: seat('View') },
  ],
  ['an attribute that nobody knows', replace('shoeSize', 42), { shoeSize: 42 }],
  [
    'two things at once',
    patch({ op: 'replace', path: 'title', value: 'A' }, { op: 'add', path: 'active', value: false }),
    { title: 'A', active: false },
  ],
];

test.each(patches)('PATCH: %s', async (_what, body, seen) => {
  await withEmulator(options, async (send) => {
    const answer = await send('PATCH', '/Users/1001', body);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined)));
    for (const [name, value] of Object.entries(seen)) {
      expect(answer.body[name]).toEqual(value);
    }
    expect((await send('GET', '/Users/1001')).body).toEqual(answer.body);
  });
});

const long = 'x'.repeat(101);
const refusals: [string, string, string, unknown, number, string | undefined][] = [
  ['a userName that is taken, in another case', 'POST', '/Users', { userName: 'ADA@example.com' }, 409, 'uniqueness'],
  ['a rename onto somebody', 'PUT', '/Users/1002', { userName: 'Ada@example.com' }, 409, 'uniqueness'],
  ['a patched rename onto somebody', 'PATCH', '/Users/1002', replace('userName', 'ada@example.com'), 409, 'uniqueness'],
  ['no userName', 'POST', '/Users', { displayName: 'Ada' }, 400, 'invalidValue'],
  ['a userName removed', 'PATCH', '/Users/1001', patch({ op: 'remove', path: 'userName' }), 400, 'invalidValue'],
  ['a long userName', 'POST', '/Users', { userName: long }, 400, 'invalidValue'],
  ['a long displayName', 'POST', '/Users', { userName: 'a@example.com', displayName: long }, 400, 'invalidValue'],
  ['a long externalId', 'POST', '/Users', { userName: 'a@example.com', externalId: 'x'.repeat(256) }, 400, 'invalidValue'],
  ['a displayName that is no text', 'POST', '/Users', { userName: 'a@example.com', displayName: {} }, 400, 'invalidValue'],
  ['an active that is no boolean', 'POST', '/Users', { userName: 'a@example.com', active: 'perhaps' }, 400, 'invalidValue'],
  ['a name that is a text', 'POST', '/Users', { userName: 'a@example.com', name: 'Ada' }, 400, 'invalidValue'],
  ['roles that are texts', 'POST', '/Users', { userName: 'a@example.com', roles: ['Dev'] }, 400, 'invalidValue'],
  ['two seats', 'POST', '/Users', { userName: 'a@example.com', roles: [...seat('Dev'), ...seat('Full')] }, 400, 'invalidValue'],
  ['a seat that does not exist', 'POST', '/Users', { userName: 'a@example.com', roles: seat('Editor') }, 400, 'invalidValue'],
  ['an unknown verb', 'PATCH', '/Users/1001', patch({ op: 'move', path: 'title', value: 'x' }), 400, 'invalidSyntax'],
  ['a removal of nothing', 'PATCH', '/Users/1001', patch({ op: 'remove' }), 400, 'noTarget'],
  ['a filter in a path that hits nothing', 'PATCH', '/Users/1001', replace('roles[type eq "other"].value', 'x'), 400, 'noTarget'],
  ['a filter in a path that is none', 'PATCH', '/Users/1001', replace('roles[type eq].value', 'x'), 400, 'invalidPath'],
  ['no operations', 'PATCH', '/Users/1001', patch(), 400, 'invalidSyntax'],
  [
    'a body that is no PatchOp',
    'PATCH',
    '/Users/1001',
    { schemas: ['x'], Operations: [{ op: 'replace', path: 'title', value: 'x' }] },
    400,
    'invalidSyntax',
  ],
  [
    'the second of two operations',
    'PATCH',
    '/Users/1001',
    patch({ op: 'replace', path: 'title', value: 'x' }, { op: 'replace', path: 'roles', value: seat('Editor') }),
    400,
    'invalidValue',
  ],
  ['an unknown id (GET)', 'GET', '/Users/9', undefined, 404, undefined],
  ['an unknown id (PUT)', 'PUT', '/Users/9', { userName: 'a@example.com' }, 404, undefined],
  ['an unknown id (PATCH)', 'PATCH', '/Users/9', replace('title', 'x'), 404, undefined],
  ['an unknown id (DELETE)', 'DELETE', '/Users/9', undefined, 404, undefined],
];

test.each(refusals)('refused and nothing changed: %s', async (_what, method, path, body, status, scimType) => {
  await withEmulator(options, async (send, emulator) => {
    const before = emulator.state();
    const answer = await send(method, path, body);
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      detail: expect.any(String),
    });
    expect(emulator.state()).toEqual(before);
  });
});

test('PUT overwrites what it leaves out, and a new userName moves the e-mail', async () => {
  await withEmulator(options, async (send) => {
    const { status, body } = await send('PUT', '/Users/1001', {
      userName: 'ada@new.example',
      roles: seat('Full'),
      emails: { value: 'ada@example.com' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: '1001', userName: 'ada@new.example', displayName: 'ada@new.example', roles: seat('Full') });
    expect(at(body, 'emails', 'value')).toBe('ada@new.example');
    expect([body['title'], body[enterprise]]).toEqual([undefined, undefined]);
    const hits = (await send('GET', `/Users?filter=${encodeURIComponent('userName eq "ADA@new.example"')}`)).body.Resources;
    expect(hits.map(({ id }) => id)).toEqual(['1001']);
  });
});

test('a deactivated user stays listed; a deleted one is gone with the memberships, and comes back under another id', async () => {
  const groups = [{ id: 'g1', displayName: 'G', members: [{ value: '1001' }, { value: '1002' }] }];
  await withEmulator({ seed: { users: [ada, grace], groups } }, async (send) => {
    await send('PATCH', '/Users/1001', replace('active', false));
    expect((await send('GET', '/Users')).body.totalResults).toBe(2);
    const { status, text } = await send('DELETE', '/Users/1001');
    expect([status, text]).toEqual([204, '']);
    expect((await send('GET', '/Users')).body.Resources.map(({ id }) => id)).toEqual(['1002']);
    expect((await send('GET', '/Groups/g1')).body.members.map(({ value }) => value)).toEqual(['1002']);
    expect((await send('POST', '/Users', { userName: 'ada@example.com' })).body.id).not.toBe('1001');
  });
});

test('POST binds an account that SCIM did not show, with the seat as posted', async () => {
  await withEmulator({ seed: { users: [], groups: [], accounts: ['Old@example.com'] } }, async (send, emulator) => {
    expect((await send('GET', `/Users?filter=${encodeURIComponent('userName eq "old@example.com"')}`)).body.totalResults).toBe(0);
    const { status, body } = await send('POST', '/Users', { userName: 'old@example.com', roles: seat('Collab') });
    expect([status, seatOf(body)]).toEqual([201, 'Collab']);
    expect(emulator.state().accounts).toEqual([]);
  });
});

test('peaks are the most at one moment: a swap in the right order never shows a seat too many', async () => {
  const users = [ada, { ...grace, roles: seat('Full') }, { userName: 'off@example.com', active: false, roles: seat('Full') }];
  await withEmulator({ seed: { users, groups: [] } }, async (send, emulator) => {
    expect(emulator.peaks()).toEqual({ Full: 1, Dev: 0, Collab: 0, View: 1 });
    await send('PATCH', '/Users/1002', replace('active', false));
    await send('PATCH', '/Users/1001', replace('roles', seat('Full')));
    expect(emulator.peaks()).toEqual({ Full: 1, Dev: 0, Collab: 0, View: 1 });
    await send('PATCH', '/Users/1002', replace('active', true));
    expect(emulator.peaks().Full).toBe(2);
    await send('DELETE', '/Users/1002');
    expect(emulator.peaks().Full).toBe(2);
    emulator.resetLog();
    expect([emulator.peaks(), emulator.requests]).toEqual([{ Full: 1, Dev: 0, Collab: 0, View: 0 }, []]);
  });
});

test('a bound user keeps what the POST leaves out', async () => {
  const bound = await withEmulator({ ...options, quirks: { 'post-existing': 'bind' } }, (send) =>
    send('POST', '/Users', { userName: 'ada@example.com', [enterprise]: { division: 'Mobile' } }),
  );
  const expected: Partial<Answered> = {
    id: '1001',
    title: 'Designer',
    roles: seat('View'),
    [enterprise]: { department: 'Design', costCenter: '09', division: 'Mobile' },
  };
  expect(bound.body).toMatchObject(expected);
});
