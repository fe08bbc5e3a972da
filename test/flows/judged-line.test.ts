import { describe, expect, test } from 'vitest';
import { judgeLine, type JudgedLine, type MergeFacts } from '../../src/flows/judged-line.ts';
import type { LineCommit } from '../../src/model/approval.ts';
import type { Day } from '../../src/model/day.ts';
import { hashOf } from '../approval/pulls.ts';
import type { Held } from '../plan/declared.ts';
import { declared, lineOf, today, type Commit } from './merged.ts';

const live: Held = { users: { 'a@x.io': { seat: 'View' } } };
const config = (organization: string, more = '') => `users: [{ userName: a@x.io, seat: View${more} }]\norganization: ${organization}`;

const plain = config('{ minAdmins: 2 }');

/** The line judged on a day, with its oldest commit applied on the 22nd. */
function judged(commits: readonly Commit[], facts: Partial<MergeFacts> = {}, asOf = '2026-11-22'): JudgedLine {
  const line = lineOf(commits);
  const tip = line.at(-1)?.declaration;
  if (!tip) throw new Error('no tip');
  return judgeLine({ line, appliedDay: today, isTrusted: true, hashOf, ...facts }, tip, asOf as Day);
}

/** Without a status that verifies. */
function first(commits: readonly Commit[]): JudgedLine {
  const line = lineOf(commits);
  const tip = line.at(-1)?.declaration;
  if (!tip) throw new Error('no tip');
  return judgeLine({ line, isTrusted: false, hashOf }, tip, today);
}

/** The line with an invalid configuration at one position. */
function invalidAt(position: number, line: readonly LineCommit[]): readonly LineCommit[] {
  const { oid = '', people = [], pulls = [] } = line[position] ?? {};
  return line.with(position, { oid, people, pulls });
}

const open = ({ rules }: JudgedLine) => rules.map(({ rule }) => rule);
const unreviewed = { opinions: [] };

