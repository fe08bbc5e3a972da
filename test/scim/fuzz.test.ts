import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { userNameOf } from '../../src/model/directory.ts';
import type { Live, Outcome } from '../../src/model/live.ts';
import { connect, edit, joins, leaves, operation, readLive, writeOne } from './harness.ts';
import { withRogue, type Asked, type Rogue, type Told } from './rogue.ts';

/** More for a long campaign: `FUZZ_RUNS=20000 npx vitest run test/scim/fuzz.test.ts`. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 150);
const timeout = Math.max(30_000, numRuns * 100);
const token = 'a-token-nobody-may-see';

/** A service in agreement with itself; what is changed in its answers is the test. */
const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const sound = (): Rogue => ({
  users: [
    {
      id: '1',
      userName: 'ada@example.com',
      active: true,
      title: 'T',
      name: { givenName: 'Ada', familyName: 'L' },
      emails: [{ value: 'ada@example.com', primary: true }],
      roles: [{ type: 'seatType', value: 'View', primary: true }],
      [enterprise]: { department: 'Design', manager: { value: 'x', displayName: 'X' } },
      [figma]: { figmaAdmin: false },
      meta: { created: '2026-01-01T00:00:00Z' },
    },
    { id: '2', userName: 'bob@example.com', active: true, roles: [] },
    { id: '3', userName: 'cyd@example.com', active: false, roles: [{ type: 'seatType', value: 'Dev' }] },
  ],
  groups: [
    { id: 'g1', displayName: 'Design', members: [{ value: '1' }, { value: '2' }] },
    { id: 'g2', displayName: 'Empty', members: [] },
  ],
  oddity: () => undefined,
});

/** Own keys of these names come out of `JSON.parse` like any other. */
const treacherous = JSON.parse('{"__proto__":{"active":false},"constructor":{"prototype":1},"toString":null,"length":-1}') as unknown;
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', ' ', 'true', 'False', '0', 'null', 0, -1, 1, 3, 1.5, 1e21, 2 ** 53, 999_999_999, -0),
  fc.constantFrom<unknown>(
    '-1',
    '3',
    '1e3',
    '999999999',
    '٣',
    '..',
    '/',
    '?',
    '#',
    '%2e',
    '1',
    '2',
    'g1',
    '\ud83d',
    '\u0000',
    'a\nb',
    '\u202e',
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    [null],
    [{}],
    [1, 'x'],
    { value: null },
    { value: ['1'] },
    [{ value: { value: '1' } }],
    treacherous,
  ),
  fc.constantFrom<unknown>('ada@example.com', 'ADA@EXAMPLE.COM', 'Bob@example.com', 'Design', 'x'.repeat(100_000)),
  fc.jsonValue({ maxDepth: 3 }),
);
const oddKey = fc.constantFrom(
  '__proto__',
  'ID',
  'Id',
  'username',
  'constructor',
  'MEMBERS',
  'resources',
  'TotalResults',
  'startIndex',
  'schemas',
  '',
);

type Change =
  | { readonly do: 'set'; readonly at: number; readonly value: unknown }
  | { readonly do: 'remove' | 'double'; readonly at: number }
  | { readonly do: 'add'; readonly at: number; readonly key: string; readonly value: unknown }
  /** A list that lacks or repeats some of its objects, or counts them otherwise. */
  | { readonly do: 'list'; readonly at: number; readonly by: readonly [removed: number, added: number, counted: number] };

const listChange = fc.record({
  do: fc.constant('list' as const),
  at: fc.nat(3),
  by: fc.tuple(fc.nat(2), fc.nat(2), fc.integer({ min: -2, max: 2 })),
});
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant('set' as const), at: fc.nat(200), value: oddValue }),
  fc.record({ do: fc.constantFrom('remove' as const, 'double' as const), at: fc.nat(200) }),
  fc.record({ do: fc.constant('add' as const), at: fc.nat(200), key: oddKey, value: oddValue }),
  listChange,
);

interface Spot {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** Every place in a document that holds a value. */
function spotsOf(value: unknown): readonly Spot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }].concat(spotsOf(holder[key])));
}

