import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/model/operation.ts';
import { edit, groupIn, joins, leaves, noSignal, operation, readLive, userIn, writeOne } from './harness.ts';
import { withRogue, type Asked, type Rogue, type Told } from './rogue.ts';

const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';

/** A service that behaves, but for what `oddity` answers. */
function rogue(oddity: (asked: Asked, usual: () => Told) => Told | undefined = () => undefined): Rogue {
  return {
    users: [
      { id: '1', userName: 'ada@example.com', title: 'T', roles: [{ type: 'seatType', value: 'View' }] },
      { id: '2', userName: 'bob@example.com' },
      { id: '3', userName: 'cyd@example.com' },
    ],
    groups: [{ id: 'g1', displayName: 'Design', members: [{ value: '1' }, { value: '2' }] }],
    oddity,
  };
}

const patch = operation('patch', 'user', 'ada@example.com', [edit('seat', 'View', 'Dev')], { id: '1' });
const put = operation('put', 'user', 'ada@example.com', [edit('title', 'T', 'Lead')], { id: '1' });
const clearing = operation('put', 'user', 'ada@example.com', [edit('title', 'T', '')], { id: '1' });
const creation = operation('create', 'user', 'eve@example.com', [
  edit('userName', undefined, 'eve@example.com'),
  edit('seat', undefined, 'Dev'),
]);
const group = (...edits: Operation['edits'][number][]): Operation => operation('patch', 'group', 'Design', edits, { id: 'g1' });

const isList = (asked: Asked): boolean => asked.path === 'Users' && asked.method === 'GET';
const count = (log: readonly Asked[], method: string): number => log.filter((asked) => asked.method === method).length;

describe('what is no list is refused', () => {
  test.each<[string, Told, string, RegExp]>([
    ['a page for people', { status: 200, body: '<!doctype html><title>Log in</title>' }, 'E103', /is not SCIM\.$/],
    [
      'a redirect',
      { status: 302, headers: { location: 'https://elsewhere.example/secret-path?code=1' } },
      'E103',
      /redirects to elsewhere\.example \(302\)\.$/,
    ],
    ['another API', { status: 200, body: { hello: 'world' } }, 'E103', /is not SCIM\.$/],
    ['a list of JSON', { status: 200, body: [1, 2] }, 'E103', /is not SCIM\.$/],
    ['nothing', { status: 200 }, 'E103', /is not SCIM\.$/],
    ['half a document, for ever', { status: 200, body: '{"totalResults": 3, "Resou' }, 'E103', /is not SCIM\.$/],
    ['no total', { status: 200, body: { Resources: [] } }, 'E104', /did not say how many users/],
    ['a total that is none', { status: 200, body: { totalResults: 'many', Resources: [] } }, 'E104', /did not say how many users/],
    ['Resources that are no list', { status: 200, body: { totalResults: 1, Resources: 'x' } }, 'E104', /not a list/],
    ['a user without an id', { status: 200, body: { totalResults: 1, Resources: [{ userName: 'a' }] } }, 'E104', /without an id/],
    ['a user that is no object', { status: 200, body: { totalResults: 1, Resources: ['a'] } }, 'E104', /without an id/],
    [
      'a user whose id walks up',
      { status: 200, body: { totalResults: 1, Resources: [{ id: '..', userName: 'a' }] } },
      'E104',
      /without an id/,
    ],
    [
      'a total that is too large',
      { status: 200, body: { totalResults: 5, Resources: [{ id: '1', userName: 'a' }] } },
      'E104',
      /there are 5 users and listed 1/,
    ],
    ['a method that is not allowed', { status: 405 }, 'E103', /\(405\)/],
  ])('%s', async (_what, told, code, message) => {
    await withRogue(
      rogue((asked) => (isList(asked) ? told : undefined)),
      async (directory, log) => {
        const result = await directory.read();
        expect(result.ok ? [] : result.diagnostics).toEqual([{ severity: 'error', code, message: expect.stringMatching(message) }]);
        expect(log.some((asked) => asked.path.includes('secret'))).toBe(false);
      },
    );
  });

  test('an answer that is too large', async () => {
    await withRogue(
      rogue((asked) => (isList(asked) ? { status: 200, body: `"${'x'.repeat(5000)}"` } : undefined)),
      async (directory, log) => {
        expect(await directory.read()).toMatchObject({
          ok: false,
          diagnostics: [{ code: 'E102', message: expect.stringContaining('too large') }],
        });
        expect(log.filter(isList)).toHaveLength(1);
      },
      { maxBytes: 4000 },
    );
  });

  test('a total that is too small, and pages that are all page one', async () => {
    const users = Array.from({ length: 130 }, (_, index) => ({ id: `${index}`, userName: `u${index}@example.com` }));
    const tooSmall = rogue((asked, usual) =>
      isList(asked) ? { status: 200, body: { ...(usual().body as object), totalResults: 50 } } : undefined,
    );
    const pageOne = rogue((asked) =>
      isList(asked) ? { status: 200, body: { totalResults: 130, Resources: users.slice(0, 100) } } : undefined,
    );
    for (const each of [tooSmall, pageOne]) {
      await withRogue({ ...each, users }, async (directory) => {
        expect(await directory.read()).toMatchObject({ ok: false, diagnostics: [{ code: 'E104' }] });
      });
    }
  });
});

