import { describe, expect, test } from 'vitest';
import type { Day } from '../../src/model/day.ts';
import type { Live } from '../../src/model/live.ts';
import type { Plan } from '../../src/model/plan.ts';
import { resume } from '../../src/plan/resume.ts';
import { userNameOf } from '../../src/model/directory.ts';
import { liveUser, situation } from './agreement.ts';
import { heldBy, lines, planned, plannedOn, verdicts, type Held } from './declared.ts';

const today = '2026-11-22' as Day;
const yaml = `users:
  - { userName: ada@x.io, previously: [king@x.io], seat: Full, title: Lead }
  - { userName: bob@x.io, seat: View }
  - { userName: off@x.io, active: false }
  - { userName: new@x.io, seat: View }
groups:
  - { displayName: G, members: [ada@x.io, new@x.io] }
  - { displayName: M, members: [bob@x.io] }
`;
const before: Held = {
  users: { 'king@x.io': { id: '1', seat: 'View' }, 'bob@x.io': { seat: 'Full' }, 'off@x.io': { seat: 'Dev' } } as Held['users'] & object,
  groups: { G: ['bob@x.io'] },
};
const done: Held = {
  users: {
    'ada@x.io': { id: '1', seat: 'Full', title: 'Lead' },
    'bob@x.io': { seat: 'View' },
    'off@x.io': { active: false },
    'new@x.io': { seat: 'View' },
  } as Held['users'] & object,
  groups: { G: ['ada@x.io', 'new@x.io'], M: ['bob@x.io'] },
};
const saved = planned(yaml, before);

function left(plan: Plan, held: Held, day: Day = today): { lines: readonly string[]; plan: Plan } | { stale: readonly string[] } {
  const resumed = resume(plan, heldBy(held), day);
  return resumed.kind === 'plan' ? { lines: lines(resumed.plan), plan: resumed.plan } : { stale: resumed.reasons };
}

/** The state before, with some parts as they are afterwards. */
function partly(users: readonly string[], groups: Readonly<Record<string, readonly string[]>> = {}): Held {
  const all = { ...before.users };
  for (const name of users) {
    if (name === 'ada@x.io') delete (all as Record<string, unknown>)['king@x.io'];
    Object.assign(all, { [name]: done.users?.[name] });
  }
  return { users: all, groups: { ...before.groups, ...groups } };
}

