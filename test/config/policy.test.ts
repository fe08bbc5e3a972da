import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { unresolvedReferences } from '../../src/config/references.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { limitNames, notByKinds } from '../../src/model/policy.ts';
import { governed } from './policy-rows.ts';
import { faults, words } from './shown.ts';

function declaration(text: string): Declaration {
  const result = load([{ path: 'a.yaml', text }]);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => words(diagnostic)).join('\n'));
  return result.value;
}

function at(line: number, column: number, length: number): object {
  return { file: 'a.yaml', line, column, length };
}

test('every value of the organization is read, those that are shown with their place', () => {
  expect(declaration(governed).organization).toEqual({
    tenantId: { value: '964615200748176016', at: at(3, 13, 20) },
    unmanaged: { users: 'report', groups: 'delete' },
    ignore: {
      users: [{ value: 'svc-*@example.com', at: at(5, 21, 19) }],
      groups: [{ value: 'Workspace *', at: at(5, 52, 13) }],
    },
    protected: [
      { value: 'it-admin@example.com', at: at(6, 15, 20) },
      { value: 'root-?@example.com', at: at(6, 37, 20) },
    ],
    minAdmins: 3,
    limits: { creations: { percent: 10 }, deactivations: { percent: 12.5 }, groupDeletions: { count: 0 }, adminChanges: { percent: 0 } },
    seats: {
      pools: {
        Full: { at: at(14, 5, 4), purchased: 120, outside: 4, monthlyPrice: 90.5 },
        Collab: { at: at(15, 5, 6), purchased: 0, outside: 0 },
      },
      currency: 'USD',
      termEnds: '2027-03-01',
    },
    budgets: [
      { at: at(19, 15, 6), name: 'Design', where: new Map([['department', ['Design']]]), seats: { Full: 40, View: 0 } },
      { at: at(20, 15, 4), name: 'Rest', where: new Map([['manager.value', ['boss@example.com']]]), seats: { Dev: 1 } },
    ],
    defaults: [
      {
        at: at(22, 7, 1),
        where: new Map([['department', ['Engineering', 'Data']]]),
        attributes: { seat: { value: 'Dev', at: at(22, 59, 3) }, title: { value: '', at: at(22, 71, 2) } },
      },
      {
        at: at(23, 7, 1),
        attributes: { seat: { value: 'View', at: at(23, 15, 4) }, 'manager.displayName': { value: 'The Boss', at: at(23, 45, 8) } },
      },
    ],
  });
});

test('rules and grants are read with their places, grants in the order of the file', () => {
  const { groups, grants } = declaration(governed);
  expect(groups.map(({ membersWhere }) => membersWhere)).toEqual([
    {
      value: new Map([
        ['department', ['Design']],
        ['seat', ['Full', 'Dev']],
      ]),
      at: at(38, 5, 12),
    },
    { value: new Map([['seat', ['Collab']]]), at: at(40, 5, 12) },
    undefined,
  ]);
  expect(Object.values(grants[0]?.gives ?? {})).toContainEqual({ value: 'View', at: at(44, 109, 4) });
  expect(grants).toEqual([
    {
      at: at(44, 13, 17),
      user: { value: 'grace@example.com', at: at(44, 13, 17) },
      gives: expect.objectContaining({ seat: 'Collab' }) as object,
      from: { value: '2026-11-01', at: at(44, 52, 10) },
      until: { value: '2026-12-31', at: at(44, 71, 12) },
      reason: 'JIRA-123',
    },
    {
      at: at(45, 13, 20),
      user: { value: 'Ada.King@example.com', at: at(45, 13, 20) },
      gives: { seat: 'Dev' },
      until: { value: '2026-12-31', at: at(45, 53, 10) },
    },
    {
      at: at(46, 13, 17),
      user: { value: 'grace@example.com', at: at(46, 13, 17) },
      gives: { group: { value: 'DS', at: at(46, 39, 2) } },
      from: { value: '2026-11-01', at: at(46, 49, 10) },
      until: { value: '2026-11-01', at: at(46, 68, 10) },
    },
  ]);
});

describe('what is not written', () => {
  test('is not there: what holds then is not for the reader to say', () => {
    const { organization, groups, grants } = declaration(
      'version: 1\nusers:\n  - userName: ada@example.com\ngroups:\n  - displayName: Design\n',
    );
    expect(organization).toEqual({});
    expect(grants).toEqual([]);
    expect(groups[0]).not.toHaveProperty('membersWhere');
  });

  test('of two lists to ignore the other is empty', () => {
    const { organization } = declaration('version: 1\norganization: { ignore: { groups: [A] } }\nusers: [{ userName: ada@example.com }]\n');
    expect(organization.ignore).toEqual({ users: [], groups: [{ value: 'A', at: at(2, 36, 1) }] });
  });
});

describe('names and patterns', () => {
  test.each([
    ['a group that is ignored in another case', 'Workspace *', 'pla*'],
    ['a pattern protected within another that is ignored', '"root-?@example.com"', '"svc-1*@example.com"'],
    ['a pattern protected around another that is ignored', '"root-?@example.com"', '"svc-*"'],
    ['a user of whose name a part is ignored', 'svc-*@example.com', 'grace'],
  ])('%s is correct', (_, from, to) => {
    expect(faults(load([{ path: 'a.yaml', text: governed.replace(from, () => to) }]))).toEqual([]);
  });

  test('budgets are compared in one form of Unicode', () => {
    const text = governed.replace('name: Design', 'name: "Caf\\u00e9"').replace('name: Rest', 'name: "Cafe\\u0301"');
    expect(faults(load([{ path: 'a.yaml', text }]))).toEqual(['E041 20:15+12']);
  });
});

