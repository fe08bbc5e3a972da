import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { emulated, folderWith, seatform } from './stage.ts';

/*
 * The command as a process of its own that dies without warning (SIGKILL), at every request of an apply: when the request arrives, and right after
 * it took effect. What is left has to be told by the journal and mended by the next run.
 */
const command = join(import.meta.dirname, '../../dist/seatform.js');
const isBuilt = existsSync(command);

const person = (userName: string, more: object = {}) => ({ userName, roles: [{ type: 'seatType', value: 'View' }], ...more });
const seed = {
  users: ['ada', 'bob', 'cyd', 'eve.old', 'fay'].map((name) => person(`${name}@example.com`, { title: 'Old' })),
  groups: [{ displayName: 'Before', members: [{ value: 'ada@example.com' }, { value: 'fay@example.com' }] }],
};
const yaml = `version: 1
organization:
  limits: { deactivations: 100%, emailChanges: 100%, membershipRemovals: 100% }
users:
  - { userName: ada@example.com, seat: Dev }
  - { userName: bob@example.com, title: New }
  - { userName: cyd@example.com, active: false }
  - { userName: eve@example.com, previously: [eve.old@example.com] }
  - { userName: new@example.com, seat: Full }
groups:
  - { displayName: After, previously: [Before], members: [bob@example.com, fay@example.com, new@example.com] }
  - { displayName: Founded, members: [ada@example.com, new@example.com] }
`;

interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

const renamed: Readonly<Record<string, string>> = { 'eve.old@example.com': 'eve@example.com', Before: 'After' };

/** Everybody and every group, one a line, in order of their names. */
function shown(emulator: Emulator): string {
  const { users, groups } = emulator.state();
  const people = users.map(({ userName, active, title, roles }) => `${userName} ${active ?? true} ${String(title)} ${roles?.[0]?.value}`);
  const teams = groups.map(
    ({ displayName, members = [] }) => `${displayName}: ${sorted(members.map(({ display = '' }) => display)).join(' ')}`,
  );
  return [...sorted(people), ...sorted(teams)].join('\n');
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1));
}

/** What the configuration asks for, in the same form. */
const declared = `ada@example.com true Old Dev
bob@example.com true New View
cyd@example.com false Old View
eve@example.com true Old View
fay@example.com true Old View
new@example.com true undefined Full
After: bob@example.com fay@example.com new@example.com
Founded: ada@example.com new@example.com`;

const schema = JSON.parse(readFileSync('schemas/event.v1.schema.json', 'utf8')) as object;
const isEvent = new Ajv({ allowUnionTypes: true }).compile(schema);

interface Line {
  readonly type: string;
  readonly operation?: string;
}

/** The lines of a journal that are whole. */
function textsIn(journal: string): readonly string[] {
  const text = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
  return text.split('\n').slice(0, -1);
}

/** What is no event among them. */
function faultsOfLines(journal: string): readonly string[] {
  return textsIn(journal).filter((line) => !isEvent(JSON.parse(line)));
}

/** The operations of which a journal says that they were begun, and not what came of them. */
function doubtful(journal: string): readonly string[] {
  const lines = textsIn(journal).map((line) => JSON.parse(line) as Line);
  const ended = new Set(lines.filter(({ type }) => ends.has(type)).map(({ operation }) => operation));
  const begun = lines.filter(({ type, operation }) => type === 'started' && !ended.has(operation));
  return begun.flatMap(({ operation }) => (operation === undefined ? [] : [operation]));
}

const ends = new Set(['succeeded', 'failed', 'held', 'skipped']);

interface Stage {
  readonly emulator: Emulator;
  readonly env: Record<string, string>;
  readonly folder: string;
  readonly journal: string;
  /** Runs the command until it ends or dies; `arrives` and `took` see each request before and after its effect and may kill. */
  readonly run: (
    arrives: (arrival: Arrival, child: ChildProcess) => void,
    took?: (arrival: Arrival, child: ChildProcess) => void,
  ) => Promise<void>;
}

async function stage(parallelism: number): Promise<Stage> {
  const { emulator, env } = await emulated({ seed });
  const folder = await folderWith({ 'seatform.yaml': yaml });
  const journal = join(folder, 'journal.ndjson');
  const run: Stage['run'] = async (arrives, took = () => {}) => {
    const passage = await passageTo(emulator);
    const args = [command, 'apply', '--auto-approve', '--journal', journal, '--parallelism', String(parallelism)];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...env, FIGMA_SCIM_BASE_URL: passage.baseUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    passage.watch(
      (arrival) => arrives(arrival, child),
      (arrival) => took(arrival, child),
    );
    await once(child, 'close');
    passage.close();
  };
  return { emulator, env, folder, journal, run };
}

