import { expect, test } from 'vitest';
import { resolve } from '../../src/desired/resolve.ts';
import type { Day } from '../../src/model/day.ts';
import type { Declaration, Written } from '../../src/model/declaration.ts';

const day = '2026-11-22' as Day;
const at = (line: number) => ({ file: 'a.yaml', line, column: 3, length: 1 });
const written = <T>(value: T, line: number): Written<T> => ({ value, at: at(line) });

const declaration: Declaration = {
  organization: { tenantId: written('42', 1) },
  users: [
    {
      at: at(2),
      userName: written('Ada@X', 2),
      previously: [written('King@X', 3)],
      attributes: { seat: written('Full', 4), active: written(true, 5) },
    },
  ],
  groups: [
    { at: at(6), displayName: written('G', 6), previously: [], members: { at: at(7), list: [written('king@x', 7), written('Bob@X', 8)] } },
    { at: at(9), displayName: written('H', 9), previously: [written('Old', 10)], externalId: written('h', 11) },
  ],
  grants: [],
  files: ['a.yaml'],
  digest: 'sha256:0',
};

test('every value carries the place that asks for it', () => {
  const user = resolve(declaration, day).users.get('ada@x' as never);
  expect(user).toMatchObject({
    userName: 'Ada@X',
    previously: ['king@x'],
    cause: { at: { file: 'a.yaml', line: 2, column: 3 }, via: 'entry' },
    wanted: { seat: { value: 'Full', cause: { at: { line: 4 } } }, active: { value: true, cause: { at: { line: 5 } } } },
  });
});

test('a member under a former name is the user who is declared', () => {
  const members = resolve(declaration, day).groups.get('G' as never)?.members;
  expect([...(members?.keys() ?? [])]).toEqual(['ada@x', 'bob@x']);
  expect(members?.get('ada@x' as never)).toMatchObject({ userName: 'Ada@X', at: { line: 7 } });
});

test('absent members stay absent: the membership is not managed', () => {
  const group = resolve(declaration, day).groups.get('H' as never);
  expect(group).not.toHaveProperty('members');
  expect(group).toMatchObject({ previously: ['Old'], wanted: { externalId: { value: 'h' } } });
});

test('the login on GitHub asks for nothing in Figma', () => {
  const known = declaration.users.map((user) => ({ ...user, github: written('ada-l', 3) }));
  expect(resolve({ ...declaration, users: known }, day)).toEqual(resolve(declaration, day));
});

test('the tenant is passed on', () => {
  expect(resolve(declaration, day).tenantId).toBe('42');
});
