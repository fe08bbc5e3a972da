import { describe, expect, test } from 'vitest';
import { userNameOf } from '../../src/model/directory.ts';
import { liveUser, situation } from './agreement.ts';
import { changeIdsOf, type ChangeId } from '../../src/model/change-id.ts';
import { lines, planned, plannedOn, tried, verdicts, type Held } from './declared.ts';

const yaml = `organization:
  seats: { Full: { purchased: 1 } }
users:
  - { userName: ada@x.io, previously: [king@x.io], seat: Full, title: Lead }
  - { userName: bob@x.io, seat: View, title: Head }
  - { userName: new@x.io, seat: View }
groups:
  - { displayName: G, members: [ada@x.io, new@x.io] }
  - { displayName: H, previously: [Old], members: [bob@x.io, new@x.io] }
  - { displayName: M, externalId: m, members: [ada@x.io, bob@x.io] }
`;
const held: Held = {
  users: { 'king@x.io': { seat: 'View' }, 'bob@x.io': { seat: 'Full' } },
  groups: { G: ['bob@x.io'], Old: [] },
};
const ada = 'put user ada@x.io: userName king@x.io→ada@x.io, seat View→Full, title ∅→Lead | needs put user bob@x.io';
const bob = 'put user bob@x.io: seat Full→View, title ∅→Head';
const hire = 'create user new@x.io: userName ∅→new@x.io, seat ∅→View';

describe('--target', () => {
  test.each<[string, ('user' | 'group')[], string[], string[], number]>([
    [
      'a user: the own operation and only the own memberships, with all that they need',
      ['user'],
      ['ada@x.io'],
      [bob, ada, 'create group M: displayName ∅→M, externalId ∅→m, member ∅→ada@x.io', 'patch group G: member ∅→ada@x.io'],
      4,
    ],
    [
      'a user by the former name',
      ['user'],
      ['KING@x.io'],
      [bob, ada, 'create group M: displayName ∅→M, externalId ∅→m, member ∅→ada@x.io', 'patch group G: member ∅→ada@x.io'],
      4,
    ],
    [
      'a user whose group is renamed: the membership, not the name',
      ['user'],
      ['new@x.io'],
      [hire, 'patch group G: member ∅→new@x.io', 'patch group Old: member ∅→new@x.io'],
      5,
    ],
    [
      'a group: its operation and the creations of its members',
      ['group'],
      ['H'],
      [hire, 'patch group H: displayName Old→H, member ∅→bob@x.io, member ∅→new@x.io'],
      4,
    ],
    ['a group by its former name', ['group'], ['Old'], [hire, 'patch group H: displayName Old→H, member ∅→bob@x.io, member ∅→new@x.io'], 4],
    [
      'several',
      ['group', 'user'],
      ['H', 'bob@x.io'],
      [
        bob,
        hire,
        'create group M: displayName ∅→M, externalId ∅→m, member ∅→bob@x.io',
        'patch group G: member bob@x.io→∅',
        'patch group H: displayName Old→H, member ∅→bob@x.io, member ∅→new@x.io',
      ],
      3,
    ],
  ])('%s', (_, kinds, names, expected, others) => {
    const targets = names.map((name, index) => ({ kind: kinds[index] ?? 'user', name }));
    const plan = planned(yaml, held, { targets });
    expect(lines(plan)).toEqual(expected);
    expect(plan.selection).toEqual({ by: 'target', others });
  });

  test('an unknown target is an error', () => {
    expect(tried(yaml, held, { targets: [{ kind: 'user', name: 'nobody@x.io' }] })).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'E209' }],
    });
    expect(tried(yaml, held, { targets: [{ kind: 'group', name: 'h' }] })).toMatchObject({ ok: false });
  });

  test('somebody who is live and not declared is known, and nothing is to do', () => {
    const plan = planned(
      'users: [{ userName: ada@x.io }]',
      { users: { 'ada@x.io': {}, 'eve@x.io': {} } },
      { targets: [{ kind: 'user', name: 'eve@x.io' }] },
    );
    expect([plan.operations, plan.selection]).toEqual([[], { by: 'target', others: 0 }]);
  });

  test('the guards judge the selection', () => {
    const everybody = Array.from({ length: 10 }, (_, index) => `u${index}@x.io`);
    const off = `users:\n${everybody.map((name) => `  - { userName: ${name}, active: false }`).join('\n')}`;
    const live = { users: Object.fromEntries(everybody.map((name) => [name, {}])) };
    expect(verdicts(planned(off, live))).toEqual(['deactivations block 10/1']);
    expect(verdicts(planned(off, live, { targets: [{ kind: 'user', name: 'u3@x.io' }] }))).toEqual([]);
  });

  test('what cannot be planned elsewhere is not held against the targets', () => {
    const unknown = `${yaml}  - { displayName: U, members: [nobody@x.io] }\n`;
    expect(planned(unknown, held).unresolved).toBe(1);
    expect(planned(unknown, held, { targets: [{ kind: 'user', name: 'bob@x.io' }] }).unresolved).toBe(0);
    expect(planned(unknown, held, { targets: [{ kind: 'group', name: 'U' }] }).unresolved).toBe(1);
  });
});