/** A server between the command and the emulator, which sees every request. */
async function passageTo(emulator: Emulator) {
  let arrives: (arrival: Arrival) => void = () => {};
  let took = arrives;
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { method = 'GET', url = '/', socket } = request;
      const arrival = { method, path: url.replace(/^\/scim\/v2\/\d+/, ''), body: Buffer.concat(chunks).toString() };
      arrives(arrival);
      if (socket.destroyed) return;
      const answer = await fetch(new URL(url, emulator.baseUrl), {
        method,
        headers: { authorization: request.headers.authorization ?? '', 'content-type': request.headers['content-type'] ?? '' },
        ...(arrival.body !== '' && { body: arrival.body }),
      });
      const text = await answer.text();
      took(arrival);
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(text);
    })().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  const watch = (onArrival: typeof arrives, onEffect: typeof took) => {
    arrives = onArrival;
    took = onEffect;
  };
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`, watch, close };
}

const isWrite = ({ method }: Arrival): boolean => method !== 'GET';

/** The next run does the rest, once; after it there is nothing to do, and the journal is whole again. What is not so, as text. */
async function faultsOfRecovery({ emulator, env, folder, journal }: Stage): Promise<readonly string[]> {
  const ran = await seatform({ folder, env }, 'apply', '--auto-approve', '--journal', journal);
  const again = await seatform({ folder, env }, 'plan', '--detailed-exitcode');
  return [
    ...(ran.code === 0 ? [] : [`the next run ends with ${ran.code}: ${ran.err}`]),
    ...(again.code === 0 ? [] : [`after it there is still something to do: ${again.out}`]),
    ...(shown(emulator) === declared ? [] : [shown(emulator)]),
    ...faultsOfLines(journal),
  ];
}

/** Without a build there is nothing to kill: `npm test` builds first. */
const note = isBuilt ? '' : ' (skipped: run `npm run build` first)';
/** As many as this apply sends. */
const writes = 10;

test.skipIf(!isBuilt)(`every write has its "started" on the disk before it leaves${note}`, async () => {
  const here = await stage(4);
  const unannounced: Arrival[] = [];
  let seen = 0;
  await here.run((arrival) => {
    if (!isWrite(arrival)) return;
    seen += 1;
    if (!doubtful(here.journal).some((operation) => concerns(operation, arrival, here.emulator))) unannounced.push(arrival);
  });
  expect({ unannounced, seen }).toEqual({ unannounced: [], seen: writes });
  expect(shown(here.emulator)).toBe(declared);
  expect([...doubtful(here.journal), ...faultsOfLines(here.journal)]).toEqual([]);
});

describe.skipIf(!isBuilt).each(Array.from({ length: writes }, (_, index) => index + 1))(`killed at write %i${note}`, (nth) => {
  test.each([
    ['when it arrives', false],
    ['right after it took effect', true],
  ])('%s: the journal shows the doubt, and the next run does the rest', async (_when, after) => {
    const here = await stage(1);
    let seen = 0;
    let last: Arrival | undefined;
    const strike = (arrival: Arrival, child: ChildProcess) => {
      seen += isWrite(arrival) ? 1 : 0;
      if (!isWrite(arrival) || seen !== nth) return;
      last = arrival;
      child.kill('SIGKILL');
    };
    await here.run(after ? () => {} : strike, after ? strike : () => {});
    const write = last ?? { method: 'none', path: '', body: '' };
    expect(write.method).not.toBe('none');
    expect(faultsOfLines(here.journal)).toEqual([]);
    expect(doubtful(here.journal).filter((operation) => concerns(operation, write, here.emulator))).toHaveLength(1);
    expect(await faultsOfRecovery(here)).toEqual([]);
  });
});

test.skipIf(!isBuilt).each([2, 5, 9, 14, 20])(`killed at request %i of four at once: the next run does the rest${note}`, async (nth) => {
  const here = await stage(4);
  let seen = 0;
  await here.run((_arrival, child) => {
    seen += 1;
    if (seen === nth) child.kill('SIGKILL');
  });
  expect(seen).toBeGreaterThanOrEqual(nth);
  expect(await faultsOfRecovery(here)).toEqual([]);
});

/** Whether a request is about the object that an operation names. */
function concerns(operation: string, { path, body }: Arrival, emulator: Emulator): boolean {
  const id = decodeURIComponent(path.split('/')[2] ?? '');
  const { users, groups } = emulator.state();
  const named = [...users.map((user) => [user.id, user.userName]), ...groups.map((group) => [group.id, group.displayName])];
  const present = named.filter(([each]) => each === id).map(([, name]) => name ?? '');
  const names = id === '' ? [operation.split(' ')[2] ?? ''].filter((name) => body.includes(`"${name}"`)) : present;
  return names.some((name) => operation.endsWith(` ${renamed[name] ?? name}`));
}
