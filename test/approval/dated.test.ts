import { describe, expect, test } from 'vitest';
import { arrived, todaysIds, unapprovedLater } from '../../src/approval/dated.ts';
import { datedField, fieldOfScheduled } from '../../src/approval/fields.ts';
import type { Step } from '../../src/approval/line.ts';
import { scheduledIds } from '../../src/approval/scheduled.ts';
import { parsedId, type ChangeId } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';
import { commitOf, fieldsOf, id, pull, seat, signedPlan, standing, step } from './pulls.ts';

const day = (text: string) => text as Day;
const scheduled = (what: ScheduledChange['what'], on = '2026-12-01'): ScheduledChange => ({
  day: day(on),
  userName: 'Ada@x.io',
  what,
  cause: { via: 'grant' },
});
const full = scheduled({ seat: { before: 'View', after: 'Full' } });
const joins = scheduled({ joins: 'Design' });
const nothing = scheduled({ seat: { before: 'View' } });
const approves = (...changes: readonly ScheduledChange[]) => step('s0', [pull(signedPlan({ dated: scheduledIds(changes) }))]);
const come = (steps: readonly Step[], today = '2026-12-01', schedule: readonly ScheduledChange[] = [full]) =>
  [...arrived(schedule, day(today), standing(steps))].map(([one, judged]) => [one, commitOf(judged)]);

describe('ids', () => {
  test('a change of a day to come, with its day, and without it from that day on', () => {
    expect(todaysIds(full)).toEqual([seat('ada@x.io', 'Full')]);
    expect(todaysIds(joins)).toEqual([id('add', 'Design', { kind: 'group', attribute: 'member', value: 'ada@x.io' })]);
    expect(scheduledIds([full]).map(parsedId)).toEqual([{ ...parsedId(seat('ada@x.io', 'Full')), day: '2026-12-01' }]);
    expect(scheduledIds([scheduled({ leaves: 'Design' })]).map(parsedId)).toMatchObject([{ op: 'remove', name: 'Design' }]);
  });

  test('where no value is asked for there is nothing to approve', () => {
    expect(scheduledIds([nothing])).toEqual([]);
    expect(todaysIds(nothing)).toEqual([]);
  });
});

describe('what was approved for a day and has come', () => {
  const today = [[seat('ada@x.io', 'Full'), 's0']];

  test.each<[string, readonly Step[], string, readonly unknown[]]>([
    ['on the day', [approves(full)], '2026-12-01', today],
    ['after it', [approves(full)], '2027-01-01', today],
    ['the day before', [approves(full)], '2026-11-30', []],
    ['approved by nobody', [step('s0')], '2026-12-01', []],
    ['approved for another day', [approves({ ...full, day: day('2026-11-30') })], '2026-12-01', []],
    ['approved with another value', [approves(scheduled({ seat: { after: 'Dev' } }))], '2026-12-01', []],
    ['taken back on its day', [approves(full), step('s1', [], { days: fieldsOf(datedField(full)) })], '2026-12-01', []],
    ['wanted otherwise today', [approves(full), step('s1', [], { fields: fieldsOf(fieldOfScheduled(full)) })], '2026-12-01', []],
    [
      'another day touched',
      [approves(full), step('s1', [], { days: fieldsOf(datedField({ ...full, day: day('2026-12-02') })) })],
      '2026-12-01',
      today,
    ],
  ])('%s', (_, steps, on, expected) => {
    expect(come(steps, on)).toEqual(expected);
  });

  test('what the schedule of the tip does not hold any more has not come', () => {
    expect(come([approves(full)], '2026-12-01', [])).toEqual([]);
  });
});

describe('the days to come that nobody approved', () => {
  test('each by itself', () => {
    expect(unapprovedLater([full, joins], standing([approves(full)]))).toEqual([joins]);
    expect(unapprovedLater([full, joins], standing([approves(full, joins)]))).toEqual([]);
  });

  test('a touch of the day ends it, one of today does not', () => {
    const touch = (more: Partial<Step>) => standing([approves(full), step('s1', [], more)]);
    expect(unapprovedLater([full], touch({ days: fieldsOf(datedField(full)) }))).toEqual([full]);
    expect(unapprovedLater([full], touch({ fields: fieldsOf(fieldOfScheduled(full)) }))).toEqual([]);
  });

  test('one approved as a change of today is not approved as one of a day to come', () => {
    const steps = [step('s0', [pull(signedPlan({ changes: [...todaysIds(full), ...(scheduledIds([full]) as ChangeId[])] }))])];
    expect(unapprovedLater([full], standing(steps))).toEqual([full]);
  });
});
