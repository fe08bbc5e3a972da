import { describe, expect, test } from 'vitest';
import { userNameOf } from '../../src/model/directory.ts';
import { liveUser, situation } from './agreement.ts';
import { faultsOf, lines, planned, plannedOn, verdicts, warnings, type Held } from './declared.ts';

/*
 * The sentences of the public contract on configuration, each as a case: what is written, what is live, and what follows.
 */

const ada = (seat: string): Held => ({ users: { 'ada@x.io': { seat } } });

describe('absent, empty and null', () => {
  test.each<[string, string, Held, string[]]>([
    ['absent is not managed', 'users: [{ userName: ada@x.io }]', { users: { 'ada@x.io': { title: 'Lead' } } }, []],
    [
      'empty is managed',
      'users: [{ userName: ada@x.io, title: "" }]',
      { users: { 'ada@x.io': { title: 'Lead' } } },
      ['put user ada@x.io: title Lead→'],
    ],
    ['empty and absent are one on the live side', 'users: [{ userName: ada@x.io, title: "" }]', ada('View'), []],
    [
      'the leaf is the unit',
      'users: [{ userName: ada@x.io, name: { givenName: Ada } }]',
      { users: { 'ada@x.io': { 'name.givenName': 'A', 'name.familyName': 'King' } } },
      ['put user ada@x.io: name.givenName A→Ada'],
    ],
    [
      'members [] must be empty',
      'users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G, members: [] }]',
      { ...ada('View'), groups: { G: ['ada@x.io'] } },
      ['patch group G: member ada@x.io→∅'],
    ],
    [
      'members absent is not managed',
      'users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G }]',
      { ...ada('View'), groups: { G: ['ada@x.io'] } },
      [],
    ],
  ])('%s', (_, yaml, held, expected) => {
    expect(lines(planned(yaml, held))).toEqual(expected);
  });

  test('null and {} are errors with their place', () => {
    expect(faultsOf('users:\n  - userName: ada@x.io\n    title:\n    name: {}')).toEqual(['E013 4', 'E017 5']);
  });
});

describe('active', () => {
  test.each<[string, string, Held, string[], string[]]>([
    ['absent and not live: created active', 'users: [{ userName: ada@x.io }]', {}, ['create user ada@x.io: userName ∅→ada@x.io'], []],
    [
      'absent and live inactive: left so, with a warning',
      'users: [{ userName: ada@x.io, seat: Full }]',
      { users: { 'ada@x.io': { active: false } } },
      [],
      ['W001'],
    ],
    [
      'only an explicit true reactivates',
      'users: [{ userName: ada@x.io, active: true }]',
      { users: { 'ada@x.io': { active: false } } },
      ['patch user ada@x.io: active false→true'],
      [],
    ],
    ['false for somebody not live: nothing', 'users: [{ userName: ada@x.io, active: false }]', {}, [], ['N002']],
    [
      'where inactive is wanted only active is compared',
      'users: [{ userName: ada@x.io, active: false, title: Head }]',
      { users: { 'ada@x.io': { title: 'Lead', seat: 'Full' } } },
      ['deactivate user ada@x.io: active true→false'],
      [],
    ],
  ])('%s', (_, yaml, held, expected, told) => {
    const plan = planned(yaml, held);
    expect(lines(plan)).toEqual(expected);
    expect(warnings(plan)).toEqual(told);
  });

  test('inactive users count in no seat figure, no population and no unmanaged list', () => {
    const plan = planned('users: [{ userName: ada@x.io }]', {
      users: { 'ada@x.io': { seat: 'Full' }, 'old@x.io': { active: false }, 'gone@x.io': { active: false, seat: 'Dev' } },
    });
    expect(plan.unmanaged).toEqual([]);
    expect(plan.basis.population).toMatchObject({ users: 1, paid: 1 });
  });
});

