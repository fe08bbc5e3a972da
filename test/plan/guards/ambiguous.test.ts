import { describe, expect, test } from 'vitest';
import { userNameOf, type UserName } from '../../../src/model/directory.ts';
import type { DesiredUser } from '../../../src/model/desired.ts';
import type { Doubt } from '../../../src/model/basis.ts';
import { doubtsOf } from '../../../src/plan/guards/doubts.ts';
import { matchGroups, matchUsers } from '../../../src/plan/match.ts';
import { create, inShort, liveOf, names, verdictOf, type Scene } from './scene.ts';

const entry = (userName: string, previously: readonly string[] = []): [UserName, DesiredUser] => [
  userNameOf(userName),
  { userName, cause: { via: 'entry' }, previously: previously.map(userNameOf), wanted: {}, seatDeclared: false, ended: [] },
];

const matching = (message: RegExp): unknown => expect.stringMatching(message);

/** The doubts about `entries` where all of the scene is live and `ignored` is out of scope. */
function doubts(entries: readonly [UserName, DesiredUser][], scene: Scene, ignored: readonly string[] = []): readonly Doubt[] {
  const live = liveOf(scene);
  const scope = { ...live, users: new Map([...live.users].filter(([name]) => !ignored.includes(name))) };
  const desired = { users: new Map(entries), groups: new Map(), expiries: [] };
  const operations = scene.operations ?? [];
  return doubtsOf({ users: matchUsers(desired, scope), groups: matchGroups(desired, scope), operations, live });
}

describe('a create with the number of somebody who is live', () => {
  const operations = [create('new@x', { employeeNumber: '7' })];
  const have = { employeeNumber: '7' };
  test.each<[string, Scene, readonly string[], RegExp | undefined]>([
    ['nobody', { people: { 'old@x': { employeeNumber: '8' } } }, [], undefined],
    [
      'undeclared',
      { people: { 'old@x': have } },
      [],
      /employeeNumber of old@x, who is live and not declared: .*write previously: \[old@x\]$/,
    ],
    [
      'inactive',
      { people: { 'old@x': { ...have, active: false } } },
      [],
      /who is deactivated .*write previously: \[old@x\] and active: true$/,
    ],
    ['ignored', { people: { 'old@x': have } }, ['old@x'], /who is ignored .*out of ignore and write previously: \[old@x\]$/],
    ['two of one name', { doubles: { 'old@x': [have, {}] } }, [], /of old@x, who is live/],
    ['declared under that name', { people: { 'ada@x': have } }, [], undefined],
    ['two of a name that is declared', { doubles: { 'ada@x': [have, {}] } }, [], undefined],
    ['another kind of number', { people: { 'old@x': { externalId: '7' } } }, [], undefined],
  ])('%s', (_, scene, ignored, message) => {
    const found = doubts([entry('new@x'), entry('ada@x')], { ...scene, operations }, ignored).filter(
      ({ operation }) => operation !== undefined,
    );
    expect(found).toEqual(message === undefined ? [] : [{ operation: 'create user new@x', message: matching(message) }]);
  });
  test('a create without a number is nobody’s, whatever numbers there are', () => {
    const people = { 'old@x': { employeeNumber: 'undefined', externalId: 'undefined' } };
    expect(doubts([entry('new@x')], { people, operations: [create('new@x')] })).toEqual([]);
  });
});

test('two live users of one declared name are a doubt', () => {
  const found = doubts([entry('ada@x')], { doubles: { 'ada@x': [{}, {}] } });
  expect(found).toEqual([{ message: 'several live users are called ada@x: remove all but one in Figma' }]);
});

test('several previous names that are live are a doubt about the create', () => {
  const people = { 'a@x': {}, 'b@x': {} };
  const found = doubts([entry('new@x', ['a@x', 'b@x'])], { people, operations: [create('new@x')] });
  expect(found).toEqual([{ operation: 'create user new@x', message: expect.stringContaining('a@x and b@x are live') }]);
});

describe('the guard', () => {
  const doubt: Doubt = { message: 'who is new@x?', operation: 'create user new@x' };
  test.each<[string, Scene, string]>([
    ['no doubt', {}, 'allow 0'],
    ['a doubt about what is planned', { operations: [create('new@x')], basis: { doubts: [doubt] } }, 'block 1'],
    ['a doubt about what is not in this plan', { operations: [create('other@x')], basis: { doubts: [doubt] } }, 'allow 0'],
    ['a doubt about no operation', { basis: { doubts: [{ message: 'who is who?' }] } }, 'block 1'],
    ['doubles that nobody declares', { doubles: { 'a@x': [{}, {}], 'b@x': [{}, {}] } }, 'warn 2'],
  ])('%s', (_, scene, expected) => {
    expect(inShort(verdictOf('ambiguous', scene))).toBe(expected);
  });
  test('every doubt is told, up to five', () => {
    const basis = { doubts: names(7).map((message) => ({ message })) };
    expect(verdictOf('ambiguous', { basis })).toMatchObject({ count: 7, message: 'u0@x; u1@x; u2@x; u3@x; u4@x; 2 more' });
  });
  test('doubles are named', () => {
    expect(verdictOf('ambiguous', { doubles: { 'a@x': [{}, {}] } }).message).toContain('left alone: a@x');
  });
});