test('a declared member of a rule-only group who is renamed elsewhere is not undeclared', () => {
  const yaml =
    'users: [{ userName: new@x.io, previously: [old@x.io], department: Sales }, { userName: d@x.io, department: Design }]\ngroups: [{ displayName: G, membersWhere: { department: Design } }]';
  const live: Held = {
    users: { 'old@x.io': { department: 'Sales' }, 'd@x.io': { department: 'Design' } },
    groups: { G: ['old@x.io', 'd@x.io'] },
  };
  const plan = planned(yaml, live, { targets: [{ kind: 'group', name: 'G' }] });
  expect(lines(plan)).toEqual(['patch group G: member old@x.io→∅ (rule)']);
  expect(verdicts(plan)).not.toContain('undeclaredMembers block 1');
});

test('--only expired and --target go together, for somebody who is renamed too', () => {
  const yaml =
    'users: [{ userName: new@x.io, previously: [old@x.io], seat: View }, { userName: b@x.io, seat: View }]\ngrants: [{ user: new@x.io, seat: Dev, until: 2026-01-01 }, { user: b@x.io, seat: Dev, until: 2026-01-01 }]';
  const live: Held = { users: { 'old@x.io': { seat: 'Dev' }, 'b@x.io': { seat: 'Dev' } } };
  const plan = planned(yaml, live, { onlyExpired: true, targets: [{ kind: 'user', name: 'new@x.io' }] });
  expect(lines(plan)).toEqual(['patch user old@x.io: seat Dev→View (expired)']);
  expect(plan.selection).toEqual({ by: 'target', others: 2 });
});

describe('doubts', () => {
  const twice = 'users: [{ userName: ada@x.io, active: false }, { userName: bob@x.io, seat: Dev }]';
  const { live } = situation({ 'bob@x.io': { have: { seat: 'View' } } });
  const doubled = {
    ...live,
    ambiguous: {
      users: new Map([[userNameOf('ada@x.io'), [liveUser('ada@x.io', { id: '1' }), liveUser('ADA@x.io', { id: '2' })]]]),
      groups: new Map(),
    },
  };
  test('about somebody else do not count', () => {
    const plan = plannedOn(twice, doubled, { targets: [{ kind: 'user', name: 'bob@x.io' }] });
    expect([plan.unresolved, verdicts(plan).filter((one) => one.endsWith('block 1'))]).toEqual([0, []]);
  });
  test('about a target do', () => {
    const plan = plannedOn(twice, doubled, { targets: [{ kind: 'user', name: 'ada@x.io' }] });
    expect(plan.unresolved).toBe(1);
    expect(verdicts(plan)).toContain('ambiguous block 1');
  });
});