describe('previously', () => {
  const renamed = 'users: [{ userName: ada@x.io, previously: [king@x.io, byron@x.io] }]';
  test.each<[string, Held, string[]]>([
    ['one former name live: a rename', { users: { 'king@x.io': {} } }, ['put user ada@x.io: userName king@x.io→ada@x.io']],
    ['once the new name is live it is inert', { users: { 'ada@x.io': {}, 'king@x.io': {} } }, []],
    ['none live: created', {}, ['create user ada@x.io: userName ∅→ada@x.io']],
  ])('%s', (_, held, expected) => {
    expect(lines(planned(renamed, held))).toEqual(expected);
  });

  test('two former names live: nobody can tell, so it is blocked', () => {
    expect(verdicts(planned(renamed, { users: { 'king@x.io': {}, 'byron@x.io': {} } }))).toContain('ambiguous block 1');
  });

  test('a name both declared and previous is an error, so is a cycle', () => {
    expect(faultsOf('users:\n  - { userName: a@x.io, previously: [b@x.io] }\n  - { userName: b@x.io }')).toEqual(['E024 3']);
    expect(faultsOf('users:\n  - { userName: a@x.io, previously: [b@x.io] }\n  - { userName: b@x.io, previously: [a@x.io] }')).toEqual([
      'E024 3',
      'E024 4',
    ]);
  });

  test.each<[string, string, Held, string[]]>([
    [
      'a member under the old name is the renamed user',
      'users: [{ userName: ada@x.io, previously: [king@x.io] }]\ngroups: [{ displayName: G, members: [KING@x.io] }]',
      { users: { 'king@x.io': {} }, groups: { G: ['king@x.io'] } },
      ['put user ada@x.io: userName king@x.io→ada@x.io'],
    ],
    [
      'a grant under the old name is for the renamed user',
      'users: [{ userName: ada@x.io, previously: [king@x.io], seat: View }]\ngrants: [{ user: king@x.io, seat: Dev, until: 2026-12-31 }]',
      { users: { 'ada@x.io': { seat: 'View' } } },
      ['patch user ada@x.io: seat View→Dev (grant)'],
    ],
  ])('%s', (_, yaml, held, expected) => {
    expect(lines(planned(yaml, held))).toEqual(expected);
  });

  test('a pattern on the old name protects the renamed user', () => {
    const yaml = `organization: { protected: [king@x.io] }\n${renamed}`;
    expect(verdicts(planned(yaml, { users: { 'king@x.io': {} } }))).toContain('protected block 1');
  });

  test('ignoring a previous name is an error', () => {
    expect(faultsOf(`organization: { ignore: { users: [king@*] } }\n${renamed}`)).toEqual(['E038 3']);
  });
});

describe('defaults', () => {
  const organization =
    'organization:\n  defaults:\n    - { where: { department: Engineering }, seat: Dev }\n    - { seat: View, title: Staff }\n';
  test.each<[string, string, Held, string[], string[]]>([
    [
      'per attribute the first match in file order',
      `${organization}users: [{ userName: ada@x.io, department: Engineering }]`,
      {},
      ['create user ada@x.io: userName ∅→ada@x.io, seat ∅→Dev (default), title ∅→Staff (default), department ∅→Engineering'],
      [],
    ],
    [
      'where sees declared values only',
      `${organization}users: [{ userName: ada@x.io }]`,
      { users: { 'ada@x.io': { department: 'Engineering', title: 'Staff', seat: 'View' } } },
      [],
      [],
    ],
    [
      'an entry wins',
      `${organization}users: [{ userName: ada@x.io, seat: Full, title: Lead }]`,
      { users: { 'ada@x.io': { seat: 'Full', title: 'Lead' } } },
      [],
      [],
    ],
    [
      'a default never lowers a live seat',
      `organization: { defaults: [{ seat: View }] }\nusers: [{ userName: ada@x.io }]`,
      ada('Full'),
      [],
      ['W008'],
    ],
    [
      'a default raises a live seat',
      `organization: { defaults: [{ seat: Dev }] }\nusers: [{ userName: ada@x.io }]`,
      ada('View'),
      ['patch user ada@x.io: seat View→Dev (default)'],
      [],
    ],
    [
      'a seat type that Figma may add is not lowered by a default',
      `organization: { defaults: [{ seat: Dev }] }\nusers: [{ userName: ada@x.io }]`,
      ada('Content'),
      [],
      ['W008'],
    ],
  ])('%s', (_, yaml, held, expected, told) => {
    const plan = planned(yaml, held);
    expect(lines(plan)).toEqual(expected);
    expect(warnings(plan)).toEqual(told);
  });
});

