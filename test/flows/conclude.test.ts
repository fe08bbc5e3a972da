import { describe, expect, test } from 'vitest';
import { unbegun, type MergeResult } from '../../src/flows/conclude.ts';
import type { MergePlan } from '../../src/flows/merge.ts';
import { supersededOf } from '../../src/flows/superseded.ts';
import { changesIn } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import { hashOf, id, minute } from '../approval/pulls.ts';
import { lines, type Held } from '../plan/declared.ts';
import { concluded, merging, said, takenWhileFull, today, type Commit } from './merged.ts';

const user = (more: string, rest = '') => `users: [{ userName: a@x.io${more} }, { userName: b@x.io, seat: View }]\n${rest}`;
const live: Held = { users: { 'a@x.io': { seat: 'View' }, 'b@x.io': { seat: 'View' } } };
const withSeat = (seat: string): Held => ({ users: { ...live.users, 'a@x.io': { seat } } });
const view: Commit = { yaml: user(', seat: View') };
const full: Commit = { yaml: user(', seat: Full'), planned: live };

const summary = ({ fault, isApplied, tally }: MergeResult) => [
  fault ?? 'well',
  isApplied ? 'applied' : 'not applied',
  `${tally.done} of ${tally.total}`,
];
const tallies = ({ pulls }: MergeResult) =>
  pulls.map(({ tally: { done, total, open } }) =>
    [`${done} of ${total}`, ...open.map(({ fate, reason }) => `${fate}: ${reason}`)].join(', '),
  );

/** An apply in which everything that was to be done failed. */
function failing(planned: MergePlan, after?: Held): MergeResult {
  const open = planned.chosen.operations.flatMap((operation) =>
    changesIn(operation).map(({ changeId, edits }) => ({ fate: 'failed' as const, reason: 'refused', changeId, operation, edits })),
  );
  return concluded(planned, after, { open, written: 0, failed: planned.chosen.operations.length });
}

