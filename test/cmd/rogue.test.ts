import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { withRogue, type Rogue } from '../scim/rogue.ts';
import { folderWith, seatform } from './stage.ts';

type Json = Record<string, unknown>;

const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';
const person = (id: string, userName: string, more: Json = {}): Json => ({
  id,
  userName,
  active: true,
  roles: [{ type: 'seatType', value: 'Full' }],
  ...more,
});

/** Applies a configuration to a rogue service, and tells what it was asked to write. */
async function applyYaml(rogue: Rogue, yaml: string, ...flags: string[]) {
  let result = { code: -1, out: '', err: '', writes: [] as string[] };
  await withRogue(rogue, async (_, asked, baseUrl) => {
    const folder = await folderWith({ 'seatform.yaml': yaml });
    const env = { FIGMA_SCIM_BASE_URL: baseUrl, FIGMA_TENANT_ID: '1', FIGMA_SCIM_TOKEN: 'x' };
    const ran = await seatform({ folder, env }, 'apply', '--auto-approve', ...flags);
    result = {
      ...ran,
      writes: asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.replace('\n', '/')}`),
    };
  });
  return result;
}

/** The same for a configuration of one user a line. */
function applyTo(rogue: Rogue, lines: readonly string[], ...flags: string[]) {
  return applyYaml(rogue, `version: 1\nusers:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`, ...flags);
}

const names = Array.from({ length: 12 }, (_, index) => `b${String(index).padStart(2, '0')}@example.com`);

test('a put that was refused teaches nothing: the next one goes alone too, and the first harm is the last', async () => {
  const users = names.map((name, index) => person(String(index), name, { title: 'x' }));
  const oddity: Rogue['oddity'] = ({ method, path, body }) => {
    if (method !== 'PUT') return undefined;
    const id = Number(path.split('\n')[1]);
    if (id === 0) return { status: 400, body: { detail: 'bad' } };
    users[id] = { id: String(id), ...body, roles: [{ type: 'seatType', value: 'View' }] };
    return { status: 200, body: users[id] };
  };
  const ran = await applyTo(
    { users, groups: [], oddity },
    names.map((name) => `userName: ${name}, title: new`),
    '--parallelism',
    '8',
  );
  expect(ran.code).toBe(1);
  expect(ran.writes).toEqual(['PUT Users/0', 'PUT Users/1']);
});

test('a put that strips an admin is found before everybody has been put', async () => {
  const users = names.map((name, index) => person(String(index), name, { title: 'x', [figma]: { figmaAdmin: index > 0 } }));
  const oddity: Rogue['oddity'] = ({ method, path, body }) => {
    if (method !== 'PUT') return undefined;
    const id = Number(path.split('\n')[1]);
    users[id] = { ...body, id: String(id), [figma]: { figmaAdmin: false } };
    return { status: 200, body: users[id] };
  };
  const ran = await applyTo(
    { users, groups: [], oddity },
    names.map((name) => `userName: ${name}, title: new`),
    '--parallelism',
    '2',
  );
  expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('figmaAdmin') });
  expect(ran.writes.length).toBeLessThanOrEqual(3);
});

test('a create that binds a deactivated account is not done', async () => {
  const users = [person('1', 'a@example.com')];
  const oddity: Rogue['oddity'] = ({ method, body }) => {
    if (method !== 'POST') return undefined;
    users.push({ id: '9', ...body, active: false });
    return { status: 201, body: users.at(-1) };
  };
  const ran = await applyTo({ users, groups: [], oddity }, ['userName: a@example.com', 'userName: new@example.com']);
  expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('does not show it: active'), writes: ['POST Users'] });
});

test('a create that meets a deactivated account says so', async () => {
  const users = [person('1', 'a@example.com')];
  const oddity: Rogue['oddity'] = ({ method }) => {
    if (method !== 'POST') return undefined;
    users.push(person('9', 'new@example.com', { active: false }));
    return { status: 409, body: {} };
  };
  const ran = await applyTo({ users, groups: [], oddity }, ['userName: a@example.com', 'userName: new@example.com']);
  expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('exists already, deactivated') });
});

test('a third value after a write of ours that failed is not blamed on somebody else', async () => {
  const users = [person('1', 'a@example.com')];
  const oddity: Rogue['oddity'] = ({ method }) => {
    if (method !== 'PATCH') return undefined;
    users[0] = person('1', 'a@example.com', { roles: [{ type: 'seatType', value: 'Collab' }] });
    return { status: 500, body: {} };
  };
  const ran = await applyTo({ users, groups: [], oddity }, ['userName: a@example.com, seat: Dev']);
  expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('1 failed'), writes: ['PATCH Users/1'] });
  expect(ran.out).not.toContain('moved');
});

test('a connection that loses its route in mid-flight may have delivered: it is looked up, not sent again', async () => {
  const sockets: Socket[] = [];
  const remember = (message: unknown) => sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', remember);
  onTestFinished(() => {
    unsubscribe('net.client.socket', remember);
  });
  const users = [person('1', 'a@example.com')];
  let posts = 0;
  const oddity: Rogue['oddity'] = ({ method, body }) => {
    posts += method === 'POST' ? 1 : 0;
    if (method !== 'POST' || posts > 1) return undefined;
    users.push({ id: '9', ...body });
    for (const socket of sockets) socket.destroy(Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' }));
    return { status: 201, body: {} };
  };
  const ran = await applyTo({ users, groups: [], oddity }, ['userName: a@example.com', 'userName: new@example.com']);
  expect(ran).toMatchObject({ code: 0, writes: ['POST Users'] });
});

test('when one list is refused the other is not waited for', async () => {
  const server = createServer((request, response) => {
    if (request.url?.includes('/Users') !== true) return;
    response.writeHead(403, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const folder = await folderWith({ 'seatform.yaml': 'version: 1\nusers:\n  - userName: a@example.com\n' });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`;
  const env = { FIGMA_SCIM_BASE_URL: baseUrl, FIGMA_TENANT_ID: '1', FIGMA_SCIM_TOKEN: 'x' };
  expect(await seatform({ folder, env }, 'plan')).toMatchObject({ code: 1, err: expect.stringContaining('E101') });
}, 10_000);

test('a service that says when to come back is not asked before', async () => {
  const users = [person('1', 'a@example.com')];
  let [patches, refusedAt, nextAt] = [0, 0, 0];
  const oddity: Rogue['oddity'] = ({ method }) => {
    if (refusedAt > 0 && nextAt === 0) nextAt = performance.now();
    if (method !== 'PATCH') return undefined;
    patches += 1;
    if (patches > 1) return undefined;
    refusedAt = performance.now();
    return { status: 503, headers: { 'retry-after': '20' }, body: {} };
  };
  expect(await applyTo({ users, groups: [], oddity }, ['userName: a@example.com, seat: Dev'])).toMatchObject({ code: 0 });
  // On the clock of these tests a second is ten milliseconds.
  expect(nextAt - refusedAt).toBeGreaterThan(190);
});

const team = (members: readonly string[], id = 'g', displayName = 'G'): Json => ({
  id,
  displayName,
  members: members.map((value) => ({ value })),
});
const three = () => ['a', 'b', 'c'].map((id) => person(id, `${id}@example.com`));
const declare = (groups: string) =>
  `version: 1\nusers:\n${['a', 'b', 'c'].map((id) => `  - userName: ${id}@example.com\n`).join('')}groups:\n${groups}`;

test.each<[string, string[], string, (group: Json) => void]>([
  [
    'empties the group when one member is removed',
    ['a', 'b', 'c'],
    'displayName: G, members: [a@example.com, b@example.com]',
    (group) => (group['members'] = []),
  ],
  [
    'takes an addition for a replacement',
    ['a', 'b'],
    'displayName: G, members: [a@example.com, b@example.com, c@example.com]',
    (group) => (group['members'] = [{ value: 'c' }]),
  ],
  [
    'forgets strangers when somebody is added',
    ['a', 'ghost'],
    'displayName: G, members: [a@example.com, b@example.com]',
    (group) => (group['members'] = [{ value: 'a' }, { value: 'b' }]),
  ],
  [
    'adds somebody else too',
    ['a'],
    'displayName: G, members: [a@example.com, b@example.com]',
    (group) => (group['members'] = [{ value: 'a' }, { value: 'b' }, { value: 'c' }]),
  ],
])('a service that %s is found out, and no further group is changed', async (_, members, entry, patch) => {
  const groups = [team(members), team(members, 'h', 'H')];
  const oddity: Rogue['oddity'] = ({ method, path }) => {
    const group = groups.find(({ id }) => path === `Groups\n${String(id)}`);
    if (method !== 'PATCH' || group === undefined) return undefined;
    patch(group);
    return { status: 200, body: group };
  };
  const yaml = declare(`  - { ${entry} }\n`);
  const ran = await applyYaml({ users: three(), groups, oddity }, yaml);
  expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('memberships that were not in the plan'), writes: ['PATCH Groups/g'] });
  expect(ran.out).toContain('Restore what is named above');
});

