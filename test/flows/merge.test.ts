import { describe, expect, test } from 'vitest';
import type { MergePlan } from '../../src/flows/merge.ts';
import type { Day } from '../../src/model/day.ts';
import { lines, verdicts, type Held } from '../plan/declared.ts';
import { first, merging, reviewOf, said, takenWhileFull, type Commit } from './merged.ts';

const user = (more: string, rest = '') => `users: [{ userName: a@x.io${more} }, { userName: b@x.io, seat: View }]\n${rest}`;
const live: Held = { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } } };
const withSeat = (seat: string): Held => ({ users: { ...live.users, 'a@x.io': { seat } } });

const chosen = ({ chosen: { operations } }: MergePlan) => lines({ operations }).map((line) => line.replace(/ \(.*?\)/gu, ''));
const parts = ({ origins }: MergePlan) =>
  Object.fromEntries(Object.entries(origins).flatMap(([part, ids]) => (ids.size === 0 ? [] : [[part, said(ids)]])));
const held = ({ holds }: MergePlan) =>
  holds.map(({ changeId, guard }) => [...said([changeId]), ...(guard === undefined ? [] : [guard])].join(': '));

const view: Commit = { yaml: user(', seat: View') };
const full: Commit = { yaml: user(', seat: Full'), planned: live };
const raise = 'patch user a@x.io: seat View→Full';

describe('what may be written', () => {
  test.each<[string, readonly Commit[], readonly string[], Record<string, readonly string[]>]>([
    ['nothing, where all agrees', [view], [], {}],
    ['what a pull request approved', [view, full], [raise], { approved: ['set a@x.io seat Full'] }],
    ['nothing that was pushed', [view, { yaml: full.yaml }], [], { unreviewed: ['set a@x.io seat Full'] }],
    ['nothing that nobody reviewed', [view, { ...full, pull: { opinions: [] } }], [], { unreviewed: ['set a@x.io seat Full'] }],
    ['nothing that a later push wants otherwise', [view, full, { yaml: user(', seat: Dev') }], [], { unreviewed: ['set a@x.io seat Dev'] }],
    ['nothing that was pushed back again', [view, full, view, { yaml: full.yaml }], [], { unreviewed: ['set a@x.io seat Full'] }],
    [
      'what was approved, beside a push of something else',
      [view, full, { yaml: user(', seat: Full, title: T') }],
      [raise],
      { approved: ['set a@x.io seat Full'], unreviewed: ['set a@x.io title T'] },
    ],
    ['what was approved and taken back: nothing is left of it', [view, full, view], [], {}],
    ['nothing that was there on the day of the status: that is drift', [{ yaml: full.yaml }], [], { drift: ['set a@x.io seat Full'] }],
  ])('%s', (_, commits, writes, origins) => {
    const planned = merging(commits, live);
    expect(chosen(planned)).toEqual(writes);
    expect(parts(planned)).toEqual(origins);
    expect(planned.isApprovedWhole).toBe(false);
  });

  test('a value that is approved because what was pending was taken back', () => {
    const commits: readonly Commit[] = [{ yaml: user(', seat: Full') }, { yaml: user(', seat: View'), planned: live }];
    expect(parts(merging(commits, withSeat('Dev')))).toEqual({ approved: ['set a@x.io seat View'] });
  });

  test('a value that is live already, so that the pull request showed nothing of it, is not approved when it changes', () => {
    const commits: readonly Commit[] = [{ yaml: user('') }, { yaml: user(', seat: View'), planned: live }];
    expect(parts(merging(commits, withSeat('Full')))).toEqual({ unreviewed: ['set a@x.io seat View'] });
  });

  test('what is missing of an approved create', () => {
    const fresh: Commit = { yaml: user(', seat: Full, title: T'), planned: { users: { 'b@x.io': { seat: 'View' } } } };
    const planned = merging([{ yaml: 'users: [{ userName: b@x.io, seat: View }]' }, fresh], live);
    expect(chosen(planned)).toEqual([expect.stringContaining('seat View→Full, title ∅→T')]);
  });
});