describe('the rules in force', () => {
  const [strict, loose] = [
    config('{ minAdmins: 3, limits: { deactivations: 1 }, ignore: { users: ["svc*"] }, protected: [b@x.io] }'),
    config('{ minAdmins: 1, limits: { deactivations: 9 } }'),
  ];
  const byPush: readonly Commit[] = [{ yaml: strict }, { yaml: loose }];

  test('a push that loosens them leaves the stricter in force, and names what is not approved', () => {
    const line = judged(byPush);
    expect(line.policy).toMatchObject({ minAdmins: 3, limits: { deactivations: { count: 1 } }, protected: ['b@x.io'] });
    expect(line.ignored).toEqual({ users: ['svc*'], groups: [] });
    expect(open(line).toSorted()).toEqual(['ignore.users', 'limits.deactivations', 'minAdmins', 'protected']);
  });

  test('an approved pull request puts its own in force', () => {
    const line = judged([{ yaml: strict }, { yaml: loose, planned: live }]);
    expect(line.policy).toMatchObject({ minAdmins: 1, limits: { deactivations: { count: 9 } }, protected: [] });
    expect(line.ignored).toEqual({ users: [], groups: [] });
    expect(open(line)).toEqual([]);
  });

  test('one that nobody approved does not', () => {
    expect(judged([{ yaml: strict }, { yaml: loose, planned: live, pull: unreviewed }]).policy.minAdmins).toBe(3);
  });

  test('each rule by itself', () => {
    const line = judged([
      { yaml: config('{ minAdmins: 3, tenantId: "1" }') },
      { yaml: config('{ minAdmins: 1, tenantId: "1" }'), planned: live },
      { yaml: config('{ minAdmins: 1, tenantId: "2" }') },
    ]);
    expect(line.policy.minAdmins).toBe(1);
    expect(open(line)).toEqual(['tenantId']);
  });

  test('stricter ones are in force at once, and are to be approved all the same', () => {
    const line = judged([{ yaml: loose }, { yaml: strict }]);
    expect(line.policy.minAdmins).toBe(3);
    expect(open(line)).toContain('minAdmins');
  });

  test('what was approved, and changed and changed back by pushes, is not approved any more', () => {
    const line = judged([{ yaml: strict }, { yaml: loose, planned: live }, { yaml: strict }, { yaml: loose }]);
    expect(line.policy.minAdmins).toBe(3);
    expect(open(line)).toContain('minAdmins');
  });

  test('what was approved holds like what was applied, also where a push goes back to that', () => {
    const line = judged([{ yaml: loose }, { yaml: strict, planned: live }, { yaml: loose }]);
    expect(line.policy).toMatchObject({ minAdmins: 3, limits: { deactivations: { count: 1 } } });
    expect(open(line)).toContain('minAdmins');
    const reviewed = judged([{ yaml: loose }, { yaml: strict, planned: live }, { yaml: loose, planned: live }]);
    expect(reviewed.policy.minAdmins).toBe(1);
    expect(open(reviewed)).toEqual([]);
    const unreviewedStrict = judged([{ yaml: loose }, { yaml: strict, planned: live, pull: unreviewed }, { yaml: loose }]);
    expect(unreviewedStrict.policy.minAdmins).toBe(1);
  });

  test('what was taken back is nothing to approve', () => {
    expect(open(judged([{ yaml: strict }, { yaml: loose }, { yaml: strict }]))).toEqual([]);
  });

  test('a first apply has the strictest of all commits, and what it loosens is to be approved', () => {
    const line = first(byPush);
    expect(line.policy).toMatchObject({ minAdmins: 3, limits: { deactivations: { count: 1 } } });
    expect(line.ignored.users).toEqual(['svc*']);
    expect(open(line).toSorted()).toEqual(['ignore.users', 'limits.deactivations', 'minAdmins', 'protected']);
    expect(first([{ yaml: loose }]).rules).toEqual([]);
  });

  test('on a first apply a pull request approves what it loosens', () => {
    const line = first([{ yaml: strict }, { yaml: loose, planned: live }]);
    expect(line.policy.minAdmins).toBe(1);
    expect(open(line)).toEqual([]);
  });

  test('where history was rewritten, what the issue remembers holds', () => {
    const line = judged([{ yaml: loose }, { yaml: loose }], { remembered: declared(strict) });
    expect(line.policy.minAdmins).toBe(3);
    expect(open(line)).toContain('minAdmins');
  });

  test('defaults, membersWhere and previously bound nothing: they are rules to approve', () => {
    const line = judged([{ yaml: plain }, { yaml: config('{ minAdmins: 2, defaults: [{ title: T }] }', ', previously: [old@x.io]') }]);
    expect(open(line).toSorted()).toEqual(['defaults[0].title', 'user a@x.io previously']);
  });
});

describe('what is known to be applied', () => {
  test('the configuration of the oldest commit, on the day of its status', () => {
    const line = judged([{ yaml: plain }]);
    expect(line.applied).toMatchObject({ day: today });
    expect(line.isTrusted).toBe(true);
  });

  test('nothing on a first apply, whatever is trusted', () => {
    const line = judgeLine({ line: lineOf([{ yaml: plain }]), isTrusted: true, hashOf }, declared(plain), today);
    expect(line.applied).toBeUndefined();
    expect(line.isTrusted).toBe(false);
  });

  test('nothing where its configuration is invalid today', () => {
    const line = invalidAt(0, lineOf([{ yaml: plain }, { yaml: plain }]));
    expect(judgeLine({ line, appliedDay: today, isTrusted: true, hashOf }, declared(plain), today).applied).toBeUndefined();
  });

  test('the pull requests of the applied commit itself approve nothing any more', () => {
    const commits: readonly Commit[] = [
      { yaml: plain, planned: live },
      { yaml: config('{ minAdmins: 1 }'), planned: live },
    ];
    expect(judged(commits).pulls.map(({ position }) => position)).toEqual([1]);
    expect(first(commits).pulls.map(({ position }) => position)).toEqual([0, 1]);
  });
});

