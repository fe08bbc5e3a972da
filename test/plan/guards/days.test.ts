import { describe, expect, test } from 'vitest';
import { load } from '../../../src/config/load.ts';
import { presentNames } from '../../../src/desired/grants.ts';
import { scheduleOf } from '../../../src/desired/schedule.ts';
import type { Day } from '../../../src/model/day.ts';
import type { Live } from '../../../src/model/live.ts';
import { allowanceKey, type Verdict } from '../../../src/model/plan.ts';
import { allow, withoutRemedy } from '../../../src/plan/guards/allow.ts';
import { dayFacts } from '../../../src/plan/guards/day-facts.ts';
import { dayGuardNames, judgeDays, worseDays, type DayVerdict } from '../../../src/plan/guards/days.ts';
import { guardNames } from '../../../src/plan/guards/guards.ts';
import { heldBy, plannedOn, type Circumstances, type Held } from '../declared.ts';

const today = '2026-11-22' as Day;

/** What is judged of days to come, once the plan of today is carried out. */
function ahead(yaml: string, held: Held, asked: Circumstances = {}): readonly DayVerdict[] {
  return aheadOn(yaml, heldBy(held), asked);
}

function aheadOn(yaml: string, live: Live, asked: Circumstances = {}): readonly DayVerdict[] {
  const loaded = load([{ path: 'seatform.yaml', text: `version: 1\n${yaml}` }]);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return judgeDays(scheduleOf(loaded.value, today), dayFacts(plannedOn(yaml, live, asked), live, presentNames(loaded.value)));
}

/** `2026-12-01 downgrades block 8/2`, for what counts anything. */
function shown(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.flatMap(({ day, guard, outcome, count, limit }) =>
    count === 0 ? [] : [`${day} ${guard} ${outcome} ${count}${limit === undefined ? '' : `/${limit}`}`],
  );
}

const people = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `u${index + from}@x.io`);
const users = (names: readonly string[], rest = 'seat: View') =>
  `users:\n${names.map((name) => `  - { userName: ${name}, ${rest} }\n`).join('')}`;
const seatGrants = (names: readonly string[], until: (index: number) => string, seat = 'Full') =>
  `grants:\n${names.map((user, index) => `  - { user: ${user}, seat: ${seat}, until: ${until(index)} }\n`).join('')}`;
const holding = (names: readonly string[], seat: string) => Object.fromEntries(names.map((name) => [name, { seat }]));

