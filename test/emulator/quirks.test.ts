import { expect, test } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import { parseQuirks, quirkNames, quirkProfiles, quirkValues, type QuirkName } from '../../src/emulator/quirks.ts';
import type { ScimUser } from '../../src/emulator/seed.ts';
import { at, enterprise, figma, patch, seat, seatOf, withEmulator, type Send } from './talk.ts';

const ada: ScimUser = {
  id: '1001',
  userName: 'Ada@example.com',
  externalId: 'X1',
  active: true,
  roles: seat('Full'),
  [enterprise]: { department: 'Design' },
  [figma]: { figmaAdmin: true },
};
const bob: ScimUser = { id: '1002', userName: 'bob@example.com', externalId: 'x1', active: false, roles: seat('Dev') };
const many = Array.from({ length: 210 }, (_, index): ScimUser => ({ userName: `u${index}@example.com` }));
const ids = (members: readonly { value: string }[] | undefined): string[] => (members ?? []).map(({ value }) => value);

interface Case {
  readonly see: (send: Send, emulator: Emulator) => Promise<unknown>;
  readonly values: readonly (readonly [value: string, seen: unknown])[];
  readonly users?: ScimUser[];
  readonly domains?: string[];
}

const cases: Record<QuirkName, Case> = {
  'page-max': {
    users: many,
    see: async (send) => [
      (await send('GET', '/Users')).body.Resources.length,
      (await send('GET', '/Users?count=205')).body.Resources.length,
    ],
    values: [
      ['200', [200, 200]],
      ['3000', [210, 205]],
      ['7', [7, 7]],
    ],
  },
  'list-meta': {
    see: async (send) => {
      const { startIndex, itemsPerPage } = (await send('GET', '/Users?startIndex=2&count=5')).body;
      return { startIndex, itemsPerPage };
    },
    values: [
      ['no', {}],
      ['yes', { startIndex: 2, itemsPerPage: 1 }],
    ],
  },
  'seat-case': {
    see: async (send) => seatOf((await send('GET', '/Users/1001')).body),
    values: [
      ['title', 'Full'],
      ['lower', 'full'],
    ],
  },
  emails: {
    see: async (send) => (await send('GET', '/Users/1001')).body['emails'],
    values: [
      ['object', { value: 'Ada@example.com', type: 'work', primary: 'true' }],
      ['array', [{ value: 'Ada@example.com', type: 'work', primary: true }]],
    ],
  },
  'active-in-responses': {
    see: async (send) => (await send('GET', '/Users')).body.Resources.map(({ active }) => active),
    values: [
      ['always', [true, false]],
      ['when-false', [undefined, false]],
    ],
  },
  'external-id-in-groups': {
    see: async (send) => {
      const { external_id, externalId } = (await send('GET', '/Groups/g1')).body;
      return [external_id, externalId];
    },
    values: [
      ['external_id', ['ds', undefined]],
      ['externalId', [undefined, 'ds']],
    ],
  },
  'get-by-id': {
    see: async (send) => [(await send('GET', '/Users/1001')).status, (await send('GET', '/Groups/g1')).status],
    values: [
      ['yes', [200, 200]],
      ['no', [404, 404]],
    ],
  },
  'post-existing': {
    see: async (send, emulator) => {
      const { status, body } = await send('POST', '/Users', { userName: 'ADA@example.com', roles: seat('View') });
      return [status, body.id, body.scimType, seatOf(emulator.state().users[0] as never)];
    },
    values: [
      ['conflict', [409, undefined, 'uniqueness', 'Full']],
      ['bind', [201, '1001', undefined, 'View']],
    ],
  },
  'post-status': {
    see: async (send) => [
      (await send('POST', '/Users', { userName: 'new@example.com' })).status,
      (await send('POST', '/Groups', { displayName: 'New' })).status,
    ],
    values: [
      ['201', [201, 201]],
      ['200', [200, 200]],
    ],
  },
  'put-without-roles': {
    see: async (send) => (await send('PUT', '/Users/1001', { userName: 'Ada@example.com' })).body.roles,
    values: [
      ['keep', seat('Full')],
      ['clear', undefined],
      ['view', seat('View')],
    ],
  },
  'put-without-active': {
    see: async (send) => (await send('PUT', '/Users/1002', { userName: 'bob@example.com' })).body.active,
    values: [
      ['keep', false],
      ['true', true],
    ],
  },
  'put-without-admin': {
    see: async (send) => (await send('PUT', '/Users/1001', { userName: 'Ada@example.com' })).body[figma],
    values: [
      ['keep', { figmaAdmin: true }],
      ['false', { figmaAdmin: false }],
    ],
  },
  'invalid-seat': {
    see: async (send) => {
      const { status, body } = await send('PATCH', '/Users/1001', patch({ op: 'replace', path: 'roles', value: seat('Editor') }));
      return [status, body.scimType, seatOf((await send('GET', '/Users/1001')).body)];
    },
    values: [
      ['reject', [400, 'invalidValue', 'Full']],
      ['ignore', [200, undefined, 'Full']],
    ],
  },
  'unknown-path': {
    see: async (send) => {
      const { status, body } = await send('PATCH', '/Users/1002', patch({ op: 'replace', path: 'figmaAdmin', value: true }));
      return [status, body['figmaAdmin'] ?? body.scimType, body[figma]];
    },
    values: [
      ['store', [200, true, undefined]],
      ['reject', [400, 'invalidPath', undefined]],
    ],
  },
  'unsupported-filter': {
    see: async (send) => {
      const { status, body } = await send('GET', `/Users?filter=${encodeURIComponent('title co "x"')}`);
      return [status, body.totalResults ?? body.scimType];
    },
    values: [
      ['reject', [400, 'invalidFilter']],
      ['empty', [200, 0]],
      ['everything', [200, 2]],
    ],
  },
  'filter-case': {
    see: async (send) => [
      (await send('GET', `/Users?filter=${encodeURIComponent('userName eq "ada@EXAMPLE.com"')}`)).body.totalResults,
      (await send('GET', `/Users?filter=${encodeURIComponent('externalId eq "X1"')}`)).body.totalResults,
      (await send('GET', `/Groups?filter=${encodeURIComponent('displayName eq "design systems"')}`)).body.totalResults,
    ],
    values: [
      ['insensitive', [1, 1, 1]],
      ['sensitive', [0, 1, 0]],
    ],
  },
  'remove-members': {
    see: async (send) => [
      (await send('PATCH', '/Groups/g1', patch({ op: 'remove', path: 'members[value eq "1001"]' }))).status,
      (await send('PATCH', '/Groups/g1', patch({ op: 'Remove', path: 'members', value: [{ $ref: null, value: '1002' }] }))).status,
      ids((await send('GET', '/Groups/g1')).body.members),
    ],
    values: [
      ['both', [200, 200, []]],
      ['filter-only', [200, 400, ['1002']]],
      ['array-only', [400, 200, ['1001']]],
    ],
  },
  'unknown-member': {
    see: async (send) => {
      const { status } = await send('PATCH', '/Groups/g1', patch({ op: 'add', path: 'members', value: [{ value: '7' }] }));
      return [status, ids((await send('GET', '/Groups/g1')).body.members)];
    },
    values: [
      ['reject', [400, ['1001', '1002']]],
      ['drop', [200, ['1001', '1002']]],
      ['store', [200, ['1001', '1002', '7']]],
    ],
  },
  'duplicate-members': {
    see: async (send) =>
      ids((await send('PATCH', '/Groups/g1', patch({ op: 'add', path: 'members', value: [{ value: '1001' }] }))).body.members),
    values: [
      ['once', ['1001', '1002']],
      ['twice', ['1001', '1002', '1001']],
    ],
  },
  'deactivated-memberships': {
    see: async (send) => {
      await send('PATCH', '/Users/1001', patch({ op: 'replace', value: { active: false } }));
      return ids((await send('GET', '/Groups/g1')).body.members);
    },
    values: [
      ['keep', ['1001', '1002']],
      ['remove', ['1002']],
    ],
  },
  'seat-after-reactivation': {
    see: async (send) => seatOf((await send('PATCH', '/Users/1002', patch({ op: 'replace', path: 'active', value: true }))).body),
    values: [
      ['last', 'Dev'],
      ['view', 'View'],
    ],
  },
  'foreign-domain': {
    domains: ['Example.com'],
    see: async (send) => [
      (await send('POST', '/Users', { userName: 'new@elsewhere.org' })).status,
      (await send('PUT', '/Users/1002', { userName: 'bob@elsewhere.org' })).status,
      (await send('POST', '/Users', { userName: 'new@example.com' })).status,
    ],
    values: [
      ['accept', [201, 200, 201]],
      ['reject', [400, 400, 201]],
    ],
  },
  'patch-answer': {
    see: async (send) => {
      const user = await send('PATCH', '/Users/1001', patch({ op: 'replace', path: 'title', value: 'Lead' }));
      const group = await send('PATCH', '/Groups/g1', patch({ op: 'replace', value: { displayName: 'DS' } }));
      return [user.status, user.text === '', group.status, group.text === '', (await send('GET', '/Users/1001')).body['title']];
    },
    values: [
      ['body', [200, false, 200, false, 'Lead']],
      ['empty', [204, true, 204, true, 'Lead']],
    ],
  },
  'past-the-end': {
    see: async (send) => {
      const { totalResults, Resources } = (await send('GET', '/Users?startIndex=3')).body;
      return [totalResults, ...Resources.map(({ id }) => id)];
    },
    values: [
      ['empty', [2]],
      ['first-page', [2, '1001', '1002']],
    ],
  },
};

