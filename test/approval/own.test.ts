import { describe, expect, test } from 'vitest';
import { fieldOf } from '../../src/approval/fields.ts';
import { linkIds, ownChanges, takenBackChanges, takenBackIds } from '../../src/approval/own.ts';
import { parsedId, renameId, type ChangeId } from '../../src/model/change-id.ts';
import { desiredBy, planned, type Held } from '../plan/declared.ts';
import { id, seat } from './pulls.ts';

const user = (more: string) => `users: [{ userName: a@x.io${more} }]`;
const held: Held = { users: { 'a@x.io': { seat: 'View', title: 'T' } } };
const operations = (yaml: string, live = held) => planned(yaml, live).operations;
const said = (ids: Iterable<ChangeId>) =>
  [...ids]
    .map((one) => parsedId(one))
    .map(({ op, attribute = '', value = '' }) => `${op} ${attribute} ${typeof value === 'object' ? '' : value}`);

describe('what a pull request causes', () => {
  const [base, merged] = [operations(user(', seat: Dev, title: T')), operations(user(', seat: Dev, title: X'))];

  test('is what the plan without it has not', () => {
    expect(said(ownChanges(merged, base, new Set()))).toEqual(['set title X']);
    expect(said(ownChanges(merged, [], new Set()))).toEqual(['set seat Dev', 'set title X']);
    expect(said(ownChanges(base, base, new Set()))).toEqual([]);
  });

  test('and what is pending without it too, of a field for which it asks otherwise: its merge ends every earlier approval', () => {
    expect(said(ownChanges(base, base, new Set([fieldOf('user', 'a@x.io', 'seat')])))).toEqual(['set seat Dev']);
    expect(said(ownChanges(base, base, new Set([fieldOf('user', 'a@x.io', 'title')])))).toEqual([]);
  });
});

describe('what a pull request takes back', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['nothing', ', seat: Dev, title: T', ', seat: Dev, title: T', []],
    ['a change that is pending', ', seat: Dev, title: T', ', seat: View, title: T', ['set seat Dev']],
    ['another value in its place is a change, not a withdrawal', ', seat: Dev, title: T', ', seat: Full, title: T', []],
    ['a value that is managed no more', ', title: X', '', ['set title X']],
    ['a deactivation', ', active: false', '', ['deactivate  ']],
  ])('%s', (_, base, merged, expected) => {
    expect(said(takenBackChanges(operations(user(merged)), operations(user(base))))).toEqual(expected);
  });
});

describe('what is signed for what is taken back', () => {
  const group = (members: string, more = '') => `${user(more)}\ngroups: [{ displayName: Design, members: [${members}] }]`;
  const [add, remove] = (['add', 'remove'] as const).map((op) =>
    id(op, 'Design', { kind: 'group', attribute: 'member', value: 'a@x.io' }),
  ) as [ChangeId, ChangeId];

  test.each<[string, ChangeId, string, readonly ChangeId[]]>([
    ['a value, and the one then wanted', seat('a@x.io', 'Dev'), user(', seat: View'), [seat('a@x.io', 'View')]],
    ['a value that is managed no more', seat('a@x.io', 'Dev'), user(''), []],
    ['a value of somebody without an entry', seat('b@x.io', 'Dev'), user(''), []],
    [
      'a group’s value',
      id('set', 'Design', { kind: 'group', attribute: 'externalId', value: 'x' }),
      `${user('')}\ngroups: [{ displayName: Design, externalId: e2 }]`,
      [id('set', 'Design', { kind: 'group', attribute: 'externalId', value: 'e2' })],
    ],
    ['an addition: the member is to go', add, group(''), [remove]],
    ['a removal: the member is to stay', remove, group('a@x.io'), [add]],
    ['an addition of somebody who is wanted all the same', add, group('a@x.io'), []],
    ['a membership that is managed no more', add, `${user('')}\ngroups: [{ displayName: Design }]`, []],
    [
      'a return of access, in place of which a deactivation is wanted',
      id('reactivate', 'a@x.io'),
      user(', active: false'),
      [id('deactivate', 'a@x.io')],
    ],
    ['a return of access of which nothing is said any more', id('reactivate', 'a@x.io'), user(''), []],
    ['a deactivation gives nobody access back', id('deactivate', 'a@x.io'), user(', active: true'), []],
    ['a creation', id('create', 'a@x.io', { value: { seat: 'Full' } }), user(''), []],
    ['a deletion', id('delete', 'Design', { kind: 'group' }), group(''), []],
    ['a rename', renameId('user', 'old@x.io', 'a@x.io'), user(''), []],
  ])('%s', (_, taken, yaml, instead) => {
    expect(takenBackIds(new Set([taken]), desiredBy(yaml))).toEqual([`takes back ${taken}`, ...instead]);
  });

  test('to have taken something back is not to have approved it', () => {
    expect(takenBackIds(new Set([add]), desiredBy(group('')))).not.toContain(add);
  });
});

describe('objects that are live under another name', () => {
  const yaml = (more = '') => `users: [{ userName: new@x.io, previously: [old@x.io]${more} }]`;

  test('a rename says so itself', () => {
    expect(linkIds(operations(yaml(', title: X'), { users: { 'old@x.io': {} } }))).toEqual([]);
  });

  test('somebody who is deactivated keeps the old name, so that it is signed apart', () => {
    const live = { users: { 'old@x.io': {} } };
    expect(linkIds(operations(yaml(', active: false'), live))).toEqual([renameId('user', 'old@x.io', 'new@x.io')]);
  });

  test('nothing where the names agree', () => {
    expect(linkIds(operations(user(', seat: Dev')))).toEqual([]);
  });
});
