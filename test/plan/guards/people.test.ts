import { describe, expect, test } from 'vitest';
import { userNameOf } from '../../../src/model/directory.ts';
import type { Operation } from '../../../src/model/operation.ts';
import { change, create, inShort, leave, names, team, verdictOf } from './scene.ts';

describe('protected', () => {
  const judged = (operations: readonly Operation[], patterns = ['boss@x', 'it-*@x']) =>
    verdictOf('protected', { operations, basis: { protected: patterns } });

  test.each<[string, Operation, string]>([
    ['lowered', change('boss@x', { seat: ['Full', 'Dev'] }), 'boss@x would get a lower seat'],
    ['renamed away', change('new@x', {}, { was: 'boss@x' }), 'boss@x (declared as new@x) would get another address'],
    ['renamed to', change('boss@x', {}, { was: 'old@x' }), 'old@x (declared as boss@x) would get another address'],
    ['stripped', change('boss@x', { figmaAdmin: [true, false] }), 'boss@x would lose admin rights'],
    ['deactivated', leave('boss@x'), 'boss@x would be deactivated'],
    ['deactivated under an old name', leave('new@x', { was: 'boss@x' }), 'would be deactivated'],
    ['in another case', leave('BOSS@X'), 'BOSS@X would be deactivated'],
    ['by a pattern', leave('it-7@x'), 'it-7@x would be deactivated'],
    [
      'two harms are one object',
      change('boss@x', { seat: ['Full', 'Dev'], figmaAdmin: [true, false] }),
      'boss@x would get a lower seat and lose admin rights',
    ],
  ])('%s', (_, operation, text) => {
    const verdict = judged([operation]);
    expect(verdict).toMatchObject({ outcome: 'block', count: 1, operations: [operation.id] });
    expect(verdict.message).toContain(text);
    expect(verdict.message).not.toContain('--allow');
  });

  test.each<[string, Operation]>([
    ['raised', change('boss@x', { seat: ['Dev', 'Full'] })],
    ['made an admin', change('boss@x', { figmaAdmin: [undefined, true] })],
    ['given a title', change('boss@x', { title: ['A', 'B'] })],
    ['created', create('boss@x', { seat: 'View', figmaAdmin: false })],
    ['brought back', change('boss@x', { active: [false, true] })],
    ['somebody else', leave('boss@x.org')],
    ['a group of that name', { ...team('boss@x', { remove: ['a@x'] }), action: 'delete' }],
  ])('is not harmed: %s', (_, operation) => {
    expect(inShort(judged([operation]))).toBe('allow 0');
  });

  test('nobody is protected', () => {
    expect(inShort(judged([leave('boss@x')], []))).toBe('allow 0');
  });
});

describe('undeclaredMembers', () => {
  const [a, b] = [userNameOf('A@x'), userNameOf('b@x')] as const;
  const G = team('G', { remove: ['A@x', 'b@x'] });
  const H = team('H', { remove: ['A@x'] });
  const judged = (operations: readonly Operation[]) =>
    verdictOf('undeclaredMembers', {
      operations,
      basis: {
        undeclaredMembers: [
          { user: a, operation: G.id },
          { user: b, operation: G.id },
          { user: a, operation: H.id },
        ],
      },
    });
  test('users are counted once, the groups are named', () => {
    const verdict = judged([G, H]);
    expect(verdict).toMatchObject({ outcome: 'block', count: 2, operations: [G.id, H.id] });
    expect(verdict.message).toContain('2 undeclared users (a@x and b@x) would leave G and H');
  });
  test('only what is in the plan', () => {
    expect(judged([H])).toMatchObject({ outcome: 'block', count: 1, operations: [H.id] });
    expect(inShort(judged([team('G', { remove: ['b@x'] })]))).toBe('block 1');
    expect(inShort(judged([team('G', { add: ['b@x'], remove: ['c@x'] })]))).toBe('allow 0');
    expect(inShort(judged([]))).toBe('allow 0');
  });
  test('many are not all named', () => {
    const many = names(7);
    const basis = { undeclaredMembers: many.map((name) => ({ user: userNameOf(name), operation: G.id })) };
    const verdict = verdictOf('undeclaredMembers', { operations: [team('G', { remove: many })], basis });
    expect(verdict.message).toContain('7 undeclared users (u0@x, u1@x, u2@x, u3@x, u4@x and 2 more) would leave G,');
  });
});