function optionsFor(name: QuirkName, value: string, { users = [ada, bob], domains = [] }: Case): EmulatorOptions {
  const quirks = parseQuirks([`${name}=${value}`]);
  if (!quirks.ok) {
    throw new Error(quirks.message);
  }
  const members = users === many ? [] : [{ value: '1001' }, { value: 'BOB@example.com' }];
  const groups = [{ id: 'g1', displayName: 'Design Systems', externalId: 'ds', members }];
  return { quirks: quirks.value, seed: { users, groups, domains } };
}

const rows = quirkNames.flatMap((name) => cases[name].values.map(([value, seen]) => ({ name, value, seen })));

test.each(rows)('$name=$value', async ({ name, value, seen }) => {
  expect(await withEmulator(optionsFor(name, value, cases[name]), cases[name].see)).toEqual(seen);
});

test.each(quirkNames)('every value of %s has a row, and without the quirk the first one holds', async (name) => {
  const listed = cases[name].values.map(([value]) => value);
  expect(listed).toEqual(expect.arrayContaining(quirkValues[name].map(String)));
  expect(listed[0]).toBe(String(quirkValues[name][0]));
  const { quirks: _quirks, ...plain } = optionsFor(name, listed[0] ?? '', cases[name]);
  expect(await withEmulator(plain, cases[name].see)).toEqual(cases[name].values[0]?.[1]);
});

