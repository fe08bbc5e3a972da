import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Columns } from '../../src/config/columns.ts';
import { load } from '../../src/config/load.ts';
import { Patterns } from '../../src/config/patterns.ts';
import type { Written } from '../../src/model/declaration.ts';
import { userNameOf } from '../../src/model/directory.ts';
import { matchesGlob } from '../../src/model/glob.ts';
import { type WhereAttribute, isMeant, whereAttributes } from '../../src/model/where.ts';
import { faults, words } from './shown.ts';

function found(text: string): readonly string[] {
  return faults(load([{ path: 'a.yaml', text: `version: 1\n${text}` }])).map((fault) => fault.split(':')[0] ?? '');
}

function told(text: string): string {
  const result = load([{ path: 'a.yaml', text: `version: 1\n${text}` }]);
  return words(result.ok ? undefined : result.diagnostics[0]);
}

describe('whom a rule can match', () => {
  const rule = (where: string, user: string, more = ''): readonly string[] =>
    found(`users:\n  - { userName: ada@example.com, ${user} }\ngroups:\n  - displayName: A\n    membersWhere: ${where}\n${more}`);
  const nobody = ['E040 6'];

  test.each([
    ['a declared value', '{ department: Design }', 'department: Design', []],
    ['one of several values', '{ department: [Data, Design] }', 'department: Design', []],
    ['a value in another case', '{ department: design }', 'department: Design', nobody],
    ['a value in another form of Unicode', '{ department: "Caf\\u00e9" }', 'department: "Cafe\\u0301"', []],
    ['all of several attributes', '{ department: Design, title: Lead }', 'department: Design, title: Lead', []],
    ['one of several attributes', '{ department: Design, title: Lead }', 'department: Design', nobody],
    ['a number in quotes', '{ employeeNumber: "012" }', 'employeeNumber: "012"', []],
    ['another number', '{ employeeNumber: "12" }', 'employeeNumber: "012"', nobody],
    ['a manager, whatever the case', '{ manager: { value: BOSS@example.com } }', 'manager: { value: boss@example.com }', []],
    ['the name of a manager, with case', '{ manager: { displayName: boss } }', 'manager: { displayName: Boss }', nobody],
    ['somebody active', '{ title: Lead }', 'title: Lead, active: true', []],
    ['somebody inactive', '{ title: Lead }', 'title: Lead, active: false', nobody],
    ['a declared seat', '{ seat: Dev }', 'seat: Dev', []],
    ['another seat', '{ seat: [Full, View] }', 'seat: Dev', nobody],
    ['no seat', '{ seat: Dev }', 'title: Lead', nobody],
  ])('%s', (_, where, user, expected) => {
    expect(rule(where, user)).toEqual(expected);
  });

  const defaults = (...entries: readonly string[]): string => `organization:\n  defaults: [${entries.join(', ')}]\n`;

  test.each([
    ['of everybody', '{ department: Design }', 'title: Lead', ['{ department: Design }'], []],
    ['that the entry overrules', '{ department: Design }', 'department: Data', ['{ department: Design }'], nobody],
    ['that the entry overrules with nothing', '{ department: Design }', 'department: ""', ['{ department: Design }'], nobody],
    ['that matches', '{ seat: Dev }', 'title: Lead', ['{ where: { title: Lead }, seat: Dev }'], []],
    ['that does not match', '{ seat: Dev }', 'title: Boss', ['{ where: { title: Lead }, seat: Dev }'], nobody],
    ['that is the second to match', '{ seat: Dev }', 'title: Lead', ['{ seat: View }', '{ seat: Dev }'], nobody],
    ['that comes first for its attribute', '{ seat: Dev }', 'title: Lead', ['{ division: X }', '{ seat: Dev }'], []],
    ['that sees no other default', '{ seat: Dev }', 'costCenter: X', ['{ title: Lead }', '{ where: { title: Lead }, seat: Dev }'], nobody],
    ['of a manager', '{ manager: { value: a@b.c } }', 'title: Lead', ['{ manager: { value: A@b.c } }'], []],
  ])('by a default %s', (_, where, user, entries, expected) => {
    expect(rule(where, user, defaults(...entries))).toEqual(expected);
  });

  const grants = (...lines: readonly string[]): string =>
    `grants:\n${lines.map((line) => `  - { user: ada@example.com, ${line} }\n`).join('')}`;

  test.each([
    ['that a grant gives', '{ seat: Full }', 'seat: View', grants('seat: Full, until: 2000-01-01'), []],
    [
      'that a grant leaves behind',
      '{ seat: Collab }',
      'title: X',
      defaults('{ seat: View }') + grants('seat: Full, until: 2000-01-01, then: Collab'),
      [],
    ],
    ['below all grants', '{ seat: View }', 'seat: View', grants('seat: Full, until: 9999-12-31'), []],
    [
      'that another grant gives',
      '{ seat: Dev }',
      'seat: View',
      grants('seat: Full, until: 2000-01-01', 'seat: Dev, until: 2000-01-01'),
      [],
    ],
    ['that no grant gives', '{ seat: Dev }', 'seat: View', grants('seat: Full, until: 2000-01-01'), nobody],
  ])('by a seat %s', (_, where, user, more, expected) => {
    expect(rule(where, user, more)).toEqual(expected);
  });

  test('what is not known of somebody may match, what is known of others is judged', () => {
    expect(rule('{ seat: Dev }', 'seat: Dve')).toEqual(['E012 3']);
    expect(rule('{ seat: Dev }', 'sead: Dev')).toEqual(['E010 3']);
    expect(rule('{ department: Design }', 'department: 3')).toEqual(['E014 3']);
    expect(rule('{ department: Design }', 'department: no')).toEqual(['E007 3']);
    expect(rule('{ manager: { value: a@b.c } }', 'manager: { valeu: a@b.c }')).toEqual(['E010 3']);
    expect(rule('{ department: Design }', '<<: { department: Design }')).toEqual(['E005 3']);
    expect(rule('{ department: Design }', 'title: 3')).toEqual(['E014 3', 'E040 6']);
    expect(rule('{ department: Design, x: y }', 'title: Lead')).toEqual(['E010 6']);
    expect(rule('{ seat: Dev }', 'department: 3', defaults('{ where: { department: X }, seat: View }', '{ seat: Dev }'))).toEqual([
      'E014 3',
    ]);
    expect(rule('{ seat: Dev }', 'department: 3', defaults('{ where: { department: X }, seat: Dev }', '{ seat: View }'))).toEqual([
      'E014 3',
    ]);
    expect(rule('{ manager: { value: x@b.c } }', 'manager: { value: a@b.c, displayName: 3 }')).toEqual(['E014 3', 'E040 6']);
    expect(rule('{ seat: Dev }', 'seat: View', grants('seat: Dve, until: 2000-01-01'))).toEqual(['E012 8']);
  });

  test('a value that is nearly one is suggested', () => {
    expect(told('users:\n  - { userName: a@b.c, title: Lead }\ngroups:\n  - { displayName: A, membersWhere: { title: Leed } }\n')).toMatch(
      /`membersWhere` of "A" matches no declared user \| nobody has the title "Leed" \| did you mean "Lead"/,
    );
  });
});