describe('downgrades', () => {
  const ten = people(10);
  const held: Held = { users: holding(ten, 'Full') };
  const lent = (count: number, until: (index: number) => string) =>
    users(ten.slice(0, count)) + users(ten.slice(count), 'seat: Full').replace('users:\n', '') + seatGrants(ten.slice(0, count), until);

  test('eight of ten on one day are too many, and the message says how many, when and what lifts it', () => {
    const verdicts = ahead(
      lent(8, () => '2026-11-30'),
      held,
    );
    expect(shown(verdicts)).toEqual(['2026-12-01 downgrades block 8/2']);
    expect(verdicts[0]).toMatchObject({
      guard: 'downgrades',
      day: '2026-12-01',
      operations: [],
      message:
        '8 users would get a lower seat on 2026-12-01, 2 are allowed in one run (20% of 10 users with a paid seat): ' +
        'u0@x.io, u1@x.io, u2@x.io, u3@x.io, u4@x.io and 3 more; if this is meant, --allow downgrades=8@2026-12-01 lifts the guard for one run',
    });
  });

  test('spread over days they are not', () => {
    const verdicts = ahead(
      lent(8, (index) => `2026-12-1${Math.floor(index / 2)}`),
      held,
    );
    expect(shown(verdicts)).toEqual([1, 2, 3, 4].map((day) => `2026-12-1${day} downgrades allow 2/2`));
  });

  test.each([
    [5, 1, 'allow 1/1'],
    [5, 2, 'block 2/1'],
    [6, 2, 'allow 2/2'],
    [6, 3, 'block 3/2'],
  ])('a percentage is rounded up: of %i holders %i', (holders, count, expected) => {
    const yaml = users(people(holders)) + seatGrants(people(count), () => '2026-11-30');
    expect(shown(ahead(yaml, { users: holding(people(holders), 'Full') }))).toEqual([`2026-12-01 downgrades ${expected}`]);
  });

  const one = (rest: string, grant: string) => `users: [{ userName: a@x.io, ${rest} }]\n${grant}`;
  const full = 'grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }]';
  test.each<[string, string, Held, Circumstances, string[]]>([
    [
      'the last day that is judged',
      one('seat: View', full.replace('2026-11-30', '2027-11-21')),
      { users: holding(['a@x.io'], 'Full') },
      {},
      ['2027-11-22 downgrades allow 1/1'],
    ],
    ['a day more', one('seat: View', full.replace('2026-11-30', '2027-11-22')), { users: holding(['a@x.io'], 'Full') }, {}, []],
    [
      'the seat that it gives today falls back',
      one('seat: View', full),
      { users: holding(['a@x.io'], 'View') },
      {},
      ['2026-12-01 downgrades allow 1/1'],
    ],
    ['somebody who is created today', one('seat: View', full), {}, {}, ['2026-12-01 downgrades allow 1/1']],
    [
      'a seat that is not what the grant gave stays',
      one('department: D', `organization: { defaults: [{ seat: View }] }\n${full.replace('Full', 'Dev')}`),
      { users: holding(['a@x.io'], 'Full') },
      {},
      [],
    ],
    [
      'what the plan leaves out has not changed',
      one('seat: View', full),
      { users: { 'a@x.io': { seat: 'Dev' }, 'b@x.io': {} } },
      { approved: new Set() },
      [],
    ],
    [
      'who has left is not lowered',
      one('active: false', `organization: { defaults: [{ seat: View }] }\n${full}`),
      { users: holding(['a@x.io'], 'Full') },
      {},
      [],
    ],
    ['nor who is inactive and stays so', one('seat: View', full), { users: { 'a@x.io': { active: false } } }, {}, []],
    [
      'the protected keep what a grant gave',
      one('seat: View', `organization: { protected: [A@x.io] }\n${full}`),
      { users: holding(['a@x.io'], 'Full') },
      {},
      [],
    ],
    [
      'who is renamed today',
      one('seat: View, previously: [old@x.io]', full),
      { users: holding(['old@x.io'], 'Full') },
      {},
      ['2026-12-01 downgrades allow 1/1'],
    ],
    [
      'who is renamed, but not yet',
      one('seat: View, previously: [old@x.io]', full),
      { users: holding(['old@x.io'], 'Full') },
      { approved: new Set() },
      ['2026-12-01 downgrades allow 1/1'],
    ],
    [
      'one grant takes over from another: nobody is lowered',
      one(
        'seat: View',
        'grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }, { user: a@x.io, seat: Full, from: 2026-12-01, until: 2028-12-31 }]',
      ),
      { users: holding(['a@x.io'], 'Full') },
      {},
      [],
    ],
    [
      'up and down again within the year',
      one('seat: View', 'grants: [{ user: a@x.io, seat: Dev, from: 2026-12-01, until: 2026-12-31 }]'),
      { users: holding(['a@x.io'], 'View') },
      {},
      ['2027-01-01 downgrades allow 1/1'],
    ],
  ])('%s', (_, yaml, live, asked, expected) => {
    expect(shown(ahead(yaml, live, asked))).toEqual(expected);
  });

  test('a percentage is of the holders of a paid seat', () => {
    const names = people(10);
    const yaml = users(names) + seatGrants(names.slice(0, 5), (index) => (index < 2 ? '2026-11-30' : '2099-12-31'));
    const live = { ...holding(names.slice(0, 5), 'Full'), ...holding(names.slice(5), 'View') };
    expect(shown(ahead(yaml, { users: live }))).toEqual(['2026-12-01 downgrades block 2/1']);
  });

  test('a plain limit', () => {
    const yaml = `organization: { limits: { downgrades: 8 } }\n${lent(8, () => '2026-11-30')}`;
    expect(shown(ahead(yaml, held))).toEqual(['2026-12-01 downgrades allow 8/8']);
    expect(shown(ahead(yaml.replace('downgrades: 8', 'downgrades: 7'), held))).toEqual(['2026-12-01 downgrades block 8/7']);
  });
});