describe('what is odd and harmless is read', () => {
  test('totals as text, no configuration of the provider, users without a name', async () => {
    const oddity = (asked: Asked, usual: () => Told): Told | undefined => {
      if (!isList(asked)) return undefined;
      const body = usual().body as { totalResults: number };
      return { status: 200, body: { ...body, totalResults: String(body.totalResults) }, headers: { 'content-type': 'text/plain' } };
    };
    const odd = rogue(oddity);
    odd.users.push({ id: '9', userName: '' }, { id: '8\u001B[2J', title: 'X' });
    odd.groups.push({ id: 'g9' });
    await withRogue(odd, async (directory) => {
      const live = await readLive(directory);
      expect(live.users.size).toBe(3);
      expect(live.diagnostics).toEqual([
        { severity: 'warning', code: 'W004', message: 'User 9 has no userName.' },
        { severity: 'warning', code: 'W004', message: 'User 8[2J has no userName.' },
        { severity: 'warning', code: 'W004', message: 'Group g9 has no displayName.' },
      ]);
    });
  });

  test('a service that refuses to list more than it says', async () => {
    const oddity = (asked: Asked): Told | undefined => {
      if (asked.path === 'ServiceProviderConfig') return { status: 200, body: { filter: { supported: true, maxResults: 2 } } };
      return Number(asked.query.get('count')) > 2 ? { status: 400, body: { detail: 'count' } } : undefined;
    };
    await withRogue(rogue(oddity), async (directory) => {
      expect((await readLive(directory)).users.size).toBe(3);
    });
  });

  test('ids with anything in them', async () => {
    const odd = rogue();
    const id = 'ada @x/y?z#%2e é';
    odd.users[0] = {
      id,
      userName: 'ada@example.com',
      roles: [{ type: 'seatType', value: 'View' }],
      meta: { location: 'http://127.0.0.1:1/Users/undefined' },
    };
    await withRogue(odd, async (directory, log) => {
      const user = userIn(await readLive(directory), 'ada@example.com');
      expect(user.ref.id).toBe(id);
      expect(await writeOne(directory, { ...patch, ref: user.ref })).toMatchObject({ kind: 'done' });
      expect(log.find((asked) => asked.method === 'PATCH')?.path).toBe(`Users\n${id}`);
    });
  });
});

