/**
 * One library reads the configuration and another writes it: what the one accepts, the other must read as the same values. This holds for what
 * is written, for a corpus of texts on which readers of YAML are known to differ, and for texts broken at random.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { load } from '../../src/config/load.ts';
import { plainValue } from '../../src/config/scalar.ts';
import { readYaml } from '../../src/config/yaml.ts';
import type { Declaration, OrganizationEntry } from '../../src/model/declaration.ts';
import { correct } from './rows.ts';

const visible = /^[^\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]*$/u;
const awkward = [
  'no',
  'Y',
  'null',
  '~',
  '',
  ' ',
  ' a',
  'a ',
  '093923',
  '1e3',
  '0x1F',
  '.5',
  '-',
  '- a',
  '? a',
  ': a',
  'a: b',
  'a #b',
  '#a',
  '@a',
  '%a',
  '&a',
  '*a',
  '!a',
];
const more = [
  '|',
  '>',
  "'",
  '"',
  '\\',
  '{',
  '[a',
  'a]',
  ',',
  '---',
  '...',
  '<<',
  '=',
  '2027-03-01',
  '12:30',
  '1_000',
  'é',
  '😀',
  'a\u00a0b',
  '\u3000',
  '`a`',
];
const text = fc.oneof(
  fc.constantFrom(...awkward, ...more),
  fc.string({ unit: 'binary', maxLength: 90 }).filter((value) => visible.test(value)),
  fc.string({ unit: fc.constantFrom(...Array.from(' :#-?,[]{}&*!|>\'"%@`\\ab1.0_=~<é😀')), maxLength: 90 }),
);
const address = fc.integer({ min: 0, max: 1e9 }).map((number) => `u${number}@example.com`);

const user = fc.record(
  {
    userName: address,
    github: fc.integer({ min: 0, max: 1e9 }).map((number) => `u${number}_acme`),
    active: fc.boolean(),
    seat: fc.constantFrom('Full', 'Dev', 'Collab', 'View'),
    figmaAdmin: fc.boolean(),
    externalId: text,
    displayName: text.filter((value) => value !== ''),
    title: text,
    costCenter: text,
    department: text,
    name: fc.record({ givenName: text, familyName: text }, { requiredKeys: ['givenName'] }),
    manager: fc.record({ value: text, displayName: text }, { requiredKeys: ['value'] }),
  },
  { requiredKeys: ['userName'] },
);
const seat = fc.constantFrom('Full', 'Dev', 'Collab', 'View');
const filled = text.filter((value) => value !== '');
const oneOf = fc.oneof(filled, fc.array(filled, { minLength: 1, maxLength: 3 }));
const someOf = { requiredKeys: [] };
const isFilled = (value: object): boolean => Object.keys(value).length > 0;
const where = fc
  .record(
    {
      seat: fc.oneof(seat, fc.array(seat, { minLength: 1, maxLength: 3 })),
      title: oneOf,
      employeeNumber: oneOf,
      department: oneOf,
      manager: fc.record({ value: oneOf, displayName: oneOf }, { requiredKeys: ['value'] }),
    },
    someOf,
  )
  .filter((value) => isFilled(value));
const count = fc.integer({ min: 0, max: 10_000_000 });
const percentage = fc
  .tuple(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom('', '.5', '.0625'))
  .map(([whole, rest]) => `${whole}${rest}%`);
const day = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const pool = fc.record({ purchased: count, outside: count, monthlyPrice: fc.constantFrom(0, 90, 35.5, 1_000_000) });
const budget = fc.record({
  where,
  seats: fc.record({ Full: count, Dev: count, Collab: count, View: count }, someOf).filter((value) => isFilled(value)),
});
const organization = fc.record(
  {
    unmanaged: fc.record({
      users: fc.constantFrom('report', 'deactivate', 'ignore'),
      groups: fc.constantFrom('report', 'delete', 'ignore'),
    }),
    ignore: fc.record({ users: fc.array(filled.map((value) => `-${value}`)), groups: fc.array(filled.map((value) => `-${value}`)) }),
    protected: fc.array(filled.map((value) => `+${value.replaceAll(/[*?]/g, '')}`)),
    minAdmins: count,
    limits: fc
      .record({ creations: fc.oneof(count, percentage), groupShrink: fc.oneof(count, percentage) }, someOf)
      .filter((value) => isFilled(value)),
    seats: fc.record({ Full: pool, Collab: pool, currency: fc.constantFrom('USD', 'EUR'), termEnds: day }),
    budgets: fc.array(budget, { maxLength: 3 }).map((list) => list.map((entry, index) => ({ name: `B${index}`, ...entry }))),
    separation: fc.record({
      approvals: fc.integer({ min: 0, max: 10 }),
      notBy: fc.subarray(['author', 'committer', 'requester', 'beneficiary']),
    }),
    defaults: fc.array(fc.record({ where, seat, title: text, manager: fc.record({ value: text }) }, { requiredKeys: ['seat'] }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: ['defaults'] },
);
const rule = fc.shuffledSubarray(['Full', 'Dev', 'Collab', 'View'], { minLength: 4 }).map((seats) => ({ seat: seats }));
const group = fc.record(
  {
    displayName: filled.map((value) => `+${value}`),
    externalId: text,
    members: fc.uniqueArray(address, { maxLength: 5 }),
    membersWhere: rule,
  },
  { requiredKeys: ['displayName'] },
);
const configuration = fc
  .record({
    version: fc.constant(1),
    organization,
    users: fc
      .uniqueArray(user, { minLength: 1, maxLength: 4, selector: ({ userName }) => userName })
      .filter((users) => new Set(users.map(({ userName, github }) => github ?? userName)).size === users.length),
    groups: fc.uniqueArray(group, { maxLength: 3, selector: ({ displayName }) => displayName.normalize('NFC') }),
    grants: fc.uniqueArray(fc.record({ seat, until: day, reason: text }, { requiredKeys: ['seat', 'until'] }), {
      maxLength: 3,
      selector: ({ seat: given, until }) => `${given} ${until}`,
    }),
  })
  .map(({ version, organization: policies, users, groups, grants }) => ({
    version,
    // Everybody has a seat and somebody is active: grants have a base, and rules somebody to match.
    organization: { ...policies, defaults: [...policies.defaults, { seat: 'View' }] },
    users: users.map((entry, index) => (index === 0 ? { ...entry, active: true } : entry)),
    groups,
    grants: grants.map((grant) => ({ user: users[0]?.userName ?? '', ...grant })),
  }));

/** The values that a text declares, or the codes of what is wrong with it. */
function reread(source: string): unknown {
  const result = load([{ path: 'a.yaml', text: source }]);
  if (result.ok) return asWritten(result.value);
  return [...new Set(result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
}

/** What was written, where one value and a list of that one value are the same. */
function asMeant(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => asMeant(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, key.startsWith('where') ? listsOf(item as object) : asMeant(item)]),
  );
}

