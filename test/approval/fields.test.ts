import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datedField, fieldOf, fieldOfScheduled, fieldsOf, peopleIn, touchedDays, touchedFields } from '../../src/approval/fields.ts';
import type { ChangeParts } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';
import { desiredBy } from '../plan/declared.ts';
import { id } from './pulls.ts';

const user = 'ada@x.io';

describe('the fields that a change rests on', () => {
  test.each<[ChangeParts['op'], Partial<ChangeParts>, readonly (readonly [string, string, string?])[]]>([
    ['create', { value: { seat: 'Full' } }, [['user', user]]],
    ['create', { kind: 'group', name: 'Design' }, [['group', 'Design']]],
    ['set', { attribute: 'seat', value: 'Full' }, [['user', user, 'seat']]],
    ['set', { kind: 'group', name: 'Design', attribute: 'externalId', value: 'x' }, [['group', 'Design', 'externalId']]],
    [
      'add',
      { kind: 'group', name: 'Design', attribute: 'member', value: user },
      [
        ['group', 'Design', `member ${user}`],
        ['group', 'Design', 'membership'],
      ],
    ],
    [
      'remove',
      { kind: 'group', name: 'Design', attribute: 'member', value: user },
      [
        ['group', 'Design', `member ${user}`],
        ['group', 'Design', 'membership'],
      ],
    ],
    [
      'rename',
      { value: 'new@x.io' },
      [
        ['user', user],
        ['user', 'new@x.io', 'userName'],
        ['user', 'new@x.io', `previously ${user}`],
      ],
    ],
    [
      'rename',
      { kind: 'group', name: 'Old', value: 'New' },
      [
        ['group', 'Old'],
        ['group', 'New', 'displayName'],
        ['group', 'New', 'previously Old'],
      ],
    ],
    [
      'deactivate',
      {},
      [
        ['user', user, 'userName'],
        ['user', user, 'active'],
        ['rule', 'unmanaged.users'],
      ],
    ],
    [
      'reactivate',
      {},
      [
        ['user', user, 'userName'],
        ['user', user, 'active'],
        ['rule', 'unmanaged.users'],
      ],
    ],
    [
      'delete',
      { kind: 'group', name: 'Design' },
      [
        ['group', 'Design', 'displayName'],
        ['rule', 'unmanaged.groups'],
      ],
    ],
    ['rule', { kind: 'organization', name: 'organization', attribute: 'minAdmins' }, []],
  ])('%s %j', (op, parts, fields) => {
    expect(fieldsOf(id(op, user, parts))).toEqual(fields.map(([kind, name, attribute]) => fieldOf(kind, name, attribute)));
  });
});

const entry = (more = '') => `{ userName: ada@x.io${more} }`;
const yaml = (users: string, rest = '') => `users: [${users}]\n${rest}`;
const group = (more: string) => `groups: [{ displayName: Design${more} }]\n`;

/** The fields of which two configurations want different values, in words. */
function touched(before: string, after: string): readonly string[] {
  const fields = [...touchedFields(desiredBy(before), desiredBy(after))];
  return fields.map((field) => (JSON.parse(field) as readonly string[]).slice(1).join(' · ')).sort();
}