describe('minAdmins', () => {
  const admin = { figmaAdmin: true };
  const strip = (name: string) => change(name, { figmaAdmin: [true, false] });
  const three = { 'a@x': admin, 'b@x': admin, 'c@x': admin, 'd@x': {}, 'gone@x': { ...admin, active: false } };
  const judged = (operations: readonly Operation[], least = 2, people: Parameters<typeof verdictOf>[1]['people'] = three) =>
    inShort(verdictOf('minAdmins', { people, operations, basis: { minAdmins: least } }));

  test.each<[string, readonly Operation[], string]>([
    ['nothing changes', [], 'allow 3 of 2'],
    ['exactly the minimum is left', [strip('a@x')], 'allow 2 of 2'],
    ['one below', [strip('a@x'), leave('b@x')], 'block 1 of 2'],
    ['nobody is left', ['a@x', 'b@x', 'c@x'].map((name) => leave(name)), 'block 0 of 2'],
    ['a successor counts', [change('d@x', { figmaAdmin: [undefined, true] }), strip('a@x'), leave('b@x')], 'allow 2 of 2'],
    ['so does one who is created', [create('n@x', admin), strip('a@x'), leave('b@x')], 'allow 2 of 2'],
    ['but not where it comes after them', [strip('a@x'), leave('b@x'), create('n@x', admin)], 'block 1 of 2'],
    ['but not one who is created without', [strip('a@x'), leave('b@x'), create('n@x', { figmaAdmin: false })], 'block 1 of 2'],
    ['nor inactive', [strip('a@x'), leave('b@x'), create('n@x', { ...admin, active: false })], 'block 1 of 2'],
    ['an admin who comes back counts', [change('gone@x', { active: [false, true] }), strip('a@x'), leave('b@x')], 'allow 2 of 2'],
    [
      'not without the rights',
      [strip('a@x'), leave('b@x'), change('gone@x', { active: [false, true], figmaAdmin: [true, false] })],
      'block 1 of 2',
    ],
    [
      'nobody knows whether one who is not live is active',
      [strip('a@x'), leave('b@x'), change('who@x', { figmaAdmin: [false, true] })],
      'block 1 of 2',
    ],
    ['one who is inactive cannot be lost', [strip('gone@x')], 'allow 3 of 2'],
    ['other changes cost nothing', [change('a@x', { title: ['A', 'B'] }), leave('d@x')], 'allow 3 of 2'],
    ['an admin who is renamed stays one', [change('z@x', {}, { was: 'a@x' })], 'allow 3 of 2'],
  ])('%s', (_, operations, expected) => {
    expect(judged(operations)).toBe(expected);
  });

  test('too few already: only fewer are blocked', () => {
    expect([judged([], 5), judged([change('d@x', { figmaAdmin: [false, true] })], 5), judged([strip('a@x')], 5)]).toEqual([
      'allow 3 of 5',
      'allow 4 of 5',
      'block 2 of 5',
    ]);
  });
  test('no admin is seen at all', () => {
    expect(judged([leave('a@x')], 2, { 'a@x': {} })).toBe('allow 0 of 2');
  });
  test('admins who share a name count', () => {
    const verdict = verdictOf('minAdmins', { people: { 'a@x': admin }, doubles: { 'b@x': [admin, admin] }, operations: [strip('a@x')] });
    expect(inShort(verdict)).toBe('allow 2 of 2');
  });
  test('who goes is named, and what helps', () => {
    const { message, operations } = verdictOf('minAdmins', { people: three, operations: [strip('a@x'), leave('b@x'), leave('d@x')] });
    expect(message).toMatch(/^1 active admin would be left of 3 without a@x and b@x, the minimum is 2: .*--allow minAdmins=1 /);
    expect(operations).toEqual(['put user a@x', 'deactivate user b@x']);
  });
});
