import { expect, test } from 'vitest';
import { openChanges, tallyOf, type OpenChange } from '../../src/approval/tally.ts';
import { changesIn, type ChangeId } from '../../src/model/change-id.ts';
import type { Operation } from '../../src/model/operation.ts';
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

test('several open changes that one approval covers count as one', () => {
  expect(open).toHaveLength(3);
  expect(tallyOf(open, 5, () => 'create' as ChangeId)).toMatchObject({ total: 5, done: 4, isFailure: true });
  expect(tallyOf(open, 5, ({ changeId }) => changeId)).toMatchObject({ total: 5, done: 2 });
});

test('what no approval covers is another pull request’s', () => {
  expect(tallyOf(open, 5, () => undefined)).toEqual({ total: 5, done: 5, open: [], isFailure: false });
});

test('what failed or was never begun is open, edit by edit', () => {
  const at = '2026-11-22T12:00:00Z';
  const [first, ...others] = operation.edits;
  const failed = {
    type: 'failed',
    at,
    operation: operation.id,
    edits: [first ?? others[0]],
    problem: { code: 'refused', message: 'no' },
  } as const;
  expect(openChanges([operation], [failed as never])).toMatchObject([{ edits: [first], fate: 'failed', reason: 'no' }]);
  expect(openChanges([operation], [])).toHaveLength(3);
});
