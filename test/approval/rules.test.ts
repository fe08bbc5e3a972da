import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedRules } from '../../src/approval/rules.ts';
import { load } from '../../src/config/load.ts';
import { fieldOfRule, isRule, ruleChangeId } from '../../src/model/change-id.ts';
import type { OrganizationEntry } from '../../src/model/declaration.ts';
import type { RuleSource } from '../../src/model/rule.ts';
import { at, organizations } from './organizations.ts';

function configuration(yaml: string) {
  const loaded = load([{ path: 'a.yaml', text: `version: 1\nusers: [{ userName: a@x.io }]\n${yaml}` }]);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return loaded.value;
}

const base = `organization:
  unmanaged: { users: report }
  ignore: { users: ["x-*"] }
  protected: [p@x.io]
  limits: { creations: 10% }
  seats: { Full: { purchased: 1 }, currency: USD }
  budgets: [{ name: D, where: { department: D }, seats: { Full: 1 } }]
`;

/** `limits.creations: 10% → 100%` */
function lines(merged: string, former: string): readonly string[] {
  return changedRules(configuration(merged), configuration(former)).map(
    ({ rule, before, after }) => `${rule}: ${before ?? '∅'} → ${after ?? '∅'}`,
  );
}

test.each<[string, [string, string], string[]]>([
  ['an action for the undeclared', ['report', 'deactivate'], ['unmanaged.users: report → deactivate']],
  ['who is ignored', ['x-', 'y-'], ['ignore.users: x-* → ∅', 'ignore.users: ∅ → y-*']],
  ['who is protected', ['[p@x.io]', '[p@x.io, q@x.io]'], ['protected: ∅ → q@x.io']],
  ['a limit', ['10%', '7'], ['limits.creations: 10% → 7']],
  [
    'a pool and its currency',
    ['purchased: 1 }, currency: USD', 'purchased: 2 }, currency: EUR'],
    ['seats.Full.purchased: 1 → 2', 'seats.currency: USD → EUR'],
  ],
  [
    'whom a budget is about, and how much',
    ['department: D }, seats: { Full: 1', 'department: E }, seats: { Full: 9'],
    ['budgets.D.where.department: D → ∅', 'budgets.D.seats.Full: 1 → 9', 'budgets.D.where.department: ∅ → E'],
  ],
  ['a new rule and one that is gone', ['protected: [p@x.io]', 'minAdmins: 1'], ['protected: p@x.io → ∅', 'minAdmins: ∅ → 1']],
  ['a name that is written in another case', ['[p@x.io]', '[P@X.io]'], []],
  ['the order of a list', ['["x-*"]', '["x-*", "x-*"]'], []],
  ['another tenant', ['unmanaged:', 'tenantId: "1"\n  unmanaged:'], ['tenantId: ∅ → 1']],
  [
    'a default that comes before others',
    ['protected:', 'defaults: [{ where: { department: D, manager: { value: m@x.io } }, seat: Dev }, { seat: View }]\n  protected:'],
    [
      'defaults[0].where.department: ∅ → D',
      'defaults[0].where.manager.value: ∅ → m@x.io',
      'defaults[0].seat: ∅ → Dev',
      'defaults[1].seat: ∅ → View',
    ],
  ],
  ['who else a budget is about', ['{ department: D }', '{ department: [E, D] }'], ['budgets.D.where.department: ∅ → E']],
  [
    'a budget that has another name',
    ['name: D', 'name: "R&D"'],
    [
      'budgets.D.where.department: D → ∅',
      'budgets.D.seats.Full: 1 → ∅',
      'budgets."R&D".where.department: ∅ → D',
      'budgets."R&D".seats.Full: ∅ → 1',
    ],
  ],
])('%s is seen', (_, [from, to], expected) => {
  expect(lines(base.replace(from, to), base)).toEqual(expected);
});

test('where a rule stands is no change of it', () => {
  expect(lines(`\n\n${base}`, base)).toEqual([]);
});

test('a whole organization that is new, or gone', () => {
  const all = changedRules(configuration(base));
  expect(all.map(({ before }) => before)).toEqual(all.map(() => undefined));
  expect(new Set(all.map(({ rule }) => rule.split('.')[0]))).toEqual(
    new Set(['unmanaged', 'ignore', 'protected', 'limits', 'seats', 'budgets']),
  );
  expect(changedRules(configuration(''), configuration(base))).toHaveLength(all.length);
});