describe('what is left of a saved plan', () => {
  test('on the state it was made for: everything, in the same order', () => {
    expect(left(saved, before)).toMatchObject({ lines: lines(saved) });
  });

  test('where everything is done: nothing', () => {
    expect(left(saved, done)).toMatchObject({ lines: [] });
  });

  test.each<[string, Held, string[]]>([
    [
      'a put that is done',
      partly(['ada@x.io']),
      [
        'patch user bob@x.io: seat Full→View',
        'deactivate user off@x.io: active true→false',
        'create user new@x.io: userName ∅→new@x.io, seat ∅→View',
        'create group M: displayName ∅→M, member ∅→bob@x.io',
        'patch group G: member ∅→ada@x.io, member ∅→new@x.io, member bob@x.io→∅',
      ],
    ],
    [
      'a put that is half done: the rest, under the name that the user has by now',
      {
        ...partly(['bob@x.io', 'off@x.io', 'new@x.io'], { G: done.groups?.['G'] ?? [], M: ['bob@x.io'] }),
        users: {
          'ada@x.io': { id: '1', seat: 'View', title: 'Lead' },
          'bob@x.io': { seat: 'View' },
          'off@x.io': { active: false },
          'new@x.io': { seat: 'View' },
        } as Held['users'] & object,
      },
      ['patch user ada@x.io: seat View→Full'],
    ],
    [
      'a group that was created and not filled',
      partly(['ada@x.io', 'bob@x.io', 'off@x.io', 'new@x.io'], { M: [], G: ['bob@x.io', 'ada@x.io'] }),
      ['patch group M: member ∅→bob@x.io', 'patch group G: member ∅→new@x.io, member bob@x.io→∅'],
    ],
  ])('%s', (_, held, expected) => {
    expect(left(saved, held)).toMatchObject({ lines: expected });
  });

  test('needs that are met are gone, the others stay', () => {
    const swap = planned(
      'organization: { seats: { Full: { purchased: 1 } } }\nusers: [{ userName: a@x.io, seat: View }, { userName: b@x.io, seat: Full }]',
      { users: { 'a@x.io': { seat: 'Full' }, 'b@x.io': { seat: 'View' } } },
    );
    expect(lines(swap)).toEqual(['patch user a@x.io: seat Full→View', 'patch user b@x.io: seat View→Full | needs patch user a@x.io']);
    expect(left(swap, { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } } })).toMatchObject({
      lines: ['patch user b@x.io: seat View→Full'],
    });
  });

  test('a file in another order keeps whoever is needed first, within a phase too', () => {
    const chain = planned(
      'organization: { seats: { Full: { purchased: 2 }, Dev: { purchased: 1 } } }\nusers: [{ userName: a@x.io, seat: Full }, { userName: z@x.io, seat: Dev }]',
      { users: { 'a@x.io': { seat: 'Dev' }, 'z@x.io': { seat: 'View' } } },
    );
    expect(lines(chain)).toEqual(['patch user a@x.io: seat Dev→Full', 'patch user z@x.io: seat View→Dev | needs patch user a@x.io']);
    const result = left(
      { ...chain, operations: chain.operations.toReversed() },
      { users: { 'a@x.io': { seat: 'Dev' }, 'z@x.io': { seat: 'View' } } },
    );
    expect(result).toMatchObject({ lines: lines(chain) });
  });

  test('a file in another order is carried out in a right one', () => {
    const shuffled = { ...saved, operations: saved.operations.toReversed() };
    const phases = (plan: Plan) => plan.operations.map(({ kind }) => kind);
    const result = left(shuffled, before);
    expect('plan' in result && phases(result.plan)).toEqual(phases(saved));
    expect('plan' in result && result.plan.digest).toBe(saved.digest);
  });
});