describe('large groups', () => {
  const users = (count: number, more = ''): string =>
    `users:\n${Array.from({ length: count }, (_, index) => `  - { userName: u${index}@b.c, seat: View${more} }\n`).join('')}`;
  const group = (lines: string): string => `groups:\n  - displayName: All\n${lines}`;
  const members = (from: number, to: number): string =>
    `    members: [${Array.from({ length: to - from }, (_, index) => `u${from + index}@b.c`).join(', ')}]\n`;
  const rule = '    membersWhere: { seat: View }\n';
  const grants = (count: number): string =>
    `grants:\n${Array.from({ length: count }, (_, index) => `  - { user: u${index}@b.c, group: All, until: 2026-12-31 }\n`).join('')}`;

  test('a rule may match 5,000 users and no more', () => {
    expect(found(users(5000) + group(rule))).toEqual([]);
    const text = users(5001) + group(rule);
    expect(found(text)).toEqual(['E042 5006']);
    expect(told(text)).toMatch(/"All" can have 5,001 members, but Figma allows 5,000/);
  });

  test('who is meant twice counts once', () => {
    expect(found(users(5000) + group(members(0, 3000) + rule) + grants(10))).toEqual([]);
    expect(found(users(5000) + group(members(1, 5000)) + grants(1))).toEqual([]);
  });

  test('list, rule and grants count together', () => {
    expect(found(users(5000) + group(members(5000, 5001) + rule))).toEqual(['E042 5006']);
    expect(found(users(5001) + group(members(0, 5000)) + grants(5001))).toEqual(['E042 5006']);
  });

  test('a rule does not add who is inactive, nor is anybody counted of whom too little is known', () => {
    expect(found(users(5001, ', active: false') + group('    members: []\n    membersWhere: { seat: View }\n'))).toEqual(['E040 5007']);
    expect(found(users(5001).replace('seat: View', 'seat: Veiw') + group(rule))).toEqual(['E012 3']);
  });
});

