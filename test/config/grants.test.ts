import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { faults, words } from './shown.ts';

/** Codes with lines, in files a, b, c; a line of the first file only where there is one file. */
function complaints(...texts: readonly string[]): readonly string[] {
  const result = load(texts.map((text, index) => ({ path: `${'abc'.charAt(index)}.yaml`, text: `version: 1\n${text}` })));
  if (result.ok) return [];
  return result.diagnostics.map(({ code, at, also = [] }) => {
    const places = [at, ...also.map((other) => other.at)].map((place) => `${place?.file.charAt(0)}${place?.line}`);
    return [code, ...places].join(' ');
  });
}

const ada = 'users:\n  - userName: ada@example.com\n    previously: [king@example.com]\n    seat: View\n';
const design = 'groups:\n  - displayName: Design\n    previously: [Old]\n    members: []\n';
const grant = (lines: string): string => `grants:\n  - { ${lines} }\n`;
const seat = 'user: ada@example.com, seat: Full, until: 2026-12-31';
const group = 'user: ada@example.com, group: Design, until: 2026-12-31';

describe('one grant twice', () => {
  test.each([
    ['in two files', seat],
    ['in another case', seat.replace('ada@', 'ADA@')],
    ['under a previous name', seat.replace('ada@', 'king@')],
    ['with another reason', `${seat}, reason: again`],
    ['with something to land on', `${seat}, then: View`],
    ['with quotes', seat.replace('2026-12-31', '"2026-12-31"')],
  ])('%s', (_, second) => {
    const found = complaints(
      ada.replace('    seat: View\n', '') + grant(seat),
      `organization: { defaults: [{ seat: View }] }\n${grant(second)}`,
    );
    expect(found).toEqual(['E032 b4 a6']);
  });

  test.each([
    ['another seat', seat.replace('Full', 'Dev')],
    ['another last day', seat.replace('12-31', '12-30')],
    ['a first day', `${seat}, from: 2026-12-01`],
    ['a group', group],
  ])('with %s it is another', (_, second) => {
    expect(complaints(ada + design + grant(seat), grant(second))).toEqual([]);
  });

  test('of a group, also by its previous name, but not in another case', () => {
    expect(complaints(ada + design + grant(group), grant(group.replace('Design', 'Old')))).toEqual(['E032 b3 a11']);
    const other = 'groups:\n  - displayName: design\n    members: []\n';
    expect(complaints(ada + design + grant(group), other + grant(group.replace('Design', 'design')))).toEqual([]);
  });

  test('is not told of grants of which too little is known', () => {
    const faulty = grant(seat.replace('12-31', '12-32'));
    expect(complaints(ada + faulty, faulty)).toEqual(['E037 a7', 'E037 b3']);
  });

  test('of somebody undeclared it is told too', () => {
    const eve = grant(seat.replace('ada@', 'margaret@'));
    expect(complaints(ada + eve, eve)).toEqual(['E033 a7', 'E032 b3 a7', 'E033 b3']);
  });
});

describe('days', () => {
  test.each([
    ['the same day', 'from: 2026-12-31', []],
    ['the day after', 'from: 2027-01-01', ['E037 a7 a7']],
  ])('from %s', (_, from, expected) => {
    expect(complaints(ada + grant(`${seat}, ${from}`))).toEqual(expected);
  });
});

describe('a base seat', () => {
  const bare = 'users:\n  - userName: ada@example.com\n    department: Design\n    title: Lead\n';
  const byDefault = (entry: string): string => `organization:\n  defaults:\n    - ${entry}\n${bare}${grant(seat)}`;

  test.each([
    ['of everybody', '{ seat: View }', []],
    ['that matches', '{ where: { department: [Data, Design], title: Lead }, seat: View }', []],
    ['that matches in part', '{ where: { department: Design, title: Boss }, seat: View }', ['E035 a10 a6']],
    ['of something else', '{ department: Design }', ['E035 a10 a6']],
    ['for a seat that is not declared', '{ where: { seat: View }, seat: View }', ['E035 a10 a6']],
  ])('by a default %s', (_, entry, expected) => {
    expect(complaints(byDefault(entry))).toEqual(expected);
  });

  test('what one default gives is not seen by the `where` of another', () => {
    const two = '{ title: Boss }\n    - { where: { title: Boss }, seat: View }';
    expect(complaints(byDefault(two).replace('    title: Lead\n', ''))).toEqual(['E035 a10 a7']);
  });

  test('a faulty seat is a base seat all the same, so is one under a misspelt key, and what is not known of a default', () => {
    expect(complaints(ada.replace('View', 'Viewer') + grant(seat))).toEqual(['E012 a5']);
    expect(complaints(ada.replace('seat', 'sead') + grant(seat))).toEqual(['E010 a5']);
    expect(complaints(byDefault('{ where: { department: Design }, seat: full }'))).toEqual(['E012 a4']);
    expect(complaints(byDefault('{ where: { depratment: Data, title: x }, seat: View }'))).toEqual(['E010 a4']);
  });

  test('a faulty grant is judged by what can be read of it', () => {
    expect(complaints(bare + grant('user: ada@example.com, group: "", until: 2026-12-31'))).toEqual(['E016 a7']);
    expect(complaints(bare + grant('user: ada@example.com, seat: full, until: 2026-12-31'))).toEqual(['E012 a7']);
    expect(complaints(bare + grant('user: ada@example.com, seat: Full, until: 2026-12-32'))).toEqual(['E035 a7 a3', 'E037 a7']);
    expect(complaints(bare + grant('user: eve@example.com, group: X, until: 2026-12-32'))).toEqual(['E033 a7', 'E034 a7', 'E037 a7']);
  });
});

