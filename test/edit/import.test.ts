import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { load } from '../../src/config/load.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { resolve } from '../../src/desired/resolve.ts';
import type { Day } from '../../src/model/day.ts';
import { importFiles } from '../../src/edit/import.ts';
import type { Declaration } from '../../src/model/declaration.ts';
import { userAttributeNames, userNameOf, type User } from '../../src/model/directory.ts';
import type { Live } from '../../src/model/live.ts';
import { plan } from '../../src/plan/plan.ts';
import { hostileText } from '../render/hostile.ts';
import { liveGroup, liveUser, liveWith } from './live.ts';

const modeline = '# yaml-language-server: $schema=https://example.com/seatform.v1.schema.json';
const files = (live: Live) => importFiles(live, { modeline: () => modeline });
const textOf = (live: Live, path: string) => files(live).find((file) => file.path === path)?.text;

describe('a small organization', () => {
  test('is what people would have written', () => {
    const live = liveWith(
      [
        {
          userName: 'Grace@example.com',
          seat: 'Dev',
          figmaAdmin: true,
          externalId: '8812',
          displayName: 'Grace Hopper',
          'name.givenName': 'Grace',
          'name.familyName': "O'Hopper: jr",
          title: 'no',
          employeeNumber: '70198422',
          costCenter: '093923',
          organization: '2027-03-01',
          division: '1_000',
          department: 'R&D',
          'manager.value': 'boss@example.com',
          'manager.displayName': '~',
        },
        { userName: 'ada@example.com', seat: 'Content', displayName: 'Ada '.repeat(40), title: 'a\nb', figmaAdmin: false },
        { userName: 'gone@example.com', active: false },
        { userName: 'no address' },
      ],
      [
        liveGroup({ displayName: 'Design Systems', externalId: 'ds-1' }, ['grace@example.com', 'ada@example.com', 'gone@example.com'], 2),
        liveGroup({ displayName: 'Empty' }),
        liveGroup({ displayName: 'Strangers' }, [], 1),
        liveGroup({ displayName: 'Odd' }, ['ada@example.com', 'no address']),
        liveGroup({ displayName: 'x'.repeat(256) }, ['ada@example.com']),
      ],
      {
        ambiguous: {
          users: new Map([
            [userNameOf('two@example.com'), [liveUser({ userName: 'two@example.com' }), liveUser({ userName: 'Two@example.com' })]],
          ]),
          groups: new Map(),
        },
      },
    );
    expect(Object.fromEntries(files(live).map(({ path, text }) => [path, text]))).toMatchInlineSnapshot(`
      {
        "groups.yaml": "# yaml-language-server: $schema=https://example.com/seatform.v1.schema.json
      version: 1
      groups:
        - displayName: Design Systems
          externalId: ds-1
          # 3 members are not listed: inactive, ignored or unknown to SCIM; a plan leaves them where they are
          members:
            - ada@example.com
            - Grace@example.com
        - displayName: Empty
          # it has no members; "members: []" would keep it so
        - displayName: Odd
          # 1 member is not listed: inactive, ignored or unknown to SCIM; a plan leaves them where they are
          members:
            - ada@example.com
        - displayName: Strangers
          # members is left out: 1 member is inactive, ignored or unknown to SCIM, and there is no other
        # not listed: group "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" (longer than 255 characters)
      ",
        "users.yaml": "# yaml-language-server: $schema=https://example.com/seatform.v1.schema.json
      version: 1
      organization:
        tenantId: "964615200748176016"
        ignore:   # what cannot be declared: never drift, never written
          users:
            - no address
          groups:
            - "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx*"
      # not listed: 1 deactivated user
      # not listed: 2 users share the userName "two@example.com"
      users:
        - userName: ada@example.com
          # seat "Content" is left out (a seat type that seatform does not know)
          figmaAdmin: false
          # displayName "Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada Ada …" is left out (longer than 100 characters)
          # title "a\\nb" is left out (it holds invisible characters)
        - userName: Grace@example.com
          seat: Dev
          figmaAdmin: true
          externalId: "8812"
          displayName: Grace Hopper
          name:
            givenName: Grace
            familyName: "O'Hopper: jr"
          title: "no"
          employeeNumber: "70198422"
          costCenter: "093923"
          organization: "2027-03-01"
          division: "1_000"
          department: R&D
          manager:
            value: boss@example.com
            displayName: "~"
        # not listed: userName "no address" (no e-mail address)
      ",
      }
    `);
    expect(changesAfter(live)).toEqual([]);
  });

  test('an address with letters that can look like others is written so that it reads back as it is', () => {
    const names = ['ad\u0430@example.com', 'm\u00fcller@example.com', '\ud835\udc1ada@example.com'];
    const live = liveWith(
      names.map((userName) => ({ userName, seat: 'View' })),
      [liveGroup({ displayName: 'All' }, names)],
    );
    const { users, groups } = declarationOf(live);
    expect(new Set(users.map(({ userName }) => userName.value))).toEqual(new Set(names));
    expect(new Set(groups[0]?.members?.list.map(({ value }) => value))).toEqual(new Set(names));
    expect(changesAfter(live)).toEqual([]);
  });

  test('nobody gets a GitHub login, which Figma does not know', () => {
    expect(
      files(liveWith([{ userName: 'ada@example.com', seat: 'View' }]))
        .map(({ text }) => text)
        .join(''),
    ).not.toContain('github');
  });

  test('of nobody declares nobody', () => {
    expect(textOf(liveWith([], [], { tenant: 'a b' }), 'users.yaml')).toBe(`${modeline}\nversion: 1\n`);
    expect(files(liveWith([])).map(({ path }) => path)).toEqual(['users.yaml']);
  });
});

