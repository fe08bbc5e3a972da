import { describe, expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { unresolvedReferences } from '../../src/config/references.ts';
import type { Declaration, SourceFile } from '../../src/model/declaration.ts';
import { correct } from './rows.ts';
import { faults, words } from './shown.ts';

function loaded(...files: readonly SourceFile[]): Declaration {
  const result = load(files);
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => words(diagnostic)).join('\n'));
  return result.value;
}

function declaration(text: string): Declaration {
  return loaded({ path: 'users.yaml', text });
}

function user(lines: string): Declaration['users'][number] | undefined {
  return declaration(`version: 1\nusers:\n  - userName: ada@example.com\n${lines}`).users[0];
}

test('every value is read with its place', () => {
  const { organization, users, groups, files } = declaration(correct);
  const at = (line: number, column: number, length: number): object => ({ file: 'users.yaml', line, column, length });
  expect(files).toEqual(['users.yaml']);
  expect(organization).toEqual({ tenantId: { value: '964615200748176016', at: at(3, 13, 20) } });
  expect(users).toEqual([
    {
      at: at(5, 15, 15),
      userName: { value: 'ada@example.com', at: at(5, 15, 15) },
      previously: [{ value: 'ada.king@example.com', at: at(6, 18, 20) }],
      attributes: {
        externalId: { value: '8812', at: at(7, 17, 6) },
        active: { value: true, at: at(8, 13, 4) },
        seat: { value: 'Full', at: at(9, 11, 4) },
        figmaAdmin: { value: false, at: at(10, 17, 5) },
        displayName: { value: 'Ada Lovelace', at: at(11, 18, 12) },
        'name.givenName': { value: 'Ada', at: at(12, 24, 3) },
        'name.familyName': { value: 'Lovelace', at: at(12, 41, 8) },
        title: { value: 'Design Manager', at: at(13, 12, 14) },
        employeeNumber: { value: '70198422', at: at(14, 21, 10) },
        costCenter: { value: '093923', at: at(15, 17, 8) },
        'manager.value': { value: 'boss@example.com', at: at(16, 23, 16) },
        'manager.displayName': { value: 'The Boss', at: at(16, 54, 8) },
      },
    },
    {
      at: at(17, 15, 17),
      userName: { value: 'grace@example.com', at: at(17, 15, 17) },
      previously: [],
      attributes: { seat: { value: 'Dev', at: at(18, 11, 3) } },
    },
  ]);
  expect(groups).toEqual([
    {
      at: at(20, 18, 14),
      displayName: { value: 'Design Systems', at: at(20, 18, 14) },
      previously: [{ value: 'DS', at: at(21, 18, 2) }],
      externalId: { value: 'ds-1', at: at(22, 17, 4) },
      members: {
        at: at(23, 5, 7),
        list: [
          { value: 'ada@example.com', at: at(23, 15, 15) },
          { value: 'grace@example.com', at: at(23, 32, 17) },
        ],
      },
    },
  ]);
});

describe('a GitHub login', () => {
  test.each(['a', 'ada-l', 'Ada-L-99', '7up', 'ada_acme', 'ada-l_acme', 'ACME_admin', 'a'.repeat(39)])('can be %s', (login) => {
    expect(user(`    github: ${login}\n`)?.github?.value).toBe(login);
  });

  test('is read with its place, beside the attributes and not as one of them', () => {
    expect(user('    github: ada-l\n    seat: Full\n')).toMatchObject({
      github: { value: 'ada-l', at: { file: 'users.yaml', line: 4, column: 13, length: 5 } },
      attributes: { seat: { value: 'Full' } },
    });
    expect(user('    github: ada-l\n')?.attributes).toEqual({});
  });

  test('is absent where it is not written', () => {
    expect(user('    seat: Full\n')).not.toHaveProperty('github');
  });
});