describe('stale', () => {
  test.each<[string, Held, RegExp]>([
    [
      'a seat is neither as assumed nor as wanted',
      { ...before, users: { ...before.users, 'bob@x.io': { seat: 'Dev' } } },
      /bob@x\.io: seat is "Dev" by now, the plan assumes "Full"/,
    ],
    [
      'somebody is gone',
      { ...before, users: { 'king@x.io': { id: '1', seat: 'View' }, 'bob@x.io': { seat: 'Full' } } as Held['users'] & object },
      /off@x\.io is not there/,
    ],
    [
      'the new user exists, with another seat',
      { ...before, users: { ...before.users, 'new@x.io': { seat: 'Full' } } },
      /new@x\.io exists by now, and its seat/,
    ],
    ['somebody was deactivated', { ...before, users: { ...before.users, 'bob@x.io': { active: false } } }, /bob@x\.io was deactivated/],
    ['a group is gone', { ...before, groups: {} }, /the group "G" is not there/],
  ])('%s', (_, held, reason) => {
    expect(left(saved, held)).toEqual({ stale: [expect.stringMatching(reason)] });
  });

  test('somebody is called otherwise by now: what is protected or ignored goes by name', () => {
    const lower = planned('organization: { protected: ["vip-*"] }\nusers: [{ userName: u@x.io, seat: View }]', {
      users: { 'u@x.io': { seat: 'Full' } },
    });
    const renamed = situation({ 'vip-1@x.io': { have: { id: 'id-u@x.io', seat: 'Full' } } }).live;
    expect(resume(lower, renamed, today)).toEqual({ kind: 'stale', reasons: ['u@x.io is called vip-1@x.io by now'] });
  });

  test('a group that is to be created exists by now, with other members', () => {
    const create = planned('users: [{ userName: u@x.io }, { userName: v@x.io }]\ngroups: [{ displayName: G, members: [u@x.io] }]', {
      users: { 'u@x.io': {}, 'v@x.io': {} },
    });
    const held = { users: { 'u@x.io': {}, 'v@x.io': {} } };
    expect(left(create, { ...held, groups: { G: ['v@x.io'] } })).toEqual({
      stale: [expect.stringMatching(/members that are not in the plan/)],
    });
    expect(left(create, { ...held, groups: { G: ['u@x.io'] } })).toMatchObject({ lines: [] });
  });

  test('what is done stays done, whatever else has happened to the object', () => {
    const create = planned('users: [{ userName: u@x.io }, { userName: v@x.io }]\ngroups: [{ displayName: G, members: [u@x.io] }]', {
      users: { 'u@x.io': {}, 'v@x.io': {} },
    });
    expect(left(create, { users: { 'u@x.io': {}, 'v@x.io': {} }, groups: { G: ['u@x.io', 'v@x.io'] } })).toMatchObject({ lines: [] });
    const lower = planned('users: [{ userName: u@x.io, seat: View }]', { users: { 'u@x.io': { seat: 'Full' } } });
    const renamed = situation({ 'w@x.io': { have: { id: 'id-u@x.io', seat: 'View' } } }).live;
    expect(resume(lower, renamed, today)).toMatchObject({ kind: 'plan', plan: { operations: [] } });
  });

  test('who was undeclared and is an admin by now', () => {
    const clear = planned('organization: { unmanaged: { users: deactivate } }\nusers: [{ userName: ada@x.io }]', {
      users: { 'ada@x.io': {}, 'bob@x.io': {} },
    });
    expect(lines(clear)).toEqual(['deactivate user bob@x.io: active true→false (unmanaged)']);
    expect(left(clear, { users: { 'ada@x.io': {}, 'bob@x.io': { figmaAdmin: true } } })).toEqual({
      stale: ['bob@x.io is an admin by now'],
    });
  });

  test('a member to be was deactivated', () => {
    const add = planned('users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G, members: [ada@x.io] }]', {
      users: { 'ada@x.io': {} },
      groups: { G: [] },
    });
    expect(left(add, { users: { 'ada@x.io': { active: false } }, groups: { G: [] } })).toEqual({
      stale: [expect.stringMatching(/no active user/)],
    });
  });

  const granted = planned('users: [{ userName: ada@x.io, seat: View }]\ngrants: [{ user: ada@x.io, seat: Dev, until: 2026-11-30 }]', {
    users: { 'ada@x.io': { seat: 'View' } },
  });
  test('a grant that it relies on has ended', () => {
    expect(left(granted, { users: { 'ada@x.io': { seat: 'View' } } }, '2026-11-30' as Day)).toHaveProperty('lines');
    expect(left(granted, { users: { 'ada@x.io': { seat: 'View' } } }, '2026-12-01' as Day)).toEqual({
      stale: ['ada@x.io rests on a grant that ended on 2026-11-30'],
    });
  });
});