describe('what a commit wants otherwise', () => {
  const ada = 'ada@x.io';
  const byDefault = (seat: string) => `organization: { defaults: [{ seat: ${seat} }] }\n`;
  const grants = (until: string, then = '') => `grants: [{ user: ada@x.io, seat: Full, until: ${until}${then} }]\n`;

  test.each<[string, string, string, readonly string[]]>([
    ['nothing', yaml(entry(', seat: View')), yaml(entry(', seat: View')), []],
    ['the order of entries', yaml(`${entry()}, { userName: b@x.io }`), yaml(`{ userName: b@x.io }, ${entry()}`), []],
    ['the case of a name', yaml(entry()), yaml('{ userName: Ada@X.io }'), []],
    ['the person’s GitHub login', yaml(entry()), yaml(entry(', github: ada')), []],
    ['one value', yaml(entry(', seat: View, title: T')), yaml(entry(', seat: Full, title: T')), [ada, `${ada} · seat`]],
    ['a value is managed', yaml(entry()), yaml(entry(', title: T')), [ada, `${ada} · title`]],
    ['a value is managed no more', yaml(entry(', title: T')), yaml(entry()), [ada, `${ada} · title`]],
    ['a value is to be absent', yaml(entry()), yaml(entry(', title: ""')), [ada, `${ada} · title`]],
    ['an entry', yaml('{ userName: b@x.io }'), yaml(`{ userName: b@x.io }, ${entry()}`), [ada, `${ada} · userName`]],
    ['an entry that is gone', yaml(`{ userName: b@x.io }, ${entry()}`), yaml('{ userName: b@x.io }'), [ada, `${ada} · userName`]],
    ['a former name', yaml(entry()), yaml(entry(', previously: [Old@x.io]')), [ada, `${ada} · previously old@x.io`]],
    ['a default in place of an entry', yaml(entry(', seat: View')), yaml(entry(), byDefault('View')), [ada, `${ada} · seat`]],
    [
      'a default in place of an entry, of any value',
      yaml(entry(', title: T')),
      yaml(entry(), 'organization: { defaults: [{ title: T }] }\n'),
      [ada, `${ada} · title`],
    ],
    ['another default', yaml(entry(), byDefault('View')), yaml(entry(), byDefault('Full')), [ada, `${ada} · seat`]],
    ['a default that an entry overrules', yaml(entry(', seat: View')), yaml(entry(', seat: View'), byDefault('Full')), []],
    ['a grant', yaml(entry(', seat: View')), yaml(entry(', seat: View'), grants('2026-12-01')), [ada, `${ada} · seat`]],
    [
      'the last day of a grant, which is a matter of that day',
      yaml(entry(', seat: View'), grants('2026-12-01')),
      yaml(entry(', seat: View'), grants('2026-12-09')),
      [],
    ],
    [
      'where an ended grant lands',
      yaml(entry(), byDefault('View') + grants('2026-11-01')),
      yaml(entry(), byDefault('View') + grants('2026-11-01', ', then: Dev')),
      [ada, `${ada} · seat`],
    ],
    [
      'a member',
      yaml(entry(), group(', members: []')),
      yaml(entry(), group(', members: [Ada@x.io]')),
      ['Design', `Design · member ${ada}`],
    ],
    ['a membership is managed', yaml(entry(), group('')), yaml(entry(), group(', members: []')), ['Design', 'Design · membership']],
    [
      'a membership is managed no more',
      yaml(entry(), group(', members: [ada@x.io]')),
      yaml(entry(), group('')),
      ['Design', `Design · member ${ada}`, 'Design · membership'],
    ],
    [
      'a rule in place of a list with the same members',
      yaml(entry(', department: D'), group(', members: [ada@x.io]')),
      yaml(entry(', department: D'), group(', membersWhere: { department: D }')),
      [],
    ],
    ['a group', yaml(entry()), yaml(entry(), group('')), ['Design', 'Design · displayName']],
    [
      'a group’s id',
      yaml(entry(), group('')),
      yaml(entry(), group(', externalId: x, previously: [Old]')),
      ['Design', 'Design · externalId', 'Design · previously Old'],
    ],
  ])('%s', (_, before, after, fields) => {
    expect(touched(before, after)).toEqual(fields);
    expect(touched(after, before)).toEqual(fields);
  });

  test('an object whose name is that of another’s attribute is another field', () => {
    expect(fieldOf('user', 'a', 'b')).not.toBe(fieldOf('user', 'a b'));
    expect(fieldOf('user', 'a')).not.toBe(fieldOf('group', 'a'));
  });
});

const scheduled = (day: string, userName: string, what: ScheduledChange['what']): ScheduledChange => ({
  day: day as Day,
  userName,
  what,
  cause: { via: 'grant' },
});
const [day, later] = ['2026-12-01', '2026-12-02'];
const full: ScheduledChange['what'] = { seat: { before: 'View', after: 'Full' } };