describe('what comes with time', () => {
  const grant = user(', seat: View', 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]');
  const on = (day: string) => ({ asOf: day as Day });

  test('is due once its day has come, if it was part of what was applied', () => {
    expect(parts(merging([{ yaml: grant }], live, on('2026-11-30')))).toEqual({});
    expect(parts(merging([{ yaml: grant }], live, on('2026-12-01')))).toEqual({ due: ['set a@x.io seat Full'] });
    expect(chosen(merging([{ yaml: grant }], live, on('2026-12-01')))).toEqual([raise]);
    const facts = { appliedDay: '2026-12-15' as Day };
    expect(parts(merging([{ yaml: grant }], withSeat('Full'), { ...on('2027-01-01'), facts }))).toEqual({ due: ['set a@x.io seat View'] });
  });

  test('is drift once it was applied', () => {
    const facts = { appliedDay: '2026-12-02' as Day };
    expect(parts(merging([{ yaml: grant }], live, { ...on('2026-12-03'), facts }))).toEqual({ drift: ['set a@x.io seat Full'] });
  });

  test('is approved where a pull request showed its day', () => {
    const commits: readonly Commit[] = [view, { yaml: grant, planned: live }];
    const planned = merging(commits, live, on('2026-12-01'));
    expect(parts(planned)).toEqual({ approved: ['set a@x.io seat Full'] });
    expect(said(planned.granted.arrived)).toEqual(['set a@x.io seat Full']);
  });

  test('is not approved where it was pushed, nor where a push touched it since', () => {
    expect(parts(merging([view, { yaml: grant }], live, on('2026-12-01')))).toEqual({ unreviewed: ['set a@x.io seat Full'] });
    const again: readonly Commit[] = [view, { yaml: grant, planned: live }, view, { yaml: grant }];
    expect(parts(merging(again, live, on('2026-12-01')))).toEqual({ unreviewed: ['set a@x.io seat Full'] });
  });

  test('is not due where pushes took it back and asked for it again: nobody looked', () => {
    const commits: readonly Commit[] = [{ yaml: grant }, view, { yaml: grant }];
    expect(parts(merging(commits, live, on('2026-12-01')))).toEqual({ unreviewed: ['set a@x.io seat Full'] });
  });

  test('is exempt from the limits of the day, since it was judged when it was planned', () => {
    const lower = user(
      ', seat: View',
      'grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }]\norganization: { limits: { downgrades: 0 } }',
    );
    const planned = merging([{ yaml: lower }], withSeat('Full'), on('2026-12-01'));
    expect(chosen(planned)).toEqual(['patch user a@x.io: seat Full→View']);
    expect(planned.holds).toEqual([]);
  });

  test('is not due for somebody who was deactivated meanwhile', () => {
    const active = user(', active: true, seat: View', 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]');
    const gone: Held = { users: { ...live.users, 'a@x.io': { active: false } } };
    expect(Object.keys(parts(merging([{ yaml: active }], gone, on('2026-12-01'))))).toEqual(['drift']);
    expect(chosen(merging([{ yaml: active }], gone, { ...on('2026-12-01'), withDrift: true }))).toEqual([]);
  });

  test('is exempt from the limits where a pull request showed its day', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const lower = `grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }]\n${limit}`;
    const commits: readonly Commit[] = [
      { yaml: user(', seat: Full', limit) },
      { yaml: user(', seat: View', lower), planned: withSeat('Full') },
    ];
    const planned = merging(commits, withSeat('Full'), on('2026-12-01'));
    expect(parts(planned)).toEqual({ approved: ['set a@x.io seat View'] });
    expect(chosen(planned)).toEqual(['patch user a@x.io: seat Full→View']);
  });

  test('a create stands with what has come since its own plan, whatever came before that', () => {
    const none: Held = { users: { 'b@x.io': { seat: 'View' } } };
    const b = (more: string) => `users: [{ userName: b@x.io, seat: View${more} }]\n`;
    const whole = 'users: [{ userName: a@x.io, seat: View }, { userName: b@x.io, seat: View, title: T }]\n';
    const fresh: Commit = {
      yaml: `${whole}grants: [{ user: a@x.io, seat: Full, from: 2026-11-22, until: 2026-11-30 }]`,
      planned: none,
      day: '2026-11-24',
    };
    const commits: readonly Commit[] = [{ yaml: b('') }, { yaml: b(', title: T'), planned: none, day: '2026-11-20' }, fresh];
    const planned = merging(commits, none, { ...on('2026-12-01'), facts: { appliedDay: '2026-11-20' as Day } });
    expect(Object.keys(parts(planned))).toEqual(['approved']);
    expect(chosen(planned).toSorted()).toEqual([
      expect.stringMatching(/^create user a@x\.io: .*View/),
      expect.stringContaining('title ∅→T'),
    ]);
  });

  test('a create waits where anything that has come since for the person is not approved', () => {
    const none: Held = { users: { 'b@x.io': { seat: 'View' } }, groups: { Design: [] } };
    const group = 'groups: [{ displayName: Design, members: [] }]\n';
    const grants = (more: string) =>
      user(', seat: View', `${group}grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }${more}]`);
    const base: Commit = { yaml: `users: [{ userName: b@x.io, seat: View }]\n${group}` };
    const approved: Commit = { yaml: grants(''), planned: none };
    expect(Object.keys(parts(merging([base, approved], none, on('2026-12-03'))))).toEqual(['approved']);
    const pushed: Commit = { yaml: grants(', { user: a@x.io, group: Design, from: 2026-12-02, until: 2026-12-31 }') };
    expect(Object.keys(parts(merging([base, approved, pushed], none, on('2026-12-03'))))).toEqual(['unreviewed']);
  });

  test('a create that was approved before a day approves it with what that day brings, if that was approved', () => {
    const none: Held = { users: { 'b@x.io': { seat: 'View' } } };
    const planned = merging(
      [{ yaml: 'users: [{ userName: b@x.io, seat: View }]' }, { yaml: grant, planned: none }],
      none,
      on('2026-12-01'),
    );
    expect(Object.keys(parts(planned))).toEqual(['approved']);
    expect(chosen(planned)).toEqual([expect.stringMatching(/^create user a@x\.io: .*Full/)]);
    const pushed: readonly Commit[] = [
      { yaml: 'users: [{ userName: b@x.io, seat: View }]' },
      { yaml: user(', seat: View'), planned: none },
      { yaml: grant },
    ];
    expect(Object.keys(parts(merging(pushed, none, on('2026-12-01'))))).toEqual(['unreviewed']);
  });
});

