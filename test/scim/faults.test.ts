import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/operation.ts';
import {
  connect,
  edit,
  fastClock,
  groupIn,
  joins,
  leaves,
  noSignal,
  operation,
  readLive,
  userIn,
  withEmulator,
  writeOne,
} from './harness.ts';

const roles = (value: string) => [{ type: 'seatType', value }];
const seed = {
  users: [
    { userName: 'ada@example.com', id: '1', roles: roles('View'), title: 'Designer' },
    { userName: 'bob@example.com', id: '2', roles: roles('Full') },
    { userName: 'cyd@example.com', id: '3' },
  ],
  groups: [{ displayName: 'Design', id: 'g1', members: [{ value: '1' }, { value: '2' }] }],
};

const put = operation('put', 'user', 'ada@example.com', [edit('title', 'Designer', 'Lead'), edit('seat', 'View', 'Full')], { id: '1' });
const patch = operation('patch', 'user', 'ada@example.com', [edit('seat', 'View', 'Dev')], { id: '1' });
const deactivate = operation('deactivate', 'user', 'bob@example.com', [edit('active', true, false)], { id: '2' });
const createUser = operation('create', 'user', 'eve@example.com', [
  edit('userName', undefined, 'eve@example.com'),
  edit('seat', undefined, 'Dev'),
]);
const createGroup = operation('create', 'group', 'New', [edit('displayName', undefined, 'New'), joins('cyd@example.com')]);
const members = operation('patch', 'group', 'Design', [joins('cyd@example.com'), leaves('ada@example.com')], { id: 'g1' });
const rename = operation('patch', 'group', 'Systems', [edit('displayName', 'Design', 'Systems')], { id: 'g1' });
const remove = operation('delete', 'group', 'Design', [edit('displayName', 'Design', undefined)], { id: 'g1' });
const all: readonly Operation[] = [put, patch, deactivate, createUser, createGroup, members, rename, remove];
const methods: Readonly<Record<string, string>> = { put: 'PUT', patch: 'PATCH', deactivate: 'PATCH', create: 'POST', delete: 'DELETE' };

describe.each(['yes', 'no'] as const)('with GET by id: %s', (getById) => {
  describe.each(all.map((each) => [each.id, each] as const))('%s', (_id, one) => {
    const method = methods[one.action];
    test.each([
      `throttle=2@${method}`,
      `throttle-silent=2@${method}`,
      `unavailable=2@${method}`,
      `bad-gateway=1@${method}`,
      `reset=2@${method}`,
      `reset-after=1@${method}`,
      `truncated=1@${method}`,
      'unavailable=3@GET',
      'truncated=2@GET',
    ])('stands %s and is done once', async (fault) => {
      await withEmulator({ seed, quirks: { 'get-by-id': getById } }, async (calm, quiet) => {
        await readLive(quiet);
        await writeOne(quiet, one);
        const wanted = JSON.stringify(comparable(calm.state()));
        await withEmulator({ seed, quirks: { 'get-by-id': getById }, faults: [fault] }, async (emulator, directory) => {
          await readLive(directory);
          expect(await writeOne(directory, one)).toMatchObject({ kind: 'done' });
          expect(JSON.stringify(comparable(emulator.state()))).toBe(wanted);
        });
      });
    });
  });
});

/** Without what depends on the moment: ids that were minted, and times. */
function comparable({ users, groups }: { users: unknown[]; groups: unknown[] }): unknown {
  const strip = (key: string, value: unknown): unknown => (key === 'id' || key === 'meta' || key === '$ref' ? undefined : value);
  return [users, groups].map((each) => JSON.parse(JSON.stringify(each, strip)) as unknown);
}