const value = fc.constantFrom('a', 'A', 'b', 'caf\u00e9', 'cafe\u0301', 'x@y.z', 'X@y.z');
const seat = fc.constantFrom('Full', 'Dev', 'Collab', 'View');
const attribute = fc.constantFrom(...whereAttributes);
const person = fc.dictionary(attribute, value).chain((entry) => seat.map((one) => ('seat' in entry ? { ...entry, seat: one } : entry)));
const conditions = fc
  .uniqueArray(attribute, { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), fc.array(name === 'seat' ? seat : value, { minLength: 1, maxLength: 3 })))),
  );

test('columns say of many users what `isMeant` says of one', () => {
  fc.assert(
    fc.property(fc.array(person, { maxLength: 8 }), fc.array(conditions, { maxLength: 5 }), (people, rules) => {
      const columns = new Columns(people.length);
      people.forEach((entry, user) => {
        for (const [name, text] of Object.entries(entry)) columns.set(name as WhereAttribute, user, text);
      });
      const everybody = Int32Array.from(people, (_, user) => user);
      for (const rule of rules) {
        const where = new Map(rule);
        const meant = people.flatMap((entry, user) =>
          isMeant(where, (name) => (entry as Readonly<Record<string, string>>)[name]) ? [user] : [],
        );
        expect([...columns.matching(where, everybody, false)]).toEqual(meant);
        expect([...columns.copy().matching(where, everybody, true)]).toEqual(meant);
      }
    }),
    { numRuns: 500, seed: 3 },
  );
});

test('patterns say of many names what the glob says of one', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '*', '?', '@', 'é', '😀'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), fc.array(text, { maxLength: 6 }), (globs, names) => {
      const written = globs.map((glob): Written<string> => ({ value: glob, at: { file: 'a', line: 1, column: 1, length: 1 } }));
      const patterns = new Patterns(written, userNameOf);
      for (const name of names) {
        const isMatch = globs.some((glob) => matchesGlob(userNameOf(glob), userNameOf(name)));
        expect(patterns.match(name) !== undefined).toBe(isMatch);
      }
    }),
    { numRuns: 1000, seed: 5 },
  );
});

test('a thousand rules, defaults, grants and patterns for a hundred thousand users are checked in little time', () => {
  const each = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  const users = `users:\n${each(100_000, (index) => `  - { userName: u${index}@b.c, department: D${index % 1000}, title: T${index % 7} }\n`)}`;
  const time = (text: string): number => {
    const begin = performance.now();
    expect(found(text)).toEqual([]);
    return performance.now() - begin;
  };
  const alone = time(users);
  const organization = `organization:
  ignore: { users: [${each(1000, (index) => `"svc${index}-*@b.c", `)}] }
  defaults:
${each(1000, (index) => `    - { where: { department: D${index} }, seat: Dev, division: V }\n`)}`;
  const groups = `groups:\n${each(1000, (index) => `  - { displayName: G${index}, membersWhere: { department: D${index}, seat: [Dev, Full] } }\n`)}`;
  const grants = `grants:\n${each(1000, (index) => `  - { user: u${index}@b.c, seat: Full, until: 2026-12-31 }\n`)}`;
  expect(time(users + organization + groups + grants)).toBeLessThan(alone * 2 + 5000);
});