describe('a token', () => {
  const token = 'figd_0123456789-abcdefghij_secret';
  test.each([
    `token ${token} is wrong`,
    `Bearer xyz is wrong`,
    `wrong: ${encodeURIComponent(token)}`,
    `wrong: ${token.slice(0, 15)}…`,
    `wrong:\n${token}`,
    token.toUpperCase(),
  ])('that the service repeats (%j) is shown nowhere', async (detail) => {
    await withRogue(
      rogue((asked) => (asked.method === 'PATCH' || asked.path === 'Groups' ? { status: 400, body: { detail } } : undefined)),
      async (directory) => {
        const said = JSON.stringify([await directory.read(), await writeOne(directory, patch)]).toLowerCase();
        expect(said).toContain('(400)');
        for (const secret of [token, token.slice(0, 12), 'bearer']) expect(said).not.toContain(secret.toLowerCase());
      },
      { token },
    );
  });

  test.each<[string, unknown, string]>([
    ['a stack', { detail: 'TypeError: x\n    at Object.y (/srv/app.js:1:2)' }, 'Figma refused (400).'],
    ['a place in a program', { detail: 'failed in handler.rb:77' }, 'Figma refused (400).'],
    ['a page', '<html>no</html>', 'Figma refused (400).'],
    ['markup', { detail: '<b>no</b>' }, 'Figma refused (400).'],
    ['text', 'no', 'Figma refused (400).'],
    ['control characters', { detail: 'no\u001B[31m \u202Eway\u0007!' }, 'Figma refused (400): no [31m way !'],
    ['many lines', { detail: 'first\nsecond' }, 'Figma refused (400): first.'],
    ['a long line', { detail: 'x'.repeat(500) }, `Figma refused (400): ${'x'.repeat(120)}…`],
    ['a wrong scimType', { scimType: 'uniqueness', status: '409', detail: 'no' }, 'Figma refused (400): no.'],
  ])('and %s are not shown whole', async (_what, body, message) => {
    await withRogue(
      rogue((asked) => (asked.method === 'PATCH' ? { status: 400, body } : undefined)),
      async (directory) => {
        await readLive(directory);
        expect(await writeOne(directory, patch)).toEqual({
          kind: 'failed',
          problem: { code: 'refused', message: `Could not change user ada@example.com: ${message}` },
        });
      },
    );
  });
});