function listsOf(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      if (typeof item === 'string') return [key, [item]];
      return [key, Array.isArray(item) ? item : listsOf(item as object)];
    }),
  );
}

/** Paths with a dot as the mappings in which they are written. */
function nested(entries: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const [key = '', part] = path.split('.');
    found[key] = part === undefined ? value : { ...(found[key] as object | undefined), [part]: value };
  }
  return found;
}

/** The values of a declaration in the shape in which they are written. */
function asWritten({ organization: policies, users, groups, grants }: Declaration): unknown {
  return {
    version: 1,
    organization: organizationAsWritten(policies),
    users: users.map(({ userName, github, attributes }) => ({
      userName: userName.value,
      ...(github ? { github: github.value } : {}),
      ...nested(Object.entries(attributes).map(([path, { value }]) => [path, value])),
    })),
    groups: groups.map(({ displayName, externalId, members, membersWhere }) => ({
      displayName: displayName.value,
      ...(externalId ? { externalId: externalId.value } : {}),
      ...(members ? { members: members.list.map(({ value }) => value) } : {}),
      ...(membersWhere ? { membersWhere: nested(membersWhere.value) } : {}),
    })),
    grants: grants.map(({ user: grantee, gives, until, reason }) => ({
      user: grantee.value,
      ...gives,
      until: until.value,
      ...(reason === undefined ? {} : { reason }),
    })),
  };
}