test('members that only a group by itself shows are read there, and the loop closes', async () => {
  const groups = [team(['a', 'b'])];
  const oddity: Rogue['oddity'] = ({ method, path }, usual) => {
    if (method !== 'GET' || path !== 'Groups') return undefined;
    const { status, body } = usual();
    const list = body as { Resources: Json[] };
    return { status, body: { ...list, Resources: list.Resources.map(({ id, displayName }) => ({ id, displayName })) } };
  };
  const rogue = { users: three(), groups, oddity };
  const yaml = declare('  - { displayName: G, members: [a@example.com, c@example.com] }\n');
  expect(await applyYaml(rogue, yaml)).toMatchObject({ code: 0, out: expect.stringContaining('(1 member added, 1 removed)') });
  expect(await applyYaml(rogue, yaml)).toMatchObject({ code: 0, out: expect.stringContaining('No changes'), writes: [] });
});

test.each<[string, unknown]>([
  [
    'an error that is called a success',
    { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '500', totalResults: 0, Resources: [] },
  ],
  ['nobody, while groups have members', { totalResults: 0, Resources: [] }],
])('%s is no empty organization', async (_, body) => {
  const oddity: Rogue['oddity'] = ({ method, path }) => (method === 'GET' && path === 'Users' ? { status: 200, body } : undefined);
  const ran = await applyYaml({ users: three(), groups: [team(['a'])], oddity }, declare('  - { displayName: G }\n'));
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('E104'), writes: [] });
});

