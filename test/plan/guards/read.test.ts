import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/model/operation.ts';
import { change, create, inShort, leave, names, team, verdictOf } from './scene.ts';

describe('shrunkLive', () => {
  const judged = (missing: number, users: number) => verdictOf('shrunkLive', { basis: { declared: { users, missing } } });
  test.each<[string, number, number, string]>([
    ['nobody is declared', 0, 0, 'allow 0 of 0'],
    ['nobody is missing', 0, 10, 'allow 0 of 5'],
    ['exactly half', 5, 10, 'allow 5 of 5'],
    ['one above half', 6, 10, 'block 6 of 5'],
    ['one below half of an odd number', 5, 11, 'allow 5 of 5'],
    ['one above half of an odd number', 6, 11, 'block 6 of 5'],
    ['the only one', 1, 1, 'block 1 of 0'],
    ['everybody', 400, 400, 'block 400 of 200'],
  ])('%s', (_, missing, users, expected) => {
    expect(inShort(judged(missing, users))).toBe(expected);
  });
  test('says what to check, and holds the creates', () => {
    const basis = { declared: { users: 3, missing: 2 } };
    const founded: Operation = { ...team('G', {}), action: 'create', id: 'create group G' };
    const verdict = verdictOf('shrunkLive', { basis, operations: [create('a@x'), create('b@x'), leave('c@x'), founded] });
    expect(verdict.operations).toEqual(['create user a@x', 'create user b@x']);
    expect(verdict.message).toMatch(/^2 of 3 declared users .*tenant and the token .*--allow shrunkLive=2 /);
  });
});

describe('seatsUnavailable', () => {
  const raise = change('a@x', { seat: [undefined, 'Full'] });
  test.each<[string, Parameters<typeof verdictOf>[1], string]>([
    ['nobody shows a seat', { people: { 'a@x': {}, 'b@x': {} }, operations: [raise, create('n@x', { seat: 'Dev' })] }, 'block 2'],
    ['one does', { people: { 'a@x': {}, 'b@x': { seat: 'View' } }, operations: [raise] }, 'allow 0'],
    ['one of two of one name does', { people: { 'a@x': {} }, doubles: { 'b@x': [{}, { seat: 'View' }] }, operations: [raise] }, 'allow 0'],
    ['two of one name are live, and show none', { doubles: { 'b@x': [{}, {}] }, operations: [raise] }, 'block 1'],
    ['nobody is live', { operations: [raise] }, 'allow 0'],
    ['the inactive hold no seat anyway', { people: { 'a@x': { active: false } }, operations: [raise] }, 'allow 0'],
    ['no seat is changed', { people: { 'a@x': {} }, operations: [change('a@x', { title: ['A', 'B'] }), create('n@x')] }, 'allow 0'],
  ])('%s', (_, scene, expected) => {
    expect(inShort(verdictOf('seatsUnavailable', scene))).toBe(expected);
  });
  test('names who would be changed', () => {
    const operations = names(6).map((name) => change(name, { seat: [undefined, 'Full'] }));
    const { message } = verdictOf('seatsUnavailable', { people: { 'u0@x': {} }, operations });
    expect(message).toMatch(
      /^none of 1 active user shows a seat, and 6 operations would set one \(u0@x, u1@x, u2@x, u3@x, u4@x and 1 more\): /,
    );
  });
});
