import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEmpty } from '../../src/model/plan.ts';
import { renderPlan } from '../../src/render/terminal.ts';
import { columns } from '../../src/render/width.ts';
import { command, hostileText, raw } from './hostile.ts';
import { uncolored } from './uncolored.ts';
import {
  blocked,
  cause,
  created,
  day,
  deleted,
  ended,
  expiries,
  group,
  lowered,
  planWith,
  raised,
  reactivated,
  regrouped,
  renamed,
  user,
} from './plans.ts';

const plain = { color: false };
const everything = [ended, lowered, raised, renamed, reactivated, created, regrouped, deleted];

describe('nothing to do', () => {
  test('says so in one line', () => {
    expect(renderPlan(planWith(), plain)).toBe('No changes. Figma matches the configuration.\n');
  });

  test('names who keeps access', () => {
    const unmanaged = ['Full', 'Dev', 'View'].map((seat) => ({ kind: 'user' as const, name: `${seat}@example.com`, seat }));
    expect(renderPlan(planWith({ unmanaged }), plain)).toBe(
      [
        'No changes to what is declared. 3 active users (2 paid seats) are not declared and keep access.',
        '',
        '  Full@example.com (Full)',
        '  Dev@example.com (Dev)',
        '  View@example.com (View)',
        '',
      ].join('\n'),
    );
  });

  test('does not claim agreement for an incomplete plan', () => {
    expect(renderPlan(planWith({ unresolved: 1 }), plain)).toBe('No changes in this plan, but it is incomplete.\n');
  });

  test.each([
    ['target', 'No changes for the targets.\n\nTargeted: 3 other changes not shown.\n'],
    ['expired', 'No changes by what has expired.\n\nOnly what has expired: 3 other changes not shown.\n'],
  ] as const)('does not claim agreement for a part by %s', (by, text) => {
    expect(renderPlan(planWith({ selection: { by, others: 3 } }), plain)).toBe(text);
  });

  test('names the undeclared under a line of their own where the first one does not speak of them', () => {
    const unmanaged = [{ kind: 'user' as const, name: 'x@example.com', seat: 'Full' }];
    for (const part of [{ unresolved: 1 }, { selection: { by: 'target', others: 0 } }, { guards: [blocked] }] as const) {
      expect(renderPlan(planWith({ unmanaged, ...part }), plain)).toContain(
        '\n1 active user (1 paid seat) is not declared and keeps access:\n  x@example.com (Full)\n',
      );
    }
  });

  test('tells what ends soon', () => {
    expect(renderPlan(planWith({ expiries }), plain)).toBe(`No changes. Figma matches the configuration.

Ending within 7 days:
  2026-11-25  grace@example.com  Dev → View                     # grants.yaml:3
  2026-11-28  bob@example.com    leaves group "Design Systems"  # grants.yaml:9
`);
  });
});