test('a POST that answers with another group does not lead members into it', async () => {
  const groups = [team(['a'])];
  const oddity: Rogue['oddity'] = ({ method, path, body }) => {
    if (method !== 'POST' || path !== 'Groups') return undefined;
    groups.push({ id: 'h', members: [], ...body });
    return { status: 201, body: { ...body, id: 'g' } };
  };
  const ran = await applyYaml({ users: three(), groups, oddity }, declare('  - { displayName: H, members: [b@example.com] }\n'));
  expect(ran).toMatchObject({ code: 0, writes: ['POST Groups', 'PATCH Groups/h'] });
});

test('a redirect after the effect is looked at, not believed', async () => {
  const users = three();
  const oddity: Rogue['oddity'] = ({ method }) => {
    if (method !== 'PATCH') return undefined;
    users[0] = person('a', 'a@example.com', { roles: [{ type: 'seatType', value: 'Dev' }] });
    return { status: 301, headers: { location: 'http://127.0.0.1:1/' } };
  };
  const ran = await applyYaml({ users, groups: [], oddity }, 'version: 1\nusers:\n  - { userName: a@example.com, seat: Dev }\n');
  expect(ran).toMatchObject({ code: 0, writes: ['PATCH Users/a'] });
});

test('a service that answers nothing but 429 is given up after two minutes', async () => {
  const oddity: Rogue['oddity'] = () => ({ status: 429, headers: { 'retry-after': '5' } });
  const ran = await applyYaml({ users: three(), groups: [], oddity }, declare('  - { displayName: G }\n'));
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('E105'), writes: [] });
});

