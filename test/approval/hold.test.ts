import { describe, expect, test } from 'vitest';
import { heldByGuards, holdingGuards, ignoredChanges, misnamedChanges } from '../../src/approval/hold.ts';
import { changeIdsOf, parsedId, renameId, type ChangeId } from '../../src/model/change-id.ts';
import type { Verdict } from '../../src/model/plan.ts';
import { limitNames } from '../../src/model/policy.ts';
import { planned } from '../plan/declared.ts';

const said = (ids: readonly { readonly changeId: ChangeId }[]) =>
  ids
    .map(({ changeId }) => parsedId(changeId))
    .map(({ op, name, value }) => [op, name, ...(typeof value === 'string' ? [value] : [])].join(' '));

const yaml = `
users:
  - { userName: svc-a@x.io, seat: Full, title: T }
  - { userName: b@x.io, seat: Full }
groups:
  - { displayName: Team One, members: [svc-a@x.io, b@x.io] }
  - { displayName: Other, members: [] }
`;
const live = {
  users: { 'svc-a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } },
  groups: { 'Team One': [], Other: ['svc-a@x.io'] },
};
const { operations } = planned(yaml, live);

describe('what is ignored still', () => {
  test.each<[string, { users?: readonly string[]; groups?: readonly string[] }, readonly string[]]>([
    ['nothing', {}, []],
    ['a pattern of nobody', { users: ['x*'], groups: ['x*'] }, []],
    [
      'users, with their memberships',
      { users: ['svc-*'] },
      ['set svc-a@x.io Full', 'set svc-a@x.io T', 'add Team One svc-a@x.io', 'remove Other svc-a@x.io'],
    ],
    ['a group, with all its members', { groups: ['Team *'] }, ['add Team One svc-a@x.io', 'add Team One b@x.io']],
    ['a pattern of users is none of groups', { users: ['Team *'] }, []],
  ])('%s', (_, { users = [], groups = [] }, expected) => {
    const found = ignoredChanges(operations, { users, groups });
    expect(said(found).toSorted()).toEqual([...expected].toSorted());
    expect(found.every(({ reason, guard }) => reason.includes('ignore') && guard === undefined)).toBe(true);
  });

  test('somebody whose present name is ignored, and whose new one is not', () => {
    const renamed = planned('users: [{ userName: new@x.io, previously: [svc-old@x.io] }]', { users: { 'svc-old@x.io': {} } });
    expect(said(ignoredChanges(renamed.operations, { users: ['svc-*'], groups: [] }))).toEqual(['rename svc-old@x.io new@x.io']);
    expect(said(ignoredChanges(renamed.operations, { users: ['new@*'], groups: [] }))).toEqual(['rename svc-old@x.io new@x.io']);
  });
});

describe('what is live under another name', () => {
  const text = (more = '') => `
users: [{ userName: new@x.io, previously: [old@x.io]${more} }, { userName: b@x.io, title: T }]
groups: [{ displayName: New, previously: [Old], externalId: x }, { displayName: Team, members: [new@x.io, b@x.io] }]
`;
  const held = { users: { 'old@x.io': {}, 'b@x.io': {} }, groups: { Old: [], Team: [] } };
  const all = (more?: string) => planned(text(more), held).operations;
  const links = { user: renameId('user', 'old@x.io', 'new@x.io'), group: renameId('group', 'Old', 'New') };
  const isNone = () => false;

  test('nothing of it is written, memberships included, unless the name was approved', () => {
    const found = misnamedChanges(all(', seat: Full'), isNone);
    expect(said(found).toSorted()).toEqual([
      'add Team new@x.io',
      'rename Old New',
      'rename old@x.io new@x.io',
      'set New x',
      'set new@x.io Full',
    ]);
    expect(found[0]?.reason).toBe('it is live as old@x.io, and its new name was not approved');
  });

  test('where the name was approved, it is written', () => {
    const found = misnamedChanges(all(', seat: Full'), (rename) => rename === links.user);
    expect(said(found).toSorted()).toEqual(['rename Old New', 'set New x']);
    expect(misnamedChanges(all(), (rename) => Object.values(links).includes(rename))).toEqual([]);
  });

  test('a deactivation must not land on another object either', () => {
    expect(said(misnamedChanges(all(', active: false'), (rename) => rename === links.group))).toContain('deactivate new@x.io');
  });

  test('nothing is held where names agree', () => {
    expect(misnamedChanges(operations, isNone)).toEqual([]);
  });
});

describe('guards', () => {
  const ids = operations.map((operation) => operation.id);
  const verdict = (guard: string, more: Partial<Verdict> = {}): Verdict => ({
    guard,
    outcome: 'block',
    count: 2,
    message: '',
    operations: ids.slice(0, 1),
    ...more,
  });

  test.each<[string, readonly Verdict[], readonly string[]]>([
    ['none', [], []],
    ['each limit holds', limitNames.map((name) => verdict(name)), limitNames],
    [
      'so does protected, and a rule that would empty a group',
      [verdict('protected'), verdict('undeclaredMembers')],
      ['protected', 'undeclaredMembers'],
    ],
    ['one that warns or allows does not', [verdict('downgrades', { outcome: 'warn' }), verdict('creations', { outcome: 'allow' })], []],
    ['one that blocks all', [verdict('shrunkLive')], []],
    ['one that blocks all, beside a limit', [verdict('downgrades'), verdict('minAdmins')], []],
    ['one that blocks all, beside a limit, in the other order', [verdict('pool'), verdict('downgrades')], []],
    ['one that only warns, beside a limit', [verdict('pool', { outcome: 'warn' }), verdict('downgrades')], ['downgrades']],
    ['a limit that names nothing to hold blocks all', [verdict('downgrades', { operations: [] })], []],
  ])('%s', (_, guards, expected) => {
    expect(holdingGuards({ guards }).map(({ guard }) => guard)).toEqual(expected);
  });

  test('what they count is held, all of each operation, and named with the guard', () => {
    const held = heldByGuards({ operations }, [verdict('downgrades')]);
    expect(new Set(held.map(({ changeId }) => changeId))).toEqual(changeIdsOf(operations.slice(0, 1)));
    expect(held[0]).toMatchObject({ guard: 'downgrades', reason: 'held by the guard downgrades (2)' });
    expect(heldByGuards({ operations }, [verdict('downgrades', { operations: ['patch user x'] })])).toEqual([]);
  });
});