/** The document with one thing changed. */
function changed(document: unknown, one: Change): unknown {
  const copy = structuredClone(document);
  if (one.do === 'list') return relisted(copy, one.at, one.by);
  const spots = spotsOf(copy);
  const spot = spots[one.at % Math.max(1, spots.length)];
  if (spot === undefined) return one.do === 'set' ? one.value : copy;
  const { holder, key } = spot;
  const define = (name: string, value: unknown) =>
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  if (one.do === 'set') define(key, one.value);
  else if (one.do === 'add') define(Array.isArray(holder) ? '0' : one.key, one.value);
  else if (Array.isArray(holder))
    holder.splice(Number(key), one.do === 'remove' ? 1 : 0, ...(one.do === 'double' ? [holder[Number(key)]] : []));
  else if (one.do === 'remove') delete holder[key];
  return copy;
}

function relisted(list: unknown, at: number, [removed, added, counted]: Extract<Change, { do: 'list' }>['by']): unknown {
  const { Resources, totalResults } = (list ?? {}) as { readonly Resources?: unknown; readonly totalResults?: unknown };
  if (!Array.isArray(Resources) || typeof totalResults !== 'number') return list;
  const more = Resources.slice(0, added) as unknown[];
  return {
    ...(list as object),
    Resources: [...(Resources as unknown[]).toSpliced(at, removed), ...more],
    totalResults: totalResults + counted,
  };
}

/** What becomes of an answer: its document changed, or something else in its place. */
type Oddity = { readonly changes: readonly Change[] } | Told;

const deep = (open: string, close: string, middle: string): string => `${open.repeat(20_000)}${middle}${close.repeat(20_000)}`;
const told: fc.Arbitrary<Told> = fc.record({
  status: fc.constantFrom(200, 200, 200, 200, 201, 202, 204, 206, 301, 400, 401, 404, 409, 412, 418, 429, 500, 501, 503),
  body: fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      '',
      '{',
      '[',
      '"',
      'nul',
      '{}{}',
      '\uFEFF{}',
      '<html>',
      '{"totalResults":3,"Resources":[{"id"',
      `{"totalResults":1e400}`,
    ),
    fc.constantFrom<unknown>(deep('[', ']', ''), deep('{"a":', '}', '1'), `{"totalResults":1,"Resources":[${deep('[', ']', '')}]}`),
    fc.constantFrom<unknown>(`{"totalResults":1,"Resources":[{"id":"9","userName":"d@x.y","a":${deep('[', ']', '')}}]}`),
    fc.constantFrom<unknown>({ detail: `Bearer ${token}` }, { detail: `no\n    at x.js:1:1` }, { detail: 'x'.repeat(5000) }, { detail: 7 }),
    oddValue,
  ),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    {},
    { 'retry-after': '0' },
    { 'retry-after': '-1' },
    { 'retry-after': '99999999999999999999' },
    { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { location: 'http://[' },
    { 'content-type': 'text/html' },
  ),
});
const oddity: fc.Arbitrary<Oddity> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ changes: fc.array(change, { minLength: 1, maxLength: 3 }) }) },
  { weight: 1, arbitrary: told },
);

/** Which answers are odd: by the way they were asked for, from the n-th such request on. */
const targets = [
  'GET Users',
  'GET Groups',
  'GET Users/',
  'GET Groups/',
  'GET ServiceProviderConfig',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
] as const;
interface Plot {
  readonly target: (typeof targets)[number];
  readonly from: number;
  readonly times: number;
  readonly oddity: Oddity;
}
const plotOf = (names: readonly Plot['target'][]): fc.Arbitrary<Plot> =>
  fc.record({ target: fc.constantFrom(...names), from: fc.nat(2), times: fc.constantFrom(1, 1000), oddity });

function targetOf({ method, path }: Asked): Plot['target'] {
  if (method !== 'GET') return method as Plot['target'];
  const [collection, id] = path.split('\n');
  return `GET ${collection ?? ''}${id === undefined ? '' : '/'}` as Plot['target'];
}

/** A rogue that carries out one plot after the other, on one socket. */
function schemer() {
  let plots: readonly Plot[] = [];
  let seen = new Map<string, number>();
  /** What the service said of how many users there are. */
  const totals: number[] = [];
  const rogue: Rogue = {
    ...sound(),
    oddity: (asked, usual) => {
      const target = targetOf(asked);
      const before = seen.get(target) ?? 0;
      seen.set(target, before + 1);
      const plot = plots.find((each) => each.target === target && before >= each.from && before < each.from + each.times);
      const told = plot === undefined ? usual() : toldBy(plot, usual);
      if (target === 'GET Users') totals.push(...totalsIn(told.body));
      return told;
    },
  };
  const begin = (next: readonly Plot[]) => {
    plots = next;
    seen = new Map();
    totals.length = 0;
    const { users, groups } = sound();
    rogue.users.splice(0, rogue.users.length, ...users);
    rogue.groups.splice(0, rogue.groups.length, ...groups);
  };
  return { rogue, begin, totals };
}