describe('grants', () => {
  const user = (seat: string) => `users: [{ userName: ada@x.io, seat: ${seat} }]\n`;
  const byDefault = 'organization: { defaults: [{ seat: View }] }\nusers: [{ userName: ada@x.io }]\n';
  const grant = (more: string) => `grants: [{ user: ada@x.io, seat: Dev, ${more} }]`;
  test.each<[string, string, string, Held, string[]]>([
    ['not before from', '2026-10-31', user('View') + grant('from: 2026-11-01, until: 2026-12-31'), ada('View'), []],
    [
      'from its first day',
      '2026-11-01',
      user('View') + grant('from: 2026-11-01, until: 2026-12-31'),
      ada('View'),
      ['patch user ada@x.io: seat View→Dev (grant)'],
    ],
    [
      'to its last day',
      '2026-12-31',
      user('View') + grant('until: 2026-12-31'),
      ada('View'),
      ['patch user ada@x.io: seat View→Dev (grant)'],
    ],
    ['and not a day longer', '2027-01-01', user('View') + grant('until: 2026-12-31'), ada('View'), []],
    [
      'when it ends the seat falls back',
      '2027-01-01',
      user('View') + grant('until: 2026-12-31'),
      ada('Dev'),
      ['patch user ada@x.io: seat Dev→View (expired)'],
    ],
    [
      'to a default too',
      '2027-01-01',
      byDefault + grant('until: 2026-12-31'),
      ada('Dev'),
      ['patch user ada@x.io: seat Dev→View (expired)'],
    ],
    [
      'or where then says',
      '2027-01-01',
      byDefault + grant('until: 2026-12-31, then: Collab'),
      ada('Dev'),
      ['patch user ada@x.io: seat Dev→Collab (expired)'],
    ],
    ['then is for who had the grant only', '2027-01-01', byDefault + grant('until: 2026-12-31, then: Collab'), ada('View'), []],
    [
      'nor for who is created after it',
      '2027-01-01',
      byDefault + grant('until: 2026-12-31, then: Collab'),
      {},
      ['create user ada@x.io: userName ∅→ada@x.io, seat ∅→View (default)'],
    ],
    [
      'and stays there, even if the default is higher',
      '2027-01-02',
      `organization: { defaults: [{ seat: Collab }] }\nusers: [{ userName: ada@x.io }]\n${grant('until: 2026-12-31, then: View')}`,
      ada('View'),
      [],
    ],
    [
      'whatever another grant gave before',
      '2027-01-02',
      `${byDefault}grants:\n  - { user: ada@x.io, seat: Dev, until: 2026-01-01 }\n  - { user: ada@x.io, seat: Full, until: 2026-12-31, then: Dev }`,
      ada('Dev'),
      [],
    ],
    [
      'then does not hold anybody below a dearer default',
      '2027-01-02',
      `organization: { defaults: [{ seat: Full }] }\nusers: [{ userName: ada@x.io }]\n${grant('until: 2026-12-31, then: View')}`,
      ada('Dev'),
      ['patch user ada@x.io: seat Dev→Full (default)'],
    ],
    ['and stays where then put it', '2027-01-02', byDefault + grant('until: 2026-12-31, then: Collab'), ada('Collab'), []],
    ['a grant never lowers', '2026-11-22', user('Full') + grant('until: 2026-12-31'), ada('Full'), []],
    ['nor above a default', '2026-11-22', byDefault + grant('until: 2026-12-31'), ada('Full'), []],
    [
      'the highest in force wins',
      '2026-11-22',
      `${user('View')}grants:\n  - { user: ada@x.io, seat: Dev, until: 2026-12-31 }\n  - { user: ada@x.io, seat: Full, until: 2026-11-30 }`,
      ada('View'),
      ['patch user ada@x.io: seat View→Full (grant)'],
    ],
    [
      'when one of two ends, the other holds',
      '2026-12-01',
      `${user('View')}grants:\n  - { user: ada@x.io, seat: Dev, until: 2026-12-31 }\n  - { user: ada@x.io, seat: Full, until: 2026-11-30 }`,
      ada('Full'),
      ['patch user ada@x.io: seat Full→Dev (expired)'],
    ],
    [
      'a seat that no grant gave is an entry’s business',
      '2027-01-01',
      user('View') + grant('until: 2026-12-31'),
      ada('Full'),
      ['patch user ada@x.io: seat Full→View'],
    ],
    ['and a default does not lower it', '2027-01-01', byDefault + grant('until: 2026-12-31'), ada('Full'), []],
  ])('%s', (_, day, yaml, held, expected) => {
    expect(lines(planned(yaml, held, { day }))).toEqual(expected);
  });

  const team = 'users: [{ userName: ada@x.io, department: Design }, { userName: bob@x.io }]\n';
  const held: Held = { users: { 'ada@x.io': { department: 'Design' }, 'bob@x.io': {} }, groups: { G: ['ada@x.io'] } };
  test.each<[string, string, string, Held, string[]]>([
    [
      'a group grant adds',
      '2026-11-22',
      `${team}groups: [{ displayName: G, members: [ada@x.io] }]\ngrants: [{ user: bob@x.io, group: G, until: 2026-12-31 }]`,
      held,
      ['patch group G: member ∅→bob@x.io (grant)'],
    ],
    [
      'its end removes',
      '2027-01-01',
      `${team}groups: [{ displayName: G, members: [ada@x.io] }]\ngrants: [{ user: bob@x.io, group: G, until: 2026-12-31 }]`,
      { ...held, groups: { G: ['ada@x.io', 'bob@x.io'] } },
      ['patch group G: member bob@x.io→∅ (expired)'],
    ],
    [
      'unless a list asks',
      '2027-01-01',
      `${team}groups: [{ displayName: G, members: [ada@x.io] }]\ngrants: [{ user: ada@x.io, group: G, until: 2026-12-31 }]`,
      held,
      [],
    ],
    [
      'unless a rule asks',
      '2027-01-01',
      `${team}groups: [{ displayName: G, membersWhere: { department: Design } }]\ngrants: [{ user: ada@x.io, group: G, until: 2026-12-31 }]`,
      held,
      [],
    ],
    [
      'unless another grant asks',
      '2027-01-01',
      `${team}groups: [{ displayName: G, members: [] }]\ngrants: [{ user: ada@x.io, group: G, until: 2026-12-31 }, { user: ada@x.io, group: G, until: 2027-12-31 }]`,
      held,
      [],
    ],
  ])('%s', (_, day, yaml, live, expected) => {
    expect(lines(planned(yaml, live, { day }))).toEqual(expected);
  });

  test.each<[string, string, string[]]>([
    ['somebody undeclared', `${user('View')}grants: [{ user: bob@x.io, seat: Dev, until: 2026-12-31 }]`, ['E033 3']],
    ['no base seat', 'users: [{ userName: ada@x.io }]\ngrants: [{ user: ada@x.io, seat: Dev, until: 2026-12-31 }]', ['E035 3']],
    ['a group that is not declared', `${user('View')}grants: [{ user: ada@x.io, group: G, until: 2026-12-31 }]`, ['E034 3']],
    [
      'a group whose membership is not managed',
      `${user('View')}groups: [{ displayName: G }]\ngrants: [{ user: ada@x.io, group: G, until: 2026-12-31 }]`,
      ['E034 4'],
    ],
    ['from after until', `${user('View')}grants: [{ user: ada@x.io, seat: Dev, from: 2027-01-01, until: 2026-12-31 }]`, ['E037 3']],
    ['then no lower than the grant', byDefault + grant('until: 2026-12-31, then: Full'), ['E036 4']],
    ['then where the entry says what follows', user('View') + grant('until: 2026-12-31, then: Collab'), ['E036 3']],
    ['a day that does not exist', `${user('View')}grants: [{ user: ada@x.io, seat: Dev, until: 2026-02-30 }]`, ['E037 3']],
    [
      'the same grant twice',
      `${user('View')}grants:\n  - { user: ada@x.io, seat: Dev, until: 2026-12-31 }\n  - { user: ADA@x.io, seat: Dev, until: 2026-12-31 }`,
      ['E032 5'],
    ],
  ])('an error: %s', (_, yaml, faults) => {
    expect(faultsOf(yaml)).toEqual(faults);
  });

  test('what ends within seven days is told, and what something else keeps is not', () => {
    const plan = planned(
      `${team.replace('Design }', 'Design, seat: View }')}groups: [{ displayName: G, members: [ada@x.io] }]
grants:
  - { user: ada@x.io, seat: Dev, until: 2026-11-25 }
  - { user: ada@x.io, group: G, until: 2026-11-25 }
  - { user: bob@x.io, group: G, until: 2026-11-29 }
  - { user: ada@x.io, seat: Full, until: 2026-12-25 }`,
      held,
    );
    expect(plan.expiries.map(({ until, userName, gives }) => [until, userName, gives])).toEqual([
      ['2026-11-29', 'bob@x.io', { group: 'G' }],
    ]);
  });
});