describe('changes', () => {
  test.each([
    ['a deactivation', ended, ['  - bob@example.com (Full → deactivated)  # seatform/users.yaml:12']],
    ['a seat', raised, ['  ~ ada@example.com', '      ~ seat View → Full  # seatform/users.yaml:42']],
    [
      'a seat for a time',
      user('patch', 'dan@example.com', [
        { attribute: 'seat', before: 'View', after: 'Dev', cause: { ...cause(7, 'grant'), until: day('2026-12-31') } },
      ]),
      ['  ~ dan@example.com', '      ~ seat View → Dev  # seatform/users.yaml:7 (grant until 2026-12-31)'],
    ],
    [
      'an end of a grant, with its last day',
      user('patch', 'dan@example.com', [
        { attribute: 'seat', before: 'Dev', after: 'View', cause: { ...cause(7, 'expired'), until: day('2026-11-20') } },
      ]),
      ['  ~ dan@example.com', '      ~ seat Dev → View  # seatform/users.yaml:7 (expired 2026-11-20)'],
    ],
    ['an end of a grant', lowered, ['  ~ dan@example.com', '      ~ seat Full → View  # seatform/users.yaml:7 (expired)']],
    [
      'a create',
      created,
      [
        '  + grace@example.com (new, or an existing member that will be bound; seat becomes Full)  # seatform/users.yaml:60',
        '      + seat        Full                        # seatform/users.yaml:61',
        '      + displayName "Grace \\"Amazing\\" Hopper"  # seatform/users.yaml:62',
      ],
    ],
    [
      'a rename, an emptied and a new value',
      renamed,
      [
        '  ~ joan.clarke@example.com (was joan.murray@example.com)  # seatform/users.yaml:50',
        '      ~ title      "Senior Design Manager" → "Principal Design Manager"  # seatform/users.yaml:53',
        '      - costCenter "0934" → none                                         # seatform/users.yaml:54',
        '      + division   "Mobile"                                              # seatform/users.yaml:55',
      ],
    ],
    [
      'a reactivation',
      reactivated,
      [
        '  ~ eve@example.com (deactivated → active again; seat becomes Dev)',
        '      ~ active false → true  # seatform/users.yaml:70',
        '      + seat   Dev           # seatform/users.yaml:71',
      ],
    ],
    [
      'members, after the group itself',
      regrouped,
      [
        '  ~ group "Design Systems" (was "DS"; 1 member added, 1 removed)  # seatform/groups.yaml:3',
        '      + member ada@example.com  # seatform/groups.yaml:5',
        '      - member bob@example.com  # seatform/groups.yaml:4 (rule)',
      ],
    ],
    ['a group deletion', deleted, ['  - group "Old" (deleted)  # not declared']],
    [
      'a new group',
      group('create', 'New', [{ attribute: 'displayName', after: 'New', cause: cause(9) }]),
      ['  + group "New" (new)  # seatform/users.yaml:9'],
    ],
    ['a deactivation of somebody without a seat', user('deactivate', 'x@y.z', []), ['  - x@y.z (active → deactivated)']],
  ])('%s', (_, operation, lines) => {
    const text = renderPlan(planWith({ operations: [operation], seats: {} }), plain);
    expect(text.split('\n').slice(2, 2 + lines.length)).toEqual(lines);
  });

  test('counts, seats, guards and the undeclared follow; diagnostics are shown elsewhere', () => {
    const text = renderPlan(
      planWith({
        operations: everything,
        unresolved: 2,
        seats: {
          View: { before: 88, after: 89 },
          Content: { before: 1, after: 1 },
          Collab: { before: 0, after: 0 },
          Dev: { before: 0, after: 0, purchased: 60 },
          Full: { before: 115, after: 116, purchased: 120, outside: 4 },
        },
        guards: [{ guard: 'budget', outcome: 'warn', count: 2, message: 'Design is 2 over', operations: [] }, blocked],
        diagnostics: [
          {
            severity: 'warning',
            code: 'W001',
            message: 'eve is deactivated',
            at: { file: 'a.yaml', line: 3, column: 5, length: 4 },
            help: 'say so',
          },
        ],
        unmanaged: [
          { kind: 'user', name: 'x@example.com', seat: 'Full' },
          ...Array.from({ length: 12 }, (_, index) => ({ kind: 'group' as const, name: `T${index}` })),
        ],
      }),
      plain,
    );
    expect(text.slice(text.indexOf('Plan: '))).toBe(`Plan: 1 to create, 5 to change, 1 to deactivate, 1 to delete.
Seats (seen by SCIM): Full 115 → 116 of 116 (120 purchased, 4 outside), Dev 0 → 0 of 60 (60 purchased), View 88 → 89, Content 1 → 1

Warning (budget 2): Design is 2 over
Blocked (deactivations 45, limit 42): 45 users would be deactivated
This plan cannot be applied as it is.

Incomplete: not all that the configuration asks for is in this plan.

1 active user (1 paid seat) is not declared and keeps access:
  x@example.com (Full)
12 groups are not declared and stay as they are:
${Array.from({ length: 10 }, (_, index) => `  group "T${index}"`).join('\n')}
  and 2 more
`);
  });

  test('seats, cost and budgets stand in a line each', () => {
    const text = renderPlan(
      planWith({
        operations: [raised],
        seats: {
          View: { before: 88, after: 87, peak: 89 },
          Full: { before: 115, after: 116, purchased: 120, outside: 4, peak: 118 },
          Collab: { before: 0, after: 0, peak: 1 },
        },
        cost: { currency: 'USD', monthly: 90, term: { ends: day('2027-03-01'), total: 300.5 } },
        budgets: [
          { name: 'Design', seats: { Dev: { before: 9, after: 11, limit: 10 }, Full: { before: 38, after: 40, limit: 40 } } },
          { name: 'Sales and more', seats: { View: { before: 3, after: 3, limit: 2 } } },
        ],
      }),
      plain,
    );
    expect(text.slice(text.indexOf('Plan: '))).toBe(`Plan: 0 to create, 1 to change, 0 to deactivate.
Seats (seen by SCIM): Full 115 → 116 of 116 (120 purchased, 4 outside, peak 118), Collab 0 → 0 (peak 1), View 88 → 87 (peak 89)
Cost: +$90 a month, +$300.50 until 2027-03-01 (end of term).
Budget Design: Full 38 → 40 of 40, Dev 9 → 11 of 10 (1 over)
Budget "Sales and more": View 3 → 3 of 2 (1 over)
`);
  });

  test.each([
    [0, 'Only what has expired: 0 other changes not shown.\n'],
    [1, 'Only what has expired: 1 other change not shown.\n'],
  ])('a part of a plan that leaves out %i says so in the very last line', (others, line) => {
    const plan = planWith({
      operations: [raised],
      selection: { by: 'expired', others },
      expiries,
      unmanaged: [{ kind: 'user', name: 'x@example.com', seat: 'Full' }],
    });
    expect(renderPlan(plan, plain).endsWith(`\n\n${line}`)).toBe(true);
    expect(renderPlan(plan, plain)).not.toContain('Incomplete');
    expect(renderPlan({ ...plan, unresolved: 1 }, plain)).toContain('\nIncomplete: ');
  });

  test('counts without deletions as Terraform does', () => {
    expect(renderPlan(planWith({ operations: [raised] }), plain)).toContain('\nPlan: 0 to create, 1 to change, 0 to deactivate.\n');
  });
});