describe('the guards are judged again', () => {
  test('on what is live now: an admin who went meanwhile counts', () => {
    const strip = planned('organization: { minAdmins: 1 }\nusers: [{ userName: ada@x.io, figmaAdmin: false }]', {
      users: { 'ada@x.io': { figmaAdmin: true }, 'bob@x.io': { figmaAdmin: true } },
    });
    expect(verdicts(strip)).toEqual([]);
    const result = left(strip, { users: { 'ada@x.io': { figmaAdmin: true }, 'bob@x.io': {} } });
    expect('plan' in result && verdicts(result.plan)).toEqual(['minAdmins block 0/1']);
  });

  test('seats that somebody else took meanwhile count', () => {
    const raise = planned(
      'organization: { seats: { Full: { purchased: 2 } } }\nusers: [{ userName: a@x.io, seat: Full }, { userName: b@x.io }]',
      { users: { 'a@x.io': {}, 'b@x.io': { seat: 'Full' }, 'c@x.io': {} } },
    );
    expect(verdicts(raise)).toEqual([]);
    const result = left(raise, { users: { 'a@x.io': {}, 'b@x.io': { seat: 'Full' }, 'c@x.io': { seat: 'Full' } } });
    expect('plan' in result && verdicts(result.plan)).toEqual(['pool block 1']);
  });

  test('a create that has come to share a number with somebody live is a doubt', () => {
    const hire = planned('users: [{ userName: ada@x.io }, { userName: eve@x.io, employeeNumber: "7" }]', { users: { 'ada@x.io': {} } });
    const result = left(hire, { users: { 'ada@x.io': {}, 'eve.smith@x.io': { employeeNumber: '7' } } });
    expect('plan' in result && verdicts(result.plan)).toEqual(['ambiguous block 1']);
  });

  test('unless that somebody gives the number up in the same plan', () => {
    const moves = planned('users: [{ userName: a@x.io, employeeNumber: "8" }, { userName: b@x.io, employeeNumber: "7" }]', {
      users: { 'a@x.io': { employeeNumber: '7' } },
    });
    expect(left(moves, { users: { 'a@x.io': { employeeNumber: '7' } } })).toMatchObject({
      lines: lines(moves),
      plan: { basis: { doubts: [] } },
    });
  });

  test('a seat that did not come back with somebody who is active by now is not counted', () => {
    const { live } = situation({ 'b@x.io': { have: { seat: 'Full' } } });
    const away = {
      ...live,
      users: new Map([...live.users, [userNameOf('a@x.io'), { ...liveUser('a@x.io', { active: false }), lastSeat: 'Full' }]]),
    };
    const back = plannedOn(
      'organization: { seats: { Full: { purchased: 2 } } }\nusers: [{ userName: a@x.io, active: true, title: T }, { userName: b@x.io }]',
      away,
    );
    expect(back.seats).toMatchObject({ Full: { before: 1, after: 2 } });
    const result = left(back, { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'Full' } } });
    expect('plan' in result && result.plan.seats).toMatchObject({ Full: { before: 1, after: 1 } });
  });

  test('who was missing and is created by now is not missing any more', () => {
    const hires = planned('users: [{ userName: ada@x.io }, { userName: b@x.io }, { userName: c@x.io }]', { users: { 'ada@x.io': {} } });
    expect(verdicts(hires)).toEqual(['shrunkLive block 2/1']);
    const result = left(hires, { users: { 'ada@x.io': {}, 'b@x.io': {} } });
    expect('plan' in result && verdicts(result.plan)).toEqual([]);
  });

  test('a grant of rights comes first again, so that admins are never fewer than the plan said', () => {
    const swap = planned(
      'users: [{ userName: a@x.io, figmaAdmin: false }, { userName: h@x.io, figmaAdmin: true }, { userName: r@x.io, active: false }]',
      {
        users: { 'a@x.io': { figmaAdmin: true }, 'h@x.io': {}, 'r@x.io': { figmaAdmin: true }, 's@x.io': { figmaAdmin: true } },
      },
    );
    const result = left(swap, {
      users: { 'a@x.io': { figmaAdmin: true }, 'h@x.io': {}, 'r@x.io': { figmaAdmin: true }, 's@x.io': { figmaAdmin: true } },
    });
    expect(result).toMatchObject({ lines: lines(swap) });
    expect(lines(swap)[0]).toBe('patch user h@x.io: figmaAdmin ∅→true');
  });

  test('users who vanished from the read count as missing', () => {
    const many = Array.from({ length: 10 }, (_, index) => `u${index}@x.io`);
    const plan = planned(
      `users:\n${many.map((name) => `  - { userName: ${name}${name === 'u0@x.io' ? ', seat: Dev' : ''} }`).join('\n')}`,
      { users: Object.fromEntries(many.map((name) => [name, { seat: 'View' }])) },
    );
    const few: Live = heldBy({ users: { 'u0@x.io': { seat: 'View' } } });
    const result = resume(plan, few, today);
    expect(result.kind === 'plan' && verdicts(result.plan)).toEqual(['shrunkLive block 9/5']);
  });
});