describe('what comes on a day to come', () => {
  const one = scheduled(day, 'Ada@x.io', full);

  test('a seat is the field of the user, a membership that of the group, with the day', () => {
    expect(fieldOfScheduled(one)).toBe(fieldOf('user', 'ada@x.io', 'seat'));
    expect(fieldOfScheduled(scheduled(day, 'Ada@x.io', { joins: 'Design' }))).toBe(fieldOf('group', 'Design', 'member ada@x.io'));
    expect(fieldOfScheduled(scheduled(day, 'ada@x.io', { leaves: 'Design' }))).toBe(fieldOf('group', 'Design', 'member ada@x.io'));
    expect(datedField(one)).not.toBe(datedField({ ...one, day: later as Day }));
    expect(JSON.parse(datedField(one))).toEqual([day, fieldOfScheduled(one)]);
  });

  test.each<[string, readonly ScheduledChange[], readonly ScheduledChange[], number]>([
    ['the same', [one], [one], 0],
    ['the same name in another case', [one], [{ ...one, userName: 'ada@x.io' }], 0],
    ['the same from another value', [one], [{ ...one, what: { seat: { before: 'Dev', after: 'Full' } } }], 0],
    ['one more', [], [one], 1],
    ['another day', [one], [{ ...one, day: later as Day }], 2],
    ['another seat', [one], [{ ...one, what: { seat: { before: 'View', after: 'Dev' } } }], 1],
    ['no seat any more', [one], [{ ...one, what: { seat: { before: 'View' } } }], 1],
    ['joining and leaving', [scheduled(day, 'a', { joins: 'D' })], [scheduled(day, 'a', { leaves: 'D' })], 1],
    ['the same group', [scheduled(day, 'a', { joins: 'D' })], [scheduled(day, 'a', { joins: 'D' })], 0],
  ])('%s', (_, before, after, count) => {
    expect(touchedDays(before, after).size).toBe(count);
    expect(touchedDays(after, before)).toEqual(new Set(touchedDays(before, after)));
  });

  test('taking back what changes a seat to nothing is seen', () => {
    expect(touchedDays([scheduled(day, 'a', { seat: { before: 'View' } })], []).size).toBe(1);
  });
});

test('the people of fields: users themselves, members, and those of days to come', () => {
  const fields = [
    fieldOf('user', 'a@x.io', 'seat'),
    fieldOf('user', 'b@x.io'),
    fieldOf('group', 'Design', 'member c d@x.io'),
    fieldOf('group', 'member z@x.io'),
    fieldOf('group', 'Design', 'membership'),
    fieldOf('rule', 'unmanaged.users'),
    datedField(scheduled(day, 'e@x.io', full)),
    datedField(scheduled(day, 'f@x.io', { joins: '[' })),
  ];
  expect([...peopleIn(fields)]).toEqual(['a@x.io', 'b@x.io', 'c d@x.io', 'e@x.io', 'f@x.io']);
});

test('a change of every object that differs is seen in the field of the object', () => {
  const some = fc.tuple(fc.constantFrom('', 'View', 'Full'), fc.constantFrom('', 'T', 'X'));
  const names = ['a@x.io', 'b@x.io', 'c@x.io'];
  const text = (all: readonly (readonly [string, string])[]) =>
    yaml(all.map(([seat, title], index) => entryOf(names[index] ?? '', seat, title)).join(', '));
  const people = fc.tuple(some, some, some);
  fc.assert(
    fc.property(people, people, (before, after) => {
      const fields = touchedFields(desiredBy(text(before)), desiredBy(text(after)));
      const differing = names.filter((_, index) => before[index]?.join() !== after[index]?.join());
      expect(names.filter((name) => fields.has(fieldOf('user', name)))).toEqual(differing);
    }),
    { numRuns: 60 },
  );
});

function entryOf(userName: string, seat: string, title: string): string {
  return `{ userName: ${userName}${seat && `, seat: ${seat}`}${title && `, title: ${title}`} }`;
}

test('an id is not confused by what stands in a value', () => {
  expect(fieldsOf(id('set', 'a', { attribute: 'title', value: '","op":"create' }))).toEqual([fieldOf('user', 'a', 'title')]);
});