test.each(all.filter((each) => each.action !== 'create').map((each) => [each.id, each] as const))(
  '%s takes one read before and one after',
  async (_id, one) => {
    await withEmulator({ seed }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      expect(await writeOne(directory, one)).toMatchObject({ kind: 'done' });
      const gets = emulator.requests.filter((request) => request.method === 'GET');
      expect(gets).toHaveLength(2);
      expect(emulator.requests).toHaveLength(one === members ? 4 : 3);
    });
  },
);

describe('what is not done is said', () => {
  test('accepted and not there: read again after 1, 3 and 9 s, then not converged', async () => {
    const clock = fastClock();
    await withEmulator(
      { seed, faults: ['ignored=1@PATCH'] },
      async (emulator, directory) => {
        await readLive(directory);
        expect(await writeOne(directory, patch)).toMatchObject({
          kind: 'not-converged',
          edits: patch.edits,
          problem: { code: 'not-converged' },
        });
        expect(clock.slept).toEqual([1000, 3000, 9000]);
        expect(emulator.requests.filter((request) => request.method === 'PATCH')).toHaveLength(1);
      },
      { clock },
    );
  });

  test('moved: neither as planned nor as wanted', async () => {
    await withEmulator({ seed }, async (emulator, directory) => {
      await readLive(directory);
      const stale = operation('patch', 'user', 'ada@example.com', [edit('seat', 'Collab', 'Dev')], { id: '1' });
      expect(await writeOne(directory, stale)).toEqual({
        kind: 'moved',
        problem: { code: 'moved', message: 'seat of user ada@example.com was "Collab" when this was planned and is "View" now.' },
      });
      const gone = operation('patch', 'user', 'zoe@example.com', [edit('seat', 'View', 'Dev')], { id: '99' });
      expect(await writeOne(directory, gone)).toMatchObject({ kind: 'moved', problem: { message: expect.stringContaining('gone') } });
      expect(emulator.requests.every((request) => request.method === 'GET')).toBe(true);
    });
  });

  test('only what remains is sent, and a put that has become a patch is one', async () => {
    await withEmulator({ seed }, async (emulator, directory) => {
      await readLive(directory);
      const half = operation('put', 'user', 'ada@example.com', [edit('title', 'Old', 'Designer'), edit('seat', 'View', 'Full')], {
        id: '1',
      });
      expect(await writeOne(directory, half)).toMatchObject({ kind: 'done' });
      expect(emulator.requests.filter((request) => request.method !== 'GET').map((request) => request.method)).toEqual(['PATCH']);
    });
  });

  test('refused: failed with the reason, once', async () => {
    await withEmulator({ seed: { ...seed, refused: ['ada@example.com'] } }, async (emulator, directory) => {
      await readLive(directory);
      const outcome = await writeOne(directory, patch);
      expect(outcome).toMatchObject({
        kind: 'failed',
        problem: { code: 'refused', message: expect.stringMatching(/^Could not change user ada@example\.com: Figma refused \(400\): /) },
      });
      expect(emulator.requests.filter((request) => request.method === 'PATCH')).toHaveLength(1);
    });
  });

  test('a token that stops working', async () => {
    await withEmulator({ seed, faults: ['revoke=6'] }, async (_emulator, directory) => {
      await readLive(directory);
      expect(await writeOne(directory, patch)).toMatchObject({ kind: 'failed', problem: { code: 'unauthorized' } });
    });
  });

  test('a service that fails for ever has done nothing, and the write is given up', async () => {
    await withEmulator({ seed, faults: ['unavailable=100%@PATCH'] }, async (emulator, directory) => {
      await readLive(directory);
      expect(await writeOne(directory, patch)).toMatchObject({ kind: 'failed', problem: { code: 'unavailable' } });
      expect(emulator.requests.filter((request) => request.method === 'PATCH')).toHaveLength(4);
    });
  });

  test('a connection that is cut for ever leaves it unknown', async () => {
    await withEmulator({ seed, faults: ['reset=100%@POST'] }, async (_emulator, directory) => {
      await readLive(directory);
      expect(await writeOne(directory, createUser)).toMatchObject({ kind: 'unknown', problem: { code: 'unreachable' } });
    });
  });

  test('a service that is gone has got nothing', async () => {
    let late: ReturnType<typeof connect> | undefined;
    await withEmulator({ seed }, (emulator) => {
      late = connect({ baseUrl: emulator.baseUrl });
      return Promise.resolve();
    });
    expect(late && (await writeOne(late, createUser))).toMatchObject({
      kind: 'failed',
      problem: { code: 'unreachable', message: expect.stringContaining('no connection') },
    });
    await late?.close();
  });

  test('a name that exists: done if it is as wanted, else plan again', async () => {
    await withEmulator({ seed }, async (_emulator, directory) => {
      await readLive(directory);
      const same = operation('create', 'user', 'ada@example.com', [
        edit('userName', undefined, 'ADA@example.com'),
        edit('seat', undefined, 'View'),
      ]);
      expect(await writeOne(directory, same)).toMatchObject({ kind: 'done' });
      const other = operation('create', 'user', 'ada@example.com', [
        edit('userName', undefined, 'ada@example.com'),
        edit('seat', undefined, 'Full'),
      ]);
      expect(await writeOne(directory, other)).toMatchObject({
        kind: 'moved',
        problem: { message: expect.stringContaining('plan again') },
      });
    });
  });
});

