import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BudgetBasis } from '../../../src/model/basis.ts';
import { userNameOf, type UserName } from '../../../src/model/directory.ts';
import { readPlanFile, type PlanFile } from '../../../src/config/saved/read-plan-file.ts';
import { renderFailureJson, renderPlanJson } from '../../../src/render/json.ts';
import { anyPlan } from '../../render/any-plan.ts';
import { basis, cause, created, day, deleted, ended, expiries, planWith, raised, regrouped, renamed } from '../../render/plans.ts';

const making = { version: '0.1.0', createdAt: '2026-11-22T09:00:00.000Z' };
const newcomer = { ...created, id: 'create user ada@example.com', name: 'ada@example.com' } as const;

const [ada, grace, finn] = ['ada@example.com', 'grace@example.com', 'finn@example.com'].map(userNameOf) as [UserName, UserName, UserName];
const design: BudgetBasis = { name: 'Design', seats: { Full: 40 }, users: [ada, grace], joining: [grace], leaving: [finn] };

/** A plan with something of everything; its operations by place: 0 deactivates, 1 patches a user, 2 creates, 3 puts, 4 patches and 5 deletes a group. */
const agreed = planWith({
  operations: [ended, { ...raised, needs: [ended.id] }, newcomer, renamed, regrouped, deleted],
  expiries,
  cost: { currency: 'USD', monthly: 90, term: { ends: day('2027-03-01'), total: 300 } },
  budgets: [{ name: 'Design', seats: { Full: { before: 38, after: 40, limit: 40 } } }],
  basis: { ...basis, pools: { Full: { purchased: 120, outside: 4 } }, budgets: [design] },
  guards: [{ guard: 'pool', outcome: 'allow', count: 0, message: 'fits', operations: [] }],
  diagnostics: [
    { severity: 'warning', code: 'W003', message: 'strangers', at: { file: 'a.yaml', line: 3, column: 5, length: 4 } },
    { severity: 'warning', code: 'W001', message: 'deactivated' },
  ],
  selection: { by: 'target', others: 3 },
});

const read = (document: unknown) => readPlanFile(JSON.stringify(document));

/** The agreed document with one value replaced or, for `undefined`, removed. */
function changed(place: string, value: unknown): unknown {
  const document: unknown = JSON.parse(renderPlanJson(agreed, making));
  const keys = place.split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, document as Record<string, unknown>);
  if (value === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  return document;
}

function fileOf(document: unknown): PlanFile {
  const result = read(document);
  if (!result.ok) throw new Error(result.diagnostics[0]?.message);
  return result.value;
}

function refusalOf(text: string): string | undefined {
  const result = readPlanFile(text);
  if (result.ok) return undefined;
  expect(result.diagnostics).toMatchObject([{ severity: 'error', code: 'E207' }]);
  return result.diagnostics[0]?.message.replace('this is no plan that can be used: ', '');
}

test('a plan that was saved is read as it was', () => {
  expect(fileOf(JSON.parse(renderPlanJson(agreed, making)))).toStrictEqual({ plan: agreed, making });
});