function toldBy({ oddity }: Plot, usual: () => Told): Told {
  if (!('changes' in oddity)) return oddity;
  const { status, body } = usual();
  return { status, body: oddity.changes.reduce(changed, body) };
}

/** The values of all keys that a lenient reader could take for the total. */
function totalsIn(body: unknown): number[] {
  const value: unknown = typeof body === 'string' ? parsed(body) : body;
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).filter(([key]) => key.toLowerCase() === 'totalresults');
  return found.map(([, total]) => (typeof total === 'string' || typeof total === 'number' ? Number(total) : Number.NaN));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with a message for people: whole answers and the token have no place in it. */
function faultsOfMessage(message: string): readonly string[] {
  return [
    ...(message.includes(token) ? ['it shows the token'] : []),
    ...(message.length < 1000 ? [] : [`it has ${message.length} characters`]),
  ];
}

/** What is wrong with a failed read: it has to say why, with a code of the service. */
function faultsOfFailure(diagnostics: readonly Diagnostic[]): readonly string[] {
  const odd = diagnostics.filter(({ severity, code }) => severity !== 'error' || !/^E1\d\d$/.test(code)).map(({ code }) => `code ${code}`);
  return [
    ...(diagnostics.length === 0 ? ['it says nothing'] : []),
    ...odd,
    ...diagnostics.flatMap(({ message }) => faultsOfMessage(message)),
  ];
}

/** What is wrong with a state: whether it is all that the service said there is, each of the shape that the rest relies on. */
function faultsOfLive({ users, groups, ambiguous, diagnostics }: Live, totals: readonly number[]): readonly string[] {
  const everybody = [...users.values(), ...[...ambiguous.users.values()].flat()];
  const nameless = diagnostics.filter(({ message }) => message.startsWith('User ')).length;
  const members = [...groups.values()].flatMap((group) => Array.from(group.members));
  const checks: readonly (readonly [string, boolean])[] = [
    ['as many as the service said', totals.includes(everybody.length + nameless)],
    ['names in comparable form', [...users].every(([name, { attributes }]) => name === userNameOf(attributes.userName))],
    ['an id for each', everybody.every(({ ref }) => typeof ref.id === 'string' && ref.id !== '')],
    ['no id twice', new Set(everybody.map(({ ref }) => ref.id)).size === everybody.length],
    ['values of their types', everybody.every(({ attributes }) => Object.entries(attributes).every(isOfItsType))],
    ['a known activity for each', everybody.every(({ attributes }) => typeof attributes.active === 'boolean')],
    ['no seat for the inactive', everybody.every(({ attributes }) => attributes.active || attributes.seat === undefined)],
    ['members who are users', members.every((name) => users.has(name) || ambiguous.users.has(name))],
    ['no trace in the prototype', Reflect.get({}, 'active') === undefined],
  ];
  return checks.flatMap(([name, holds]) => (holds ? [] : [name]));
}

function isOfItsType([attribute, value]: [string, unknown]): boolean {
  return typeof value === (attribute === 'active' || attribute === 'figmaAdmin' ? 'boolean' : 'string');
}

/** Lists that do not add up, from the n-th page on. */
const uneven: fc.Arbitrary<Plot> = fc.record({
  target: fc.constantFrom('GET Users', 'GET Groups'),
  from: fc.nat(1),
  times: fc.constantFrom(1, 1000),
  oddity: listChange.map((one) => ({ changes: [one] })),
});

test.each([
  ['whatever comes', plotOf(targets.slice(0, 5))],
  ['lists that do not add up', uneven],
])('a read of %s is a proven state or says why not, and sends nothing but GET', { timeout }, async (_what, plot) => {
  const { rogue, begin, totals } = schemer();
  await withRogue(rogue, async (_directory, log, baseUrl) => {
    await fc.assert(
      fc.asyncProperty(fc.array(plot, { minLength: 1, maxLength: 3 }), async (plan) => {
        begin(plan);
        log.length = 0;
        const directory = connect({ baseUrl, token, timeoutMs: 2000 });
        try {
          const result = await directory.read();
          expect(result.ok ? faultsOfLive(result.value, totals) : faultsOfFailure(result.diagnostics)).toEqual([]);
        } finally {
          await directory.close();
        }
        expect(log.filter(({ method }) => method !== 'GET')).toEqual([]);
        expect(log.length).toBeLessThan(5000);
      }),
      { numRuns },
    );
  });
});

