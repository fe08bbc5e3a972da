import { expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { scheduleOf, scheduledBeyond } from '../../src/desired/schedule.ts';
import type { Day } from '../../src/model/day.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';

const today = '2026-11-22' as Day;

function turns(yaml: string, day = today): readonly ScheduledChange[] {
  const loaded = load([{ path: 'a.yaml', text: `version: 1\n${yaml}` }]);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return scheduleOf(loaded.value, day);
}

/** `2026-12-31 ada@x.io View → Dev :4` */
function lines(turns: readonly ScheduledChange[]): readonly string[] {
  return turns.map(({ day, userName, what, cause }) => {
    const text =
      'seat' in what ? `${what.seat.before} → ${what.seat.after}` : 'joins' in what ? `joins ${what.joins}` : `leaves ${what.leaves}`;
    return `${day} ${userName} ${text} ${cause.via} until ${cause.until} :${cause.at?.line}`;
  });
}

const people = `users:
  - { userName: ada@x.io, previously: [king@x.io], seat: View }
  - { userName: bob@x.io, department: D }
`;

test.each<[string, string, string[]]>([
  [
    'a grant starts and ends: on its first day, and on the day after its last',
    'grants: [{ user: ADA@x.io, seat: Dev, from: 2026-12-01, until: 2026-12-31 }]',
    ['2026-12-01 ada@x.io View → Dev grant until 2026-12-31 :5', '2027-01-01 ada@x.io Dev → View expired until 2026-12-31 :5'],
  ],
  [
    'what is in force today only ends',
    'grants: [{ user: king@x.io, seat: Dev, until: 2026-11-22 }]',
    ['2026-11-23 ada@x.io Dev → View expired until 2026-11-22 :5'],
  ],
  ['what is over says nothing', 'grants: [{ user: ada@x.io, seat: Dev, until: 2026-11-21 }]', []],
  ['a grant that raises nothing says nothing', 'grants: [{ user: ada@x.io, seat: View, until: 2026-12-31 }]', []],
  [
    'one grant follows another: only what changes is told',
    'grants: [{ user: ada@x.io, seat: Dev, until: 2026-12-31 }, { user: ada@x.io, seat: Full, from: 2026-12-24, until: 2027-01-02 }]',
    ['2026-12-24 ada@x.io Dev → Full grant until 2027-01-02 :5', '2027-01-03 ada@x.io Full → View expired until 2027-01-02 :5'],
  ],
  [
    'where a grant says that it lands, and the base is a default',
    'organization: { defaults: [{ seat: View }] }\ngrants: [{ user: bob@x.io, seat: Dev, until: 2026-12-31, then: Collab }]',
    ['2027-01-01 bob@x.io Dev → Collab expired until 2026-12-31 :6'],
  ],
  [
    'where an ended grant has landed, the next one starts from there',
    'organization: { defaults: [{ seat: View }] }\ngrants: [{ user: bob@x.io, seat: Dev, until: 2026-11-20, then: Collab }, { user: bob@x.io, seat: Full, from: 2026-12-01, until: 2099-12-31 }]',
    ['2026-12-01 bob@x.io Collab → Full grant until 2099-12-31 :6', '2100-01-01 bob@x.io Full → View expired until 2099-12-31 :6'],
  ],
  [
    'memberships by grants and by rules on the seat',
    `groups:
  - { displayName: G, members: [] }
  - { displayName: Devs, membersWhere: { seat: [Dev, View] } }
  - { displayName: Only Dev, membersWhere: { seat: [Dev] } }
grants:
  - { user: ada@x.io, group: G, from: 2026-12-01, until: 2026-12-31 }
  - { user: ada@x.io, seat: Dev, from: 2026-12-01, until: 2026-12-31 }`,
    [
      '2026-12-01 ada@x.io View → Dev grant until 2026-12-31 :11',
      '2026-12-01 ada@x.io joins G grant until 2026-12-31 :11',
      '2026-12-01 ada@x.io joins Only Dev grant until 2026-12-31 :11',
      '2027-01-01 ada@x.io Dev → View expired until 2026-12-31 :11',
      '2027-01-01 ada@x.io leaves G expired until 2026-12-31 :11',
      '2027-01-01 ada@x.io leaves Only Dev expired until 2026-12-31 :11',
    ],
  ],
])('%s', (_, yaml, expected) => {
  expect(lines(turns(`${people}${yaml}`))).toEqual(expected);
});

test('a user who is declared inactive turns into nothing', () => {
  const yaml =
    'users: [{ userName: a@x.io, active: false, seat: View }, { userName: b@x.io }]\ngrants: [{ user: a@x.io, seat: Dev, until: 2026-12-31 }]';
  expect(turns(yaml)).toEqual([]);
});

test('what both schedules say is nobody’s change, wherever it stands by now', () => {
  const grant = (until: string) => `grants: [{ user: ada@x.io, seat: Dev, until: ${until} }]`;
  const [old, moved, longer] = [
    turns(`${people}${grant('2026-12-31')}`),
    turns(`${people}\n\n${grant('2026-12-31')}`),
    turns(`${people}${grant('2027-01-31')}`),
  ];
  expect(scheduledBeyond(moved, old)).toEqual([]);
  expect(lines(scheduledBeyond(longer, old))).toEqual(['2027-02-01 ada@x.io Dev → View expired until 2027-01-31 :5']);
});