describe('memberships', () => {
  const lending = (size: number, lent: number, name = 'G') => {
    const names = people(size);
    const grants = names.slice(0, lent).map((user) => `  - { user: ${user}, group: ${name}, until: 2026-11-30 }\n`);
    return {
      names,
      yaml: `${users(names)}groups: [{ displayName: ${name}, members: [${names.slice(lent).join(', ')}] }]\ngrants:\n${grants.join('')}`,
    };
  };

  test.each<[number, number, string[]]>([
    [10, 5, ['2026-12-01 membershipRemovals block 5/2', '2026-12-01 groupShrink allow 5/5']],
    [10, 6, ['2026-12-01 membershipRemovals block 6/2', '2026-12-01 groupShrink block 6/5']],
    [9, 9, ['2026-12-01 membershipRemovals block 9/2']],
    [11, 6, ['2026-12-01 membershipRemovals block 6/3', '2026-12-01 groupShrink allow 6/6']],
    [10, 2, ['2026-12-01 membershipRemovals allow 2/2', '2026-12-01 groupShrink allow 2/5']],
  ])('of a group of %i lose %i', (size, lent, expected) => {
    const { names, yaml } = lending(size, lent);
    expect(shown(ahead(yaml, { users: holding(names, 'View'), groups: { G: names } }))).toEqual(expected);
  });

  test('the message names the group and the day', () => {
    const { names, yaml } = lending(10, 6);
    const verdicts = ahead(yaml, { users: holding(names, 'View'), groups: { G: names } });
    expect(verdicts.find(({ guard }) => guard === 'groupShrink')?.message).toBe(
      'the group G would lose 6 of its 10 members on 2026-12-01, 5 are allowed in one run; if this is meant, --allow groupShrink=6@2026-12-01 lifts the guard for one run',
    );
  });

  test('members of today’s plan count: the group has ten once it is carried out', () => {
    const { names, yaml } = lending(10, 6);
    expect(shown(ahead(yaml, { users: holding(names, 'View'), groups: { G: [] } }))).toContain('2026-12-01 groupShrink block 6/5');
    expect(shown(ahead(yaml, { users: holding(names, 'View') }))).toContain('2026-12-01 groupShrink block 6/5');
  });

  test('what the days before have changed counts, what joins on the day does not', () => {
    const names = people(18);
    const grant = (user: string, from: string, until: string) => `  - { user: ${user}, group: G, from: ${from}, until: ${until} }\n`;
    const live: Held = { users: holding(names, 'View'), groups: { G: names.slice(0, 8) } };
    const yaml = (from: string) =>
      `${users(names)}groups: [{ displayName: G, members: [${names.slice(6, 8).join(', ')}] }]\ngrants:\n${names
        .slice(0, 6)
        .map((user) => grant(user, '2026-11-01', '2026-11-30'))
        .join('')}${names
        .slice(8, 10)
        .map((user) => grant(user, from, '2099-12-31'))
        .join('')}`;
    const of = (from: string) => shown(ahead(yaml(from), live)).filter((line) => line.includes('groupShrink'));
    expect(of('2026-11-25')).toEqual(['2026-12-01 groupShrink block 6/5']);
    expect(of('2026-12-01')).toEqual([]);
  });

  test('a rule that looks at the seat ends a membership along with the grant', () => {
    const names = people(2);
    const yaml = `${users(names)}groups: [{ displayName: Devs, membersWhere: { seat: [Dev, View] } }, { displayName: Only, membersWhere: { seat: [Dev] } }]\n${seatGrants(names, () => '2026-11-30', 'Dev')}`;
    const verdicts = ahead(yaml, { users: holding(names, 'Dev'), groups: { Devs: names, Only: names } });
    expect(shown(verdicts)).toEqual(['2026-12-01 downgrades block 2/1', '2026-12-01 membershipRemovals block 2/1']);
  });

  test('members whom no listed user is are members', () => {
    const { names, yaml } = lending(8, 6);
    const live = heldBy({ users: holding(names, 'View'), groups: { G: names } });
    const groups = new Map([...live.groups].map(([name, group]) => [name, { ...group, strangers: 2 }]));
    expect(shown(aheadOn(yaml, { ...live, groups }))).toContain('2026-12-01 groupShrink block 6/5');
    expect(shown(aheadOn(yaml, live)).join()).not.toContain('groupShrink');
  });

  test('the protected stay, and so does who is no member', () => {
    const { names, yaml } = lending(4, 3);
    const live: Held = { users: holding(names, 'View'), groups: { G: names } };
    expect(shown(ahead(`organization: { protected: ["u0@*"] }\n${yaml}`, live))).toEqual(['2026-12-01 membershipRemovals block 2/1']);
    expect(shown(ahead(yaml, { ...live, groups: { G: [] } }, { approved: new Set() }))).toEqual([]);
  });
});