describe('looks', () => {
  test('a letter that can look like another one is shown by its number', () => {
    const other = 'ad\u0430@example.com';
    const text = renderPlan(
      planWith({
        operations: [user('patch', other, raised.edits), group('patch', 'Büro', [{ attribute: 'member', after: other, cause: cause(1) }])],
        unmanaged: [{ kind: 'user', name: other, seat: 'Full' }],
        guards: [{ ...blocked, message: `"${other}" would lose its seat` }],
        expiries: expiries.map((expiry) => ({ ...expiry, userName: other })),
      }),
      plain,
    );
    expect(text).not.toContain('\u0430');
    expect(text.split('"ad\\u{430}@example.com"')).toHaveLength(7);
    expect(text).toContain('Büro');
  });

  test('narrow terminals lose nothing', () => {
    const plan = planWith({ operations: everything, guards: [blocked], expiries, selection: { by: 'target', others: 1 } });
    const narrow = renderPlan(plan, { color: false, width: 40 });
    for (const line of narrow.split('\n')) expect(columns(line)).toBeLessThanOrEqual(40);
    expect(letters(narrow)).toBe(letters(renderPlan(plan, plain)));
  });

  test('colour changes no text, and emphasises the words that differ', () => {
    const plan = planWith({ operations: everything, guards: [blocked] });
    const colored = renderPlan(plan, { color: true });
    expect(uncolored(colored)).toBe(renderPlan(plan, plain));
    expect(colored).toContain('"\u001B[31m\u001B[1mSenior\u001B[22m\u001B[39m Design Manager"');
  });

  test('no text from data reaches the terminal raw, or as a command', () => {
    const color = fc.boolean();
    const width = fc.option(fc.integer({ min: 20, max: 100 }), { nil: undefined });
    fc.assert(
      fc.property(hostileText, hostileText, color, width, (one, other, color, width) => {
        const plan = planWith({
          asOf: day(one),
          operations: [
            user(
              'put',
              one,
              [{ attribute: other, before: other, after: one, cause: { at: { file: one, line: 1, column: 1 }, via: 'entry' } }],
              { before: one },
            ),
            group('patch', other, [{ attribute: 'member', after: one, cause: { via: 'rule' } }]),
            user('deactivate', other, [], { before: one }),
          ],
          unmanaged: [{ kind: 'user', name: one, seat: other }],
          guards: [{ ...blocked, guard: one, message: other }],
          diagnostics: [
            { severity: 'error', code: 'E030', message: one, help: other, label: one, at: { file: other, line: 1, column: 1, length: 1 } },
          ],
          seats: { [one]: { before: 1, after: 2 } },
          budgets: [{ name: one, seats: { Full: { before: 1, after: 2, limit: 3 } } }],
          cost: { currency: other, monthly: 1, term: { ends: day(one), total: 2 } },
          expiries: [
            { until: day(one), userName: other, gives: { group: one }, cause: { via: 'grant', until: day(other) } },
            {
              until: day(other),
              userName: one,
              gives: { seat: 'Dev', to: 'View' },
              cause: { at: { file: one, line: 1, column: 1 }, via: 'grant' },
            },
          ],
        });
        const text = renderPlan(plan, { color, ...(width === undefined ? {} : { width }) });
        expect(uncolored(text)).not.toMatch(raw);
        expect(uncolored(text)).not.toMatch(command);
        expect(isEmpty(plan)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

function letters(text: string): string {
  return text.replaceAll(/\s/g, '');
}
