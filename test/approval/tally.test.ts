import { describe, expect, test } from 'vitest';
import { heldChanges, heldOpen, openChanges, rowOf, tallyOf, untouched, type OpenChange } from '../../src/approval/tally.ts';
import { changeIdsOf, changesIn, parsedId, type ChangeId } from '../../src/model/change-id.ts';
import type { OperationEvent } from '../../src/model/event.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { OpenRow } from '../../src/model/review.ts';
import { planned } from '../plan/declared.ts';

const [put] = planned('users: [{ userName: a@x.io, seat: View, title: T, department: D }]', {
  users: { 'a@x.io': { seat: 'Full' } },
}).operations;
const operation = put as Operation;
const open = changesIn(operation).map(({ changeId, edits }): OpenChange => ({
  operation,
  changeId,
  edits,
  fate: 'failed',
  reason: 'refused',
}));

const at = '2026-11-22T12:00:00Z';
const tallied = (approvalOf: (change: OpenChange) => ChangeId | undefined, superseded: readonly OpenRow[] = []) =>
  tallyOf({ open, superseded, total: 5 }, approvalOf);

describe('what became of one pull request', () => {
  test('several open changes that one approval covers count as one', () => {
    expect(open).toHaveLength(3);
    expect(tallied(() => 'create' as ChangeId)).toMatchObject({ total: 5, done: 4, isFailure: true });
    expect(tallied(({ changeId }) => changeId)).toMatchObject({ total: 5, done: 2 });
  });

  test('what no approval covers is another pull request’s', () => {
    expect(tallied(() => undefined)).toEqual({ total: 5, done: 5, open: [], isFailure: false });
  });

  test('what is superseded is shown, not counted as applied, and is no failure by itself', () => {
    const row: OpenRow = { operation, fate: 'superseded', reason: 'commit 0a1b2c3 asks for something else' };
    expect(tallied(() => undefined, [row])).toEqual({ total: 5, done: 4, open: [row], isFailure: false });
    expect(tallied(({ changeId }) => changeId, [row])).toMatchObject({ done: 1, isFailure: true });
    expect(tallied(({ changeId }) => changeId, [row, row, row])).toMatchObject({ done: 0 });
    expect(tallied(({ changeId }) => changeId, [row]).open).toHaveLength(4);
  });

  test('a row holds the edits of its change alone', () => {
    expect(open.map((one) => rowOf(one).operation.edits)).toEqual(operation.edits.map((edit) => [edit]));
    expect(rowOf(open[0] as OpenChange)).toMatchObject({ fate: 'failed', reason: 'refused', operation: { name: 'a@x.io' } });
  });
});

describe('what the events say', () => {
  const [first, second] = operation.edits;
  const event = (type: string, more: object = {}, edits: readonly unknown[] = operation.edits) =>
    ({ type, at, operation: operation.id, edits, ...more }) as OperationEvent;

  test.each<[string, readonly OperationEvent[], readonly string[]]>([
    ['nothing', [], ['held', 'held', 'held']],
    ['planned', [event('planned')], ['held', 'held', 'held']],
    ['started and cut off', [event('planned'), event('started')], ['held', 'held', 'held']],
    ['done', [event('started'), event('succeeded')], []],
    ['one failed', [event('failed', { problem: { code: 'refused', message: 'no' } }, [first])], ['failed']],
    ['one held', [event('succeeded'), event('held', { because: 'it needs another' }, [second])], ['held']],
    ['all skipped', [event('skipped', { because: 'stopped' })], ['skipped', 'skipped', 'skipped']],
    ['another operation failed', [event('succeeded'), { ...event('skipped', { because: 'x' }), operation: 'patch user b@x.io' }], []],
  ])('%s', (_, events, fates) => {
    expect(openChanges([operation], events).map(({ fate }) => fate)).toEqual(fates);
  });

  test('why, edit by edit, also where an event holds copies', () => {
    const copy = { ...first };
    const failed = event('failed', { problem: { code: 'refused', message: 'no' } }, [copy]);
    expect(openChanges([operation], [failed])).toMatchObject([{ edits: [first], fate: 'failed', reason: 'no' }]);
    expect(openChanges([operation], [event('held', { because: 'wait' }, [second])])).toMatchObject([{ edits: [second], reason: 'wait' }]);
    expect(openChanges([operation], [])[0]?.reason).toBe('interrupted before it was started');
  });
});

test('what was not begun is held for one reason', () => {
  expect(untouched([operation], 'a guard')).toMatchObject([1, 2, 3].map(() => ({ fate: 'held', reason: 'a guard', operation })));
});

test('what is held is held by change, and names the guard that holds it', () => {
  const [one, two] = open.map(({ changeId }) => changeId);
  const holds = [
    { changeId: one as ChangeId, reason: 'ignored' },
    { changeId: two as ChangeId, reason: 'too many', guard: 'downgrades' },
    { changeId: 'another' as ChangeId, reason: 'x' },
  ];
  const found = heldOpen([operation], holds);
  expect(found.map(({ changeId, reason, guard }) => [changeId, reason, guard])).toEqual([
    [one, 'ignored', undefined],
    [two, 'too many', 'downgrades'],
  ]);
  expect(found.map((change) => Object.hasOwn(change, 'guard'))).toEqual([false, true]);
});

describe('what needs something that was not approved', () => {
  const yaml = `
users:
  - { userName: a@x.io, seat: Full }
  - { userName: back@x.io, active: true, seat: Dev }
  - { userName: gone@x.io, active: false }
organization: { seats: { Full: { purchased: 1 } }, minAdmins: 0 }
groups: [{ displayName: Design, members: [a@x.io, back@x.io] }]
`;
  const held = { users: { 'back@x.io': { active: false }, 'gone@x.io': { seat: 'Full' } } };
  const all = planned(yaml, held).operations;
  const wantedOf = (keep: (id: string) => boolean) => new Set([...changeIdsOf(all)].filter(keep));
  const heldBy = (wanted: ReadonlySet<ChangeId>) =>
    heldChanges(all, wanted, planned(yaml, held, { approved: wanted })).map(({ changeId, reason, needs }) => [
      parsedId(changeId).op,
      reason,
      needs,
    ]);

  test('everything wanted and possible: nothing is held', () => {
    expect(heldBy(changeIdsOf(all))).toEqual([]);
  });

  test('a seat of somebody who does not come back', () => {
    expect(heldBy(wantedOf((id) => id.includes('"name":"back@x.io"') && id.includes('"set"')))).toEqual([
      ['set', 'its reactivation was not approved', all.find(({ name }) => name === 'back@x.io')?.id],
    ]);
  });

  test('a seat that a deactivation would free', () => {
    expect(heldBy(wantedOf((id) => id.includes('"op":"create"') && id.includes('a@x.io')))).toEqual([
      ['create', 'the deactivation of gone@x.io was not approved', 'deactivate user gone@x.io'],
    ]);
  });

  test('members of a group that is not created, and a member who is not', () => {
    const group = all.find(({ kind }) => kind === 'group')?.id;
    expect(heldBy(wantedOf((id) => id.includes('"op":"add"')))).toEqual([
      ['add', 'its creation was not approved', group],
      ['add', 'its creation was not approved', group],
    ]);
    const withoutMember = wantedOf((id) => id.includes('"kind":"group"'));
    expect(heldBy(withoutMember)).toEqual([
      ['add', 'the creation of a@x.io was not approved', 'create user a@x.io'],
      ['add', expect.stringMatching(/^the change of back@x\.io was not approved$/), expect.stringContaining('back@x.io')],
    ]);
  });
});