function organizationAsWritten({ ignore, protected: guarded, limits, seats, budgets, defaults, ...plain }: OrganizationEntry): unknown {
  const texts = (list: readonly { readonly value: string }[]) => list.map(({ value }) => value);
  return {
    ...plain,
    ...(ignore ? { ignore: { users: texts(ignore.users), groups: texts(ignore.groups) } } : {}),
    ...(guarded ? { protected: texts(guarded) } : {}),
    ...(limits
      ? {
          limits: Object.fromEntries(
            Object.entries(limits).map(([key, limit]) => [key, 'count' in limit ? limit.count : `${limit.percent}%`]),
          ),
        }
      : {}),
    ...(seats ? { seats: { ...withoutPlaces(seats.pools), currency: seats.currency, termEnds: seats.termEnds } } : {}),
    ...(budgets ? { budgets: budgets.map(({ name, where: people, seats: most }) => ({ name, where: nested(people), seats: most })) } : {}),
    defaults: defaults?.map(({ where: people, attributes }) => ({
      ...(people ? { where: nested(people) } : {}),
      ...nested(Object.entries(attributes).map(([path, { value }]) => [path, value])),
    })),
  };
}

function withoutPlaces(pools: object): object {
  const bare = (pool: object): object => Object.fromEntries(Object.entries(pool).filter(([key]) => key !== 'at'));
  return Object.fromEntries(Object.entries(pools).map(([key, pool]: [string, object]) => [key, bare(pool)]));
}

describe('what is written is read', () => {
  const styles = [
    { compat: 'yaml-1.1' },
    { compat: 'yaml-1.1', lineWidth: 20 },
    { compat: 'yaml-1.1', collectionStyle: 'flow' },
    { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 30 },
    { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN', indent: 4, indentSeq: false },
  ] as const;

  test.each(styles.map((style) => [JSON.stringify(style), style] as const))('as the same values, written with %s', (_, style) => {
    fc.assert(
      fc.property(configuration, (value) => {
        expect(reread(stringify(value, style))).toEqual(asMeant(value));
      }),
      { numRuns: 200, seed: 20_261_122 },
    );
  });
});

test('what is written without regard to older readers is read as the same values, or must be quoted', () => {
  fc.assert(
    fc.property(configuration, (value) => {
      expect([asMeant(value), ['E007']]).toContainEqual(reread(stringify(value)));
    }),
    { numRuns: 200, seed: 20_261_122 },
  );
});

/** A value without what tells one library from the other: prototypes and the sign of zero. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => bare(item));
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value).map(([key, item]) => [key, bare(item)] as const));
  return value === 0 ? 0 : value;
}

/** Whether a value can be part of a configuration: its texts are visible, and its keys are text for everybody. */
function isOrdinary(value: unknown): boolean {
  if (typeof value === 'string') return visible.test(value);
  if (Array.isArray(value)) return value.every((item) => isOrdinary(item));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => isOrdinary(key) && plainValue(key) === key && isOrdinary(item));
}

/** Says of a text that is accepted whether the other library accepts it too, and as the same value; undefined if it is refused. */
function agreement(source: string): boolean | undefined {
  const { tree, diagnostics } = readYaml({ path: 'a.yaml', text: source });
  if (!tree || diagnostics.length > 0) return undefined;
  const value = tree.values[tree.root];
  if (!isOrdinary(value)) return undefined;
  const document = parseDocument(source, { logLevel: 'error' });
  if (document.errors.length > 0) return false;
  expect(bare(value)).toEqual(bare(document.toJS()));
  return true;
}