test('rules of groups and former names of users and groups are rules too', () => {
  const before = `users: [{ userName: N@x.io, department: D, previously: [Old@x.io] }]\ngroups: [{ displayName: Design Systems }]`;
  const after = `users: [{ userName: n@X.io, department: D, previously: [older@x.io] }]
groups: [{ displayName: Design Systems, previously: [DS], membersWhere: { department: D } }]`;
  const found = changedRules(alone(after), alone(before));
  expect(found.map(({ rule, before: was = '∅', after: is = '∅' }) => `${rule}: ${was} → ${is}`)).toEqual([
    'user N@x.io previously: Old@x.io → ∅',
    'user n@X.io previously: ∅ → older@x.io',
    'group "Design Systems" previously: ∅ → DS',
    'group "Design Systems" membersWhere.department: ∅ → D',
  ]);
  expect(found.map(ruleChangeId)).toEqual([
    '{"attribute":"previously[\\"old@x.io\\"]","kind":"user","name":"n@x.io","op":"rule","v":1}',
    '{"attribute":"previously[\\"older@x.io\\"]","kind":"user","name":"n@x.io","op":"rule","v":1,"value":"older@x.io"}',
    '{"attribute":"previously[\\"DS\\"]","kind":"group","name":"Design Systems","op":"rule","v":1,"value":"DS"}',
    '{"attribute":"membersWhere.department[\\"D\\"]","kind":"group","name":"Design Systems","op":"rule","v":1,"value":"D"}',
  ]);
});

/** A configuration in which nobody is but whom it names. */
function alone(text: string): RuleSource {
  const loaded = load([{ path: 'a.yaml', text: `version: 1\n${text}` }]);
  if (loaded.ok) return loaded.value;
  throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
}

describe('keys that this code does not know', () => {
  const source = (organization: object): RuleSource => ({ organization, users: [], groups: [] });
  const shown = (after: object, before: object = {}) =>
    changedRules(source(after), source(before)).map(({ rule, before: was = '∅', after: is = '∅' }) => `${rule}: ${was} → ${is}`);

  test.each<[string, object, object, string[]]>([
    ['a number', { separation: { approvals: 1 } }, { separation: { approvals: 0 } }, ['separation.approvals: 1 → 0']],
    [
      'a list with a default, as one value',
      {},
      { separation: { notBy: ['committer', 'author'] } },
      ['separation.notBy: ∅ → author, committer'],
    ],
    ['such a list that becomes empty', {}, { separation: { notBy: [] } }, ['separation.notBy: ∅ → []']],
    [
      'the order of it',
      { separation: { notBy: ['author', 'committer'] } },
      { separation: { notBy: ['committer', 'author', 'author'] } },
      [],
    ],
    [
      'items by their path',
      { files: [{ path: 'emea/**', users: ['*@emea.x'] }] },
      { files: [{ path: 'emea/**', users: ['*@EMEA.x', '*@b.x'], seats: ['View'] }] },
      ['files."emea/**".users: ∅ → *@b.x', 'files."emea/**".seats: ∅ → View'],
    ],
    [
      'items of one name by where they stand',
      { files: [{ path: 'a', seats: ['View'] }] },
      {
        files: [
          { path: 'a', seats: ['View'] },
          { path: 'a', seats: ['Dev'] },
        ],
      },
      ['files.a.seats: View → ∅', 'files[0].path: ∅ → a', 'files[0].seats: ∅ → View', 'files[1].path: ∅ → a', 'files[1].seats: ∅ → Dev'],
    ],
    [
      "a manager's address in another case",
      { budgets: [{ name: 'a', where: new Map([['manager.value', ['M@x.io']]]) }], defaults: [{ attributes: { 'manager.value': 'a' } }] },
      { budgets: [{ name: 'a', where: new Map([['manager.value', ['m@x.io']]]) }], defaults: [{ attributes: { 'manager.value': 'A' } }] },
      ['defaults[0].manager.value: a → A'],
    ],
    ['an item of which nothing is said', {}, { files: [{ path: 'a' }] }, ['files.a: ∅ → a']],
    ['a list that becomes empty', { files: [] }, {}, ['files: [] → ∅']],
    ['a choice', { strict: false }, { strict: true }, ['strict: false → true']],
  ])('%s', (_, before, after, expected) => {
    expect(shown(after, before)).toEqual(expected);
  });
});