describe('writes', () => {
  test.each<[string, (asked: Asked, usual: () => Told) => Told | undefined, Operation, string]>([
    ['a 500 after storing', (asked, usual) => (asked.method === 'PATCH' ? { ...usual(), status: 500 } : undefined), patch, 'PATCH'],
    ['a 500 after storing a put', (asked, usual) => (asked.method === 'PUT' ? { ...usual(), status: 500 } : undefined), put, 'PUT'],
    ['a 500 after creating', (asked, usual) => (asked.method === 'POST' ? { ...usual(), status: 500 } : undefined), creation, 'POST'],
    ['a page after storing', (asked, usual) => (asked.method === 'PATCH' ? { ...usual(), body: '<html>' } : undefined), patch, 'PATCH'],
    [
      'a creation without an id',
      (asked, usual) => (asked.method === 'POST' ? (usual(), { status: 201, body: {} }) : undefined),
      creation,
      'POST',
    ],
    ['a creation without a body', (asked, usual) => (asked.method === 'POST' ? (usual(), { status: 204 }) : undefined), creation, 'POST'],
    [
      'a Location that leads astray',
      (asked, usual) => (asked.method === 'POST' ? { ...usual(), headers: { location: '/Users/undefined' } } : undefined),
      creation,
      'POST',
    ],
  ])('%s is done, and sent once', async (_what, oddity, one, method) => {
    await withRogue(rogue(oddity), async (directory, log) => {
      await readLive(directory);
      expect(await writeOne(directory, one)).toMatchObject({ kind: 'done' });
      expect(count(log, method)).toBe(1);
    });
  });

  test('a creation that is accepted and listed nowhere is unknown, and not sent again', async () => {
    await withRogue(
      rogue((asked) => (asked.method === 'POST' ? { status: 200, body: {} } : undefined)),
      async (directory, log) => {
        await readLive(directory);
        expect(await writeOne(directory, creation)).toMatchObject({ kind: 'unknown', problem: { code: 'unknown' } });
        expect(count(log, 'POST')).toBe(1);
      },
    );
  });

  test('a conflict with somebody who is not listed is a conflict', async () => {
    await withRogue(
      rogue((asked) => (asked.method === 'POST' ? { status: 409, body: { detail: 'exists' } } : undefined)),
      async (directory) => {
        await readLive(directory);
        expect(await writeOne(directory, creation)).toMatchObject({
          kind: 'failed',
          problem: { code: 'conflict', message: expect.stringContaining('does not list it') },
        });
      },
    );
  });

  test('a creation that a filter hides is not made twice', async () => {
    const hides = rogue((asked, usual) => {
      if (asked.query.has('filter')) return { status: 200, body: { totalResults: 0, Resources: [] } };
      return asked.method === 'POST' ? { ...usual(), status: 502 } : undefined;
    });
    await withRogue(hides, async (directory, log) => {
      await readLive(directory);
      expect(await writeOne(directory, creation)).toMatchObject({ kind: 'done' });
      expect(count(log, 'POST')).toBe(1);
    });
  });

  test('filter hits that are somebody else are not believed', async () => {
    const everybody = rogue((asked) => {
      if (asked.path.includes('\n') && asked.method === 'GET') return { status: 405 };
      return asked.query.has('filter')
        ? { status: 200, body: { totalResults: 1, Resources: [{ id: '2', userName: 'ada@example.com' }] } }
        : undefined;
    });
    await withRogue(everybody, async (directory, log) => {
      await readLive(directory);
      expect(await writeOne(directory, patch)).toMatchObject({ kind: 'done' });
      expect(log.filter((asked) => asked.method === 'PATCH').map((asked) => asked.path)).toEqual(['Users\n1']);
    });
  });

  test.each<[string, (body: Record<string, unknown>) => void]>([
    ['seat', (body) => void (body['roles'] = [{ type: 'seatType', value: 'Full' }])],
    ['active', (body) => void (body['active'] = false)],
    ['figmaAdmin', (body) => void (body[figma] = { figmaAdmin: true })],
  ])('a put that changes %s unasked is a side effect', async (attribute, spoil) => {
    const spoiling = rogue((asked) => {
      if (asked.method === 'PUT') spoil(asked.body);
      return undefined;
    });
    await withRogue(spoiling, async (directory) => {
      await readLive(directory);
      const outcome = await writeOne(directory, put);
      expect(outcome).toMatchObject({ kind: 'failed', problem: { code: 'side-effect', message: expect.stringContaining(attribute) } });
    });
  });

  test('a service that refuses "" gets the put without the attribute', async () => {
    const picky = rogue((asked) => (asked.body['title'] === '' ? { status: 400, body: { detail: 'title is empty' } } : undefined));
    await withRogue(picky, async (directory, log) => {
      await readLive(directory);
      expect(await writeOne(directory, clearing)).toMatchObject({ kind: 'done' });
      expect(log.filter((asked) => asked.method === 'PUT').map((asked) => asked.body['title'])).toEqual(['', undefined]);
    });
  });

  test('a service that merges a put clears what is sent as ""', async () => {
    const merging = rogue((asked) => {
      if (asked.method !== 'PUT') return undefined;
      merging.users[0] = { ...merging.users[0], ...asked.body };
      return { status: 200, body: merging.users[0] };
    });
    await withRogue(merging, async (directory) => {
      await readLive(directory);
      expect(await writeOne(directory, clearing)).toMatchObject({ kind: 'done' });
    });
  });
});