test('`then` needs a base that is a default', () => {
  const then = grant(`${seat}, then: Collab`);
  expect(complaints(ada + then)).toEqual(['E036 a7 a5']);
  expect(complaints(`organization: { defaults: [{ seat: View }] }\n${ada.replace('    seat: View\n', '')}${then}`)).toEqual([]);
});

describe('a group that is granted', () => {
  test.each([
    ['with members', '    members: []\n', []],
    ['with a rule', '    membersWhere: { seat: View }\n', []],
    ['with neither', '', ['E034 a8 a7']],
    ['with faulty members', '    members: x\n', ['E011 a8']],
    ['with a faulty rule', '    membersWhere: { seat: full }\n', ['E012 a8']],
    ['with misspelt members', '    member: []\n', ['E010 a8']],
  ])('%s', (_, lines, expected) => {
    expect(complaints(`${ada}groups:\n  - displayName: Design\n${lines}`, grant(group)).map((found) => found.replace('b3', 'a8'))).toEqual(
      expected,
    );
  });
});

describe('what a file that cannot be read could explain', () => {
  const lost = `${grant('user: eve@example.com, seat: Full, until: 2026-12-31')}  - { user: ada@example.com, group: Lost, until: 2026-12-31 }\n`;
  const rule = 'groups:\n  - displayName: A\n    membersWhere: { title: Boss }\n';
  const dangling = ada + rule + lost;

  test('is told where all files can be read', () => {
    expect(complaints(dangling)).toEqual(['E040 a8', 'E033 a10', 'E034 a11']);
  });

  test.each([
    ['a syntax error', 'users: [\n', ['E004 b2 b3']],
    ['a file that is no mapping', '- a', ['E004 b2']],
    ['a section that is no list', 'users: x\n', ['E011 b2']],
    ['a section under a misspelt key', 'user: []\n', ['E010 b2']],
    ['defaults in the wrong place', 'defaults: [{ seat: View }]\n', ['E010 b2']],
    ['a section twice', 'users: []\nusers: []\n', ['E018 b3 b2']],
    ['a tag on a section', 'users: !x []\n', ['E005 b2']],
    ['a merge key', '<<: { users: [] }\n', ['E005 b2']],
  ])('is not told beside %s', (_, text, expected) => {
    expect(complaints(dangling, text)).toEqual(expected);
  });

  test('is not told beside two organizations', () => {
    expect(complaints(dangling, 'organization: { minAdmins: 1 }\n', 'organization: { minAdmins: 1 }\n')).toEqual(['E022 c2 b2']);
  });

  test('is not told beside a file that could not be opened', () => {
    const at = { file: 'z.yaml', line: 1, column: 1, length: 1 };
    const unread: readonly Diagnostic[] = [{ severity: 'error', code: 'E002', message: 'unreadable', at }];
    expect(faults(load([{ path: 'a.yaml', text: `version: 1\n${dangling}` }], unread))).toEqual(['E002 1:1+1']);
  });

  test('is told beside faults of single values', () => {
    expect(complaints(dangling, 'users:\n  - userName: grace@example.com\n    active: 1\n')).toEqual([
      'E040 a8',
      'E033 a10',
      'E034 a11',
      'E011 b4',
    ]);
  });

  test('a user or group whose name is under a misspelt key is not said to be missing', () => {
    expect(complaints(`${ada}${lost}`, 'users:\n  - usrName: EVE@example.com\ngroups:\n  - name: Lost\n')).toEqual(['E010 b3', 'E010 b5']);
  });

  test('without a user that is said, and nothing that follows from it', () => {
    expect(complaints(rule + lost)).toEqual(['E023 a1']);
  });
});

test('a near name is suggested, present or previous, and not for ever', () => {
  const result = load([{ path: 'a.yaml', text: `version: 1\n${ada}${design}${grant(seat.replace('ada@', 'kong@'))}` }]);
  expect(words(result.ok ? undefined : result.diagnostics[0])).toMatch(/did you mean "king@example.com"/);
  const many = Array.from({ length: 20_000 }, (_, index) => `  - { user: v${index}@example.com, seat: Full, until: 2026-12-31 }\n`);
  const users = Array.from({ length: 20_000 }, (_, index) => `  - userName: u${index}@example.com\n`);
  const begin = performance.now();
  expect(complaints(`users:\n${users.join('')}grants:\n${many.join('')}`)).toHaveLength(20_000);
  expect(performance.now() - begin).toBeLessThan(8000);
});