describe('absent and empty', () => {
  test('absent members are not empty members', () => {
    const { groups } = declaration(`${correct}  - displayName: A\n  - displayName: B\n    members: []\n`);
    expect(groups[1]).not.toHaveProperty('members');
    expect(groups[2]?.members).toMatchObject({ list: [] });
  });

  test('an empty text is a value', () => {
    expect(user('    title: ""\n')?.attributes.title?.value).toBe('');
  });
});

describe('the same value in every style of YAML', () => {
  test.each([
    ['plain', 'title: Design Manager', '4:12+14'],
    ['single quotes', "title: 'Design Manager'", '4:12+16'],
    ['double quotes', 'title: "Design Manager"', '4:12+16'],
    ['escapes', 'title: "Design\\x20Manager"', '4:12+19'],
    ['plain over two lines', 'title: Design\n      Manager', '4:12+6'],
    ['quotes over two lines', 'title: "Design\n      Manager"', '4:12+7'],
    ['an escaped line end', 'title: "Design \\\n      Manager"', '4:12+9'],
    ['a folded block', 'title: >-\n      Design\n      Manager', '4:12+2'],
    ['a literal block', 'title: |- # one line\n      Design Manager', '4:12+2'],
    ['a value on the next line', 'title:\n      Design Manager', '5:7+14'],
    ['an anchor', 'title: &title Design Manager', '4:19+14'],
    ['an explicit key', '? title\n    : Design Manager', '5:7+14'],
    ['a quoted key', '"title": Design Manager', '4:14+14'],
    ['a comment behind', 'title: Design Manager # the boss', '4:12+14'],
    ['an emoji before it', '"title": &😀 Design Manager', '4:18+14'],
  ])('%s', (_, line, place) => {
    const title = user(`    ${line}\n`)?.attributes.title;
    expect(title?.value).toBe('Design Manager');
    expect(`${title?.at.line}:${title?.at.column}+${title?.at.length}`).toBe(place);
  });

  test('flow style, with an emoji before the column', () => {
    const { users } = declaration('version: 1\nusers: [{ displayName: "😀", userName: ada@example.com, seat: Dev }]\n');
    expect(users[0]?.attributes.seat).toEqual({ value: 'Dev', at: { file: 'users.yaml', line: 2, column: 63, length: 3 } });
  });

  test('JSON is YAML', () => {
    const value = { version: 1, users: [{ userName: 'ada@example.com', name: { givenName: 'Ada' } }] };
    expect(declaration(JSON.stringify(value)).users[0]?.attributes['name.givenName']?.value).toBe('Ada');
  });

  test('a byte order mark, comments, and the marks of one document are nothing', () => {
    expect(declaration(`\uFEFF# users\n---\n${correct}...\n# end\n`).users).toHaveLength(2);
  });

  test.each([
    ['no@example.com'],
    ['2027@example.com'],
    ['on'.repeat(20)],
    ['Norway'],
    ['1st'],
    ['12:30pm'],
    ['3.1.4'],
    ['0x'],
    ['- '.trim()],
  ])('%s needs no quotes', (text) => {
    const written = text === '-' ? '"-"' : text;
    expect(user(`    title: ${written}\n`)?.attributes.title?.value).toBe(text);
  });
});