describe('an interrupt', () => {
  test('before an operation sends nothing', async () => {
    const stop = new AbortController();
    stop.abort();
    await withEmulator({ seed }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      expect(await writeOne(directory, patch, stop.signal)).toMatchObject({ kind: 'failed', problem: { code: 'interrupted' } });
      expect(emulator.requests).toEqual([]);
    });
  });

  test('while a request is under way lets it finish, and reads it back once', async () => {
    const stop = new AbortController();
    await withEmulator({ seed, faults: ['latency=60'] }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      setTimeout(() => stop.abort(), 90);
      expect(await writeOne(directory, patch, stop.signal)).toMatchObject({ kind: 'done' });
      expect(emulator.requests.map((request) => request.method)).toEqual(['GET', 'PATCH', 'GET']);
    });
  });

  test('ends the wait for a throttling service, and nothing was done', async () => {
    const stop = new AbortController();
    await withEmulator(
      { seed, faults: ['throttle=100%@PATCH'], retryAfter: 200 },
      async (emulator, directory) => {
        await readLive(directory);
        expect(await writeOne(directory, patch, stop.signal)).toMatchObject({ kind: 'failed', problem: { code: 'interrupted' } });
        expect(emulator.requests.filter((request) => request.method === 'PATCH')).toHaveLength(1);
      },
      { onWait: () => stop.abort() },
    );
  });
});

