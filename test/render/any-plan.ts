import * as fc from 'fast-check';
import type { ChangeId } from '../../src/model/change-id.ts';
import { codes, type Code } from '../../src/model/codes.ts';
import { dayAt, type Day } from '../../src/model/day.ts';
import type { Cause, Expiry } from '../../src/model/desired.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { seats, userAttributeNames, type RemoteRef, type UserName } from '../../src/model/directory.ts';
import type { Basis } from '../../src/model/basis.ts';
import type { Action, Edit, Kind, Operation, OperationId } from '../../src/model/operation.ts';
import type { Plan } from '../../src/model/plan.ts';
import { limitNames, type Limit, type LimitName } from '../../src/model/policy.ts';
import { hostileText } from './hostile.ts';

const text = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'ada@example.com', ''), fc.string({ maxLength: 8 }), hostileText);
const number = fc.nat();
const money = fc.double({ noNaN: true, noDefaultInfinity: true }).map((amount) => amount + 0);
const day: fc.Arbitrary<Day> = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => dayAt(date));
const seat = fc.constantFrom(...seats);
const digest = fc.stringMatching(/^sha256:[0-9a-f]{64}$/);
const position = { file: text, line: fc.integer({ min: 1 }), column: fc.integer({ min: 1 }) };
const span = fc.record({ ...position, length: number }, { noNullPrototype: true });
const via = fc.constantFrom<Cause['via'][]>('entry', 'default', 'rule', 'grant', 'expired', 'unmanaged');
const cause: fc.Arbitrary<Cause> = fc.record(
  { at: fc.record(position, { noNullPrototype: true }), via, until: day },
  { requiredKeys: ['via'], noNullPrototype: true },
);
const name = text.map((text) => text as UserName);
const id: fc.Arbitrary<OperationId> = text.map((text): OperationId => `patch user ${text}`);

/** A record whose keys may each be missing, but for those that are named. */
function some<T, K extends keyof T>(parts: { [P in keyof T]: fc.Arbitrary<T[P]> }, ...requiredKeys: K[]) {
  return fc.record(parts, { requiredKeys, noNullPrototype: true });
}

/** A record by seat type, in which some may be missing. */
function bySeat<T, S extends string>(types: readonly S[], value: fc.Arbitrary<T>): fc.Arbitrary<{ readonly [K in S]?: T }> {
  return fc.dictionary(fc.constantFrom(...types), value, { noNullPrototype: true }) as fc.Arbitrary<{ readonly [K in S]?: T }>;
}

/** Two sides of an edit, of which one may be missing. */
function sides<B, A>(before: fc.Arbitrary<B>, after: fc.Arbitrary<A>) {
  return fc.oneof(some({ before }, 'before'), some({ after }, 'after'), some({ before, after }, 'before', 'after'));
}

function editOf(attribute: string): fc.Arbitrary<Edit> {
  const values = {
    seat: sides(text, seat),
    active: sides(fc.boolean(), fc.boolean()),
    figmaAdmin: sides(fc.boolean(), fc.boolean()),
    member: fc.oneof(some({ before: text }, 'before'), some({ after: text }, 'after')),
  };
  const value = Object.hasOwn(values, attribute) ? values[attribute as keyof typeof values] : sides(text, text);
  const told = (value: Partial<Edit>, cause: Cause): Edit => ({ attribute, ...value, cause });
  return fc.tuple(value as fc.Arbitrary<Partial<Edit>>, cause).map(([value, cause]) => told(value, cause));
}

const acts = [
  ...(['create', 'put', 'patch', 'deactivate'] as const).map((action) => ({ action, kind: 'user' as const })),
  ...(['create', 'patch', 'delete'] as const).map((action) => ({ action, kind: 'group' as const })),
];
const attributes: Readonly<Record<Kind, readonly string[]>> = {
  user: userAttributeNames,
  group: ['displayName', 'externalId', 'member', 'member'],
};

/** An operation whose needs are the places of others in the list; those before it count. */
const bare = fc
  .tuple(fc.constantFrom(...acts), text)
  .chain(([{ action, kind }, name]) =>
    fc.tuple(operationOf(action, kind, name), fc.array(fc.nat(5), { maxLength: 3 }), fc.array(fc.nat(5))),
  );

function operationOf(action: Action, kind: Kind, name: string): fc.Arbitrary<Operation> {
  const rest = {
    was: text,
    edits: fc.array(fc.constantFrom(...attributes[kind]).chain(editOf), { minLength: 1, maxLength: 4 }),
    ...(kind === 'user' ? { seat: some({ before: text, after: text }) } : {}),
  };
  const ref = text.filter((id) => !['', '.', '..'].includes(id)).map((id) => ({ id }));
  const named = { id: `${action} ${kind} ${name}`, action, kind, name, needs: [] } as const;
  const told = (rest: Pick<Operation, 'edits'>, ref: RemoteRef): Operation => ({
    ...rest,
    ...named,
    ...(action === 'create' ? {} : { ref }),
  });
  return fc.tuple(some(rest, 'edits'), ref).map(([rest, ref]) => told(rest, ref));
}