describe('protected', () => {
  const guarded = 'organization:\n  protected: ["it-*@x.io"]\n';
  const it: Held = { users: { 'it-1@x.io': { seat: 'Full', figmaAdmin: true } } };
  test.each<[string, string, Held]>([
    ['lower', 'seat: View', it],
    ['strip', 'figmaAdmin: false', it],
    ['deactivate', 'active: false', it],
    ['rename', 'previously: [it-0@x.io]', { users: { 'it-0@x.io': { seat: 'Full' } } }],
  ])('an entry that would %s is blocked', (_, attribute, held) => {
    expect(verdicts(planned(`${guarded}users: [{ userName: it-1@x.io, ${attribute} }]`, held))).toContain('protected block 1');
  });

  test.each(['seat: View', 'figmaAdmin: false', 'active: false'])('who was protected stays so after a rename: %s', (attribute) => {
    const yaml = `${guarded}users: [{ userName: new@x.io, previously: [it-0@x.io], ${attribute} }]`;
    expect(verdicts(planned(yaml, { users: { 'new@x.io': { seat: 'Full', figmaAdmin: true } } }))).toContain('protected block 1');
  });

  test('giving up a seat type that Figma may add is a lowering', () => {
    const plan = planned(`${guarded}users: [{ userName: it-1@x.io, seat: View }]`, { users: { 'it-1@x.io': { seat: 'Content' } } });
    expect(verdicts(plan)).toEqual(['protected block 1']);
  });

  test('a pattern that nobody matches is warned of', () => {
    expect(warnings(planned(`${guarded}users: [{ userName: ada@x.io }]`, ada('View')))).toEqual(['W010']);
  });

  test('an entry may raise', () => {
    const plan = planned(`${guarded}users: [{ userName: it-1@x.io, seat: Full }]`, { users: { 'it-1@x.io': { seat: 'View' } } });
    expect([lines(plan), verdicts(plan)]).toEqual([['patch user it-1@x.io: seat View→Full'], []]);
  });

  test.each<[string, string, string, Held]>([
    [
      'a default',
      '2026-11-22',
      '  defaults: [{ seat: Full }]\nusers: [{ userName: it-1@x.io }]',
      { users: { 'it-1@x.io': { seat: 'View' } } },
    ],
    [
      'an expiry',
      '2027-01-01',
      'users: [{ userName: it-1@x.io, seat: View }]\ngrants: [{ user: it-1@x.io, seat: Dev, until: 2026-12-31 }]',
      { users: { 'it-1@x.io': { seat: 'Dev' } } },
    ],
    [
      'a rule',
      '2026-11-22',
      'users: [{ userName: it-1@x.io, department: IT }]\ngroups: [{ displayName: G, membersWhere: { department: IT } }]',
      { users: { 'it-1@x.io': { department: 'IT' } }, groups: { G: [] } },
    ],
    [
      'unmanaged',
      '2026-11-22',
      '  unmanaged: { users: deactivate }\nusers: [{ userName: ada@x.io }]',
      { users: { 'ada@x.io': {}, 'it-1@x.io': { seat: 'Full' } } },
    ],
  ])('%s skips, with a warning', (_, day, yaml, held) => {
    const plan = planned(guarded + yaml, held, { day });
    expect(lines(plan)).toEqual([]);
    expect(warnings(plan)).toEqual([expect.stringMatching(/W007|W009/)]);
  });

  test('a name in both protected and ignore is an error', () => {
    expect(faultsOf('organization:\n  protected: [it@x.io]\n  ignore: { users: ["it@*"] }\nusers: [{ userName: ada@x.io }]')).toEqual([
      expect.stringMatching(/^E039 /),
    ]);
  });
});