describe('a wave with more operations than the list has pages', () => {
  const names = Array.from({ length: 12 }, (_, index) => `user${index}@example.com`);
  const many = { users: names.map((userName, index) => ({ userName, id: `u${index}`, roles: roles('View'), title: 'T' })), groups: [] };
  const raises = names.map((name, index) => operation('patch', 'user', name, [edit('seat', 'View', 'Full')], { id: `u${index}` }));

  test('is proven by one list', async () => {
    await withEmulator({ seed: many }, async (emulator, directory) => {
      await readLive(directory);
      emulator.resetLog();
      const wave = directory.wave(raises);
      const outcomes = await Promise.all(raises.map((each) => wave.write(each, noSignal)));
      expect(new Set(outcomes.map((each) => each.kind))).toEqual(new Set(['written']));
      const settled = await wave.settle(noSignal);
      expect([...settled.values()].every((each) => each.kind === 'done')).toBe(true);
      expect(settled.size).toBe(12);
      expect(emulator.requests).toHaveLength(12 + 12 + 2);
    });
  });

  test('and with all of them waiting at once, Node has nothing to warn of', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const own = new AbortController().signal;
    await withEmulator({ seed: many, faults: ['throttle=20'] }, async (_emulator, directory) => {
      await readLive(directory);
      const wave = directory.wave(raises);
      await Promise.all(raises.map((each) => wave.write(each, own)));
      expect([...(await wave.settle(own)).values()].map((each) => each.kind)).toEqual(raises.map(() => 'done'));
    });
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  test('finds those that were ignored, after looking again', async () => {
    await withEmulator({ seed: many, faults: ['ignored=2@PATCH'] }, async (_emulator, directory) => {
      await readLive(directory);
      const wave = directory.wave(raises);
      for (const each of raises) await wave.write(each, noSignal);
      const kinds = [...(await wave.settle(noSignal)).values()].map((each) => each.kind);
      expect(kinds.filter((kind) => kind === 'not-converged')).toHaveLength(2);
      expect(kinds.filter((kind) => kind === 'done')).toHaveLength(10);
    });
  });

  test('is unknown where the list cannot be trusted', async () => {
    await withEmulator({ seed: many }, async (emulator, directory) => {
      await readLive(directory);
      const wave = directory.wave(raises);
      for (const each of raises) await wave.write(each, noSignal);
      await emulator.close();
      const settled = await wave.settle(noSignal);
      expect([...settled.values()].map((each) => each.kind)).toEqual(Array.from({ length: 12 }, () => 'unknown'));
      // The second close of the harness needs a server that listens no more.
      emulator.close = () => Promise.resolve();
    });
  });

  test('reads every put back by itself, so that a side effect is not found after everybody has been put', async () => {
    const puts = names.map((name, index) => operation('put', 'user', name, [edit('title', 'T', 'U')], { id: `u${index}` }));
    await withEmulator({ seed: many }, async (_emulator, directory) => {
      await readLive(directory);
      const wave = directory.wave(puts);
      const kinds: string[] = [];
      for (const each of puts) kinds.push((await wave.write(each, noSignal)).kind);
      expect(kinds).toEqual(puts.map(() => 'done'));
    });
  });
});

test('a rename is read back by the new name where GET by id does not work, and no list is needed', async () => {
  await withEmulator({ seed, quirks: { 'get-by-id': 'no' } }, async (emulator, directory) => {
    await readLive(directory);
    emulator.resetLog();
    const renamed = operation('put', 'user', 'ada.k@example.com', [edit('userName', 'ada@example.com', 'ada.k@example.com')], { id: '1' });
    expect(await writeOne(directory, renamed)).toMatchObject({ kind: 'done' });
    expect(await writeOne(directory, deactivate)).toMatchObject({ kind: 'done' });
    const gets = emulator.requests.filter((request) => request.method === 'GET').map((request) => request.path.split('=')[0]);
    expect(gets).toEqual(['/Users/1', '/Users?filter', '/Users?filter', '/Users?filter', '/Users?filter']);
  });
});

test('names that users are given in the same wave find them as members', async () => {
  await withEmulator({ seed }, async (_emulator, directory) => {
    const live = await readLive(directory);
    const renamed = operation(
      'put',
      'user',
      'ada.k@example.com',
      [edit('userName', 'ada@example.com', 'ada.k@example.com')],
      userIn(live, 'ada@example.com').ref,
    );
    const group = operation(
      'patch',
      'group',
      'Design',
      [leaves('ada.k@example.com'), joins('cyd@example.com'), joins('nobody@example.com')],
      groupIn(live, 'Design').ref,
    );
    const wave = directory.wave([renamed, group]);
    expect(await wave.write(renamed, noSignal)).toMatchObject({ kind: 'done' });
    expect(await wave.write(group, noSignal)).toMatchObject({
      kind: 'partial',
      failed: [{ edit: joins('nobody@example.com'), problem: { code: 'unknown-member' } }],
    });
    expect([...groupIn(await readLive(directory), 'Design').members].sort()).toEqual(['bob@example.com', 'cyd@example.com']);
  });
});