describe('days to come', () => {
  const grants = (...until: readonly string[]) =>
    `users: [{ userName: a@x.io, seat: View }]\ngrants: [${until.map((day) => `{ user: a@x.io, seat: Full, from: 2026-12-01, until: ${day} }`).join(', ')}]`;
  const none = 'users: [{ userName: a@x.io, seat: View }]';
  const days = ({ later }: JudgedLine) => later.map(({ day }) => day);

  test('what the applied configuration says needs no approval', () => {
    expect(days(judged([{ yaml: grants('2026-12-31') }, { yaml: grants('2026-12-31') }]))).toEqual([]);
  });

  test('a push brings days that nobody approved', () => {
    expect(days(judged([{ yaml: none }, { yaml: grants('2026-12-31') }]))).toEqual(['2026-12-01', '2027-01-01']);
  });

  test('a pull request approves them, and only those that it showed', () => {
    expect(days(judged([{ yaml: none }, { yaml: grants('2026-12-31'), planned: live }]))).toEqual([]);
    expect(days(judged([{ yaml: none }, { yaml: grants('2026-12-31'), planned: live }, { yaml: grants('2027-01-31') }]))).toEqual([
      '2027-02-01',
    ]);
  });

  test('what was taken back and asked for again by pushes reads the same and is not what was applied', () => {
    expect(days(judged([{ yaml: grants('2026-12-31') }, { yaml: none }, { yaml: grants('2026-12-31') }]))).toEqual([
      '2026-12-01',
      '2027-01-01',
    ]);
  });

  test('a day that has come is no day to come, and stays in the schedule', () => {
    const line = judged([{ yaml: none }, { yaml: grants('2026-12-31'), planned: live }], {}, '2026-12-05');
    expect(days(line)).toEqual([]);
    expect(line.schedule.map(({ day }) => day)).toEqual(['2026-12-01', '2027-01-01']);
  });

  test('the schedule begins with the oldest plan of the line', () => {
    const commits: readonly Commit[] = [{ yaml: none }, { yaml: grants('2026-12-31'), planned: live, day: '2026-11-20' }];
    const line = judged(commits, { appliedDay: '2026-12-03' as Day }, '2026-12-05');
    expect(line.schedule.map(({ day }) => day)).toEqual(['2026-12-01', '2027-01-01']);
  });
});

describe('the people whose access a commit changes', () => {
  const two = (a: string, rest = '') =>
    `users: [{ userName: a@x.io, github: Bob, seat: ${a} }, { userName: b@x.io, github: eve }]\n${rest}`;
  const verdicts = ({ pulls }: JudgedLine) => pulls.map(({ verdict }) => verdict.kind);

  test('do not approve it, by their login', () => {
    expect(verdicts(judged([{ yaml: two('View') }, { yaml: two('Full'), planned: live }]))).toEqual(['refused']);
    expect(verdicts(judged([{ yaml: two('View') }, { yaml: two('View', 'organization: { minAdmins: 1 }'), planned: live }]))).toEqual([
      'approved',
    ]);
  });

  test('nor a change of a day to come, nor one that removes their login along with it', () => {
    const grant = 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]';
    expect(verdicts(judged([{ yaml: two('View') }, { yaml: two('View', grant), planned: live }]))).toEqual(['refused']);
    expect(verdicts(judged([{ yaml: two('View') }, { yaml: two('Full').replace('github: Bob, ', ''), planned: live }]))).toEqual([
      'refused',
    ]);
  });

  test('a commit whose configuration is invalid is passed over, and what follows is compared with what was before it', () => {
    const line = invalidAt(1, lineOf([{ yaml: two('View') }, { yaml: two('View') }, { yaml: two('Full'), planned: live }]));
    const { steps, pulls } = judgeLine({ line, appliedDay: today, isTrusted: true, hashOf }, declared(two('Full')), today);
    expect(steps.map(({ fields }) => fields.size > 0)).toEqual([false, false, true]);
    expect(pulls.map(({ verdict }) => verdict.kind)).toEqual(['refused']);
  });
});