describe('how an apply ended', () => {
  test('nothing was to be done: the commit counts as applied', () => {
    expect(summary(concluded(merging([view], live)))).toEqual(['well', 'applied', '0 of 0']);
  });

  test('what was approved is written', () => {
    const result = concluded(merging([view, full], live), withSeat('Full'));
    expect(summary(result)).toEqual(['well', 'applied', '1 of 1']);
    expect(tallies(result)).toEqual(['1 of 1']);
    expect(result.rest.plan.operations).toEqual([]);
  });

  test('what was approved was in place already', () => {
    const result = concluded(merging([view, full], withSeat('Full')));
    expect(summary(result)).toEqual(['well', 'applied', '0 of 0']);
    expect(tallies(result)).toEqual(['1 of 1']);
  });

  test('it failed', () => {
    const result = failing(merging([view, full], live), live);
    expect(summary(result)).toEqual(['incomplete', 'not applied', '0 of 1']);
    expect(tallies(result)).toEqual(['0 of 1, failed: refused']);
  });

  test('what failed is counted with the pull request that approved it', () => {
    const result = failing(merging([view, full, { yaml: user(', seat: Full, title: T'), planned: live }], live), live);
    expect(tallies(result)).toEqual(['0 of 1, failed: refused', '0 of 1, failed: refused']);
  });

  test('it was interrupted', () => {
    expect(summary(concluded(merging([view, full], live), live, { isInterrupted: true }))).toEqual([
      'interrupted',
      'not applied',
      '1 of 1',
    ]);
  });

  test('something is not approved: the status does not move, and what was approved is written', () => {
    const result = concluded(merging([view, full, { yaml: user(', seat: Full, title: T') }], live), withSeat('Full'));
    expect(summary(result)).toEqual(['unapproved', 'not applied', '1 of 1']);
    expect(lines({ operations: result.unapproved })).toEqual([expect.stringContaining('title ∅→T')]);
    expect(lines(result.rest.plan)).toEqual([expect.stringContaining('title ∅→T')]);
  });

  test('a rule or a day to come is not approved', () => {
    const ruled = concluded(merging([view, { yaml: user(', seat: View', 'organization: { minAdmins: 1 }') }], live));
    expect(summary(ruled)).toEqual(['unapproved', 'not applied', '0 of 0']);
    expect(ruled.rest.rules).toHaveLength(1);
    const grant = 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]';
    const later = concluded(merging([view, { yaml: user(', seat: View', grant) }], live));
    expect(summary(later)).toEqual(['unapproved', 'not applied', '0 of 0']);
    expect(later.rest.later).toHaveLength(2);
  });

  test('drift alone is neither red nor in the way', () => {
    const result = concluded(merging([view], withSeat('Full')));
    expect(summary(result)).toEqual(['well', 'applied', '0 of 0']);
    expect(lines({ operations: result.drift })).toEqual(['patch user a@x.io: seat Full→View']);
    expect(result.corrected).toEqual({ total: 0, done: 0 });
  });

  test('drift was corrected, or could not be and remains', () => {
    const planned = merging([view], withSeat('Full'), { withDrift: true });
    const well = concluded(planned, live);
    expect(well.corrected).toEqual({ total: 1, done: 1 });
    expect(well.drift).toEqual([]);
    const failed = failing(planned, withSeat('Full'));
    expect(failed.corrected).toEqual({ total: 1, done: 0 });
    expect(lines({ operations: failed.drift })).toEqual(['patch user a@x.io: seat Full→View']);
    expect(lines(failed.rest.plan)).toEqual(['patch user a@x.io: seat Full→View']);
    expect(failed.fault).toBe('incomplete');
  });

  test('a guard stops all of it: nothing was begun', () => {
    const pool = 'organization: { seats: { Full: { purchased: 0 } } }';
    const planned = merging([{ yaml: user(', seat: View', pool) }, { yaml: user(', seat: Full', pool), planned: live }], live);
    const carried = unbegun(planned, 'the guard pool');
    expect(carried).toMatchObject({ written: 0, failed: 0, open: [{ fate: 'held', reason: 'the guard pool' }] });
    const result = concluded(planned, undefined, carried);
    expect(summary(result)).toEqual(['blocked', 'not applied', '0 of 1']);
    expect(tallies(result)).toEqual(['0 of 1, held: the guard pool']);
    expect(result.digest).toBe(planned.digest);
  });

  test('a guard holds some of it', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const commits: readonly Commit[] = [
      { yaml: user(', seat: Full', limit) },
      { yaml: user(', seat: View, title: T', limit), planned: withSeat('Full') },
    ];
    const result = concluded(merging(commits, withSeat('Full')));
    expect(summary(result)).toEqual(['held-by-guard', 'not applied', '0 of 2']);
    expect(tallies(result)[0]).toMatch(/^0 of 2, held: held by the guard downgrades \(1\)/);
  });

  test('something waits for what nobody approved', () => {
    const result = concluded(takenWhileFull());
    expect(summary(result)).toEqual(['waiting', 'not applied', '0 of 1']);
    expect(tallies(result)).toEqual(['0 of 1, held: the change of b@x.io was not approved']);
  });

  test('what cannot be planned need not be in place, where the configuration is not the applied one', () => {
    const text = (more: string) => user(`, seat: View${more}`, 'groups: [{ displayName: Design, members: [who@x.io] }]');
    const team: Held = { ...live, groups: { Design: [] } };
    const nothing = merging([{ yaml: text('') }], team);
    expect(nothing.chosen.unresolved).toBe(1);
    expect(summary(concluded(nothing))).toEqual(['unresolved', 'applied', '0 of 0']);
    const approved = merging([{ yaml: text('') }, { yaml: text(', title: T'), planned: team }], team);
    expect(summary(concluded(approved, team))).toEqual(['unresolved', 'not applied', '1 of 1']);
    const pushed = merging([{ yaml: user(', seat: View') }, { yaml: text('') }], team);
    expect(summary(concluded(pushed))).toEqual(['unresolved', 'not applied', '0 of 0']);
  });

  test('a read that cannot be believed proves nothing', () => {
    const many = (more: string) => `users: [${Array.from({ length: 12 }, (_, index) => `{ userName: u${index}@x.io${more} }`).join(', ')}]`;
    const all: Held = { users: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`u${index}@x.io`, {}])) };
    const planned = merging([{ yaml: many('') }, { yaml: many(', title: T'), planned: all }], { users: { 'u0@x.io': { title: 'T' } } });
    const result = concluded(planned);
    expect(result.isApplied).toBe(false);
  });
});