describe('aliases', () => {
  const text = (line: string): string => `version: 1
users:
  - userName: ada@example.com
    title: &title Design Manager
    name: &name { givenName: Ada, familyName: ${line} }
  - userName: grace@example.com
    title: *title
    name: *name
`;

  test('a value is shown where the alias stands', () => {
    const attributes = declaration(text('King')).users[1]?.attributes;
    expect(attributes?.title).toEqual({ value: 'Design Manager', at: { file: 'users.yaml', line: 7, column: 12, length: 6 } });
    expect(attributes?.['name.familyName']).toEqual({ value: 'King', at: { file: 'users.yaml', line: 8, column: 11, length: 5 } });
  });

  test.each([
    ['against the schema', '093923', ['E014 5:47+6', 'E014 8:11+5']],
    ['of a text', 'no', ['E007 5:47+2', 'E007 8:11+5']],
    ['of a key', 'K, nickname: A', ['E010 5:50+8', 'E010 8:11+5']],
  ])('a fault %s is shown where it is written and where the alias stands, which names the former', (_, line, places) => {
    const result = load([{ path: 'users.yaml', text: text(line) }]);
    expect(faults(result)).toEqual(places);
    expect(words(result.ok ? undefined : result.diagnostics[1])).toMatch(/5:\d+ the value is written here/);
  });

  test('100 are expanded, the next one is refused, and none of a bomb', () => {
    const list = (count: number): string =>
      `version: 1\nusers:\n  - userName: ada@example.com\n    title: &t x\n  - userName: grace@example.com\n    previously: [${'*t, '.repeat(count)}]\n`;
    expect(faults(load([{ path: 'users.yaml', text: list(100) }]))).not.toContain('E006 6:418+2');
    expect(faults(load([{ path: 'users.yaml', text: list(101) }]))).toEqual(['E006 6:418+2']);
    const bomb = [
      'a: &a [x]',
      ...'bcdefghi'.split('').map((name, index) => {
        const before = 'abcdefgh'.charAt(index);
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
      }),
    ];
    expect(faults(load([{ path: 'users.yaml', text: bomb.join('\n') }]))).toEqual(['E006 4:8+2']);
  });

  test('an anchor may be given twice; an alias takes the last before it', () => {
    const { users } = declaration('version: 1\nusers:\n  - userName: &n a@b.c\n    title: *n\n  - userName: &n b@b.c\n    title: *n\n');
    expect(users.map(({ attributes }) => attributes.title?.value)).toEqual(['a@b.c', 'b@b.c']);
  });
});

describe('files that are no mapping', () => {
  test.each([
    ['empty', '', 'E008 1:1+1'],
    ['only comments', '# one\n# two\n', 'E008 1:1+1'],
    ['only a document mark', '---\n', 'E008 1:1+1'],
    ['a list', '- a\n- b\n', 'E008 1:1+1'],
    ['a text', 'hello\n', 'E008 1:1+5'],
    ['a number', '1\n', 'E008 1:1+1'],
  ])('%s', (_, text, place) => {
    expect(faults(load([{ path: 'users.yaml', text }]))).toEqual([place]);
  });
});

describe('the digest', () => {
  const [a, b] = [
    { path: 'a.yaml', text: correct },
    { path: 'b.yaml', text: 'version: 1\n' },
  ];

  test('is that of the paths and texts, in whatever order they are given', () => {
    expect(loaded(a, b).digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(loaded(b, a)).toEqual(loaded(a, b));
  });

  test('tells other paths and other texts', () => {
    const digests = [loaded(a), loaded(a, b), loaded({ ...a, path: 'c.yaml' }), loaded({ ...a, text: `${correct}#` })];
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4);
  });
});

test('members that nobody declares are noted, former names are known', () => {
  const text = correct.replace('grace@example.com]', 'Grace@Example.com, ADA.king@example.com, linus@example.com]');
  const notes = unresolvedReferences(declaration(text));
  expect(notes.map(({ severity, code, at, message }) => [severity, code, at?.line, at?.column, message])).toEqual([
    ['note', 'N001', 23, 73, 'the member "linus@example.com" of "Design Systems" is not declared'],
  ]);
});

test('emoji and scripts that are spelt with joiners can be written, but not in addresses', () => {
  const file = (group: string, userName: string) => [
    { path: 'a.yaml', text: `version: 1\nusers:\n  - userName: ${userName}\ngroups:\n  - displayName: "${group}"\n` },
  ];
  expect(load(file('👩\u200d💻 Coders', 'ada@example.com')).ok).toBe(true);
  expect(load(file('Coders', 'a\u200dda@example.com')).ok).toBe(false);
});
