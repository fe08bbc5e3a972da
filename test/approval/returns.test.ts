import { describe, expect, test } from 'vitest';
import { asleepIn } from '../../src/approval/asleep.ts';
import { fieldOf, type Field } from '../../src/approval/fields.ts';
import { isSince, latestOf, returnsIn } from '../../src/approval/returns.ts';
import { userNameOf, type UserName } from '../../src/model/directory.ts';
import type { Live } from '../../src/model/live.ts';
import { desiredBy, heldBy, planned, type Held } from '../plan/declared.ts';
import { id, minute } from './pulls.ts';

const inactive: Held = { users: { 'a@x.io': { active: false }, 'b@x.io': {} } };

/** The same with the time at which each inactive user was last changed. */
function changedAt(held: Held, time: string): Live {
  const live = heldBy(held);
  const users = [...live.users].map(
    ([name, user]) => [name, user.attributes.active ? user : Object.assign({}, user, { changedAt: time })] as const,
  );
  return { ...live, users: new Map(users) };
}

describe('the changes that give access again', () => {
  const back = planned('users: [{ userName: a@x.io, active: true, title: T }, { userName: b@x.io, title: T }]', inactive).operations;

  test('each with the time since when the person was inactive', () => {
    expect([...returnsIn(back, changedAt(inactive, minute(3)))]).toEqual([[id('reactivate', 'a@x.io'), minute(3)]]);
  });

  test('none where the service does not say when', () => {
    expect(returnsIn(back, heldBy(inactive)).size).toBe(0);
  });

  test('somebody who is live under a former name is found by that', () => {
    const held: Held = { users: { 'old@x.io': { active: false } } };
    const renamed = planned('users: [{ userName: a@x.io, previously: [old@x.io], active: true }]', held).operations;
    expect([...returnsIn(renamed, changedAt(held, minute(3))).values()]).toEqual([minute(3)]);
  });
});

test('the latest of some times, as times', () => {
  expect(latestOf([])).toBeUndefined();
  expect(latestOf([minute(2), minute(3), minute(1)])).toBe(minute(3));
  expect(latestOf(['2026-11-22T12:00:00+02:00', '2026-11-22T11:00:00Z'])).toBe('2026-11-22T11:00:00Z');
});

test.each<[string, string, string | undefined, boolean]>([
  ['later', minute(4), minute(3), true],
  ['earlier', minute(2), minute(3), false],
  ['in the same second', minute(3), '2026-11-22T12:03:00.900Z', true],
  ['a second before', '2026-11-22T12:02:59Z', '2026-11-22T12:03:00.000Z', false],
  ['where no time is known', minute(2), undefined, true],
])('what happened %s', (_, at, time, expected) => {
  expect(isSince(at, time)).toBe(expected);
});

describe('who is asleep', () => {
  const nobody = () => false;
  const asleep = (yaml: string, held: Held, fields: readonly Field[], known: (name: UserName) => boolean = nobody) =>
    asleepIn(fields, known, desiredBy(yaml), heldBy(held));
  const entries = (more = '') => `users: [{ userName: a@x.io${more} }, { userName: b@x.io }]`;
  const title = (name: string) => fieldOf('user', name, 'title');

  test.each<[string, string, readonly Field[], readonly string[]]>([
    ['nobody for whom nothing is asked', entries(', title: T'), [], []],
    ['somebody inactive for whom something is asked', entries(', title: T'), [title('a@x.io')], ['a@x.io']],
    ['nobody who is active', entries(), [title('b@x.io')], []],
    ['nobody whose entry gives access', entries(', active: true'), [title('a@x.io')], []],
    ['nobody whose entry takes it', entries(', active: false'), [title('a@x.io')], []],
    ['a member of a group', entries(), [fieldOf('group', 'Design', 'member a@x.io')], ['a@x.io']],
    ['somebody without an entry', 'users: [{ userName: b@x.io }]', [title('a@x.io')], ['a@x.io']],
    ['nobody who is not live', entries(), [title('z@x.io')], []],
  ])('%s', (_, yaml, fields, expected) => {
    expect(asleep(yaml, inactive, fields)).toEqual(expected);
  });

  test('somebody who is remembered stays so while inactive', () => {
    const known = (name: UserName) => name === userNameOf('a@x.io');
    expect(asleep(entries(), inactive, [], known)).toEqual(['a@x.io']);
    expect(asleep(entries(', active: true'), inactive, [], known)).toEqual([]);
    expect(asleep(entries(), { users: { 'a@x.io': {}, 'b@x.io': {} } }, [], known)).toEqual([]);
  });

  test('somebody who is live under a former name', () => {
    const held: Held = { users: { 'old@x.io': { active: false } } };
    expect(asleep('users: [{ userName: a@x.io, previously: [old@x.io] }]', held, [title('a@x.io')])).toEqual(['a@x.io']);
  });
});