/** Operations in any order, none of which waits for itself. */
const operations = fc.tuple(fc.uniqueArray(bare, { maxLength: 6, selector: ([{ id }]) => id }), fc.boolean()).map(([drafts, backwards]) => {
  const list = drafts.map(([operation, needs, editNeeds], index): Operation => {
    const earlier = (places: readonly number[]) =>
      [...new Set(places)].flatMap((at) => (at < index ? [drafts[at]?.[0].id ?? operation.id] : []));
    const edits = operation.edits.map((edit): Edit => {
      const needs = edit.attribute === 'member' ? earlier(editNeeds) : [];
      return needs.length === 0 ? edit : { ...edit, needs };
    });
    return { ...operation, needs: earlier(needs), edits };
  });
  return backwards ? list.toReversed() : list;
});

const diagnostic: fc.Arbitrary<Diagnostic> = some(
  {
    severity: fc.constantFrom('error', 'warning', 'note'),
    code: fc.constantFrom(...(Object.keys(codes) as Code[])),
    message: text,
    at: span,
    label: text,
    help: text,
    also: fc.array(some({ at: span, message: text }, 'at', 'message'), { minLength: 1, maxLength: 2 }),
  },
  'severity',
  'code',
  'message',
);

const expiry: fc.Arbitrary<Expiry> = some(
  {
    until: day,
    userName: text,
    gives: fc.oneof(some({ seat, to: seat }, 'seat', 'to'), some({ group: text }, 'group')),
    cause,
  },
  'until',
  'userName',
  'gives',
  'cause',
);

const limit: fc.Arbitrary<Limit> = fc.oneof(
  number.map((count) => ({ count })),
  fc.integer({ min: 0, max: 9_999_999_999 }).map((parts) => ({ percent: parts / 10_000 })),
);
const limits = fc
  .tuple(...limitNames.map(() => limit))
  .map((all) => Object.fromEntries(limitNames.map((name, index) => [name, all[index]])) as Record<LimitName, Limit>);

const fewNames = fc.array(name, { maxLength: 2 });

const basis: fc.Arbitrary<Basis> = fc.record(
  {
    limits,
    minAdmins: number,
    protected: fc.array(text, { maxLength: 2 }),
    pools: bySeat(
      ['Full', 'Dev', 'Collab'],
      some({ purchased: number, outside: number, monthlyPrice: money.map((price) => Math.abs(price)) }, 'purchased', 'outside'),
    ),
    budgets: fc.array(
      some(
        { name: text, seats: bySeat(seats, number), users: fewNames, joining: fewNames, leaving: fewNames },
        'name',
        'seats',
        'users',
        'joining',
        'leaving',
      ),
      { maxLength: 2 },
    ),
    population: some({ users: number, paid: number, memberships: number, groups: number }, 'users', 'paid', 'memberships', 'groups'),
    declared: some({ users: number, missing: number }, 'users', 'missing'),
    doubts: fc.array(some({ message: text, operation: id }, 'message'), { maxLength: 2 }),
    undeclaredMembers: fc.array(some({ user: name, operation: id }, 'user', 'operation'), { maxLength: 2 }),
    onlyExpired: fc.boolean(),
    exempt: fc.array(
      text.map((text) => text as ChangeId),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { noNullPrototype: true },
);

/** A plan in which every text is any text: hostile, and well formed all the same. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record(
  {
    asOf: day,
    operations,
    unmanaged: fc.array(some({ kind: fc.constantFrom('user', 'group'), name: text, seat: text }, 'kind', 'name'), { maxLength: 3 }),
    guards: fc.array(
      some(
        {
          guard: text,
          day,
          outcome: fc.constantFrom('allow', 'warn', 'block'),
          count: number,
          limit: number,
          message: text,
          operations: fc.array(id, { maxLength: 2 }),
        },
        'guard',
        'outcome',
        'count',
        'message',
        'operations',
      ),
      { maxLength: 3 },
    ),
    diagnostics: fc.array(diagnostic, { maxLength: 3 }),
    unresolved: fc.nat(2),
    selection: some({ by: fc.constantFrom('target', 'expired', 'approved'), others: number }, 'by', 'others'),
    seats: fc.dictionary(
      fc.oneof(text, seat),
      some({ before: number, after: number, purchased: number, outside: number, peak: number }, 'before', 'after'),
      { maxKeys: 4, noNullPrototype: true },
    ),
    budgets: fc.array(
      some(
        { name: text, seats: bySeat(seats, some({ before: number, after: number, limit: number }, 'before', 'after', 'limit')) },
        'name',
        'seats',
      ),
      { maxLength: 2 },
    ),
    cost: some(
      {
        currency: fc.stringMatching(/^[A-Z]{3}$/),
        monthly: money,
        term: some({ ends: day, total: money }, 'ends', 'total'),
      },
      'monthly',
    ),
    expiries: fc.array(expiry, { maxLength: 3 }),
    basis,
    live: some(
      { tenant: text, digest, users: number, groups: number, requests: number },
      'tenant',
      'digest',
      'users',
      'groups',
      'requests',
    ),
    config: some({ digest, files: fc.array(text, { maxLength: 2 }) }, 'digest', 'files'),
    digest,
    seal: digest,
  },
  {
    requiredKeys: [
      'asOf',
      'operations',
      'unmanaged',
      'guards',
      'diagnostics',
      'unresolved',
      'seats',
      'budgets',
      'expiries',
      'basis',
      'live',
      'config',
      'digest',
      'seal',
    ],
    noNullPrototype: true,
  },
);