describe('unmanaged and ignored', () => {
  const everybody: Held = {
    users: {
      'ada@x.io': {},
      'svc-1@x.io': { seat: 'Full' },
      'eve@x.io': { seat: 'Full' },
      'boss@x.io': { figmaAdmin: true },
      'off@x.io': { active: false },
    },
    groups: { G: ['ada@x.io'], 'Workspace A': ['svc-1@x.io'] },
  };
  const ignore = 'organization:\n  ignore: { users: ["svc-*@x.io"], groups: ["Workspace *"] }\n';
  const declared = 'users: [{ userName: ada@x.io }]';
  test.each<[string, string, string[], string[]]>([
    ['report lists', '', [], ['G', 'boss@x.io', 'eve@x.io']],
    ['ignore does not', '  unmanaged: { users: ignore, groups: ignore }\n', [], []],
    [
      'deactivate acts, but on no admin',
      '  unmanaged: { users: deactivate, groups: delete }\n',
      ['deactivate user eve@x.io: active true→false (unmanaged)', 'delete group G: displayName G→∅ (unmanaged)'],
      ['boss@x.io'],
    ],
  ])('%s', (_, unmanaged, expected, listed) => {
    const plan = planned(ignore + unmanaged + declared, everybody);
    expect(lines(plan)).toEqual(expected);
    expect(plan.unmanaged.map(({ name }) => name)).toEqual(listed);
  });

  test('declaring or listing what is ignored is an error', () => {
    expect(faultsOf(`${ignore}users: [{ userName: SVC-2@x.io }]\ngroups: [{ displayName: Workspace B, members: [svc-9@x.io] }]`)).toEqual([
      'E038 4',
      'E038 5',
      'E038 5',
    ]);
  });

  test('an ignored member is neither added nor removed', () => {
    const plan = planned(`${ignore}users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G, members: [] }]`, {
      users: { 'ada@x.io': {}, 'svc-1@x.io': {} },
      groups: { G: ['ada@x.io', 'svc-1@x.io'] },
    });
    expect(lines(plan)).toEqual(['patch group G: member ada@x.io→∅']);
    expect(plan.basis.population.memberships).toBe(1);
  });

  test('undeclared users who share a name are listed, each of them', () => {
    const { live } = situation({ 'ada@x.io': { have: {} } });
    const twins = [
      liveUser('eve@x.io', { id: '1', seat: 'Full' }),
      liveUser('Eve@x.io', { id: '2' }),
      liveUser('EVE@x.io', { id: '3', active: false }),
    ];
    const plan = plannedOn('users: [{ userName: ada@x.io }]', {
      ...live,
      ambiguous: { users: new Map([[userNameOf('eve@x.io'), twins]]), groups: new Map() },
    });
    expect(plan.unmanaged.map(({ name }) => name)).toEqual(['Eve@x.io', 'eve@x.io']);
  });

  test('seats of the ignored are seats in use', () => {
    expect(planned(ignore + declared, everybody).seats).toMatchObject({ Full: { before: 2, after: 2 } });
  });
});