describe('pool', () => {
  const live: Held = { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' }, 'c@x.io': { seat: 'Full' } } };
  const pooled = (grants: string, pool = 'purchased: 2') =>
    `organization: { seats: { Full: { ${pool} } } }\nusers: [{ userName: a@x.io, seat: View }, { userName: b@x.io, seat: View }, { userName: c@x.io, seat: Full }]\ngrants: [${grants}]`;
  const lent = (user: string, from: string, until: string) => `{ user: ${user}, seat: Full, from: ${from}, until: ${until} }`;

  test('two grants that overlap take more than there are, on the day on which the second starts', () => {
    const verdicts = ahead(pooled(`${lent('a@x.io', '2026-12-01', '2026-12-20')}, ${lent('b@x.io', '2026-12-10', '2026-12-20')}`), live);
    expect(shown(verdicts).filter((line) => line.includes('pool'))).toEqual(['2026-12-10 pool block 1']);
    expect(verdicts.find(({ guard, count }) => guard === 'pool' && count > 0)?.message).toMatch(
      /^Full would rise from 2 to 3 seats of 2 purchased on 2026-12-10 with b@x\.io; a seat beyond .*--allow pool=1@2026-12-10 lifts/,
    );
  });

  test.each<[string, string, string, string[]]>([
    [
      'one after the other',
      `${lent('a@x.io', '2026-12-01', '2026-12-09')}, ${lent('b@x.io', '2026-12-10', '2026-12-20')}`,
      'purchased: 2',
      [],
    ],
    [
      'together on one day',
      `${lent('a@x.io', '2026-12-01', '2026-12-09')}, ${lent('b@x.io', '2026-12-01', '2026-12-20')}`,
      'purchased: 2',
      ['2026-12-01 pool block 1'],
    ],
    [
      'with a seat more',
      `${lent('a@x.io', '2026-12-01', '2026-12-09')}, ${lent('b@x.io', '2026-12-01', '2026-12-20')}`,
      'purchased: 3',
      [],
    ],
    [
      'which SCIM cannot see',
      `${lent('a@x.io', '2026-12-01', '2026-12-09')}, ${lent('b@x.io', '2026-12-01', '2026-12-20')}`,
      'purchased: 3, outside: 1',
      ['2026-12-01 pool block 1'],
    ],
    [
      'beyond the pool already: only what comes on top',
      lent('a@x.io', '2026-12-01', '2026-12-09'),
      'purchased: 0',
      ['2026-12-01 pool block 1'],
    ],
    [
      'each day counts what it adds',
      `${lent('a@x.io', '2026-12-01', '2099-12-09')}, ${lent('b@x.io', '2026-12-02', '2099-12-20')}`,
      'purchased: 1',
      ['2026-12-01 pool block 1', '2026-12-02 pool block 1'],
    ],
  ])('%s', (_, grants, pool, expected) => {
    expect(shown(ahead(pooled(grants, pool), live)).filter((line) => line.includes('pool'))).toEqual(expected);
  });

  test('who is inactive and stays so takes none', () => {
    const grants = lent('a@x.io', '2026-12-01', '2026-12-09');
    const inactive = { users: { ...live.users, 'a@x.io': { active: false } } };
    expect(shown(ahead(pooled(grants, 'purchased: 1'), inactive))).toEqual([]);
    expect(shown(ahead(pooled(grants, 'purchased: 1'), live))).toContain('2026-12-01 pool block 1');
  });

  test('no pool, no verdict', () => {
    const yaml = `${users(people(3))}grants: [{ user: u0@x.io, seat: Full, from: 2026-12-01, until: 2099-12-01 }]`;
    expect(shown(ahead(yaml, { users: holding(people(3), 'View') }))).toEqual([]);
  });
});

test('the verdicts of a day stand in one order, under names that guards have', () => {
  const yaml = users(people(1)) + seatGrants(people(1), () => '2026-11-30');
  const verdicts = ahead(yaml, { users: holding(people(1), 'Full') });
  expect(verdicts.map(({ guard }) => guard)).toEqual(dayGuardNames);
  expect(guardNames).toEqual(expect.arrayContaining([...dayGuardNames]));
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['allow', 'allow', 'allow', 'allow']);
});