describe('what is read is the same for both', () => {
  const accepted = [
    correct,
    correct.replaceAll('\n', '\r\n'),
    'a: 0o17\nb: 017\nc: 0x1F\nd: -0\ne: +12\nf: .5\ng: 1.\nh: 1e3\ni: 0b1\nj: 1_000\nk: 12:30\nl: 2027-03-01\nm: 1e999\n',
    'a: no\nb: Yes\nc: ON\nd: y\ne: True\nf: FALSE\ng: tRUE\nh: Null\ni: ~\nj:\nk: nULL\n',
    'a: .inf\nb: -.INF\nc: .NaN\nd: .nAn\ne: <<\nf: =\ng: "no"\nh: \'~\'\n',
    'a: b c\n   d\n   e\nf: "g\n  h\n  i \\\n  j"\nk: \'l\n  m\'\n',
    'a: >-\n  b\n  c\nd: |-\n  e\nf: >-2\n  g\nh: |\ni: ""\n',
    'a: [b, c, {d: e}, f: g, "h": i, [j]]\nk: {l, m: , "n":o, p: {}}\nq: []\n',
    '? a\n: b\n? c\nd:\n- e\n-   f: 1\n    g: 2\n- - h\n  - i\n-\n',
    'a: &x b\nc: *x\nd: &y [*x, *x]\ne: *y\nf: &x g\nh: *x\n',
    "a: \"\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\/\\\"\\\\\"\nb: 'it''s'\n",
    '# a\n---\na: b # c\nd: e#f\n"g" : h\n\'i\': j\n...\n# k\n',
    'a: b:c\nd: e,f\ng: -h\ni: ?j\nk: :l\nm: [n:o, -p, ?q]\nr: s[t]{u}\n',
    '{"a":1,"b":[true,null,"c"],"d":{"e":1.5e-3}}',
    '\u00e9: \u00fc\n😀: "😀"\na\u00a0b: c\u3000d\n',
  ];

  test.each(accepted.map((source) => [source]))('%j', (source) => {
    expect(agreement(source)).toBe(true);
  });

  const refused = [
    'a: b\rc: d\n',
    'a: "b \\\n\n  c"\n',
    'a: >2-\n   \n',
    'a:\n# b\n  c\n',
    'a: &b[c]\n',
    'a: &b c: d\n',
    '- [a] b: c\n',
    ' ---\na: b\n',
    '... \na\n',
    'a: "\\U00110000"\n',
    '-\t- a\n',
    'a: "b\n\tc"\n',
    'a: !!binary aGk=\n',
    'a: &b [*b]\n',
    'a: b\n...\n...\n',
    '<<: {a: b}\n',
    '[a]: b\n',
    '%YAML 1.1\n---\na: b\n',
  ];

  test.each(refused.map((source) => [source]))('or it is refused: %j', (source) => {
    expect(agreement(source)).toBeUndefined();
  });

  test('also when a text is broken at random', () => {
    const bits = [
      '',
      ' ',
      '\n',
      '\n\n',
      '\r\n',
      '\t',
      ':',
      ': ',
      '- ',
      '-',
      ',',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      ' #',
      '&a ',
      '*a',
      '!',
      '|',
      '>',
      '>-',
      '%',
      '@',
      '? ',
      '---',
      '\\',
      'é',
      '😀',
      '0',
      '~',
    ];
    const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 3 }), fc.constantFrom(...bits));
    let agreed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...accepted), fc.array(edit, { minLength: 1, maxLength: 5 }), (source, edits) => {
        const broken = edits.reduce((before, [place, length, bit]) => {
          const at = place % (before.length + 1);
          return before.slice(0, at) + bit + before.slice(at + length);
        }, source);
        const both = agreement(broken);
        expect(both).not.toBe(false);
        if (both === true) agreed += 1;
      }),
      { numRuns: 10_000, seed: 7 },
    );
    expect(agreed).toBeGreaterThan(500);
  });
});