describe('the separation of duties', () => {
  const separation = (value: string) =>
    declaration(`version: 1\norganization: { separation: ${value} }\nusers: [{ userName: ada@example.com }]\n`).organization.separation;

  test.each([
    ['{ approvals: 0 }', { approvals: 0 }],
    ['{ approvals: 10 }', { approvals: 10 }],
    ['{ notBy: [] }', { notBy: [] }],
    ['{ approvals: 2, notBy: [beneficiary, author] }', { approvals: 2, notBy: ['beneficiary', 'author'] }],
  ])('is read as it is written: %s', (text, value) => {
    expect(separation(text)).toEqual(value);
  });

  test('every word of the model can be written', () => {
    expect(separation(`{ notBy: [${notByKinds.join(', ')}] }`)).toEqual({ notBy: notByKinds });
  });
});

test.each(limitNames)('%s can be a number or a percentage', (name) => {
  const limit = (value: string) =>
    declaration(`version: 1\norganization: { limits: { ${name}: ${value} } }\nusers: [{ userName: ada@example.com }]\n`).organization
      .limits;
  expect(limit('0')).toEqual({ [name]: { count: 0 } });
  expect(limit('10000000')).toEqual({ [name]: { count: 10_000_000 } });
  expect(limit('0%')).toEqual({ [name]: { percent: 0 } });
  expect(limit('0.25%')).toEqual({ [name]: { percent: 0.25 } });
  expect(limit('"100%"')).toEqual({ [name]: { percent: 100 } });
});

test('a rule, a default and a grant can be repeated by an alias, and are then shown where it stands', () => {
  const { organization, groups, grants } = declaration(`version: 1
organization:
  budgets:
    - { name: A, where: &design { department: &d [Design] }, seats: &seats { Full: 1 } }
    - { name: B, where: *design, seats: *seats }
  defaults:
    - &view { seat: View }
    - *view
users:
  - userName: ada@example.com
    department: Design
groups:
  - displayName: A
    membersWhere: *design
  - displayName: B
    membersWhere: { department: *d }
grants:
  - { user: ada@example.com, group: A, until: &day 2026-12-31 }
  - { user: ada@example.com, group: B, until: *day }
`);
  const design = new Map([['department', ['Design']]]);
  expect(organization.budgets?.map(({ where, seats }) => ({ where, seats }))).toEqual([
    { where: design, seats: { Full: 1 } },
    { where: design, seats: { Full: 1 } },
  ]);
  expect(organization.defaults?.map((entry) => [entry.at.line, entry.attributes.seat?.at.line])).toEqual([
    [7, 7],
    [8, 8],
  ]);
  expect(groups.map(({ membersWhere }) => membersWhere)).toEqual([
    { value: design, at: at(14, 5, 12) },
    { value: design, at: at(16, 5, 12) },
  ]);
  expect(grants.map(({ until }) => until)).toEqual([
    { value: '2026-12-31', at: at(18, 52, 10) },
    { value: '2026-12-31', at: at(19, 47, 4) },
  ]);
});

test('days need no quotes, other text that looks like one does', () => {
  const text = (reason: string) => governed.replace('reason: JIRA-123', `reason: ${reason}`);
  expect(faults(load([{ path: 'a.yaml', text: text('2026-01-01') }]))).toEqual(['E007 44:93+10']);
  expect(faults(load([{ path: 'a.yaml', text: text('"2026-01-01"') }]))).toEqual([]);
});

test('a leap day is a day', () => {
  expect(faults(load([{ path: 'a.yaml', text: governed.replace('2027-03-01', '2028-02-29') }]))).toEqual([]);
});

test('a member who is neither declared nor ignored is a note still', () => {
  const notes = unresolvedReferences(declaration(governed.replace('[ada@example.com]', '[ada@example.com, eve@example.com]')));
  expect(notes.map(({ code, at: place }) => `${code} ${place?.line}:${place?.column}`)).toEqual(['N001 37:32']);
});

test('values of the organization with the names of what every object has are refused, and change nothing', () => {
  const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'];
  for (const key of keys) {
    const places = [
      `organization: { ${key}: { users: ignore } }`,
      `organization: { limits: { ${key}: 1 } }`,
      `organization: { seats: { ${key}: { purchased: 1 } } }`,
      `organization: { separation: { ${key}: 1 } }`,
      `organization: { separation: { notBy: [${key}] } }`,
      `organization: { budgets: [{ name: a, where: { ${key}: a }, seats: { ${key}: 1 } }] }`,
      `organization: { defaults: [{ ${key}: { polluted: 1 } }] }`,
      `organization: { unmanaged: { users: ${key}, groups: "${key}" } }`,
      `grants: [{ user: ada@example.com, ${key}: 1, seat: ${key}, until: ${key} }]`,
      `groups: [{ displayName: A, membersWhere: { ${key}: 1, manager: { ${key}: 1 } } }]`,
    ];
    for (const place of places) {
      const text = `version: 1\nusers: [{ userName: ada@example.com }]\n${place}\n`;
      expect(faults(load([{ path: 'a.yaml', text }]))).not.toEqual([]);
    }
  }
  expect('polluted' in {}).toBe(false);
});
