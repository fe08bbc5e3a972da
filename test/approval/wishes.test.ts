import { describe, expect, test } from 'vitest';
import { fieldOf, touchedFields, type Field } from '../../src/approval/fields.ts';
import { operationFor, wishesOn } from '../../src/approval/wishes.ts';
import { changeIdsOf, renameId, type ChangeId } from '../../src/model/change-id.ts';
import { desiredBy, planned } from '../plan/declared.ts';
import { id, seat } from './pulls.ts';

const yaml = `
users: [{ userName: a@x.io, seat: Full, title: "" }, { userName: on@x.io, active: true }, { userName: off@x.io, active: false }]
groups: [{ displayName: Design, externalId: x1, members: [a@x.io] }, { displayName: Free }]
`;
const desired = desiredBy(yaml);
const created = 'create' as ChangeId;
const wishes = (...fields: readonly Field[]) => wishesOn(new Set(fields), desired, (name) => (name === 'a@x.io' ? created : undefined));
const member = (op: 'add' | 'remove', value: string) => id(op, 'Design', { kind: 'group', attribute: 'member', value });

describe('the changes by which a field comes to what is wanted', () => {
  test.each<[string, Field, readonly ChangeId[]]>([
    ['a value', fieldOf('user', 'a@x.io', 'seat'), [seat('a@x.io', 'Full')]],
    ['a value that is to be absent', fieldOf('user', 'a@x.io', 'title'), [id('set', 'a@x.io', { attribute: 'title', value: '' })]],
    ['a value that is not managed', fieldOf('user', 'a@x.io', 'department'), []],
    ['access', fieldOf('user', 'on@x.io', 'active'), [id('reactivate', 'on@x.io')]],
    ['no access', fieldOf('user', 'off@x.io', 'active'), [id('deactivate', 'off@x.io')]],
    ['an object', fieldOf('user', 'a@x.io'), [created]],
    ['an object without a create', fieldOf('user', 'on@x.io'), []],
    ['somebody without an entry', fieldOf('user', 'z@x.io', 'seat'), []],
    ['a member', fieldOf('group', 'Design', 'member a@x.io'), [member('add', 'a@x.io')]],
    ['somebody who is no member', fieldOf('group', 'Design', 'member z@x.io'), [member('remove', 'z@x.io')]],
    ['a membership that is not managed', fieldOf('group', 'Free', 'member a@x.io'), []],
    ['a group that is not asked for', fieldOf('group', 'None', 'member a@x.io'), []],
    ['a group as a whole', fieldOf('group', 'Design'), []],
    ['a rule', fieldOf('rule', 'unmanaged.users'), []],
  ])('%s', (_, field, expected) => {
    expect(wishes(field)).toEqual(expected);
  });

  test('what a commit touches and the plan changes are the same changes', () => {
    const before = 'users: [{ userName: a@x.io, seat: View, title: T }]';
    const after = 'users: [{ userName: a@x.io, seat: Full, title: "" }]';
    const { operations } = planned(after, { users: { 'a@x.io': { seat: 'View', title: 'T' } } });
    const touched = touchedFields(desiredBy(before), desiredBy(after));
    const found = wishesOn(touched, desiredBy(after), () => undefined);
    expect(new Set(found)).toEqual(changeIdsOf(operations));
  });
});

describe('a change as it is shown without knowing what is live', () => {
  test.each<[ChangeId, object]>([
    [seat('a@x.io', 'Full'), { action: 'patch', kind: 'user', name: 'a@x.io', edits: [{ attribute: 'seat', after: 'Full' }] }],
    [id('deactivate', 'a@x.io'), { id: 'deactivate user a@x.io', action: 'deactivate' }],
    [id('create', 'a@x.io', { value: { seat: 'Full' } }), { action: 'create', edits: [{ attribute: 'userName' }] }],
    [id('delete', 'Design', { kind: 'group' }), { action: 'delete', kind: 'group', id: 'delete group Design' }],
    [member('add', 'a@x.io'), { action: 'patch', kind: 'group', edits: [{ attribute: 'member', after: 'a@x.io' }] }],
    [member('remove', 'a@x.io'), { action: 'patch', kind: 'group', edits: [{ attribute: 'member', before: 'a@x.io' }] }],
    [renameId('user', 'old@x.io', 'new@x.io'), { name: 'old@x.io', edits: [{ attribute: 'userName', after: 'new@x.io' }] }],
  ])('%s', (one, expected) => {
    expect(operationFor(one)).toMatchObject(expected);
  });

  test('an addition has no value before, and a removal none after', () => {
    expect(operationFor(member('add', 'a@x.io')).edits[0]).not.toHaveProperty('before');
    expect(operationFor(member('remove', 'a@x.io')).edits[0]).not.toHaveProperty('after');
    expect(operationFor(id('create', 'a@x.io', { value: { seat: 'Full' } })).edits[0]).not.toHaveProperty('after');
  });
});
