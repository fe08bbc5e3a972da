import { describe, expect, test } from 'vitest';
import { putBody } from '../../src/scim/overlay.ts';
import { edit } from './harness.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const figma = 'urn:ietf:params:scim:schemas:extension:figma:enterprise:2.0:User';
const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const read = { schemas: [core], userName: 'a@example.com', active: true };
const title = edit('title', undefined, 'X');
const seat = edit('seat', 'View', 'Full');

describe('the body of a PUT', () => {
  test.each<[string, Record<string, unknown>, ReturnType<typeof edit>[], Record<string, unknown>]>([
    ['lays an edit over what was read', read, [title], { ...read, title: 'X' }],
    [
      'leaves out what is the service’s own',
      { ...read, id: '1', meta: { version: 1 }, groups: [], figmaAdmin: true, FigmaAdmin: 1 },
      [title],
      { ...read, title: 'X' },
    ],
    [
      'keeps what it does not know',
      { ...read, nickName: 'N', 'urn:x': { a: [1] }, title: 'Y' },
      [title],
      { ...read, nickName: 'N', 'urn:x': { a: [1] }, title: 'X' },
    ],
    ['sends external_id as externalId', { ...read, external_id: 'e' }, [title], { ...read, title: 'X', externalId: 'e' }],
    ['replaces external_id by its edit', { ...read, external_id: 'e' }, [edit('externalId', 'e', 'f')], { ...read, externalId: 'f' }],
    ['leaves absent roles absent', read, [title], { ...read, title: 'X' }],
    ['never sends empty roles', { ...read, roles: [] }, [title], { ...read, title: 'X' }],
    [
      'echoes roles as read',
      { ...read, roles: [{ type: 'seatType', value: 'view' }] },
      [title],
      { ...read, title: 'X', roles: [{ type: 'seatType', value: 'view' }] },
    ],
    [
      'changes the seat and keeps the other roles',
      {
        ...read,
        roles: [
          { type: 'other', value: 'o' },
          { type: 'SEATTYPE', value: 'view', primary: true },
        ],
      },
      [seat],
      {
        ...read,
        roles: [
          { type: 'other', value: 'o' },
          { type: 'seatType', value: 'Full', primary: true },
        ],
      },
    ],
    ['adds the seat where there is none', read, [seat], { ...read, roles: [{ type: 'seatType', value: 'Full' }] }],
    ['changes a seat that is plain text', { ...read, roles: 'view' }, [seat], { ...read, roles: [{ type: 'seatType', value: 'Full' }] }],
    ['says active where the service does not', { schemas: [core], userName: 'a@example.com' }, [title], { ...read, title: 'X' }],
    ['keeps a deactivated user deactivated', { ...read, active: 'False' }, [title], { ...read, active: false, title: 'X' }],
    ['activates by an edit', { ...read, active: false }, [edit('active', false, true)], read],
    [
      'echoes an admin',
      { ...read, [figma]: { figmaAdmin: 'true', x: 1 } },
      [title],
      { ...read, schemas: [core, figma], title: 'X', [figma]: { figmaAdmin: true, x: 1 } },
    ],
    ['never sends an undeclared figmaAdmin false', { ...read, [figma]: { figmaAdmin: false } }, [title], { ...read, title: 'X' }],
    [
      'keeps what stands beside figmaAdmin false',
      { ...read, [figma]: { figmaAdmin: false, x: 1 } },
      [title],
      { ...read, schemas: [core, figma], title: 'X', [figma]: { x: 1 } },
    ],
    [
      'sends a declared figmaAdmin false',
      { ...read, [figma]: { figmaAdmin: true } },
      [edit('figmaAdmin', true, false)],
      { ...read, schemas: [core, figma], [figma]: { figmaAdmin: false } },
    ],
    [
      'moves the e-mail object with the name',
      { ...read, emails: { primary: 'true', value: 'other@example.com', type: 'work' } },
      [edit('userName', 'a@example.com', 'b@example.com')],
      { ...read, userName: 'b@example.com', emails: { primary: 'true', value: 'b@example.com', type: 'work' } },
    ],
    [
      'moves the e-mail that was the name, in an array',
      { ...read, emails: [{ value: 'home@example.com' }, { value: 'A@example.com', primary: true }, 'a@example.com'] },
      [edit('userName', 'a@example.com', 'b@example.com')],
      {
        ...read,
        userName: 'b@example.com',
        emails: [{ value: 'home@example.com' }, { value: 'b@example.com', primary: true }, 'b@example.com'],
      },
    ],
    [
      'moves the only e-mail, whatever it held, as it does in the documented object form',
      { ...read, emails: [{ value: 'other@example.com' }] },
      [edit('userName', 'a@example.com', 'b@example.com')],
      { ...read, userName: 'b@example.com', emails: [{ value: 'b@example.com' }] },
    ],
    [
      'leaves a displayName to its own edit',
      { ...read, displayName: 'a@example.com' },
      [edit('userName', 'a@example.com', 'b@example.com')],
      { ...read, userName: 'b@example.com', displayName: 'a@example.com' },
    ],
    [
      'writes into the name that is there',
      { ...read, name: { familyName: 'L', formatted: 'A L' } },
      [edit('name.givenName', 'A', 'B')],
      { ...read, name: { familyName: 'L', formatted: 'A L', givenName: 'B' } },
    ],
    [
      'writes into the extension that is there',
      { ...read, [enterprise]: { department: 'D', manager: { value: 'm' } } },
      [edit('costCenter', undefined, '093'), edit('manager.displayName', undefined, 'M')],
      {
        ...read,
        schemas: [core, enterprise],
        [enterprise]: { department: 'D', costCenter: '093', manager: { value: 'm', displayName: 'M' } },
      },
    ],
    [
      'turns a plain manager into the documented form',
      { ...read, [enterprise]: { manager: 'm' } },
      [edit('manager.displayName', undefined, 'M')],
      { ...read, schemas: [core, enterprise], [enterprise]: { manager: { value: 'm', displayName: 'M' } } },
    ],
    [
      'sends a cleared attribute as ""',
      { ...read, title: 'X', [enterprise]: { department: 'D' } },
      [edit('title', 'X', ''), edit('department', 'D', '')],
      { ...read, schemas: [core, enterprise], title: '', [enterprise]: { department: '' } },
    ],
    ['uses the documented spelling of an attribute', { ...read, Title: 'Y' }, [title], { ...read, title: 'X' }],
  ])('%s', (_what, resource, edits, body) => {
    expect(putBody(resource, edits)).toStrictEqual(body);
  });

  test('leaves a cleared attribute out where the service refuses ""', () => {
    const body = putBody(
      { ...read, title: 'X', [enterprise]: { department: 'D', division: 'M' } },
      [edit('title', 'X', ''), edit('department', 'D', '')],
      'omit',
    );
    expect(JSON.parse(JSON.stringify(body))).toEqual({ ...read, schemas: [core, enterprise], [enterprise]: { division: 'M' } });
  });

  test('does not change what was read', () => {
    const resource = { ...read, roles: [{ type: 'seatType', value: 'View' }], emails: [{ value: 'a@example.com' }] };
    const copy = structuredClone(resource);
    putBody(resource, [seat, edit('userName', 'a@example.com', 'b@example.com')]);
    expect(resource).toEqual(copy);
  });
});