describe('who may be meant is cleared away by nobody', () => {
  const yaml =
    'organization: { unmanaged: { users: deactivate, groups: delete } }\nusers: [{ userName: n@x.io, previously: [a@x.io, b@x.io] }]\n';
  test('rivals stay in the groups that they are in', () => {
    const plan = planned(`${yaml}groups: [{ displayName: G, members: [] }]`, {
      users: { 'a@x.io': {}, 'b@x.io': {} },
      groups: { G: ['a@x.io'] },
    });
    expect(lines(plan)).toEqual(['create user n@x.io: userName ∅→n@x.io']);
  });

  test('rivals are neither undeclared nor deactivated', () => {
    const plan = planned(yaml, { users: { 'a@x.io': {}, 'b@x.io': {}, 'c@x.io': {} } });
    expect(lines(plan)).toEqual(['deactivate user c@x.io: active true→false (unmanaged)', 'create user n@x.io: userName ∅→n@x.io']);
    expect(verdicts(plan)).toContain('ambiguous block 1');
  });
});

describe('seats that come back', () => {
  const yaml =
    'organization: { seats: { Full: { purchased: 1, monthlyPrice: 90 } } }\nusers: [{ userName: a@x.io, active: true }, { userName: b@x.io }]';
  test('who is reactivated may have the former seat again: it counts in the pool and in the cost', () => {
    const { desired, live } = situation({}, {});
    const users = new Map([
      [userNameOf('a@x.io'), { ...liveUser('a@x.io', { active: false }), lastSeat: 'Full' }],
      [userNameOf('b@x.io'), liveUser('b@x.io', { seat: 'Full' })],
    ]);
    expect(desired.users.size).toBe(0);
    const plan = plannedOn(yaml, { ...live, users });
    expect(verdicts(plan)).toContain('pool block 1');
    expect(plan.cost).toMatchObject({ monthly: 90 });
  });
});