describe('an allowance', () => {
  const [verdict] = ahead(users(people(5)) + seatGrants(people(3), () => '2026-11-30'), { users: holding(people(5), 'Full') });
  const lifted = (key: string, count: number, ...verdicts: readonly Verdict[]) =>
    allow(verdicts, new Map([[key, count]])).map(({ outcome }) => outcome);
  const now: Verdict = { guard: 'downgrades', outcome: 'block', count: 3, message: 'now', operations: [] };
  test('names the day: one without never lifts a verdict with one, nor the other way round', () => {
    expect(verdict && allowanceKey(verdict)).toBe('downgrades@2026-12-01');
    expect(verdict && lifted('downgrades@2026-12-01', 3, verdict, now)).toEqual(['warn', 'block']);
    expect(verdict && lifted('downgrades', 3, verdict, now)).toEqual(['block', 'warn']);
    expect(verdict && lifted('downgrades@2026-12-02', 3, verdict)).toEqual(['block']);
    expect(verdict && lifted('downgrades@2026-12-01', 4, verdict)).toEqual(['block']);
  });
  test('is said with its day, and the advice can be taken off', () => {
    if (!verdict) throw new Error('no verdict');
    expect(allow([verdict], new Map([['downgrades@2026-12-01', 3]]))[0]?.message).toMatch(
      /; allowed for this run by --allow downgrades=3@2026-12-01$/,
    );
    expect(withoutRemedy(verdict)).toMatch(/: u0@x\.io, u1@x\.io and u2@x\.io$/);
  });
});