test('no hostile name is taken for another rule', () => {
  const names = ['x', 'x membersWhere', 'x" membersWhere.title["', 'x\nmembersWhere', 'x.membersWhere.title', '"x"', 'previously', 'X'];
  const values = ['a', 'a"]', 'b', '"a"', 'a\n', 'A', ''];
  const sources = names.flatMap((name) =>
    values.flatMap((value): RuleSource[] => [
      { organization: { budgets: [{ at, name, where: new Map([['title', [value]]]), seats: {} }] }, users: [], groups: [] },
      {
        organization: {},
        users: [],
        groups: [{ at, displayName: { value: name, at }, previously: [{ value, at }] }],
      },
      {
        organization: {},
        users: [],
        groups: [
          {
            at,
            displayName: { value: name, at },
            previously: [],
            membersWhere: { value: new Map([['title', [value]]]), at },
          },
        ],
      },
      { organization: { protected: [{ value: `${name}${value}`, at }] }, users: [], groups: [] },
    ]),
  );
  const changes = sources.flatMap((source) =>
    changedRules(source).concat(changedRules({ organization: {}, users: [], groups: [] }, source)),
  );
  const wishes = new Set(changes.map(({ leaf }) => JSON.stringify([leaf.kind, leaf.name, leaf.attribute, leaf.value])));
  expect(new Set(changes.map(ruleChangeId)).size).toBe(wishes.size);
  expect(new Set(changes.map(fieldOfRule)).size).toBe(wishes.size / 2);
  expect(changes.map(ruleChangeId).every(isRule)).toBe(true);
});

describe('any two organizations', () => {
  const source = (organization: OrganizationEntry): RuleSource => ({ organization, users: [], groups: [] });

  test('a configuration has no rule that differs from its own', () => {
    fc.assert(
      fc.property(organizations, (one) => {
        expect(changedRules(source(one), source(one))).toEqual([]);
      }),
    );
  });

  test('differ by a rule if, and only if, what they say differs', () => {
    fc.assert(
      fc.property(organizations, organizations, (one, other) => {
        expect(changedRules(source(one), source(other)).length > 0).toBe(said(one) !== said(other));
      }),
      { numRuns: 500 },
    );
  });

  test('differ one way as the other, each by changes of its own', () => {
    fc.assert(
      fc.property(organizations, organizations, (one, other) => {
        const there = changedRules(source(one), source(other));
        const back = changedRules(source(other), source(one));
        expect(new Set(there.map(fieldOfRule))).toEqual(new Set(back.map(fieldOfRule)));
        const ids = [...there, ...back].map(ruleChangeId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

/** What an organization says, apart from places, case, repetition and the order of lists. */
function said(organization: OrganizationEntry): string {
  return JSON.stringify(plain(organization, 'organization'));
}

const unordered = new Set(['protected', 'users', 'groups', 'department', 'title', 'budgets', 'notBy']);

function plain(value: unknown, key: string): unknown {
  if (value instanceof Map) return plain(Object.fromEntries(value), key);
  if (Array.isArray(value)) {
    const items = value.map((item) => JSON.stringify(plain(item, key)));
    return unordered.has(key) ? [...new Set(items)].toSorted() : items;
  }
  if (typeof value === 'string') return key === 'protected' || key === 'users' ? value.toLowerCase() : value;
  if (typeof value !== 'object' || value === null) return value;
  if ('value' in value) return plain(value.value, key);
  const members = Object.entries(value)
    .filter(([name]) => name !== 'at')
    .map(([name, inner]) => [name, plain(inner, name)] as const)
    .filter(([name, inner]) => name === 'notBy' || isSomething(inner));
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** An empty list or mapping says nothing, but that nobody is left out of an approval. */
function isSomething(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null || Object.keys(value).length > 0);
}

describe('the login of a user', () => {
  const user = (github: string) => `version: 1\nusers:\n  - { userName: eve@acme.com, seat: View${github} }\n`;

  test.each([
    ['is added', '', ', github: eve-l', []],
    ['stays', ', github: eve-l', ', github: eve-l', []],
    ['goes away', ', github: eve-l', '', [['user eve@acme.com github', 'eve-l', undefined]]],
    ['changes', ', github: eve-l', ', github: other', [['user eve@acme.com github', 'eve-l', 'other']]],
  ])('%s', (_, before, after, expected) => {
    const changes = changedRules(declared(user(after)), declared(user(before)));
    expect(changes.map(({ rule, before: was, after: is }) => [rule, was, is])).toEqual(expected);
  });
});

function declared(text: string) {
  const loaded = load([{ path: 'users.yaml', text }]);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join());
  return loaded.value;
}