describe('whole membership', () => {
  const users = 'users: [{ userName: ada@x.io, department: Design, seat: Full }, { userName: bob@x.io, department: Sales, seat: View }]\n';
  const live = { 'ada@x.io': { department: 'Design', seat: 'Full' }, 'bob@x.io': { department: 'Sales', seat: 'View' }, 'eve@x.io': {} };
  test.each<[string, string, string[], string[], string[]]>([
    [
      'list and rule are joined',
      'members: [bob@x.io], membersWhere: { department: Design }',
      [],
      ['patch group G: member ∅→ada@x.io (rule), member ∅→bob@x.io'],
      [],
    ],
    [
      'one of several values',
      'membersWhere: { department: [Design, Ops], seat: [Full, Dev] }',
      [],
      ['patch group G: member ∅→ada@x.io (rule)'],
      [],
    ],
    [
      'a rule-only group that would lose an undeclared member is blocked',
      'membersWhere: { department: Design }',
      ['ada@x.io', 'eve@x.io'],
      ['patch group G: member eve@x.io→∅ (rule)'],
      ['undeclaredMembers block 1'],
    ],
    [
      'a declared member leaves a rule-only group',
      'membersWhere: { department: Design }',
      ['ada@x.io', 'bob@x.io'],
      ['patch group G: member bob@x.io→∅ (rule)'],
      [],
    ],
  ])('%s', (_, membership, members, expected, blocked) => {
    const plan = planned(`${users}groups: [{ displayName: G, ${membership} }]`, { users: live, groups: { G: members } });
    expect(lines(plan)).toEqual(expected);
    expect(verdicts(plan)).toEqual(blocked);
  });

  test('a rule sees the final seat of the day', () => {
    const yaml = `${users}groups: [{ displayName: G, membersWhere: { seat: Dev } }]\ngrants: [{ user: bob@x.io, seat: Dev, until: 2026-12-31 }]`;
    const held = { users: live, groups: { G: [] } };
    expect(lines(planned(yaml, held))).toEqual(['patch user bob@x.io: seat View→Dev (grant)', 'patch group G: member ∅→bob@x.io (rule)']);
    expect(lines(planned(yaml, held, { day: '2027-01-01' }))).toEqual([]);
    const [added] = planned(yaml, held).operations.flatMap(({ edits }) => edits.filter(({ attribute }) => attribute === 'member'));
    expect(added?.cause).toMatchObject({ via: 'rule', until: '2026-12-31' });
  });

  test('inactive users are not added and left where they are', () => {
    const yaml =
      'users: [{ userName: ada@x.io, active: false }, { userName: bob@x.io }]\ngroups: [{ displayName: G, members: [ada@x.io] }, { displayName: H, members: [] }]';
    const held = { users: { 'ada@x.io': { active: false }, 'bob@x.io': {} }, groups: { G: [], H: ['ada@x.io'] } };
    expect(lines(planned(yaml, held))).toEqual([]);
  });

  test('a rule that matches nobody is an error', () => {
    expect(faultsOf(`${users}groups: [{ displayName: G, membersWhere: { department: Nowhere } }]`)).toEqual([
      expect.stringMatching(/^E040 /),
    ]);
  });
});