describe('drift', () => {
  const applied: Commit = { yaml: user(', seat: View') };
  const corrected = { withDrift: true };

  test('is written only where that is asked for', () => {
    expect(chosen(merging([applied], withSeat('Full')))).toEqual([]);
    expect(chosen(merging([applied], withSeat('Full'), corrected))).toEqual(['patch user a@x.io: seat Full→View']);
  });

  test('is not what a later commit wanted otherwise, although what was applied asks for it too', () => {
    const commits: readonly Commit[] = [applied, { yaml: user('') }, applied];
    expect(parts(merging(commits, withSeat('Full')))).toEqual({ unreviewed: ['set a@x.io seat View'] });
    expect(chosen(merging(commits, withSeat('Full'), corrected))).toEqual([]);
  });

  test('never the return of somebody’s access', () => {
    const gone: Held = { users: { ...live.users, 'a@x.io': { active: false } } };
    expect(chosen(merging([{ yaml: user(', active: true') }], gone, corrected))).toEqual([]);
  });

  test('not at all where it goes over a limit, while the rest is written', () => {
    const both = (b: string) =>
      `users: [{ userName: a@x.io, seat: View }, { userName: b@x.io, seat: View${b} }]\norganization: { limits: { downgrades: 0 } }`;
    const planned = merging([{ yaml: both('') }, { yaml: both(', title: T'), planned: withSeat('Full') }], withSeat('Full'), corrected);
    expect(planned.isDriftTooLarge).toBe(true);
    expect(chosen(planned)).toEqual([expect.stringContaining('title ∅→T')]);
    expect(said(planned.remaining)).toEqual(['set a@x.io seat View']);
  });
});

describe('a first apply', () => {
  test('has nothing due and no drift: what no pull request approved is not approved', () => {
    const commits: readonly Commit[] = [{ yaml: full.yaml }];
    const planned = merging(commits, live, { ...first(commits), withDrift: true });
    expect(parts(planned)).toEqual({ unreviewed: ['set a@x.io seat Full'] });
    expect(chosen(planned)).toEqual([]);
  });

  test('writes what the pull requests of the commits walked approved', () => {
    const commits: readonly Commit[] = [view, full];
    expect(chosen(merging(commits, live, first(commits)))).toEqual([raise]);
  });

  test('has nothing due where it is not trusted what was applied', () => {
    const grant = user(', seat: View', 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]');
    const planned = merging([{ yaml: grant }], live, { asOf: '2026-12-01' as Day, facts: { isTrusted: false } });
    expect(parts(planned)).toEqual({ unreviewed: ['set a@x.io seat Full'] });
  });
});

