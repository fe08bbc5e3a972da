import { describe, expect, test } from 'vitest';
import { changesIn, changeIdsOf, type ChangeId } from '../../src/model/change-id.ts';
import type { Plan } from '../../src/model/plan.ts';
import { approvedChangeIds } from '../../src/plan/creations.ts';
import { userNameOf } from '../../src/model/directory.ts';
import type { LiveUser } from '../../src/model/live.ts';
import { desiredBy, heldBy, lines, planned, plannedOn, verdicts, type Held } from './declared.ts';

/** The plan of the changes of a configuration that `isApproved` picks by their changeIds. */
function approvedOf(yaml: string, held: Held, isApproved: (changeId: string) => boolean): Plan {
  const all = [...changeIdsOf(planned(yaml, held).operations)];
  return planned(yaml, held, { approved: new Set(all.filter(isApproved)) });
}

const withAtom =
  (...parts: readonly string[]) =>
  (changeId: string) =>
    parts.some((part) => changeId.includes(part));

describe('a change id', () => {
  const changeIds = (yaml: string, held: Held) =>
    planned(yaml, held).operations.flatMap((one) => changesIn(one).map(({ changeId }) => changeId));

  test.each<[string, string, Held, string[]]>([
    [
      'one for a create, with all its values',
      'users: [{ userName: Ada@x.io, seat: Dev, title: "" , department: D }]',
      {},
      ['{"kind":"user","name":"ada@x.io","op":"create","v":1,"value":{"department":"D","seat":"Dev","userName":"ada@x.io"}}'],
    ],
    [
      'one for each value that is set, an emptied one with the empty text',
      'users: [{ userName: ada@x.io, seat: Dev, title: "" }]',
      { users: { 'ada@x.io': { seat: 'Full', title: 'Lead' } } },
      [
        '{"attribute":"seat","kind":"user","name":"ada@x.io","op":"set","v":1,"value":"Dev"}',
        '{"attribute":"title","kind":"user","name":"ada@x.io","op":"set","v":1,"value":""}',
      ],
    ],
    [
      'a rename by the former name',
      'users: [{ userName: ADA@x.io, previously: [King@x.io], figmaAdmin: true }]',
      { users: { 'king@x.io': { displayName: 'Ada' } } },
      [
        '{"kind":"user","name":"king@x.io","op":"rename","v":1,"value":"ada@x.io"}',
        '{"attribute":"figmaAdmin","kind":"user","name":"ada@x.io","op":"set","v":1,"value":true}',
      ],
    ],
    [
      'access that ends and comes back',
      'users: [{ userName: a@x.io, active: false }, { userName: b@x.io, active: true }]',
      { users: { 'a@x.io': {}, 'b@x.io': { active: false } } },
      ['{"kind":"user","name":"a@x.io","op":"deactivate","v":1}', '{"kind":"user","name":"b@x.io","op":"reactivate","v":1}'],
    ],
    [
      'memberships apart from what a group is',
      'users: [{ userName: a@x.io }]\ngroups: [{ displayName: G, externalId: g, members: [A@x.io] }]',
      { users: { 'a@x.io': {} } },
      [
        '{"kind":"group","name":"G","op":"create","v":1,"value":{"displayName":"G","externalId":"g"}}',
        '{"attribute":"member","kind":"group","name":"G","op":"add","v":1,"value":"a@x.io"}',
      ],
    ],
    [
      'who leaves a group, and a group that goes',
      'organization: { unmanaged: { groups: delete } }\nusers: [{ userName: a@x.io }]\ngroups: [{ displayName: G, members: [] }]',
      { users: { 'a@x.io': {} }, groups: { G: ['a@x.io'], Old: [] } },
      [
        '{"attribute":"member","kind":"group","name":"G","op":"remove","v":1,"value":"a@x.io"}',
        '{"kind":"group","name":"Old","op":"delete","v":1}',
      ],
    ],
  ])('%s', (_, yaml, held, expected) => {
    expect(changeIds(yaml, held)).toEqual(expected);
  });

  test('is the same whatever the object is today', () => {
    const yaml = 'users: [{ userName: ada@x.io, seat: Dev }]';
    expect(changeIds(yaml, { users: { 'ada@x.io': { seat: 'Full' } } })).toEqual(
      changeIds(yaml, { users: { 'ada@x.io': { seat: 'View' } } }),
    );
  });
});