describe('a member who is renamed in another part', () => {
  const renaming =
    'users: [{ userName: new@x.io, previously: [old@x.io] }]\ngroups: [{ displayName: G, members: [new@x.io] }, { displayName: H, members: [] }]';
  const live: Held = { users: { 'old@x.io': {} }, groups: { G: [], H: ['old@x.io'] } };
  test('is added and removed under the present name', () => {
    expect(lines(planned(renaming, live, { targets: [{ kind: 'group', name: 'G' }] }))).toEqual(['patch group G: member ∅→old@x.io']);
    expect(lines(planned(renaming, live, { targets: [{ kind: 'group', name: 'H' }] }))).toEqual(['patch group H: member old@x.io→∅']);
    const both = [{ kind: 'group', name: 'G' } as const, { kind: 'user', name: 'new@x.io' } as const];
    expect(lines(planned(renaming, live, { targets: both }))).toContain('patch group G: member ∅→new@x.io');
  });
});

describe('--only expired', () => {
  const grants = `organization:
  defaults: [{ seat: View }]
users:
  - { userName: ada@x.io, previously: [king@x.io], title: Lead }
  - { userName: bob@x.io, seat: View, title: Head }
  - { userName: eve@x.io, seat: View }
  - { userName: off@x.io, active: false, seat: View }
groups:
  - { displayName: G, members: [eve@x.io] }
grants:
  - { user: ada@x.io, seat: Dev, until: 2026-11-01 }
  - { user: bob@x.io, seat: Full, until: 2026-11-01 }
  - { user: off@x.io, seat: Full, until: 2026-11-01 }
  - { user: bob@x.io, group: G, until: 2026-11-01 }
`;
  const live: Held = {
    users: {
      'king@x.io': { seat: 'Dev' },
      'bob@x.io': { seat: 'Full' },
      'eve@x.io': { seat: 'Full' },
      'off@x.io': { seat: 'Full' },
      'x@x.io': {},
    },
    groups: { G: ['bob@x.io', 'x@x.io'] },
  };

  test('only what an ended grant gave goes, and the action is what that needs', () => {
    const plan = planned(grants, live, { onlyExpired: true });
    expect(lines(plan)).toEqual([
      'patch user king@x.io: seat Dev→View (expired)',
      'patch user bob@x.io: seat Full→View (expired)',
      'patch group G: member bob@x.io→∅ (expired)',
    ]);
    expect(plan.selection).toEqual({ by: 'expired', others: 5 });
  });

  test('a seat that is not exactly what the grant gave stays', () => {
    const other = { ...live, users: { ...live.users, 'bob@x.io': { seat: 'Dev' }, 'king@x.io': { seat: 'Collab' } } };
    expect(lines(planned(grants, other, { onlyExpired: true }))).toEqual(['patch group G: member bob@x.io→∅ (expired)']);
  });

  test('the limits judge it like any other plan, but for what was judged when it was planned', () => {
    const plan = planned(grants, live, { onlyExpired: true });
    expect(verdicts(plan)).toEqual(['downgrades block 2/1']);
    expect(verdicts(planned(grants, live, { onlyExpired: true, exempt: changeIdsOf(plan.operations) }))).toEqual([]);
    const [first] = changeIdsOf(plan.operations);
    const spared = planned(grants, live, {
      onlyExpired: true,
      exempt: new Set([first, 'another' as ChangeId].filter((id) => id !== undefined)),
    });
    expect(verdicts(spared)).toEqual([]);
    expect(spared.basis.exempt).toEqual([first]);
    expect(plan.basis).not.toHaveProperty('exempt');
    expect(verdicts(planned(grants, live))).toContain('downgrades block 3/1');
  });

  test('a member whom nobody knows is not its business', () => {
    const unknown = grants.replace('members: [eve@x.io]', 'members: [eve@x.io, nobody@x.io]');
    expect(planned(unknown, live, { onlyExpired: true })).toMatchObject({ unresolved: 0 });
  });

  test('before the last day is over nothing is due', () => {
    expect(lines(planned(grants, live, { onlyExpired: true, day: '2026-11-01' }))).toEqual([]);
  });
});