describe('what is held', () => {
  const three = (seat: string, rest = '') =>
    `users: [${['a', 'b', 'c'].map((name) => `{ userName: ${name}@x.io, seat: ${seat} }`).join(', ')}]\n${rest}`;
  const all = (seat: string): Held => ({ users: Object.fromEntries(['a@x.io', 'b@x.io', 'c@x.io'].map((name) => [name, { seat }])) });

  test('what a limit counts, named with the guard, and the rest is written', () => {
    const limit = 'organization: { limits: { downgrades: 1 } }';
    const tip: Commit = { yaml: three('View', `${limit}\ngroups: [{ displayName: Design }]`), planned: all('Full') };
    const planned = merging([{ yaml: three('Full', limit) }, tip], all('Full'));
    expect(held(planned).toSorted()).toEqual(['a', 'b', 'c'].map((name) => `set ${name}@x.io seat View: downgrades`));
    expect(chosen(planned)).toEqual(['create group Design: displayName ∅→Design']);
    expect(planned.guards.map(({ guard, count }) => [guard, count])).toEqual([['downgrades', 3]]);
    expect(said(planned.remaining).toSorted()).toEqual(['a', 'b', 'c'].map((name) => `set ${name}@x.io seat View`));
    expect(planned.digest).toMatch(/^sha256:/);
  });

  test('nothing, where the pull request allowed so many', () => {
    const limit = 'organization: { limits: { downgrades: 1 } }';
    const commits = (count: number): readonly Commit[] => [
      { yaml: three('Full', limit) },
      { yaml: three('View', limit), planned: all('Full'), allowances: { downgrades: count } },
    ];
    expect(merging(commits(3), all('Full')).chosen.operations).toHaveLength(3);
    expect(verdicts(merging(commits(3), all('Full')).chosen)).toEqual(['downgrades warn 3/1']);
    expect(held(merging(commits(2), all('Full')))).toHaveLength(3);
  });

  test('who is protected, by a protection of which nobody approved the end', () => {
    const guarded = (seat: string, more: string) => user(`, seat: ${seat}`, `organization: { minAdmins: 0${more} }`);
    const protecting: Commit = { yaml: guarded('Full', ', protected: ["a*"]') };
    const lowered: Commit = { yaml: guarded('View', ''), planned: withSeat('Full') };
    const pushed = merging([protecting, { yaml: guarded('Full', '') }, lowered], withSeat('Full'));
    expect(held(pushed)).toEqual(['set a@x.io seat View: protected']);
    expect(chosen(pushed)).toEqual([]);
    expect(chosen(merging([protecting, lowered], withSeat('Full')))).toEqual(['patch user a@x.io: seat Full→View']);
  });

  test('everything, where a guard blocks that holds nothing', () => {
    const pool = 'organization: { seats: { Full: { purchased: 0 } } }';
    const planned = merging([{ yaml: user(', seat: View', pool) }, { yaml: user(', seat: Full, title: T', pool), planned: live }], live);
    expect(verdicts(planned.chosen)).toEqual(['pool block 1']);
    expect(planned.holds).toEqual([]);
    expect(said(planned.remaining)).toEqual(['set a@x.io seat Full', 'set a@x.io title T']);
  });

  test('what an ignored pattern named, until its removal is approved', () => {
    const ignoring = 'organization: { minAdmins: 0, ignore: { users: ["a@*"] } }';
    const b = 'users: [{ userName: b@x.io, seat: View }]\n';
    const freed: Commit = { yaml: user(', seat: Full', 'organization: { minAdmins: 0 }') };
    const pushed = merging([{ yaml: b + ignoring }, { yaml: `${b}organization: { minAdmins: 0 }` }, { ...freed, planned: live }], live);
    expect(parts(pushed)).toEqual({ approved: ['set a@x.io seat Full'] });
    expect(held(pushed)).toEqual(['set a@x.io seat Full']);
    expect(chosen(pushed)).toEqual([]);
    const approved = merging([{ yaml: b + ignoring }, { ...freed, planned: live }], live);
    expect(chosen(approved)).toEqual([raise]);
  });

  test('a take in a full pool whose freeing edit is not approved', () => {
    const planned = takenWhileFull();
    expect(chosen(planned)).toEqual([]);
    expect(planned.chosen.selection?.held).toMatchObject([{ operation: 'patch user a@x.io', needs: 'patch user b@x.io' }]);
  });
});