test('a group that cannot be read by itself is a failed read, not an empty group', async () => {
  const groups = [team(['a']), team([], 'h', 'H')];
  const oddity: Rogue['oddity'] = ({ method, path }, usual) => {
    if (method !== 'GET' || !path.startsWith('Groups')) return undefined;
    if (path !== 'Groups') return { status: 503, body: {} };
    const { status, body } = usual();
    const list = body as { Resources: Json[] };
    return { status, body: { ...list, Resources: list.Resources.map(({ id, displayName }) => ({ id, displayName })) } };
  };
  const ran = await applyYaml({ users: three(), groups, oddity }, declare('  - { displayName: G, members: [b@example.com] }\n'));
  expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('E107'), writes: [] });
});

test('members are found although the first group is empty and the list shows every group as empty', async () => {
  const groups = [team([], 'e', 'E'), team(['a', 'b'])];
  const oddity: Rogue['oddity'] = ({ method, path }, usual) => {
    if (method !== 'GET' || path !== 'Groups') return undefined;
    const { status, body } = usual();
    const list = body as { Resources: Json[] };
    return { status, body: { ...list, Resources: list.Resources.map(({ id, displayName }) => ({ id, displayName, members: [] })) } };
  };
  const ran = await applyYaml({ users: three(), groups, oddity }, declare('  - { displayName: G, members: [a@example.com] }\n'));
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('(1 member removed)'), writes: ['PATCH Groups/g'] });
});

test('a token that is refused in mid-apply is no reason to look for a bad member', async () => {
  const oddity: Rogue['oddity'] = ({ method }) => (method === 'PATCH' ? { status: 401, body: {} } : undefined);
  const ran = await applyYaml(
    { users: three(), groups: [team([])], oddity },
    declare('  - { displayName: G, members: [a@example.com, b@example.com, c@example.com] }\n'),
  );
  expect(ran).toMatchObject({ code: 1, writes: ['PATCH Groups/g'] });
});

test('with many groups to change, the harm of the first is found before the second is changed', async () => {
  const groups = Array.from({ length: 8 }, (_, index) => team(['a', 'b', 'c'], `g${index}`, `G${index}`));
  const oddity: Rogue['oddity'] = ({ method, path }) => {
    const group = groups.find(({ id }) => path === `Groups\n${String(id)}`);
    if (method !== 'PATCH' || group === undefined) return undefined;
    group['members'] = [];
    return { status: 200, body: group };
  };
  const entries = groups.map(({ displayName }) => `  - { displayName: ${String(displayName)}, members: [a@example.com, b@example.com] }\n`);
  const ran = await applyYaml(
    { users: three(), groups, oddity },
    declare(entries.join('')),
    '--parallelism',
    '1',
    '--allow',
    'membershipRemovals=8',
  );
  expect(ran).toMatchObject({ code: 1, writes: ['PATCH Groups/g0'] });
});

test('a GET by id that answers with something else is no reason to refuse a list of empty groups', async () => {
  const oddity: Rogue['oddity'] = ({ method, path }) =>
    method === 'GET' && path.startsWith('Groups\n') ? { status: 200, body: '<html>' } : undefined;
  const ran = await applyYaml({ users: three(), groups: [team([])], oddity }, declare('  - { displayName: G }\n'));
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('No changes'), writes: [] });
});