test('any plan that was saved is read as it was', () => {
  fc.assert(
    fc.property(anyPlan, fc.string({ minLength: 1 }), (plan, version) => {
      const result = readPlanFile(renderPlanJson(plan, { ...making, version }));
      // Vitest's own comparison stumbles over a seat type that is called `constructor`.
      expect(isDeepStrictEqual(result, { ok: true, value: { plan, making: { ...making, version } }, warnings: [] })).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('a later minor version', () => {
  test.each([
    ['news'],
    ['summary/news'],
    ['operations/0/news'],
    ['operations/0/edits/0/news'],
    ['operations/0/edits/0/cause/news'],
    ['operations/0/seat/news'],
    ['unmanaged/news'],
    ['guards/0/news'],
    ['expiries/0/news'],
    ['basis/news'],
    ['basis/limits/news'],
    ['basis/pools/Full/news'],
    ['diagnostics/0/news'],
    ['selection/news'],
    ['summary/cost/news'],
    ['summary/cost/term/news'],
    ['summary/seats/Full/news'],
    ['summary/budgets/0/news'],
    ['summary/budgets/0/seats/Full/news'],
    ['operations/0/__proto__'],
    ['__proto__'],
  ])('may add %s', (place) => {
    const document = changed(place, { needs: [], edits: 1 });
    expect(fileOf({ ...(document as object), format_version: '1.7' }).plan).toStrictEqual(agreed);
  });

  test('may know more codes: what it says with them is left out', () => {
    for (const code of ['W999', 'E999']) {
      expect(fileOf(changed('diagnostics/0/code', code)).plan.diagnostics).toEqual(agreed.diagnostics.slice(1));
    }
  });
});

describe('no plan', () => {
  const document = renderPlanJson(agreed, making);
  const part = 'it is not one JSON object, or only a part of one';

  test.each([
    ['', part],
    ['null', part],
    ['[]', part],
    ['"plan"', part],
    ['users:\n  - userName: ada@example.com\n', part],
    [document.slice(0, -3), part],
    [document + document, part],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, part],
    [`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'it has no format_version'],
    ['{}', 'it has no format_version'],
    ['{"__proto__":{"format_version":"1.0"}}', 'it has no format_version'],
    ['{"format_version":"1.0"}', 'it has no tool'],
    ['{"format_version":1}', 'it has no format_version'],
    ['{"format_version":"one"}', 'its format_version is "one", which is no version'],
    ['{"format_version":"2.0"}', 'it has format "2.0", and this version of seatform reads format 1.0 and later minor ones'],
    ['{"format_version":"10.0"}', 'it has format "10.0", and this version of seatform reads format 1.0 and later minor ones'],
    [renderFailureJson([], making), 'it has no as_of'],
  ])('%.40j', (text, message) => {
    expect(refusalOf(text)).toBe(message);
  });
});

/** Where, what instead, and what is said of it. */
const faults: readonly (readonly [string, unknown, string])[] = [
  ['digest', undefined, 'it has no digest'],
  ['seal', undefined, 'it has no seal'],
  ['seal', 'sha256:0', 'seal is not what it has to be (pattern)'],
  ['basis', undefined, 'it has no basis'],
  ['basis/limits/downgrades', undefined, 'basis/limits has no downgrades'],
  ['basis/limits/downgrades', '20', 'basis/limits/downgrades is not what it has to be (pattern)'],
  ['basis/limits/downgrades', 1.5, 'basis/limits/downgrades is not a whole number or a text'],
  ['basis/limits/downgrades', -1, 'basis/limits/downgrades is not what it has to be (minimum)'],
  ['basis/pools/View', { purchased: 1, outside: 0 }, 'basis/pools has the key "View", which is none of those that it can have'],
  ['basis/pools/__proto__', { purchased: 1, outside: 0 }, 'basis/pools has the key "__proto__", which is none of those that it can have'],
  ['basis/budgets/0/seats/Editor', 1, 'basis/budgets/0/seats has the key "Editor", which is none of those that it can have'],
  ['basis/budgets/0/joining', undefined, 'basis/budgets/0 has no joining'],
  ['basis/budgets/0/leaving', undefined, 'basis/budgets/0 has no leaving'],
  ['basis/budgets/0/leaving', 'ada', 'basis/budgets/0/leaving is not a list'],
  ['basis/protected', 'ada', 'basis/protected is not a list'],
  ['basis/only_expired', 'yes', 'basis/only_expired is not true or false'],
  ['unresolved', undefined, 'it has no unresolved'],
  ['unresolved', -1, 'unresolved is not what it has to be (minimum)'],
  ['selection/by', 'group', 'selection/by is none of target, expired, approved'],
  ['created_at', '2026-02-30T00:00:00Z', 'created_at is "2026-02-30", a day that does not exist'],
  ['created_at', 'today', 'created_at is not what it has to be (pattern)'],
  ['as_of', '2026-02-30', 'as_of is "2026-02-30", a day that does not exist'],
  ['as_of', '22.11.2026', 'as_of is not what it has to be (pattern)'],
  ['summary/cost/term/ends', '2027-02-29', 'summary/cost/term/ends is "2027-02-29", a day that does not exist'],
  ['summary/cost/currency', 'dollars', 'summary/cost/currency is not what it has to be (pattern)'],
  ['summary/seats/Full', 3, 'summary/seats/Full is not an object'],
  ['summary/seats/a "b"', 3, '"summary/seats/a "b"" is not an object'],
  ['summary/budgets/0/seats/Editor', 3, 'summary/budgets/0/seats has the key "Editor", which is none of those that it can have'],
  ['expiries/0/until', '2026-13-01', 'expiries/0/until is "2026-13-01", a day that does not exist'],
  ['expiries/0/to', undefined, 'expiries/0 has to name either seat and to, or group'],
  ['expiries/0/group', 'X', 'expiries/0 has to name either seat and to, or group'],
  ['expiries/0/seat', 'Editor', 'expiries/0/seat is none of View, Collab, Dev, Full'],
  ['expiries/0/cause/until', '2026-11-31', 'expiries/0/cause/until is "2026-11-31", a day that does not exist'],
  ['guards/0/outcome', 'ignore', 'guards/0/outcome is none of allow, warn, block'],
  ['diagnostics/0/length', undefined, 'diagnostics/0 has file, but not line, column, length'],
  ['diagnostics/0/severity', 'fatal', 'diagnostics/0/severity is none of error, warning, note'],
  ['operations', {}, 'operations is not a list'],
  ['operations/0', null, 'operations/0 is not an object'],
  ['operations/0/action', 'destroy', 'operations/0/action is none of create, put, patch, deactivate, delete'],
  ['operations/0/kind', 'organization', 'operations/0/kind is none of user, group'],
  ['operations/0/id', 'deactivate', 'operations/0/id is not what it has to be (pattern)'],
  [
    'operations/0/id',
    'patch user bob@example.com',
    'operations/0 is called "patch user bob@example.com", but would deactivate the user "bob@example.com"',
  ],
  [
    'operations/0/name',
    'eve@example.com',
    'operations/0 is called "deactivate user bob@example.com", but would deactivate the user "eve@example.com"',
  ],
  [
    'operations/0/kind',
    'group',
    'operations/0 is called "deactivate user bob@example.com", but would deactivate the group "bob@example.com"',
  ],
  ['operations/0/remote_id', undefined, 'operations/0 has no remote_id'],
  ['operations/0/remote_id', '', 'operations/0 has a remote_id that names no object'],
  ['operations/0/remote_id', '..', 'operations/0 has a remote_id that names no object'],
  ['operations/2/remote_id', '7', 'operations/2 creates what already has a remote_id'],
  ['operations/0/edits', [], 'operations/0 has no edits'],
  ['operations/3/edits/0/attribute', undefined, 'operations/3/edits/0 has no attribute'],
  ['operations/3/edits/0/attribute', 'shoeSize', 'operations/3/edits/0 is about "shoeSize", which is no attribute of a user'],
  ['operations/3/edits/0/attribute', '__proto__', 'operations/3/edits/0 is about "__proto__", which is no attribute of a user'],
  ['operations/3/edits/0/attribute', 'member', 'operations/3/edits/0 is about "member", which is no attribute of a user'],
  ['operations/4/edits/0/attribute', 'seat', 'operations/4/edits/0 is about "seat", which is no attribute of a group'],
  ['operations/5/edits/0/before', undefined, 'operations/5/edits/0 has neither before nor after'],
  ['operations/4/edits/0/before', 'x', 'operations/4/edits/0 adds and removes a member at once'],
  ['operations/0/edits/0/after', 'false', 'operations/0/edits/0/after is not true or false'],
  ['operations/0/edits/0/before', 'true', 'operations/0/edits/0/before is not true or false'],
  ['operations/0/edits/0/after', null, 'operations/0/edits/0/after is not a text or true or false'],
  ['operations/3/edits/1/after', true, 'operations/3/edits/1/after is not a text'],
  ['operations/1/edits/0/after', 'Editor', 'operations/1/edits/0 names the seat "Editor", which is none of View, Collab, Dev, Full'],
  ['operations/1/edits/0/cause/via', 'magic', 'operations/1/edits/0/cause/via is none of entry, default, rule, grant, expired, unmanaged'],
  [
    'operations/1/edits/0/cause/via',
    'toString',
    'operations/1/edits/0/cause/via is none of entry, default, rule, grant, expired, unmanaged',
  ],
  ['operations/1/edits/0/cause/until', '2026-02-30', 'operations/1/edits/0/cause/until is "2026-02-30", a day that does not exist'],
  ['operations/1/edits/0/cause/file', undefined, 'operations/1/edits/0/cause has line, but not file, column'],
  ['operations/1/needs', ['put user x'], 'operations/1 needs "put user x", which is no operation of the plan'],
  ['operations/4/edits/0/needs', ['put user x'], 'operations/4 needs "put user x", which is no operation of the plan'],
  ['operations/1/needs', [raised.id], '"patch user ada@example.com" waits for itself, by what it needs'],
  ['operations/0/needs', [raised.id], '"deactivate user bob@example.com" waits for itself, by what it needs'],
  ['operations/2/needs', [regrouped.id], '"create user ada@example.com" waits for itself, by what it needs'],
];

describe('refused', () => {
  test.each(faults)('%s: %j', (place, value, message) => {
    expect(refusalOf(JSON.stringify(changed(place, value)))).toBe(message);
  });

  test('a number beyond all numbers', () => {
    const text = JSON.stringify(changed('unresolved', 0)).replace('"unresolved":0', '"unresolved":1e999');
    expect(refusalOf(text)).toBe('unresolved is not a whole number');
  });

  test('two operations of one name', () => {
    const { operations } = JSON.parse(renderPlanJson(agreed, making)) as { operations: unknown[] };
    expect(refusalOf(JSON.stringify(changed('operations', [...operations, operations[0]])))).toBe(
      'operations/6 is a second "deactivate user bob@example.com"',
    );
  });

  test.each([
    ['put', 'group'],
    ['deactivate', 'group'],
    ['delete', 'user'],
  ] as const)('%s of a %s', (action, kind) => {
    const operation = {
      id: `${action} ${kind} x`,
      action,
      kind,
      name: 'x',
      remote_id: '7',
      edits: [{ attribute: 'displayName', before: 'x', cause: cause(1) }],
      needs: [],
    };
    expect(refusalOf(JSON.stringify(changed('operations/0', operation)))).toBe(`operations/0 would ${action} a ${kind}`);
  });
});

test('a live seat of a type that is new to seatform is read', () => {
  expect(fileOf(changed('operations/1/edits/0/before', 'Content')).plan.operations[1]?.edits[0]?.before).toBe('Content');
});

test('no order of operations is asked for', () => {
  const plan = { ...agreed, operations: agreed.operations.toReversed() };
  expect(fileOf(JSON.parse(renderPlanJson(plan, making))).plan).toStrictEqual(plan);
});