describe('what would land on another object than was seen', () => {
  const named = (more: string, previously = ', previously: [old@x.io]') =>
    `users: [{ userName: new@x.io${previously}${more} }, { userName: b@x.io, seat: View }]\n`;
  const old: Held = { users: { 'old@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } } };
  const both: Held = { users: { ...old.users, 'new@x.io': { seat: 'View' } } };

  test('is held: a value, with a former name that was pushed', () => {
    const commits: readonly Commit[] = [
      { yaml: named('', '') },
      { yaml: named(', seat: Full', ''), planned: both },
      { yaml: named(', seat: Full') },
    ];
    const planned = merging(commits, old);
    expect(chosen(planned)).toEqual([]);
    expect(held(planned)).toEqual(['set new@x.io seat Full']);
  });

  test('is held: a deactivation', () => {
    const commits: readonly Commit[] = [
      { yaml: named('', '') },
      { yaml: named(', active: false', ''), planned: both },
      { yaml: named(', active: false') },
    ];
    const planned = merging(commits, old);
    expect(chosen(planned)).toEqual([]);
    expect(held(planned)).toEqual(['deactivate new@x.io']);
  });

  test('is held: a membership', () => {
    const group = (members: string) => `groups: [{ displayName: Design, members: [${members}] }]`;
    const live2 = (users: Held): Held => ({ ...users, groups: { Design: [] } });
    const commits: readonly Commit[] = [
      { yaml: named('', '') + group('') },
      { yaml: named('', '') + group('new@x.io'), planned: live2(both) },
      { yaml: named('') + group('new@x.io') },
    ];
    const planned = merging(commits, live2(old));
    expect(chosen(planned)).toEqual([]);
    expect(held(planned)).toEqual(['add Design member new@x.io']);
  });

  test('is held: a group', () => {
    const teams = (name: string, more: string) => `users: [{ userName: b@x.io, seat: View }]\ngroups: [{ displayName: ${name}${more} }]`;
    const team = (name: string): Held => ({ users: { 'b@x.io': { seat: 'View' } }, groups: { [name]: [] } });
    const commits: readonly Commit[] = [
      { yaml: teams('New', '') },
      { yaml: teams('New', ', externalId: x1'), planned: team('New') },
      { yaml: teams('New', ', externalId: x1, previously: [Old]') },
    ];
    const planned = merging(commits, team('Old'));
    expect(chosen(planned)).toEqual([]);
    expect(held(planned)).toEqual(['set New externalId x1']);
  });

  test('is written where the new name was approved, as a rename or as that of somebody who leaves', () => {
    expect(chosen(merging([{ yaml: named('', '') }, { yaml: named(', seat: Full'), planned: old }], old))).toEqual([
      expect.stringContaining('seat View→Full'),
    ]);
    const leaving = merging([{ yaml: named('', '') }, { yaml: named(', active: false'), planned: old }], old);
    expect(chosen(leaving)).toEqual([expect.stringMatching(/^deactivate user/)]);
    expect(leaving.holds).toEqual([]);
  });

  test('is held where it is not known what was applied, although a commit says so', () => {
    const commits: readonly Commit[] = [{ yaml: named('') }, { yaml: named(', active: false'), planned: both }];
    expect(chosen(merging(commits, old))).toEqual([expect.stringMatching(/^deactivate user/)]);
    expect(chosen(merging(commits, old, { facts: { isTrusted: false } }))).toEqual([]);
  });

  test('is written where the applied configuration says so', () => {
    expect(chosen(merging([{ yaml: named(', active: false') }], old, { withDrift: true }))).toEqual([
      expect.stringMatching(/^deactivate user/),
    ]);
  });
});

describe('an approval by digest', () => {
  const commits: readonly Commit[] = [view, { yaml: user(', seat: Full', 'organization: { minAdmins: 1 }') }];
  const { digest } = merging(commits, live);
  const approve = (given: string, allowances: Record<string, number> = {}) => ({
    approve: { digest: given, allowances: new Map(Object.entries(allowances)) },
  });

  test('approves all that remained, rules included', () => {
    const planned = merging(commits, live, approve(digest));
    expect(planned.isApprovedWhole).toBe(true);
    expect(chosen(planned)).toEqual([raise]);
    expect(planned.digest).toBe(digest);
  });

  test('of something else approves nothing, and says so', () => {
    const other = merging(commits, live, approve(`sha256:${'0'.repeat(64)}`));
    expect(other).toMatchObject({ isApprovedWhole: false });
    expect(chosen(other)).toEqual([]);
    const grown = merging([view, { yaml: user(', seat: Full, title: T', 'organization: { minAdmins: 1 }') }], live, approve(digest));
    expect(grown).toMatchObject({ isApprovedWhole: false });
  });

  test('where nothing remains any digest is past, and none is wrong', () => {
    expect(merging([view], live, approve(digest))).toMatchObject({ isApprovedWhole: false });
  });

  test('corrects drift, and gives access back', () => {
    const gone: Held = { users: { ...live.users, 'a@x.io': { active: false } } };
    const line: readonly Commit[] = [{ yaml: user(', active: true') }];
    const known = merging(line, gone);
    expect(chosen(merging(line, gone, approve(known.digest)))).toEqual([expect.stringContaining('active false→true')]);
  });

  test('lifts guards at exactly the numbers that were named with it', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const line: readonly Commit[] = [{ yaml: user(', seat: Full', limit) }, { yaml: user(', seat: View', limit) }];
    const { digest: over } = merging(line, withSeat('Full'));
    expect(held(merging(line, withSeat('Full'), approve(over)))).toEqual(['set a@x.io seat View: downgrades']);
    expect(held(merging(line, withSeat('Full'), approve(over, { downgrades: 2 })))).toEqual(['set a@x.io seat View: downgrades']);
    expect(chosen(merging(line, withSeat('Full'), approve(over, { downgrades: 1 })))).toEqual(['patch user a@x.io: seat Full→View']);
  });

  test('is blocked by a day to come that it would make too much, unless that was allowed with it', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const lower = `grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }]\n${limit}`;
    const line: readonly Commit[] = [{ yaml: user(', seat: Full', limit) }, { yaml: user(', seat: View', lower) }];
    const known = merging(line, withSeat('Full'));
    const blocking = ({ guards }: MergePlan['chosen']) =>
      guards.filter(({ outcome }) => outcome === 'block').map(({ guard, day, count }) => `${guard}@${day ?? 'today'} ${count}`);
    expect(blocking(known.rest.plan)).toEqual(['downgrades@2026-12-01 1']);
    expect(blocking(merging(line, withSeat('Full'), approve(known.digest)).chosen)).toEqual(['downgrades@2026-12-01 1']);
    expect(blocking(merging(line, withSeat('Full'), approve(known.digest, { downgrades: 1 })).chosen)).toEqual(['downgrades@2026-12-01 1']);
    const allowed = merging(line, withSeat('Full'), approve(known.digest, { 'downgrades@2026-12-01': 1 }));
    expect(blocking(allowed.chosen)).toEqual([]);
    expect(allowed.isApprovedWhole).toBe(true);
  });

  test('is carried out under the rules that it approves', () => {
    const limit = (count: number) => `organization: { limits: { downgrades: ${count} } }`;
    const line: readonly Commit[] = [{ yaml: user(', seat: Full', limit(0)) }, { yaml: user(', seat: View', limit(5)) }];
    const known = merging(line, withSeat('Full'));
    expect(known.line.policy.limits.downgrades).toEqual({ count: 0 });
    const planned = merging(line, withSeat('Full'), approve(known.digest));
    expect(chosen(planned)).toEqual(['patch user a@x.io: seat Full→View']);
    expect(planned.guards).toEqual([]);
  });

  test('carries out what was held because nobody had named it', () => {
    const named = (more: string, previously = '') =>
      `users: [{ userName: new@x.io${previously}${more} }, { userName: b@x.io, seat: View }]\n`;
    const old: Held = { users: { 'old@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } } };
    const line: readonly Commit[] = [{ yaml: named('') }, { yaml: named(', active: false', ', previously: [old@x.io]') }];
    const known = merging(line, old);
    expect(chosen(known)).toEqual([]);
    expect(chosen(merging(line, old, approve(known.digest)))).toEqual([expect.stringMatching(/^deactivate user/)]);
  });
});

test('a digest is that of what remains, and of the rules and days in it', () => {
  const plain = merging([view, { yaml: full.yaml }], live);
  const ruled = merging([view, { yaml: user(', seat: Full', 'organization: { minAdmins: 1 }') }], live);
  expect(plain.digest).not.toBe(ruled.digest);
  expect(plain.digest).toBe(plain.rest.plan.digest);
  expect(plain.digest).toBe(reviewOf(full.yaml, view.yaml, live).review.digest);
});