describe('a larger organization', () => {
  const people = (count: number, department?: string) =>
    Array.from({ length: count }, (_, index) => ({
      userName: `u${String(index).padStart(3, '0')}@${encodeURIComponent(department ?? 'none').toLowerCase()}.example.com`,
      seat: 'View',
      ...(department === undefined ? {} : { department }),
    }));

  test('has a file for each department', () => {
    const live = liveWith(
      [
        ...people(30, 'Design & Research'),
        ...people(10),
        ...people(9, 'Größe'),
        ...people(1, '設計'),
        ...people(1, 'Aux'),
        ...people(1, '../..'),
      ],
      [liveGroup({ displayName: 'All' }, ['u000@none.example.com'])],
    );
    expect(files(live).map(({ path }) => path)).toEqual([
      'groups.yaml',
      'organization.yaml',
      'users/aux-department.yaml',
      'users/design-research.yaml',
      'users/große.yaml',
      'users/other.yaml',
      'users/設計.yaml',
    ]);
    expect(textOf(live, 'organization.yaml')).toBe(`${modeline}\nversion: 1\norganization:\n  tenantId: "964615200748176016"\n`);
    expect(textOf(live, 'users/other.yaml')?.match(/userName/g)).toHaveLength(11);
    expect(changesAfter(live)).toEqual([]);
  });

  test('each file gets a first line of its own', () => {
    const written = importFiles(liveWith(people(51, 'A')), { modeline: (path) => `# ${path}` });
    expect(written.map(({ text }) => text.split('\n')[0])).toEqual(['# organization.yaml', '# users/a.yaml']);
  });

  test('up to fifty users stand in one file', () => {
    expect(files(liveWith(people(50, 'A'))).map(({ path }) => path)).toEqual(['users.yaml']);
    expect(files(liveWith(people(51, 'A'))).map(({ path }) => path)).toEqual(['organization.yaml', 'users/a.yaml']);
  });

  test('a group too large for a list is not managed', () => {
    const everybody = people(5001);
    const live = liveWith(everybody, [
      liveGroup(
        { displayName: 'All' },
        everybody.map(({ userName }) => userName),
      ),
    ]);
    expect(textOf(live, 'groups.yaml')).toContain('    # members is left out: the group has 5001, a list may have 5000\n');
  });

  test('a hundred thousand users are one file a department', () => {
    const everybody = Array.from({ length: 100_000 }, (_, index) => ({
      userName: `user${index}@example.com`,
      seat: 'Full',
      externalId: String(index),
      displayName: 'Ada Lovelace',
      'name.givenName': 'Ada',
      'name.familyName': 'Lovelace',
      employeeNumber: `0${index}`,
      costCenter: '093923',
      department: `Department ${index % 300}`,
    }));
    expect(files(liveWith(everybody))).toHaveLength(301);
  });
});

describe('the values', () => {
  const text = fc.oneof(
    hostileText,
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      'no',
      'Yes',
      'null',
      '~',
      '0123',
      '1e3',
      '0x1f',
      '.inf',
      '12:30',
      '2027-03-01',
      '=',
      '<<',
      '- a',
      'a: b',
      'a #b',
      '*a',
      '&a',
      '!a',
      '%a',
      '@a',
      'a ',
      ' a',
      'y',
      "'a'",
      '"a"',
      '[a]',
      'a:',
      '?',
      '|',
      '>-',
      '-',
      '---',
      '...',
    ),
  );
  const person = fc.record(
    {
      seat: fc.constantFrom('Full', 'Dev', 'Collab', 'View', 'Content'),
      figmaAdmin: fc.boolean(),
      externalId: text,
      displayName: text,
      'name.givenName': text,
      'name.familyName': text,
      title: text,
      department: text,
      'manager.value': text,
      'manager.displayName': text,
    },
    { requiredKeys: [] },
  );

  test('survive, or are told in a comment, and the plan right after is empty', () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 3 }), hostileText, text, (people, odd, name) => {
        const users = people.map((attributes, index) => ({ userName: `u${index}@example.com`, ...withoutEmpty(attributes) }));
        const groups = name === '' ? [] : [liveGroup({ displayName: name }, ['u0@example.com', odd], 1)];
        const live = liveWith([...users, { userName: odd || 'x' }], groups);
        expect(changesAfter(live)).toEqual([]);
        const declared = declarationOf(live);
        const written = files(live);
        for (const entry of declared.users) {
          const have = live.users.get(userNameOf(entry.userName.value))?.attributes;
          for (const attribute of userAttributeNames) {
            if (attribute === 'userName' || entry.attributes[attribute] === undefined) continue;
            expect(entry.attributes[attribute].value).toBe(have?.[attribute]);
          }
        }
        for (const { text } of written) expect(parse(text, { version: '1.1' })).toEqual(parse(text, { version: '1.2' }));
      }),
      { numRuns: 500 },
    );
  });
});

function withoutEmpty(attributes: Partial<User>): Partial<User> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

function declarationOf(live: Live): Declaration {
  const loaded = load(files(live));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.diagnostics, null, 2));
  return loaded.value;
}

/** What a plan right after the import would do. */
function changesAfter(live: Live): readonly string[] {
  const declaration = declarationOf(live);
  const asOf = '2026-11-22' as Day;
  const planned = plan(resolve(declaration, asOf), live, policyOf(declaration.organization), { asOf, config: { digest: '', files: [] } });
  if (!planned.ok) throw new Error('nothing was targeted');
  return planned.value.operations.map(({ id }) => id);
}