const operations = [
  operation('patch', 'user', 'ada@example.com', [edit('seat', 'View', 'Dev')], { id: '1' }),
  operation('put', 'user', 'ada@example.com', [edit('title', 'T', 'Lead')], { id: '1' }),
  operation('deactivate', 'user', 'bob@example.com', [edit('active', true, false)], { id: '2' }),
  operation('create', 'user', 'eve@example.com', [edit('userName', undefined, 'eve@example.com'), edit('seat', undefined, 'Dev')]),
  operation('patch', 'group', 'Design', [joins('cyd@example.com'), leaves('bob@example.com')], { id: 'g1' }),
  operation('create', 'group', 'New', [edit('displayName', undefined, 'New'), joins('ada@example.com')]),
  operation('delete', 'group', 'Empty', [edit('displayName', 'Empty', undefined)], { id: 'g2' }),
];
/** All that each may send, in the same order. What POST made is known by the id that its answer gave, which may be anything but somebody's. */
const mayWrite: readonly RegExp[] = [
  /^PATCH Users\/1$/,
  /^PUT Users\/1$/,
  /^PATCH Users\/2$/,
  /^POST Users$/,
  /^PATCH Groups\/g1$/,
  /^POST Groups$|^PATCH Groups\/(?!g1$|g2$)/,
  /^DELETE Groups\/g2$/,
];

const outcomes = new Set(['done', 'partial', 'not-converged', 'moved', 'failed', 'unknown']);

function faultsOfOutcome(outcome: Outcome | undefined): readonly string[] {
  const kind = outcome?.kind ?? 'nothing';
  const message = outcome !== undefined && 'problem' in outcome ? faultsOfMessage(outcome.problem.message) : [];
  return [...(outcomes.has(kind) ? [] : [kind]), ...message];
}

describe.each(operations.map((one, index) => [one.id, index] as const))('%s', (_id, index) => {
  test('ends whatever the service answers, and writes to nothing else', { timeout }, async () => {
    const one = operations[index];
    const allowed = mayWrite[index];
    if (one === undefined || allowed === undefined) throw new Error('no such operation');
    const { rogue, begin } = schemer();
    await withRogue(rogue, async (_directory, log, baseUrl) => {
      const plots = fc.array(plotOf(targets), { minLength: 1, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(plots, async (plan) => {
          begin([]);
          const directory = connect({ baseUrl, token, timeoutMs: 2000 });
          try {
            await readLive(directory);
            begin(plan);
            log.length = 0;
            expect(faultsOfOutcome(await writeOne(directory, one))).toEqual([]);
          } finally {
            await directory.close();
          }
          const sent = log.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.replace('\n', '/')}`);
          expect(sent.filter((line) => !allowed.test(line))).toEqual([]);
          expect(log.length).toBeLessThan(5000);
        }),
        { numRuns: Math.ceil(numRuns / 5) },
      );
    });
  });
});

describe('found by the above', () => {
  const [patch] = operations;
  test('a value that is a whole page makes no message of a page', async () => {
    const { rogue, begin } = schemer();
    await withRogue(rogue, async (directory) => {
      begin([]);
      await readLive(directory);
      Object.assign(rogue.users[0] ?? {}, { roles: [{ type: 'seatType', value: 'x'.repeat(100_000) }] });
      const outcome = patch === undefined ? undefined : await writeOne(directory, patch);
      expect(outcome).toMatchObject({ kind: 'moved', problem: { message: expect.stringMatching(/^seat of .{0,60} is "x{100}…" now\.$/) } });
    });
  });

  test('members whose name another user bears as well are nobody’s loss: the state says that they are two', async () => {
    const { rogue, begin } = schemer();
    await withRogue(rogue, async (directory) => {
      begin([]);
      Object.assign(rogue.users[1] ?? {}, { userName: 'Ada@Example.com' });
      const { users, ambiguous, groups } = await readLive(directory);
      expect([users.size, [...ambiguous.users.keys()], [...groups.values()].map(({ members }) => Array.from(members))]).toEqual([
        1,
        ['ada@example.com'],
        [['ada@example.com'], []],
      ]);
    });
  });
});