describe('what is superseded', () => {
  test('an approved change that the tip asks otherwise, with the commit, and it is not counted as applied', () => {
    const result = concluded(merging([view, full, { yaml: user(', seat: Dev'), planned: live }], live), withSeat('Dev'));
    expect(summary(result)).toEqual(['well', 'applied', '1 of 1']);
    expect(tallies(result)).toEqual(['0 of 1, superseded: commit commit2 asks for something else', '1 of 1']);
    expect(result.pulls[0]?.tally.isFailure).toBe(false);
  });

  test('the last of the commits that touched it', () => {
    const commits: readonly Commit[] = [view, full, { yaml: user(', seat: Dev') }, view, { yaml: user(', seat: View, title: T') }];
    expect(tallies(concluded(merging(commits, live)))).toEqual(['0 of 1, superseded: commit commit3 asks for something else']);
  });

  test('not what was touched and is asked for as before', () => {
    const line = merging([view, full, view, { yaml: full.yaml }], live).line;
    expect(supersededOf(line, line.pulls[0] as never, today, hashOf)).toEqual([]);
  });

  test('not what another pull request approved', () => {
    const commits: readonly Commit[] = [
      view,
      { yaml: user(', seat: View, title: T'), planned: live },
      { yaml: user(', seat: Full, title: T') },
      { yaml: user(', seat: View, title: T') },
    ];
    expect(tallies(concluded(merging(commits, { users: { ...live.users, 'a@x.io': { seat: 'View', title: 'T' } } })))).toEqual(['1 of 1']);
  });

  test('a create of which the tip asks for something else', () => {
    const none: Held = { users: { 'b@x.io': { seat: 'View' } } };
    const commits: readonly Commit[] = [
      { yaml: 'users: [{ userName: b@x.io, seat: View }]' },
      { yaml: user(', seat: Full'), planned: none },
      { yaml: user(', seat: Dev') },
    ];
    expect(tallies(concluded(merging(commits, none)))[0]).toMatch(/^0 of 1, superseded: commit commit2/);
  });
});

