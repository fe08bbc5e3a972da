import { describe, expect, test } from 'vitest';
import { userNameOf, type User, type UserName } from '../../../src/model/directory.ts';
import type { BudgetBasis } from '../../../src/model/basis.ts';
import type { Operation } from '../../../src/model/operation.ts';
import type { Pools } from '../../../src/model/policy.ts';
import { change, create, each, inShort, leave, names, verdictOf } from './scene.ts';

const holders = (count: number, seat: string, prefix: string) => each<Partial<User>>(names(count, prefix), { seat });
const raise = (name: string, from = 'View', to = 'Full') => change(name, { seat: [from, to] });

const stays = change('f0@x', { title: ['A', 'B'] }, { seat: 'Full' });

describe('pool', () => {
  const people = { ...holders(3, 'Full', 'f'), ...holders(2, 'Dev', 'd'), ...holders(4, 'View', 'v') };
  const judged = (pools: Pools, operations: readonly Operation[]) => verdictOf('pool', { people, operations, basis: { pools } });

  test.each<[string, Pools, readonly Operation[], string]>([
    ['no pool is declared', {}, [raise('v0@x')], 'allow 0'],
    ['exactly the pool', { Full: { purchased: 4, outside: 0 } }, [raise('v0@x')], 'allow 0'],
    ['one above', { Full: { purchased: 3, outside: 0 } }, [raise('v0@x')], 'block 1'],
    ['what SCIM cannot see is taken off', { Full: { purchased: 4, outside: 1 } }, [raise('v0@x')], 'block 1'],
    ['already over, no worse', { Full: { purchased: 1, outside: 0 } }, [raise('f0@x', 'Full', 'View'), raise('v0@x')], 'allow 0'],
    ['already over, and worse: only by what is new', { Full: { purchased: 1, outside: 0 } }, [raise('v0@x')], 'block 1'],
    ['more outside than purchased', { Full: { purchased: 1, outside: 9 } }, [], 'allow 0'],
    ['a free before the take', { Full: { purchased: 3, outside: 0 } }, [leave('f0@x', { seat: 'Full' }), raise('v0@x')], 'allow 0'],
    ['a take before the free', { Full: { purchased: 3, outside: 0 } }, [raise('v0@x'), leave('f0@x', { seat: 'Full' })], 'block 1'],
    [
      'both types together',
      { Full: { purchased: 3, outside: 0 }, Dev: { purchased: 2, outside: 1 } },
      [raise('v0@x'), raise('v1@x'), raise('v2@x', 'View', 'Dev')],
      'block 3',
    ],
    ['a create takes too', { Full: { purchased: 3, outside: 0 } }, [create('n@x', { seat: 'Full' })], 'block 1'],
  ])('%s', (_, pools, operations, expected) => {
    expect(inShort(judged(pools, operations))).toBe(expected);
  });

  test('says per type what is reached and what there is, and who takes it', () => {
    const pools = { Full: { purchased: 5, outside: 1 }, Dev: { purchased: 2, outside: 0 }, Collab: { purchased: 1, outside: 0 } };
    const operations = [raise('v0@x'), raise('v1@x'), raise('v2@x', 'View', 'Dev'), raise('v3@x', 'View', 'Collab'), stays];
    const verdict = judged(pools, operations);
    expect(verdict.message).not.toContain('Collab');
    expect(verdict.message).toContain('Full would rise from 3 to 5 seats of 4 (5 purchased, 1 outside) with v0@x and v1@x, ');
    expect(verdict.message).toContain('Dev would rise from 2 to 3 seats of 2 purchased with v2@x; ');
    expect(verdict.message).toContain('billed to the end of the term');
    expect(verdict.message).toContain('--allow pool=2 ');
    expect(verdict.operations).toEqual(['put user v0@x', 'put user v1@x', 'put user v2@x']);
    expect(verdict.limit).toBeUndefined();
  });
});

