import { expect, test } from 'vitest';
import type { ScimUser } from '../../src/emulator/seed.ts';
import { patch, withEmulator } from './talk.ts';

const users = ['1', '2', '3'].map((id): ScimUser => ({ id, userName: `u${id}@example.com` }));
const design = { id: 'g1', displayName: 'Design', externalId: 'd', members: [{ value: '1' }, { value: '2' }] };
const options = { seed: { users, groups: [design] } };
const values = (...ids: string[]): { value: string }[] => ids.map((value) => ({ value }));

test('a group looks as in the documents: a UUID, external_id, members displayed by their userName', async () => {
  await withEmulator({ ...options, now: () => new Date('2026-11-22T10:20:30Z') }, async (send, { baseUrl, tenantId }) => {
    const posted = { displayName: 'Research', externalId: 'r', members: [{ value: '3', display: 'whatever' }] };
    const { status, body } = await send('POST', '/Groups', posted);
    const { id } = body;
    expect(status).toBe(201);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id,
      displayName: 'Research',
      external_id: 'r',
      members: [{ value: '3', display: 'u3@example.com' }],
      meta: {
        resourceType: 'Group',
        created: '2026-11-22T10:20:30Z',
        lastModified: '2026-11-22T10:20:30Z',
        version: 'W/"1795342830"',
        location: `${baseUrl}/${tenantId}/Groups/${id}`,
      },
    });
    expect((await send('GET', `/Groups/${id}`)).body).toEqual(body);
    expect((await send('GET', '/Groups?excludedAttributes=members')).body.Resources[1]).toEqual(body);
    expect((await send('GET', `/Groups?filter=${encodeURIComponent('externalId eq "r"')}`)).body.Resources).toEqual([body]);
  });
});

const patches: [string, object, string, string[]][] = [
  [
    'add as documented',
    patch({ op: 'add', path: 'members', value: [{ value: '3', display: 'u3@example.com' }] }),
    'Design',
    ['1', '2', '3'],
  ],
  ['add without a path', patch({ op: 'add', value: { members: values('3') } }), 'Design', ['1', '2', '3']],
  ['remove in the form of Okta', patch({ op: 'remove', path: 'members[value eq "1"]' }), 'Design', ['2']],
  ['remove in the form of Entra', patch({ op: 'Remove', path: 'members', value: [{ $ref: null, value: '1' }] }), 'Design', ['2']],
  ['remove of somebody who is not in it', patch({ op: 'remove', path: 'members[value eq "3"]' }), 'Design', ['1', '2']],
  ['remove of everybody', patch({ op: 'remove', path: 'members' }), 'Design', []],
  ['replace of all', patch({ op: 'replace', path: 'members', value: values('3') }), 'Design', ['3']],
  ['rename as documented', patch({ op: 'replace', value: { id: 'g1', displayName: 'UX' } }), 'UX', ['1', '2']],
  ['rename by path', patch({ op: 'Replace', path: 'displayName', value: 'UX' }), 'UX', ['1', '2']],
  [
    'swap at once',
    patch({ op: 'remove', path: 'members[value eq "1"]' }, { op: 'add', path: 'members', value: values('3') }),
    'Design',
    ['2', '3'],
  ],
];

test.each(patches)('PATCH: %s', async (_what, body, displayName, members) => {
  await withEmulator(options, async (send) => {
    const answer = await send('PATCH', '/Groups/g1', body);
    expect(answer.status).toBe(200);
    const seen = (await send('GET', '/Groups/g1')).body;
    expect(answer.body).toEqual(seen);
    expect([seen.displayName, seen.members.map(({ value }) => value)]).toEqual([displayName, members]);
  });
});

test('PUT overwrites: who is left out is removed', async () => {
  await withEmulator(options, async (send) => {
    const { status, body } = await send('PUT', '/Groups/g1', { displayName: 'Design', members: values('3', '3') });
    expect([status, body.members.map(({ value }) => value), body['external_id']]).toEqual([200, ['3'], undefined]);
  });
});

const refusals: [string, string, string, unknown, number, string | undefined][] = [
  ['a name that is taken', 'POST', '/Groups', { displayName: 'Design' }, 409, 'uniqueness'],
  ['no name', 'POST', '/Groups', { members: [] }, 400, 'invalidValue'],
  ['a long name', 'POST', '/Groups', { displayName: 'x'.repeat(256) }, 400, 'invalidValue'],
  ['a long external id', 'POST', '/Groups', { displayName: 'x', externalId: 'x'.repeat(256) }, 400, 'invalidValue'],
  ['members that are texts', 'POST', '/Groups', { displayName: 'x', members: ['1'] }, 400, 'invalidValue'],
  [
    'the second of two operations',
    'PATCH',
    '/Groups/g1',
    patch({ op: 'remove', path: 'members' }, { op: 'add', path: 'members', value: values('9') }),
    400,
    'invalidValue',
  ],
  [
    'a filter in the path of an addition',
    'PATCH',
    '/Groups/g1',
    patch({ op: 'add', path: 'members[value eq "3"]', value: {} }),
    400,
    'invalidPath',
  ],
  ['an unknown id (GET)', 'GET', '/Groups/g2', undefined, 404, undefined],
  ['an unknown id (PUT)', 'PUT', '/Groups/g2', { displayName: 'x' }, 404, undefined],
  ['an unknown id (PATCH)', 'PATCH', '/Groups/g2', patch({ op: 'remove', path: 'members' }), 404, undefined],
  ['an unknown id (DELETE)', 'DELETE', '/Groups/g2', undefined, 404, undefined],
];

test.each(refusals)('refused and nothing changed: %s', async (_what, method, path, body, status, scimType) => {
  await withEmulator(options, async (send, emulator) => {
    const before = emulator.state();
    const answer = await send(method, path, body);
    expect([answer.status, answer.body.scimType]).toEqual([status, scimType]);
    expect(emulator.state()).toEqual(before);
  });
});

test('names differ by case; a group that is deleted is gone', async () => {
  await withEmulator(options, async (send) => {
    expect((await send('POST', '/Groups', { displayName: 'design' })).status).toBe(201);
    expect((await send('DELETE', '/Groups/g1')).status).toBe(204);
    expect((await send('GET', '/Groups')).body.Resources.map(({ displayName }) => displayName)).toEqual(['design']);
  });
});

test('a group holds 5,000 members and not one more', async () => {
  const crowd = Array.from({ length: 5001 }, (_, index): ScimUser => ({ id: `c${index}`, userName: `c${index}@example.com` }));
  await withEmulator({ seed: { users: crowd, groups: [] } }, async (send) => {
    const members = crowd.slice(0, 5000).map(({ id = '' }) => ({ value: id }));
    const { status, body } = await send('POST', '/Groups', { displayName: 'All', members });
    expect([status, body.members.length]).toEqual([201, 5000]);
    const { status: more, body: problem } = await send(
      'PATCH',
      `/Groups/${body.id}`,
      patch({ op: 'add', path: 'members', value: values('c5000') }),
    );
    expect([more, problem.scimType]).toEqual([400, 'invalidValue']);
  });
});
