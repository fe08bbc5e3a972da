import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import type { SourceFile } from '../../src/model/declaration.ts';
import { faults, words } from './shown.ts';

function files(...texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, index) => ({ path: `seatform/${'abc'.charAt(index)}.yaml`, text: `version: 1\n${text}` }));
}

const ada = 'users:\n  - userName: ada@example.com\n';

function complaints(sources: readonly SourceFile[]): readonly string[] {
  const result = load(sources);
  if (result.ok) return [];
  return result.diagnostics.map((diagnostic) => {
    const { at, also = [] } = diagnostic;
    return [diagnostic.code, at && `${at.file}:${at.line}`, ...also.map((other) => `${other.at.file}:${other.at.line}`)].join(' ');
  });
}

describe('what stands in two files', () => {
  test('a user, whatever the case, names both places', () => {
    expect(complaints(files(ada, 'users:\n  - userName: Ada@Example.com\n'))).toEqual(['E020 seatform/b.yaml:3 seatform/a.yaml:3']);
  });

  test('a user in two forms of Unicode is one user', () => {
    expect(complaints(files('users:\n  - userName: "zo\u00eb@example.com"\n', 'users:\n  - userName: "zoe\u0308@example.com"\n'))).toEqual([
      'W014 seatform/a.yaml:3',
      'E020 seatform/b.yaml:3 seatform/a.yaml:3',
      'W014 seatform/b.yaml:3',
    ]);
  });

  test('a user three times is told twice, each time with the first', () => {
    expect(complaints(files(ada, ada, ada))).toEqual([
      'E020 seatform/b.yaml:3 seatform/a.yaml:3',
      'E020 seatform/c.yaml:3 seatform/a.yaml:3',
    ]);
  });

  test('a group is another group in another case', () => {
    const group = 'groups:\n  - displayName: Design\n';
    expect(complaints(files(ada, group, group))).toEqual(['E021 seatform/c.yaml:3 seatform/b.yaml:3']);
    expect(complaints(files(ada, group, 'groups:\n  - displayName: design\n'))).toEqual([]);
  });

  test('the organization names both places', () => {
    const organization = 'organization:\n  tenantId: "1"\n';
    expect(complaints(files(ada + organization, organization))).toEqual(['E022 seatform/b.yaml:2 seatform/a.yaml:4']);
  });

  test('a GitHub login in two files, in whatever case', () => {
    const grace = 'users:\n  - userName: grace@example.com\n    github: Ada-L\n';
    expect(complaints(files(`${ada}    github: ada-l\n`, grace))).toEqual(['E043 seatform/b.yaml:4 seatform/a.yaml:4']);
    expect(complaints(files(`${ada}    github: ada-k\n`, grace))).toEqual([]);
  });

  test('a user declared twice is not told of twice for the login', () => {
    expect(complaints(files(`${ada}    github: ada-l\n`, `${ada}    github: ada-l\n`))).toEqual([
      'E020 seatform/b.yaml:3 seatform/a.yaml:3',
    ]);
  });

  test('a previous name that is declared in another file', () => {
    expect(complaints(files(ada, 'users:\n  - userName: grace@example.com\n    previously: [ADA@example.com]\n'))).toEqual([
      'E024 seatform/b.yaml:4 seatform/a.yaml:3',
    ]);
  });

  test('a circle of names', () => {
    const circle = 'users:\n  - userName: a@b.c\n    previously: [b@b.c]\n  - userName: b@b.c\n    previously: [a@b.c]\n';
    expect(complaints(files(circle))).toEqual(['E024 seatform/a.yaml:4 seatform/a.yaml:5', 'E024 seatform/a.yaml:6 seatform/a.yaml:3']);
  });

  test('a previous name that two users claim', () => {
    const claim = (name: string): string => `users:\n  - userName: ${name}\n    previously: [old@b.c]\n`;
    expect(complaints(files(claim('a@b.c'), claim('b@b.c')))).toEqual(['E025 seatform/b.yaml:4 seatform/a.yaml:4']);
  });

  test('a key __proto__ pollutes nothing', () => {
    load(files('__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n'));
    expect('polluted' in {}).toBe(false);
  });
});

describe('all errors at once', () => {
  test('a file with a syntax error does not hide the faults of the others, nor these what is between them', () => {
    const found = complaints(files('users: [\n', `${ada}    seat: Ful\n`, 'users:\n  - userName: ADA@example.com\n    title: ~\n'));
    expect(found).toEqual([
      'E004 seatform/a.yaml:2 seatform/a.yaml:3',
      'E012 seatform/b.yaml:4',
      'E020 seatform/c.yaml:3 seatform/b.yaml:3',
      'E013 seatform/c.yaml:4',
    ]);
  });

  test('they are told in the order of their places, whatever the order of the files', () => {
    const sources = files(`${ada}    seat: Ful\n    title: 1\n`, 'users: x\ngroups: y\n');
    expect(complaints(sources.toReversed())).toEqual(complaints(sources));
    expect(complaints(sources)).toEqual([
      'E012 seatform/a.yaml:4',
      'E014 seatform/a.yaml:5',
      'E011 seatform/b.yaml:2',
      'E011 seatform/b.yaml:3',
    ]);
  });

  test('what could not be read is told along with the rest, and that no user is declared is not', () => {
    const at = { file: 'seatform/z.yaml', line: 1, column: 1, length: 1 };
    const unread = [{ severity: 'error', code: 'E002', message: 'unreadable', at }] as const;
    expect(faults(load(files('groups: []\n'), unread))).toEqual(['E002 1:1+1']);
    const doubts = [{ severity: 'warning', code: 'W013', message: 'passed over', at }] as const;
    expect(faults(load(files('groups: []\n'), doubts))).toEqual(['E023 1:1+1', 'W013 1:1+1']);
  });

  test('a hundred thousand faults are told in little time', () => {
    const users = Array.from({ length: 100_000 }, (_, index) => `  - userName: u${index}@b.c\n    sead: Full\n`);
    expect(faults(load(files(`users:\n${users.join('')}`)))).toHaveLength(100_000);
  });

  test('fifty thousand unknown or repeated keys are told in little time', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `key${index}: 1\n`).join('');
    expect(faults(load(files(keys)))).toHaveLength(50_000);
    expect(faults(load(files(keys + keys)))).toHaveLength(100_000);
  });
});

describe('a configuration without a user', () => {
  test.each([['users: []\n'], ['groups:\n  - displayName: Design\n'], ['']])('%j is refused', (text) => {
    expect(complaints(files(text))).toEqual(['E023 seatform/a.yaml:1']);
  });

  test('not even one file', () => {
    const result = load([]);
    expect(faults(result)).toEqual(['E023 nowhere']);
    expect(words(result.ok ? undefined : result.diagnostics[0])).toMatch(/declares no user.*seatform import/);
  });
});

describe('large groups', () => {
  const members = (count: number): string => Array.from({ length: count }, (_, index) => `      - u${index}@b.c\n`).join('');

  test('5,000 members are accepted, 5,001 are not', () => {
    const group = `${ada}groups:\n  - displayName: All\n    members:\n`;
    expect(faults(load(files(group + members(5000))))).toEqual([]);
    const result = load(files(group + members(5001)));
    expect(faults(result)).toEqual(['E016 6:5+7']);
    expect(words(result.ok ? undefined : result.diagnostics[0])).toMatch(/5,001 people, but Figma allows 5,000/);
  });
});
