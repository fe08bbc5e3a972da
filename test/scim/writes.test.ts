import { describe, expect, test } from 'vitest';
import { quirkProfiles } from '../../src/emulator/quirks.ts';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { edit, groupIn, joins, leaves, operation, readLive, userIn, withEmulator, writeOne } from './harness.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';

const seed = {
  users: [
    {
      userName: 'Ada@example.com',
      id: '1',
      displayName: 'Ada',
      externalId: 'x1',
      title: 'Designer',
      roles: [{ type: 'seatType', value: 'View' }],
      [enterprise]: { department: 'Design', costCenter: '093' },
      [figma]: { figmaAdmin: true },
    },
    { userName: 'bob@example.com', id: '2', active: false, roles: [{ type: 'seatType', value: 'Dev' }] },
    { userName: 'cyd@example.com', id: '3' },
    { userName: 'dan@example.com', id: '4', roles: [{ type: 'seatType', value: 'Full' }] },
  ],
  groups: [{ displayName: 'Design', id: 'g1', externalId: 'e1', members: [{ value: '1' }, { value: '3' }, { value: '4' }] }],
};

describe.each(Object.entries(quirkProfiles))('against the %s profile', (_name, quirks) => {
  const options = (): EmulatorOptions => ({ seed: structuredClone(seed), quirks });

  test('a put changes what its edits say, and nothing else', async () => {
    await withEmulator(options(), async (_emulator, directory) => {
      const ada = userIn(await readLive(directory), 'ada@example.com');
      const edits = [
        edit('userName', 'Ada@example.com', 'ada.k@example.com'),
        edit('title', 'Designer', ''),
        edit('name.givenName', undefined, 'Ada'),
        edit('manager.value', undefined, 'boss@example.com'),
        edit('costCenter', '093', '094'),
        edit('seat', 'View', 'Full'),
      ];
      expect(await writeOne(directory, operation('put', 'user', 'ada.k@example.com', edits, ada.ref))).toMatchObject({ kind: 'done' });
      expect(userIn(await readLive(directory), 'ada.k@example.com').attributes).toEqual({
        userName: 'ada.k@example.com',
        active: true,
        seat: 'Full',
        figmaAdmin: true,
        displayName: 'Ada',
        externalId: 'x1',
        department: 'Design',
        costCenter: '094',
        'name.givenName': 'Ada',
        'manager.value': 'boss@example.com',
      });
    });
  });

  test('a put of somebody without a seat gives no seat', async () => {
    await withEmulator(options(), async (emulator, directory) => {
      const cyd = userIn(await readLive(directory), 'cyd@example.com');
      const put = operation('put', 'user', 'cyd@example.com', [edit('title', undefined, 'Lead')], cyd.ref);
      expect(await writeOne(directory, put)).toMatchObject({ kind: 'done' });
      const sent = emulator.requests.find((request) => request.method === 'PUT')?.body;
      expect(sent).not.toHaveProperty('roles');
      expect(sent).toHaveProperty('active', true);
    });
  });

  test('a patch sets seat, admin and activity by their paths', async () => {
    await withEmulator(options(), async (emulator, directory) => {
      const live = await readLive(directory);
      const bob = userIn(live, 'bob@example.com');
      expect(bob.attributes).toMatchObject({ active: false });
      expect(bob.attributes).not.toHaveProperty('seat');
      const edits = [edit('active', false, true), edit('seat', undefined, 'Full'), edit('figmaAdmin', undefined, true)];
      expect(await writeOne(directory, operation('patch', 'user', 'bob@example.com', edits, bob.ref))).toMatchObject({ kind: 'done' });
      expect(userIn(await readLive(directory), 'bob@example.com').attributes).toMatchObject({
        active: true,
        seat: 'Full',
        figmaAdmin: true,
      });
      expect(emulator.requests.find((request) => request.method === 'PATCH')?.body).toEqual({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'replace', path: 'active', value: true },
          { op: 'replace', path: 'roles', value: [{ type: 'seatType', value: 'Full' }] },
          { op: 'replace', path: `${figma}:figmaAdmin`, value: true },
        ],
      });
    });
  });

  test('a deactivation is one PATCH of active, and done twice it is done', async () => {
    await withEmulator(options(), async (emulator, directory) => {
      const dan = userIn(await readLive(directory), 'dan@example.com');
      const one = operation('deactivate', 'user', 'dan@example.com', [edit('active', true, false)], dan.ref);
      expect(await writeOne(directory, one)).toMatchObject({ kind: 'done' });
      expect(await writeOne(directory, one)).toMatchObject({ kind: 'done' });
      const patches = emulator.requests.filter((request) => request.method === 'PATCH');
      expect(patches.map((request) => request.body)).toEqual([
        { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'active', value: false }] },
      ]);
    });
  });

  test('a create gives what was asked for', async () => {
    await withEmulator(options(), async (_emulator, directory) => {
      await readLive(directory);
      const edits = [
        edit('userName', undefined, 'eve+1@example.com'),
        edit('seat', undefined, 'Dev'),
        edit('displayName', undefined, 'Eve'),
        edit('department', undefined, 'Design'),
        edit('title', undefined, ''),
      ];
      expect(await writeOne(directory, operation('create', 'user', 'eve+1@example.com', edits))).toMatchObject({ kind: 'done' });
      expect(userIn(await readLive(directory), 'eve+1@example.com').attributes).toEqual(
        expect.objectContaining({ userName: 'eve+1@example.com', active: true, seat: 'Dev', displayName: 'Eve', department: 'Design' }),
      );
    });
  });

  test('a group is renamed, gains and loses members', async () => {
    await withEmulator(options(), async (_emulator, directory) => {
      const design = groupIn(await readLive(directory), 'Design');
      expect(design.attributes).toEqual({ displayName: 'Design', externalId: 'e1' });
      const edits = [
        edit('displayName', 'Design', 'Design Systems'),
        edit('externalId', 'e1', 'e2'),
        joins('bob@example.com'),
        leaves('Ada@example.com'),
        leaves('dan@example.com'),
      ];
      expect(await writeOne(directory, operation('patch', 'group', 'Design Systems', edits, design.ref))).toMatchObject({ kind: 'done' });
      const after = groupIn(await readLive(directory), 'Design Systems');
      expect([...after.members].sort()).toEqual(['bob@example.com', 'cyd@example.com']);
      expect(after.attributes.externalId).toBe('e2');
    });
  });

  test('a group is created with members who were created before it, and deleted', async () => {
    await withEmulator(options(), async (_emulator, directory) => {
      await readLive(directory);
      const user = operation('create', 'user', 'new@example.com', [edit('userName', undefined, 'new@example.com')]);
      expect(await writeOne(directory, user)).toMatchObject({ kind: 'done' });
      const edits = [
        edit('displayName', undefined, 'Fresh'),
        edit('externalId', undefined, 'f1'),
        joins('new@example.com'),
        joins('cyd@example.com'),
      ];
      expect(await writeOne(directory, operation('create', 'group', 'Fresh', edits))).toMatchObject({ kind: 'done' });
      const fresh = groupIn(await readLive(directory), 'Fresh');
      expect([...fresh.members].sort()).toEqual(['cyd@example.com', 'new@example.com']);
      const gone = operation('delete', 'group', 'Fresh', [edit('displayName', 'Fresh', undefined)], fresh.ref);
      expect(await writeOne(directory, gone)).toMatchObject({ kind: 'done' });
      expect(await writeOne(directory, gone)).toMatchObject({ kind: 'done' });
      expect((await readLive(directory)).groups.has(fresh.attributes.displayName as never)).toBe(false);
    });
  });
});

test('a put that was sent says so, and one that had nothing to send does not: it proves nothing of PUT', async () => {
  const seed = { users: [{ userName: 'ada@example.com', id: '1', title: 'T' }], groups: [] };
  await withEmulator({ seed }, async (_, directory) => {
    await readLive(directory);
    const one = operation('put', 'user', 'ada@example.com', [edit('title', 'T', 'U')], { id: '1' });
    expect(await writeOne(directory, one)).toEqual({ kind: 'done', put: true });
    expect(await writeOne(directory, one)).toEqual({ kind: 'done', already: true });
  });
});
