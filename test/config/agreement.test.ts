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
import type { Declaration } from '../../src/model/declaration.ts';
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
const group = fc.record(
  { displayName: text.filter((value) => value !== ''), externalId: text, members: fc.uniqueArray(address, { maxLength: 5 }) },
  { requiredKeys: ['displayName'] },
);
const configuration = fc.record({
  version: fc.constant(1),
  users: fc.uniqueArray(user, { minLength: 1, maxLength: 4, selector: ({ userName }) => userName }),
  groups: fc.uniqueArray(group, { maxLength: 3, selector: ({ displayName }) => displayName }),
});

/** The values that a text declares, or the codes of what is wrong with it. */
function reread(source: string): unknown {
  const result = load([{ path: 'a.yaml', text: source }]);
  return result.ok ? asWritten(result.value) : [...new Set(result.diagnostics.map(({ code }) => code))];
}

/** The values of a declaration in the shape in which they are written. */
function asWritten({ users, groups }: Declaration): unknown {
  return {
    version: 1,
    users: users.map(({ userName, attributes }) => {
      const entry: Record<string, unknown> = { userName: userName.value };
      for (const [path, written] of Object.entries(attributes)) {
        const [key = '', part] = path.split('.');
        entry[key] = part === undefined ? written.value : { ...(entry[key] as object | undefined), [part]: written.value };
      }
      return entry;
    }),
    groups: groups.map(({ displayName, externalId, members }) => ({
      displayName: displayName.value,
      ...(externalId ? { externalId: externalId.value } : {}),
      ...(members ? { members: members.list.map(({ value }) => value) } : {}),
    })),
  };
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
        expect(reread(stringify(value, style))).toEqual(value);
      }),
      { numRuns: 200, seed: 20_261_122 },
    );
  });
});

test('what is written without regard to older readers is read as the same values, or must be quoted', () => {
  fc.assert(
    fc.property(configuration, (value) => {
      expect([value, ['E007']]).toContainEqual(reread(stringify(value)));
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