describe('what was approved', () => {
  const yaml = `users:
  - { userName: ada@x.io, seat: View, title: Lead, department: D }
  - { userName: bob@x.io, active: false }
  - { userName: new@x.io, seat: View }
groups:
  - { displayName: G, members: [ada@x.io, new@x.io] }
`;
  const held: Held = { users: { 'ada@x.io': { seat: 'Full' }, 'bob@x.io': {} }, groups: { G: ['bob@x.io'] } };

  test('is done and nothing else, edit by edit, and the rest is counted', () => {
    const plan = approvedOf(yaml, held, withAtom('"attribute":"seat"', '"name":"new@x.io"', '"value":"new@x.io"'));
    expect(lines(plan)).toEqual([
      'patch user ada@x.io: seat Full→View',
      'create user new@x.io: userName ∅→new@x.io, seat ∅→View',
      'patch group G: member ∅→new@x.io',
    ]);
    expect(plan.selection).toEqual({ by: 'approved', others: 3 });
  });

  test('can be nothing', () => {
    const plan = approvedOf(yaml, held, () => false);
    expect([lines(plan), plan.selection]).toEqual([[], { by: 'approved', others: 4 }]);
  });

  test('can be everything: the plan without a choice', () => {
    const whole = planned(yaml, held);
    const plan = approvedOf(yaml, held, () => true);
    expect([plan.operations, plan.digest]).toEqual([whole.operations, whole.digest]);
    expect(plan.selection).toEqual({ by: 'approved', others: 0 });
  });

  test('is what is live now, not what was live when it was approved', () => {
    const changeIds = changeIdsOf(planned(yaml, held).operations);
    const drifted: Held = { ...held, users: { ...held.users, 'ada@x.io': { seat: 'Dev', title: 'Lead', department: 'D' } } };
    expect(lines(planned(yaml, drifted, { approved: changeIds }))).toContain('patch user ada@x.io: seat Dev→View');
  });

  test('is counted by the guards, and nothing else', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const many = `users:\n${names.map((name) => `  - { userName: ${name}@x.io, active: false }\n`).join('')}`;
    const live: Held = { users: Object.fromEntries(names.map((name) => [`${name}@x.io`, {}])) };
    expect(verdicts(planned(many, live)).some((verdict) => verdict.startsWith('deactivations block 8'))).toBe(true);
    const plan = approvedOf(many, live, withAtom('"name":"a@x.io"'));
    expect(plan.guards.find(({ guard }) => guard === 'deactivations')).toMatchObject({ outcome: 'allow', count: 1 });
  });
});