describe('budget', () => {
  const people = { ...holders(3, 'Full', 'f'), ...holders(2, 'Dev', 'd'), ...holders(2, 'View', 'v') };
  const all = [...Object.keys(people), 'n@x'].map(userNameOf);
  const budget = (seats: BudgetBasis['seats'], users: BudgetBasis['users'] = all): BudgetBasis => ({
    name: 'Design',
    seats,
    users,
    joining: [],
    leaving: [],
  });
  const judged = (budgets: readonly BudgetBasis[], operations: readonly Operation[]) =>
    verdictOf('budget', { people, operations, basis: { budgets } });

  test.each<[string, readonly BudgetBasis[], readonly Operation[], string]>([
    ['none', [], [raise('v0@x')], 'allow 0'],
    ['exactly kept', [budget({ Full: 4 })], [raise('v0@x')], 'allow 0'],
    ['one above', [budget({ Full: 3 })], [raise('v0@x')], 'block 1'],
    ['a create is one above', [budget({ Full: 3 })], [create('n@x', { seat: 'Full' })], 'block 1'],
    ['already over', [budget({ Full: 1 })], [], 'warn 2'],
    ['already over and better', [budget({ Full: 1 })], [leave('f0@x', { seat: 'Full' })], 'warn 1'],
    ['already over and no worse', [budget({ Full: 1 })], [leave('f0@x', { seat: 'Full' }), raise('v0@x')], 'warn 2'],
    ['already over and worse', [budget({ Full: 1 })], [raise('v0@x')], 'block 3'],
    ['back within it', [budget({ Full: 2 })], [leave('f0@x', { seat: 'Full' })], 'allow 0'],
    ['of others', [budget({ Full: 0 }, [])], [raise('v0@x')], 'allow 0'],
    ['another type', [budget({ Dev: 2 })], [raise('v0@x')], 'allow 0'],
    ['a number of View seats holds too', [budget({ View: 1 })], [raise('d0@x', 'Dev', 'View')], 'block 2'],
    ['of two types one is worse', [budget({ Full: 1, Dev: 1 })], [raise('v0@x', 'View', 'Dev')], 'block 4'],
    ['two budgets', [budget({ Full: 3 }), { ...budget({ Full: 2 }), name: 'All' }], [raise('v0@x')], 'block 3'],
  ])('%s', (_, budgets, operations, expected) => {
    expect(inShort(judged(budgets, operations))).toBe(expected);
  });

  const moved = (name: string) => change(name, { department: ['Sales', 'Design'] }, { seat: 'Full' });
  const [f0, f1, f2] = ['f0@x', 'f1@x', 'f2@x'].map(userNameOf) as [UserName, UserName, UserName];
  const team = (limit: number, people: Partial<BudgetBasis>): BudgetBasis => ({ ...budget({ Full: limit }), ...people });
  test.each<[string, BudgetBasis, readonly Operation[], string]>([
    ['a move within it', team(2, { users: [f0, f1], joining: [f0] }), [moved('f0@x')], 'allow 0'],
    ['a move beyond it', team(1, { users: [f0, f1], joining: [f0] }), [moved('f0@x')], 'block 1'],
    ['a move into what is over', team(1, { users: [f0, f1, f2], joining: [f0] }), [moved('f0@x')], 'block 2'],
    ['a move out of what is over', team(1, { users: [f0, f1], leaving: [f2] }), [moved('f2@x')], 'warn 1'],
    ['one for another', team(1, { users: [f0, f1], joining: [f0], leaving: [f2] }), [moved('f0@x'), moved('f2@x')], 'warn 1'],
    ['a move that is done already', team(1, { users: [f0, f1], joining: [f0] }), [], 'warn 1'],
  ])('%s', (_, one, operations, expected) => {
    expect(inShort(judged([one], operations))).toBe(expected);
  });

  test('who moves in with a seat is named, who had it there is not', () => {
    const operations = [moved('f0@x'), change('f1@x', { department: ['Sales', 'Design'] }, { seat: 'Full' }), stays];
    const verdict = judged([team(1, { users: [f0, f1, f2], joining: [f1] })], operations);
    expect(verdict.message).toContain('the budget Design would have 3 Full seats of 1 (2 now), with f1@x: ');
    expect(verdict.operations).toEqual(['put user f1@x']);
  });

  test('names the budget, its numbers and who takes the seats', () => {
    const verdict = judged(
      [budget({ Full: 3, Dev: 1, View: 0 })],
      [raise('v0@x'), raise('v1@x'), stays, create('other@x', { seat: 'Full' })],
    );
    expect(verdict.message).toContain(
      'the budget Design would have 5 Full seats of 3 (3 now) and the budget Design would have 2 Dev seats of 1 (2 now)',
    );
    expect(verdict.message).not.toContain('View');
    expect(verdict.message).toContain('with v0@x and v1@x: ');
    expect(verdict.message).toContain('--allow budget=3 ');
    expect(verdict.operations).toEqual(['put user v0@x', 'put user v1@x']);
  });
});
