import { describe, expect, test } from 'vitest';
import { userNameOf, type UserName } from '../../src/model/directory.ts';
import type { BudgetBasis } from '../../src/model/basis.ts';
import type { Operation } from '../../src/model/operation.ts';
import type { BudgetUse } from '../../src/model/plan.ts';
import { budgetUse } from '../../src/plan/budgets.ts';
import { change, create, leave, liveOf, team } from './guards/scene.ts';

const live = liveOf({
  people: {
    'Ada@x': { seat: 'Full', userName: 'Ada@x' },
    'bob@x': { seat: 'Full' },
    'cy@x': { seat: 'Dev' },
    'gone@x': { active: false },
    'other@x': { seat: 'Full' },
  },
  doubles: { 'twin@x': [{ seat: 'Full' }, { seat: 'Dev' }] },
});
const budget = (users: readonly string[], seats: BudgetBasis['seats'] = { Full: 2 }): BudgetBasis => ({
  name: 'Design',
  seats,
  users: users.map(userNameOf),
  joining: [],
  leaving: [],
});
const fullUse = (users: readonly string[], operations: readonly Operation[], moved: Partial<BudgetBasis> = {}) => {
  const full = budgetUse([{ ...budget(users), ...moved }], live, operations)[0]?.seats.Full;
  return full && [full.before, full.after];
};

describe('the use of a budget', () => {
  const team3 = ['ada@x', 'bob@x', 'cy@x'];
  test.each<[string, readonly string[], readonly Operation[], readonly [number, number]]>([
    ['nothing changes', team3, [], [2, 2]],
    ['a raise', team3, [change('cy@x', { seat: ['Dev', 'Full'] })], [2, 3]],
    ['a lowering, whatever the case', team3, [change('ADA@x', { seat: ['Full', 'Dev'] })], [2, 1]],
    ['somebody leaves', team3, [leave('bob@x', { seat: 'Full' })], [2, 1]],
    ['somebody comes', [...team3, 'n@x'], [create('n@x', { seat: 'Full' })], [2, 3]],
    ['somebody else comes', team3, [create('n@x', { seat: 'Full' })], [2, 2]],
    ['somebody comes back', [...team3, 'gone@x'], [change('gone@x', { active: [false, true], seat: [undefined, 'Full'] })], [2, 3]],
    ['a change of others', team3, [change('other@x', { seat: ['Full', 'View'] })], [2, 2]],
    ['a change without a seat', team3, [change('bob@x', { title: ['A', 'B'] }, { seat: 'Full' })], [2, 2]],
    ['renamed, known by the new name', ['new@x'], [change('new@x', {}, { was: 'bob@x', seat: 'Full' })], [1, 1]],
    ['renamed, known by the old name', ['bob@x'], [change('new@x', {}, { was: 'bob@x', seat: 'Full' })], [1, 1]],
    ['renamed and lowered', ['new@x'], [change('new@x', { seat: ['Full', 'Dev'] }, { was: 'bob@x' })], [1, 0]],
    [
      'a name that passes on means who gets it',
      ['bob@x'],
      [change('new@x', { seat: ['Full', 'View'] }, { was: 'bob@x' }), change('bob@x', { seat: ['Dev', 'Full'] }, { was: 'cy@x' })],
      [0, 1],
    ],
    ['who shares a name holds a seat', ['twin@x'], [], [1, 1]],
    ['groups hold none', ['G'], [{ ...team('G', {}), seat: { after: 'Full' } }], [0, 0]],
    ['nobody', [], [], [0, 0]],
  ])('%s', (_, users, operations, expected) => {
    expect(fullUse(users, operations)).toEqual(expected);
  });

  const move = { department: ['Sales', 'Design'] } as const;
  const [bob, cy, other, fresh] = ['bob@x', 'cy@x', 'other@x', 'new@x'].map(userNameOf) as [UserName, UserName, UserName, UserName];
  test.each<[string, readonly string[], Partial<BudgetBasis>, readonly Operation[], readonly [number, number]]>([
    ['who joins brings the seat along', [...team3, other], { joining: [other] }, [change('other@x', move, { seat: 'Full' })], [2, 3]],
    ['who joins and is raised', team3, { joining: [cy] }, [change('cy@x', { ...move, seat: ['Dev', 'Full'] })], [2, 3]],
    ['who joins and is lowered', team3, { joining: [bob] }, [change('bob@x', { ...move, seat: ['Full', 'Dev'] })], [1, 1]],
    ['who leaves takes the seat away', ['ada@x', cy], { leaving: [bob] }, [change('bob@x', move, { seat: 'Full' })], [2, 1]],
    ['who leaves and is raised', ['ada@x', bob], { leaving: [cy] }, [change('cy@x', { ...move, seat: ['Dev', 'Full'] })], [2, 2]],
    ['who joins under a new name', ['ada@x', fresh], { joining: [fresh] }, [change('new@x', move, { was: 'bob@x', seat: 'Full' })], [1, 2]],
    ['who leaves under a new name', ['ada@x'], { leaving: [fresh] }, [change('new@x', move, { was: 'bob@x', seat: 'Full' })], [2, 1]],
    ['a move that is done already counts on both sides', team3, { joining: [bob] }, [], [2, 2]],
    [
      'so does one of whom something else is left',
      team3,
      { joining: [bob] },
      [change('bob@x', { displayName: ['A', 'B'] }, { seat: 'Full' })],
      [2, 2],
    ],
    ['and a leave that is done on neither', ['ada@x'], { leaving: [bob] }, [], [1, 1]],
  ])('%s', (_, users, moved, operations, expected) => {
    expect(fullUse(users, operations, moved)).toEqual(expected);
  });

  test('types that a budget does not name are left out, those that it names come dearest first', () => {
    const [use] = budgetUse([budget(['ada@x', 'cy@x'], { View: 0, Dev: 3 })], live, []);
    expect(use).toEqual<BudgetUse>({
      name: 'Design',
      seats: { Dev: { before: 1, after: 1, limit: 3 }, View: { before: 0, after: 0, limit: 0 } },
    });
    expect(Object.keys(use?.seats ?? {})).toEqual(['Dev', 'View']);
  });

  test('each budget stands for itself, in the order of the configuration', () => {
    expect(budgetUse([budget(['ada@x']), { ...budget(['bob@x']), name: 'All' }], live, []).map(({ name }) => name)).toEqual([
      'Design',
      'All',
    ]);
  });
});