describe('what a create that was cut short left open', () => {
  const yaml = 'users: [{ userName: new@x.io, seat: Dev, title: T }]\ngroups: [{ displayName: G, externalId: g }]';
  const created = changeIdsOf(planned(yaml, {}).operations);
  const half: Held = { users: { 'new@x.io': { seat: 'View' } }, groups: { G: [] } };
  const approvedOn = (config: string, held: Held, changeIds: ReadonlySet<ChangeId>) =>
    lines(
      planned(config, held, {
        approved: approvedChangeIds(planned(config, held).operations, desiredBy(config), (changeId) => changeIds.has(changeId)),
      }),
    );

  test('is covered by the approval of the create', () => {
    expect(approvedOn(yaml, half, created)).toEqual(['put user new@x.io: seat View→Dev, title ∅→T', 'patch group G: externalId ∅→g']);
  });

  test('is not, when the entry asks for something else by now', () => {
    expect(approvedOn(yaml.replace('Dev', 'Full'), half, created)).toEqual(['patch group G: externalId ∅→g']);
  });

  test('does not bring somebody back who is inactive', () => {
    const back = 'users: [{ userName: new@x.io, active: true, seat: Dev }]';
    const gone: Held = { users: { 'new@x.io': { active: false } } };
    const approved = approvedChangeIds(planned(back, gone).operations, desiredBy(back), (changeId) =>
      changeIdsOf(planned(back, {}).operations).has(changeId),
    );
    const plan = planned(back, gone, { approved });
    expect(lines(plan)).toEqual([]);
    expect(plan.selection?.held).toEqual([{ operation: 'patch user new@x.io', needs: 'patch user new@x.io' }]);
  });

  test('is no membership: who comes into a group or leaves it is approved alone', () => {
    const team = 'users: [{ userName: a@x.io }]\ngroups: [{ displayName: G, externalId: g, members: [a@x.io] }]';
    const approvedGroup = new Set([...created].filter(withAtom('"kind":"group"')));
    const live: Held = { users: { 'a@x.io': {}, 'b@x.io': {} }, groups: { G: ['b@x.io'] } };
    expect(approvedOn(team, live, approvedGroup)).toEqual(['patch group G: externalId ∅→g']);
  });

  test('does not cover a create that nobody approved', () => {
    expect(approvedOn(yaml, {}, new Set())).toEqual([]);
  });
});