describe('members', () => {
  test('that are never shown are said to be unreadable, and waited for once', async () => {
    const blind = rogue((asked, usual) => {
      if (asked.method !== 'GET' || !asked.path.startsWith('Groups')) return undefined;
      const told = usual();
      return {
        ...told,
        body: JSON.parse(JSON.stringify(told.body, (key, value: unknown) => (key === 'members' ? undefined : value))) as unknown,
      };
    });
    const slept: number[] = [];
    const clock = { now: () => Date.now(), sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
    await withRogue(
      blind,
      async (directory, log) => {
        await readLive(directory);
        for (let times = 0; times < 2; times += 1) {
          expect(await writeOne(directory, group(joins('cyd@example.com')))).toMatchObject({
            kind: 'not-converged',
            problem: { code: 'members-unreadable' },
          });
        }
        expect(slept).toEqual([1000, 3000, 9000]);
        expect(count(log, 'PATCH')).toBe(2);
      },
      { clock },
    );
  });

  test('that only lists show are looked for there', async () => {
    const shy = rogue((asked, usual) => {
      const told = usual();
      if (asked.method !== 'GET' || !asked.path.startsWith('Groups\n')) return asked.method === 'GET' ? told : undefined;
      const { members: _members, ...rest } = told.body as Record<string, unknown>;
      return { ...told, body: rest };
    });
    shy.users.push({ id: '4', userName: 'dan@example.com' });
    await withRogue(
      { ...shy, oddity: (asked, usual) => (asked.method === 'GET' ? shy.oddity(asked, usual) : undefined) },
      async (directory) => {
        const live = await readLive(directory);
        expect(groupIn(live, 'Design').members.size).toBe(2);
        expect(await writeOne(directory, group(leaves('ada@example.com'), joins('dan@example.com')))).toMatchObject({ kind: 'done' });
        expect([...groupIn(await readLive(directory), 'Design').members].sort()).toEqual(['bob@example.com', 'dan@example.com']);
      },
    );
  });

  test('who would be swept out with another are put back, and it is tried no more', async () => {
    const sweeping = rogue((asked) => {
      if (asked.method !== 'PATCH') return undefined;
      const [first] = asked.body['Operations'] as { op: string; path: string }[];
      if (first?.op !== 'remove') return undefined;
      if (first.path !== 'members') return { status: 400, body: { detail: 'path' } };
      sweeping.groups[0] = { ...sweeping.groups[0], members: [] };
      return { status: 204 };
    });
    await withRogue(sweeping, async (directory, log) => {
      await readLive(directory);
      expect(await writeOne(directory, group(leaves('ada@example.com')))).toMatchObject({
        kind: 'failed',
        problem: { code: 'side-effect', message: expect.stringContaining('put back') },
      });
      expect(sweeping.groups[0]?.['members']).toEqual([{ value: '2' }]);
      const removals = log.filter(
        (asked) => (asked.body['Operations'] as { op: string; value?: unknown }[] | undefined)?.[0]?.op === 'remove',
      );
      expect(removals.map((asked) => (asked.body['Operations'] as { value?: unknown }[])[0]?.value)).toEqual([undefined, [{ value: '1' }]]);
    });
  });

  test('a group of one proves nothing about the form for the next', async () => {
    const sweeping = rogue((asked) => {
      const [first] = (asked.body['Operations'] as { op: string; path: string }[] | undefined) ?? [];
      if (first?.op !== 'remove') return undefined;
      if (first.path !== 'members') return { status: 400, body: { detail: 'path' } };
      const swept = sweeping.groups.find((each) => asked.path.endsWith(String(each['id'])));
      if (swept !== undefined) swept['members'] = [];
      return { status: 204 };
    });
    sweeping.groups.push({ id: 'g2', displayName: 'Alone', members: [{ value: '3' }] });
    await withRogue(sweeping, async (directory) => {
      await readLive(directory);
      const alone = operation('patch', 'group', 'Alone', [leaves('cyd@example.com')], { id: 'g2' });
      expect(await writeOne(directory, alone)).toMatchObject({ kind: 'done' });
      expect(await writeOne(directory, group(leaves('ada@example.com')))).toMatchObject({
        kind: 'failed',
        problem: { code: 'side-effect' },
      });
      expect(sweeping.groups[0]?.['members']).toEqual([{ value: '2' }]);
    });
  });

  test('whose name two users have are nobody', async () => {
    const twins = rogue();
    twins.users.push({ id: '4', userName: 'CYD@example.com' });
    await withRogue(twins, async (directory) => {
      await readLive(directory);
      expect(await writeOne(directory, group(joins('cyd@example.com')))).toMatchObject({
        kind: 'partial',
        failed: [{ problem: { code: 'unknown-member' } }],
      });
    });
  });

  test('are never removed without being named', async () => {
    await withRogue(rogue(), async (directory, log) => {
      await readLive(directory);
      await writeOne(directory, group(leaves('ada@example.com'), leaves('bob@example.com')));
      const sent = log.flatMap(
        (asked) => (asked.body['Operations'] as { op: string; path: string; value?: unknown[] }[] | undefined) ?? [],
      );
      for (const each of sent.filter((one) => one.op === 'remove'))
        expect(each.path.includes('value eq') || each.value?.length).toBeTruthy();
    });
  });

  test('who had gone already do not fail', async () => {
    const strict = rogue((asked) => {
      const [first] = (asked.body['Operations'] as { path: string }[] | undefined) ?? [];
      if (asked.method !== 'PATCH' || !first?.path.includes('"1"')) return undefined;
      strict.groups[0] = { ...strict.groups[0], members: [{ value: '2' }] };
      return { status: 404, body: { detail: 'no such member' } };
    });
    await withRogue(strict, async (directory) => {
      await readLive(directory);
      expect(await writeOne(directory, group(leaves('ada@example.com')))).toMatchObject({ kind: 'done' });
    });
  });
});

test('what a doubtful write did is not looked for in a list that is older than it', async () => {
  const listsOnly = rogue((asked, usual) => {
    if (asked.method === 'GET' && asked.path.includes('\n')) return { status: 501 };
    if (asked.method === 'PATCH') return { ...usual(), status: 500 };
    return asked.query.has('filter') ? { status: 400 } : undefined;
  });
  await withRogue(listsOnly, async (directory, log) => {
    await readLive(directory);
    expect(await writeOne(directory, patch)).toMatchObject({ kind: 'done' });
    expect(count(log, 'PATCH')).toBe(1);
  });
});

test('a wave shares one full list where nothing else finds its objects', async () => {
  const listsOnly = rogue((asked) => {
    if (asked.method === 'GET' && asked.path.includes('\n')) return { status: 501 };
    return asked.query.has('filter') ? { status: 400 } : undefined;
  });
  await withRogue(listsOnly, async (directory, log) => {
    await readLive(directory);
    log.length = 0;
    const wave = directory.wave([patch]);
    const others = ['bob@example.com', 'cyd@example.com'].map((name, index) =>
      operation('patch', 'user', name, [edit('seat', undefined, 'Dev')], { id: String(index + 2) }),
    );
    for (const one of [patch, ...others]) expect(await wave.write(one, noSignal)).toMatchObject({ kind: 'done' });
    const gets = log
      .filter((asked) => asked.method === 'GET')
      .map((asked) => (asked.path.includes('\n') ? 'id' : asked.query.has('filter') ? 'filter' : 'list'));
    // One attempt by id, one by filter, then a list of two requests before all and one after each.
    expect(gets.filter((each) => each === 'id')).toHaveLength(1);
    expect(gets.filter((each) => each === 'filter')).toHaveLength(1);
    expect(gets.filter((each) => each === 'list')).toHaveLength(2 * 4);
  });
});