describe('the return of somebody’s access', () => {
  const gone: Held = { users: { ...live.users, 'a@x.io': { active: false } } };
  const back: Commit = { yaml: user(', active: true'), planned: gone };
  const away: Commit = { yaml: user(', active: false') };
  const hash = hashOf('key', id('reactivate', 'a@x.io')) ?? '';
  const spent = (result: MergeResult) => result.pulls.map((one) => one.spent);

  test('is approved once', () => {
    const planned = merging([away, back], gone);
    expect(said(planned.origins.approved)).toEqual(['reactivate a@x.io']);
    expect(spent(concluded(planned, live))).toEqual([[hash]]);
  });

  test('is used up as soon as it was in place: who is deactivated by hand stays so', () => {
    const planned = merging([away, { ...back, signed: { spent: [hash] } }], gone);
    expect(said(planned.origins.unreviewed)).toEqual(['reactivate a@x.io']);
    expect(planned.chosen.operations).toEqual([]);
    expect(spent(concluded(planned))).toEqual([[hash]]);
  });

  test('is not approved by what was shown before the access was taken away', () => {
    const parts = (goneAt: string) => merging([away, back], gone, { goneAt }).origins;
    expect(said(parts(minute(1)).approved)).toEqual(['reactivate a@x.io']);
    expect(said(parts(minute(2)).approved)).toEqual([]);
    expect(said(parts(minute(2)).unreviewed)).toEqual(['reactivate a@x.io']);
    expect(merging([away, back], gone, { goneAt: minute(2) }).goneSince).toBe(minute(2));
  });

  test('is not used up by a failure', () => {
    expect(spent(failing(merging([away, back], gone), gone))).toEqual([[]]);
  });

  test('is used up where it is in place without anything to write', () => {
    expect(spent(concluded(merging([away, back], live)))).toEqual([[hash]]);
  });

  test('is not used up where the tip does not ask for it', () => {
    expect(spent(concluded(merging([away, back, away], gone)))).toEqual([[]]);
  });

  test('of somebody else, who was active before, is not used up by it', () => {
    const both = (a: string): string => `users: [{ userName: a@x.io${a} }, { userName: b@x.io, active: true }]`;
    const commits: readonly Commit[] = [{ yaml: both(', active: false') }, { yaml: both(', active: true'), planned: gone }];
    expect(spent(concluded(merging(commits, live)))).toEqual([[hash]]);
  });

  test('a spent one leaves every other approval alone', () => {
    const planned = merging(
      [away, { ...back, yaml: user(', active: true', 'groups: [{ displayName: Design }]'), signed: { spent: [hash] } }],
      gone,
    );
    expect(said(planned.origins.approved)).toEqual(['create Design']);
  });
});

describe('after an approval by digest', () => {
  const commits: readonly Commit[] = [view, { yaml: user(', seat: Full', 'organization: { minAdmins: 1 }') }];
  const { digest } = merging(commits, live);
  const approved = merging(commits, live, { approve: { digest, allowances: new Map() } });

  test('everything counts as approved, rules included, and the commit as applied', () => {
    const result = concluded(approved, withSeat('Full'));
    expect(summary(result)).toEqual(['well', 'applied', '1 of 1']);
    expect(result.rest).toMatchObject({ rules: [], later: [] });
    expect(result.corrected).toEqual({ total: 0, done: 0 });
  });

  test('what failed leaves the rules unapproved', () => {
    const result = failing(approved, live);
    expect(summary(result)).toEqual(['incomplete', 'not applied', '0 of 1']);
    expect(result.rest.rules).toHaveLength(1);
    expect(result.digest).toBe(digest);
  });

  test('what a guard stops leaves them so too, although nothing was begun', () => {
    const limit = 'organization: { limits: { downgrades: 0 } }';
    const lower = `grants: [{ user: a@x.io, seat: Full, until: 2026-11-30 }]\n${limit}`;
    const line: readonly Commit[] = [{ yaml: user(', seat: Full', limit) }, { yaml: user(', seat: View', lower) }];
    const known = merging(line, withSeat('Full'));
    const planned = merging(line, withSeat('Full'), { approve: { digest: known.digest, allowances: new Map() } });
    const result = concluded(planned, undefined, unbegun(planned, 'the guard downgrades'));
    expect(summary(result).slice(0, 2)).toEqual(['blocked', 'not applied']);
    expect(result.rest.later).toHaveLength(1);
    expect(result.digest).toBe(known.digest);
  });

  test('drift among it is approved, not corrected', () => {
    const drifted = merging([view], withSeat('Full'));
    const whole = merging([view], withSeat('Full'), { approve: { digest: drifted.digest, allowances: new Map() } });
    const result = concluded(whole, live);
    expect(summary(result)).toEqual(['well', 'applied', '1 of 1']);
    expect(result.corrected).toEqual({ total: 0, done: 0 });
  });
});

test('what is due and written counts as progress', () => {
  const grant = user(', seat: View', 'grants: [{ user: a@x.io, seat: Full, from: 2026-12-01, until: 2026-12-31 }]');
  const planned = merging([{ yaml: grant }], live, { asOf: '2026-12-01' as Day });
  expect(summary(concluded(planned, withSeat('Full'), {}, '2026-12-01' as Day))).toEqual(['well', 'applied', '1 of 1']);
});