describe('held although it was approved', () => {
  const pool = 'organization: { seats: { Full: { purchased: 2 } } }\n';
  const two = `${pool}users:
  - { userName: a@x.io, seat: View }
  - { userName: b@x.io, seat: View }
  - { userName: c@x.io, seat: Full }
  - { userName: d@x.io, seat: Full, title: T }
`;
  const live: Held = { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': { seat: 'Full' }, 'c@x.io': {}, 'd@x.io': {} } };

  test('a take in a full pool whose freeing operation was not approved', () => {
    const plan = approvedOf(two, live, withAtom('c@x.io', 'd@x.io'));
    expect(lines(plan)).toEqual([]);
    expect(plan.selection?.held).toEqual([
      { operation: 'put user d@x.io', needs: 'patch user b@x.io' },
      { operation: 'patch user c@x.io', needs: 'patch user a@x.io' },
    ]);
  });

  test('one of two takes, where one seat is freed: it goes to the one that may have it', () => {
    const plan = approvedOf(two, live, withAtom('b@x.io', 'c@x.io', 'd@x.io'));
    expect(lines(plan)).toEqual(['patch user b@x.io: seat Full→View', 'put user d@x.io: seat ∅→Full, title ∅→T | needs patch user b@x.io']);
    expect(plan.selection).toMatchObject({ others: 2, held: [{ operation: 'patch user c@x.io', needs: 'patch user a@x.io' }] });
  });

  test('not a take for which there is room once others that were not approved do not come', () => {
    const roomy = two.replace('purchased: 2', 'purchased: 3');
    const plan = approvedOf(roomy, live, withAtom('d@x.io'));
    expect(lines(plan)).toEqual(['put user d@x.io: seat ∅→Full, title ∅→T']);
    expect(plan.selection?.held).toBeUndefined();
  });

  test('not a surplus take: whether more seats are bought is for the guard to say', () => {
    const surplus = `${pool}users: [{ userName: a@x.io }, { userName: b@x.io }, { userName: c@x.io, seat: Full }]`;
    const plan = approvedOf(surplus, live, () => true);
    expect(lines(plan)).toEqual(['patch user c@x.io: seat ∅→Full']);
    expect(plan.guards.find(({ guard }) => guard === 'pool')).toMatchObject({ outcome: 'block', count: 1 });
  });

  test('no more takes than there is no room for, whoever was to fund them', () => {
    const three = `${pool.replace('purchased: 2', 'purchased: 3')}users:
  - { userName: a@x.io, seat: View }
  - { userName: b@x.io, seat: View }
  - { userName: e@x.io, seat: View }
  - { userName: c@x.io, seat: Full }
  - { userName: d@x.io, seat: Full }
`;
    const plan = approvedOf(three, { users: { ...live.users, 'e@x.io': { seat: 'Full' } } }, withAtom('c@x.io', 'd@x.io', 'e@x.io'));
    expect(lines(plan)).toEqual(['patch user e@x.io: seat Full→View', 'patch user c@x.io: seat ∅→Full | needs patch user e@x.io']);
    expect(plan.selection?.held).toEqual([{ operation: 'patch user d@x.io', needs: 'patch user b@x.io' }]);
  });

  test('a membership of somebody whose creation waits for a seat', () => {
    const hire = `${pool}users: [{ userName: a@x.io, seat: View }, { userName: b@x.io }, { userName: n@x.io, seat: Full }]
groups: [{ displayName: G, members: [b@x.io, n@x.io] }]`;
    const plan = approvedOf(hire, { ...live, groups: { G: [] } }, withAtom('"n@x.io"', '"value":"b@x.io"'));
    expect(lines(plan)).toEqual(['patch group G: member ∅→b@x.io']);
    expect(plan.selection?.held).toEqual([
      { operation: 'create user n@x.io', needs: 'patch user a@x.io' },
      { operation: 'patch group G', needs: 'create user n@x.io' },
    ]);
  });

  test('memberships of a group whose creation was not approved', () => {
    const plan = approvedOf('users: [{ userName: a@x.io }]\ngroups: [{ displayName: G, members: [a@x.io] }]', live, withAtom('"op":"add"'));
    expect([lines(plan), plan.selection?.held]).toEqual([[], [{ operation: 'create group G', needs: 'create group G' }]]);
  });
});

describe('a part of an operation', () => {
  test('keeps the present name where the rename was not approved', () => {
    const yaml = 'users: [{ userName: ada@x.io, previously: [king@x.io], seat: Dev }]\ngroups: [{ displayName: G, members: [ada@x.io] }]';
    const plan = approvedOf(yaml, { users: { 'king@x.io': {} }, groups: { G: [] } }, withAtom('"attribute"'));
    expect(lines(plan)).toEqual(['patch user king@x.io: seat ∅→Dev', 'patch group G: member ∅→king@x.io']);
  });

  test('counts the seat that is in use with what is kept: the former one for who comes back without the new one', () => {
    const yaml = 'users: [{ userName: a@x.io, active: true, seat: Full, title: T }, { userName: b@x.io, seat: Full, title: T }]';
    const live = heldBy({ users: { 'a@x.io': { active: false }, 'b@x.io': { seat: 'View' } } });
    const gone = { ...(live.users.get(userNameOf('a@x.io')) as LiveUser), lastSeat: 'Dev' };
    const all = plannedOn(yaml, { ...live, users: new Map([...live.users, [userNameOf('a@x.io'), gone]]) }).operations;
    const approved = new Set([...changeIdsOf(all)].filter(withAtom('reactivate', '"attribute":"title"')));
    const plan = plannedOn(yaml, { ...live, users: new Map([...live.users, [userNameOf('a@x.io'), gone]]) }, { approved });
    expect(plan.operations.map(({ seat }) => seat)).toEqual([{ after: 'Dev' }, { before: 'View', after: 'View' }]);
  });
});

test('an approval of what nobody asks for any more changes nothing', () => {
  const plan = planned(
    'users: [{ userName: a@x.io, seat: View }]',
    { users: { 'a@x.io': { seat: 'Full' } } },
    {
      approved: new Set(['{"attribute":"seat","kind":"user","name":"a@x.io","op":"set","v":1,"value":"Dev"}' as ChangeId]),
    },
  );
  expect(lines(plan)).toEqual([]);
});