test('the past-the-end page that is page one says so where lists say it', async () => {
  const quirks = { 'past-the-end': 'first-page', 'list-meta': 'yes' } as const;
  const { body } = await withEmulator({ quirks, seed: { users: [ada], groups: [] } }, (send) => send('GET', '/Users?startIndex=9'));
  expect(at(body, 'startIndex')).toBe(1);
});

test('profiles: default is every first value, hostile every second, strict the shapes of the RFC', () => {
  for (const name of quirkNames) {
    expect([name, quirkProfiles.default[name]]).toEqual([name, quirkValues[name][0]]);
    expect([name, quirkProfiles.hostile[name]]).toEqual([name, quirkValues[name][1]]);
  }
  expect(quirkProfiles.strict).toMatchObject({ 'list-meta': 'yes', emails: 'array', 'external-id-in-groups': 'externalId' });
});

test.each([
  [['page-max=3000', 'emails=array'], { ok: true, value: { 'page-max': 3000, emails: 'array' } }],
  [['post-status=200'], { ok: true, value: { 'post-status': 200 } }],
  [['page-max=50'], { ok: true, value: { 'page-max': 50 } }],
  [[], { ok: true, value: {} }],
  [['page-max=0'], { ok: false, message: expect.stringContaining('any number above 0') }],
  [['email=array'], { ok: false, message: expect.stringContaining('did you mean "emails"?') }],
  [['emails=arr'], { ok: false, message: expect.stringContaining('expected one of: object, array') }],
  [['emails'], { ok: false, message: expect.stringContaining('quirk "emails" has no value ""') }],
  [['__proto__=1'], { ok: false, message: expect.stringContaining('unknown quirk') }],
])('parseQuirks(%j)', (texts, parsed) => {
  expect(parseQuirks(texts)).toEqual(parsed);
});