describe('what a pull request makes worse', () => {
  const six = people(6);
  const held: Held = { users: holding(six, 'Full') };
  const ending = (count: number, until = '2026-11-30') =>
    ahead(
      users(six) + seatGrants(six.slice(0, count), () => until) + seatGrants(six.slice(count), () => '2099-12-31').replace('grants:\n', ''),
      held,
    );
  const outcomes = (merged: readonly DayVerdict[], base: readonly DayVerdict[]) =>
    worseDays(merged, base).map(({ guard, day, outcome, count }) => `${day} ${guard} ${outcome} ${count}`);

  test.each<[string, readonly DayVerdict[], readonly DayVerdict[], string[]]>([
    ['new', ending(4), [], ['2026-12-01 downgrades block 4']],
    ['more', ending(4), ending(3), ['2026-12-01 downgrades block 4']],
    ['from within the limit to above it', ending(3), ending(2), ['2026-12-01 downgrades block 3']],
    ['as many', ending(4), ending(4), ['2026-12-01 downgrades warn 4']],
    ['fewer, and still too many', ending(3), ending(4), ['2026-12-01 downgrades warn 3']],
    ['within the limit', ending(2), [], []],
    ['on another day', ending(4, '2026-12-01'), ending(4), ['2026-12-02 downgrades block 4']],
  ])('%s', (_, merged, base, expected) => {
    expect(outcomes(merged, base)).toEqual(expected);
  });

  test('the largest loss of one group hides no new one of another', () => {
    const names = people(20);
    const shrinking = (small: number, large: number) => {
      const grants = (group: string, count: number) =>
        names
          .map((user, index) => `  - { user: ${user}, group: ${group}, until: ${index < count ? '2026-11-30' : '2099-12-31'} }\n`)
          .join('');
      const small10 = names
        .slice(0, 10)
        .map((user, index) => `  - { user: ${user}, group: S, until: ${index < small ? '2026-11-30' : '2099-12-31'} }\n`);
      const yaml = `organization: { limits: { membershipRemovals: 100% } }\n${users(names)}groups: [{ displayName: L, members: [] }, { displayName: S, members: [] }]\ngrants:\n${grants('L', large)}${small10.join('')}`;
      return ahead(yaml, { users: holding(names, 'View'), groups: { L: names, S: names.slice(0, 10) } });
    };
    expect(outcomes(shrinking(6, 14), shrinking(0, 14))).toEqual(['2026-12-01 groupShrink block 14']);
    expect(outcomes(shrinking(6, 14), shrinking(6, 14))).toEqual(['2026-12-01 groupShrink warn 14']);
    expect(outcomes(shrinking(6, 10), shrinking(5, 14))).toEqual(['2026-12-01 groupShrink block 6']);
    expect(outcomes(shrinking(5, 14), shrinking(6, 14))).toEqual(['2026-12-01 groupShrink warn 14']);
    expect(outcomes(shrinking(3, 14), shrinking(2, 14))).toEqual(['2026-12-01 groupShrink warn 14']);
  });

  test('a pool that is overrun elsewhere hides no other', () => {
    const pools = (seat: string) =>
      ahead(
        `organization: { seats: { Full: { purchased: 0 }, Dev: { purchased: 0 } } }\n${users(people(1))}grants: [{ user: u0@x.io, seat: ${seat}, from: 2026-12-01, until: 2099-12-31 }]`,
        { users: holding(people(1), 'View') },
      );
    expect(outcomes(pools('Full'), pools('Dev'))).toEqual(['2026-12-01 pool block 1']);
    expect(outcomes(pools('Full'), pools('Full'))).toEqual(['2026-12-01 pool warn 1']);
  });
});

test('a day with nothing to judge has no verdicts, and days are judged in their order', () => {
  const [a, b] = people(2);
  const yaml = users(people(2)) + `grants: [{ user: ${b}, seat: Dev, until: 2026-12-31 }, { user: ${a}, seat: Dev, until: 2026-11-30 }]`;
  const verdicts = ahead(yaml, { users: holding(people(2), 'Dev') });
  expect([...new Set(verdicts.map(({ day }) => day))]).toEqual(['2026-12-01', '2027-01-01']);
});
