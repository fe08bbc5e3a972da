import { describe, expect, test } from 'vitest';
import { groupAttributesOf, memberIdsOf, userAttributesOf } from '../../src/scim/decode.ts';
import { idOf } from '../../src/scim/resource.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';
const plain = { userName: 'a@example.com', active: true };
const full = [{ type: 'seatType', value: 'Full' }];

describe('users', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['nothing but a name', { userName: 'a@example.com' }, plain],
    ['active as text', { ...plain, active: 'False' }, { ...plain, active: false }],
    ['active as text, true', { ...plain, active: 'true' }, plain],
    ['active null', { ...plain, active: null }, plain],
    ['an attribute name in another case', { username: 'a@example.com', Title: 'X' }, { ...plain, title: 'X' }],
    ['empty and null', { ...plain, title: '', displayName: null, name: { givenName: '', familyName: null }, [enterprise]: null }, plain],
    [
      'numbers',
      { ...plain, [enterprise]: { employeeNumber: 7019, costCenter: 93 } },
      { ...plain, employeeNumber: '7019', costCenter: '93' },
    ],
    ['externalId', { ...plain, externalId: 'x' }, { ...plain, externalId: 'x' }],
    ['external_id', { ...plain, external_id: 'x' }, { ...plain, externalId: 'x' }],
    ['externalID', { ...plain, externalID: 'x' }, { ...plain, externalId: 'x' }],
    ['an empty externalId beside external_id', { ...plain, externalId: '', external_id: 'x' }, { ...plain, externalId: 'x' }],
    [
      'manager nested',
      { ...plain, [enterprise]: { manager: { value: 'b', displayName: 'B' } } },
      { ...plain, 'manager.value': 'b', 'manager.displayName': 'B' },
    ],
    ['manager as text', { ...plain, [enterprise]: { manager: 'b' } }, { ...plain, 'manager.value': 'b' }],
    ['figmaAdmin', { ...plain, [figma]: { figmaAdmin: 'True' } }, { ...plain, figmaAdmin: true }],
    ['figmaAdmin at the top level', { ...plain, figmaAdmin: true }, plain],
    ['a seat', { ...plain, roles: full }, { ...plain, seat: 'Full' }],
    ['a seat in lower case', { ...plain, roles: [{ type: 'SeatType', value: 'view' }] }, { ...plain, seat: 'View' }],
    ['a seat that is not known', { ...plain, roles: [{ type: 'seatType', value: 'content' }] }, { ...plain, seat: 'content' }],
    ['a seat without a type', { ...plain, roles: [{ value: 'dev' }] }, { ...plain, seat: 'Dev' }],
    ['a typed seat before one without a type', { ...plain, roles: [{ value: 'Dev' }, ...full] }, { ...plain, seat: 'Full' }],
    ['roles as an object', { ...plain, roles: full[0] }, { ...plain, seat: 'Full' }],
    ['roles as texts', { ...plain, roles: ['editor', 'Collab'] }, { ...plain, seat: 'Collab' }],
    ['roles that are none', { ...plain, roles: [{ type: 'title', value: 'Full' }, { value: 'admin' }, null, 7] }, plain],
    ['an inactive user, who holds no seat', { ...plain, active: false, roles: full }, { ...plain, active: false }],
    ['what seatform does not manage', { ...plain, emails: {}, meta: {}, groups: [], 'urn:x': { a: 1 }, nickName: 'N' }, plain],
  ])('%s', (_what, resource, attributes) => {
    expect(userAttributesOf(resource)).toEqual(attributes);
  });

  test.each([[{}], [{ userName: '' }], [{ userName: '  ' }], [{ userName: null }], [{ userName: { a: 1 } }]])(
    '%j has no usable name',
    (resource) => {
      expect(userAttributesOf(resource)).toBeUndefined();
    },
  );
});

test('groups take their external id under either name', () => {
  expect(groupAttributesOf({ displayName: 'D', external_id: 'e' })).toEqual({ displayName: 'D', externalId: 'e' });
  expect(groupAttributesOf({ displayName: 'D', externalId: 7 })).toEqual({ displayName: 'D', externalId: '7' });
  expect(groupAttributesOf({ displayName: '' })).toBeUndefined();
});

test.each<[unknown, string[]]>([
  [undefined, []],
  [null, []],
  [
    [{ value: 'a' }, { value: 'b' }, { value: 'a', display: 'x' }],
    ['a', 'b'],
  ],
  [
    ['a', { value: 7 }, {}, null, { value: '' }],
    ['a', '7'],
  ],
  [{ value: 'a' }, ['a']],
])('members %j are %j', (members, ids) => {
  expect([...memberIdsOf({ members })]).toEqual(ids);
});

test.each<[unknown, string | undefined]>([
  [{ id: '974343320676444348' }, '974343320676444348'],
  [{ id: 'a@b c/d' }, 'a@b c/d'],
  [{ id: 12 }, '12'],
  [{ id: 2 ** 53 }, undefined],
  [{ id: '.' }, undefined],
  [{ id: '..' }, undefined],
  [{ id: '' }, undefined],
  [{ id: '\uD800' }, undefined],
  [{ id: null }, undefined],
  ['12', undefined],
  [[{ id: '1' }], undefined],
])('the id of %j is %j', (resource, id) => {
  expect(idOf(resource)).toBe(id);
});