describe('references', () => {
  test('a member neither declared nor live is an error; the rest is planned', () => {
    const plan = planned('users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G, members: [ada@x.io, nobody@x.io] }]', {
      users: { 'ada@x.io': {} },
      groups: { G: [] },
    });
    expect(lines(plan)).toEqual(['patch group G: member ∅→ada@x.io']);
    expect(plan).toMatchObject({ unresolved: 1, diagnostics: [{ code: 'E030', at: { line: 3 } }] });
  });

  test.each([
    [1, 'did you mean "u0@x.io", who would leave the group?'],
    [21, 'declare the user, correct the address, or remove the member; everything else of the group is planned'],
  ])('%i likely slips in a list', (slips, help) => {
    const names = Array.from({ length: slips }, (_, index) => `u${index}@x.io`);
    const nearest = (_: string, leaving: readonly string[]) => leaving[0];
    const plan = planned(
      `users: [{ userName: ada@x.io }]\ngroups: [{ displayName: G, members: [${names.map((name) => name.replace('u', 'w')).join(', ')}] }]`,
      { users: { 'ada@x.io': {}, ...Object.fromEntries(names.map((name) => [name, {}])) }, groups: { G: names } },
      { nearest },
    );
    expect(plan.diagnostics.map((fault) => fault.help)).toEqual(Array.from({ length: slips }, () => help));
  });

  test('a manager is opaque text', () => {
    expect(lines(planned('users: [{ userName: ada@x.io, manager: { value: nobody@x.io } }]', { users: { 'ada@x.io': {} } }))).toEqual([
      'put user ada@x.io: manager.value ∅→nobody@x.io',
    ]);
  });
});
