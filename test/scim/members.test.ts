import { describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { edit, groupIn, joins, leaves, operation, readLive, withEmulator, writeOne } from './harness.ts';

const ids = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const name = (index: number): string => `user${index}@example.com`;
const users = ids(0, 600).map((index) => ({ userName: name(index), id: `u${index}` }));
const group = (from: number, to: number) => ({
  displayName: 'Design',
  id: 'g1',
  members: ids(from, to).map((index) => ({ value: `u${index}` })),
});
const ref = { id: 'g1' };

function patches(emulator: Emulator): number[] {
  return emulator.requests.filter((request) => request.method === 'PATCH').map((request) => request.status);
}

describe('batches', () => {
  test('450 adds and 250 removes take 5 and 3 requests, adds first, none above 100', async () => {
    await withEmulator({ seed: { users, groups: [group(0, 250)] } }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      const edits = [...ids(0, 250).map((index) => leaves(name(index))), ...ids(250, 600).map((index) => joins(name(index)))];
      expect(await writeOne(directory, operation('patch', 'group', 'Design', edits, ref))).toMatchObject({ kind: 'done' });
      expect(patches(emulator)).toHaveLength(4 + 3);
      expect(emulator.requests).toHaveLength(4 + 3 + 2);
      const sizes = emulator.requests.flatMap((request) => {
        const body = request.body as { Operations: { op: string; value?: unknown[] }[] } | undefined;
        return body === undefined ? [] : [[body.Operations[0]?.op, body.Operations[0]?.value?.length ?? body.Operations.length]];
      });
      expect(sizes).toEqual([
        ['add', 100],
        ['add', 100],
        ['add', 100],
        ['add', 50],
        ['remove', 100],
        ['remove', 100],
        ['remove', 50],
      ]);
      expect(groupIn(await readLive(directory), 'Design').members.size).toBe(350);
    });
  });

  test('a creation takes one request more', async () => {
    await withEmulator({ seed: { users, groups: [] } }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      const edits = [edit('displayName', undefined, 'New'), ...ids(0, 101).map((index) => joins(name(index)))];
      expect(await writeOne(directory, operation('create', 'group', 'New', edits))).toMatchObject({ kind: 'done' });
      expect(emulator.requests.filter((request) => request.method !== 'GET').map((request) => request.method)).toEqual([
        'POST',
        'PATCH',
        'PATCH',
      ]);
      expect(emulator.requests.find((request) => request.method === 'POST')?.body).not.toHaveProperty('members');
    });
  });

  test('what is in place already is not sent', async () => {
    await withEmulator({ seed: { users, groups: [group(0, 10)] } }, async (emulator, directory) => {
      await readLive(directory);
      const edits = [joins(name(3)), leaves(name(20))];
      expect(await writeOne(directory, operation('patch', 'group', 'Design', edits, ref))).toMatchObject({ kind: 'done' });
      expect(patches(emulator)).toEqual([]);
    });
  });

  test('removes go first where adding first would go over 5,000', async () => {
    const crowd = ids(0, 5001).map((index) => ({ userName: name(index), id: `u${index}` }));
    await withEmulator({ seed: { users: crowd, groups: [group(0, 5000)] }, quirks: { 'page-max': 3000 } }, async (emulator, directory) => {
      await readLive(directory);
      const edits = [joins(name(5000)), leaves(name(0))];
      expect(await writeOne(directory, operation('patch', 'group', 'Design', edits, ref))).toMatchObject({ kind: 'done' });
      expect(patches(emulator)).toEqual([200, 200]);
    });
  });
});

describe('a member who is refused', () => {
  test('is found by halving, and all others are added', async () => {
    await withEmulator({ seed: { users, groups: [group(0, 1)] } }, async (emulator, directory) => {
      await readLive(directory);
      // u77 goes away between the read and the write.
      const { users: people } = emulator.state();
      expect(people.some((user) => user.id === 'u77')).toBe(true);
      await fetch(`${emulator.baseUrl}/${emulator.tenantId}/Users/u77`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${emulator.token}` },
      });
      emulator.resetLog();
      const edits = ids(1, 201).map((index) => joins(name(index)));
      const outcome = await writeOne(directory, operation('patch', 'group', 'Design', edits, ref));
      expect(outcome).toMatchObject({ kind: 'partial', failed: [{ edit: joins(name(77)), problem: { code: 'refused' } }] });
      expect(outcome?.kind === 'partial' && outcome.failed).toHaveLength(1);
      expect(groupIn(await readLive(directory), 'Design').members.size).toBe(200);
      expect(patches(emulator).length).toBeLessThanOrEqual(2 + 2 * 7);
    });
  });

  test('and is silently dropped has not converged', async () => {
    await withEmulator({ seed: { users, groups: [group(0, 1)] }, quirks: { 'unknown-member': 'drop' } }, async (emulator, directory) => {
      await readLive(directory);
      await fetch(`${emulator.baseUrl}/${emulator.tenantId}/Users/u77`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${emulator.token}` },
      });
      const outcome = await writeOne(directory, operation('patch', 'group', 'Design', [joins(name(5)), joins(name(77))], ref));
      expect(outcome).toMatchObject({ kind: 'not-converged', edits: [joins(name(77))] });
    });
  });
});

describe('removing', () => {
  test.each([
    ['both', 3],
    ['filter-only', 3],
    ['array-only', 5],
  ] as const)('works where the service takes %s, in %d requests', async (form, requests) => {
    await withEmulator({ seed: { users, groups: [group(0, 300)] }, quirks: { 'remove-members': form } }, async (emulator, directory) => {
      await readLive(directory);
      const edits = ids(0, 250).map((index) => leaves(name(index)));
      expect(await writeOne(directory, operation('patch', 'group', 'Design', edits, ref))).toMatchObject({ kind: 'done' });
      expect(groupIn(await readLive(directory), 'Design').members.size).toBe(50);
      expect(patches(emulator)).toHaveLength(requests);
      emulator.resetLog();
      const more = operation(
        'patch',
        'group',
        'Design',
        ids(250, 260).map((index) => leaves(name(index))),
        ref,
      );
      expect(await writeOne(directory, more)).toMatchObject({ kind: 'done' });
      expect(patches(emulator)).toEqual([200]);
    });
  });

  test('a group that is refused is left as it was', async () => {
    await withEmulator({ seed: { users, groups: [group(0, 3)], refused: ['Design'] } }, async (emulator, directory) => {
      await readLive(directory);
      const outcome = await writeOne(directory, operation('patch', 'group', 'Design', [leaves(name(0)), joins(name(9))], ref));
      expect(outcome).toMatchObject({ kind: 'partial' });
      expect(outcome?.kind === 'partial' && outcome.failed.map((each) => each.problem.code)).toEqual(['refused', 'refused']);
      expect(emulator.state().groups[0]?.members).toHaveLength(3);
    });
  });
});
