// oxlint-disable oxc/no-map-spread -- short lists, built once
/** Random histories. Most steps come in the order in which they do something; any step may be missing or out of order. */
import * as fc from 'fast-check';
import { type Edit, type Person, type Rules, type Step, USERS, type Value } from './world.ts';

const value = fc.constantFrom<Value>('View', 'Dev', 'Full', 'off');
const user = fc.constantFrom(...USERS);
const writer = fc.constantFrom<Person>('ann', 'ben', 'cat');
const reviewer = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Person>('ben', 'cat', 'dan') },
  { weight: 2, arbitrary: fc.constantFrom<Person>('tri', 'bot', 'ann') },
);
const pr = fc.constantFrom(1, 2, 3);

const rules: fc.Arbitrary<Partial<Rules>> = fc.oneof(
  fc.constantFrom<0 | 1 | 2>(0, 1, 2).map((approvals) => ({ approvals })),
  fc.constantFrom(1, 3).map((downgrades) => ({ downgrades })),
  fc.constantFrom([], ['ada' as const]).map((names) => ({ protected: names })),
);
const grant = fc
  .tuple(fc.constantFrom('Dev' as const, 'Full' as const), fc.constantFrom(1, 3, 4), fc.constantFrom(1, 3))
  .map(([seat, from, days]) => ({ seat, from, until: from + days }));
const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(user, fc.oneof({ weight: 7, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) })).map(
      // eve always stays: a configuration that declares no user is an error.
      ([name, to]): Edit => ({ users: { [name]: name === 'eve' && to === null ? 'View' : to } }),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(user, fc.option(grant)).map(([name, to]): Edit => ({ grants: { [name]: to } })) },
  { weight: 2, arbitrary: rules.map((to): Edit => ({ rules: to })) },
  { weight: 1, arbitrary: fc.tuple(user, value, rules).map(([name, to, r]): Edit => ({ users: { [name]: to }, rules: r })) },
);
const how = fc.constantFrom('merge', 'merge', 'squash', 'rebase');

const apply: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'apply', on: 'push' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'apply', on: 'schedule' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'apply', on: 'schedule', correct: true }) },
);

/** One step of any kind. */
const single: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('commit'), pr, by: writer, set: edit }),
  fc.record({ do: fc.constant('update'), pr, by: writer }),
  fc.record({ do: fc.constant('update'), pr, by: writer, set: edit }),
  fc.record({ do: fc.constant('plan'), pr }),
  fc.record({ do: fc.constant('plan'), pr, race: fc.constant(true as const) }),
  fc.record({ do: fc.constant('review'), pr, by: reviewer, state: fc.constantFrom('approve', 'approve', 'changes') }),
  fc.record({ do: fc.constant('dismiss'), pr, of: reviewer }),
  fc.record({ do: fc.constant('merge'), pr, how }),
  fc.record({ do: fc.constant('merge'), pr, how, lag: fc.constant(2) }),
  fc.record({ do: fc.constant('close'), pr }),
  fc.record({ do: fc.constant('push'), by: writer, set: edit }),
  fc.record({ do: fc.constant('push'), by: writer, set: edit }),
  fc.record({ do: fc.constant('land'), pr, by: writer, how: fc.constantFrom('ff', 'merge') }),
  fc.record({ do: fc.constant('land'), pr, by: writer, how: fc.constantFrom('ff', 'merge'), set: edit }),
  fc.record({ do: fc.constant('force'), back: fc.constantFrom(1, 2) }),
  fc.record({ do: fc.constant('erase'), pr }),
  fc.record({ do: fc.constant('tamper'), pr, by: fc.constantFrom('ann', 'app') }),
  fc.record({ do: fc.constant('restore'), pr, by: fc.constant('ann') }),
  fc.record({ do: fc.constant('counterfeit'), pr }),
  fc.record({ do: fc.constant('touch'), pr, by: fc.constantFrom('ann', 'app') }),
  fc.record({ do: fc.constant('copy'), from: pr, to: pr, by: fc.constantFrom('ann', 'app'), which: fc.constantFrom('first', 'last') }),
  fc.record({ do: fc.constant('forge'), back: fc.constantFrom(0, 1) }),
  fc.record({ do: fc.constant('forge'), back: fc.constantFrom(0, 1), unknown: fc.constant(true as const) }),
  fc.record({ do: fc.constant('repost'), on: fc.constantFrom('same', 'tip') }),
  fc.record({ do: fc.constant('rotate'), keep: fc.boolean() }),
  fc.record({ do: fc.constant('hand'), user, value }),
  fc.record({ do: fc.constant('hand'), user, value }),
  fc.record({ do: fc.constant('refuse'), user, on: fc.boolean() }),
  fc.record({ do: fc.constant('access'), who: fc.constantFrom('ben', 'tri'), write: fc.boolean() }),
  fc.record({ do: fc.constant('wait'), days: fc.constantFrom(1, 2, 4) }),
  fc.record({ do: fc.constant('wait'), days: fc.constantFrom(1, 2, 4) }),
  apply,
  apply,
  apply,
);

/** A pull request from proposal to apply, from which any step may be missing. */
const flow: fc.Arbitrary<Step[]> = fc
  .record({
    pr,
    by: writer,
    set: edit,
    on: fc.option(pr, { freq: 4, nil: undefined }),
    same: fc.boolean(),
    reviews: fc.array(fc.tuple(reviewer, fc.constantFrom('approve' as const, 'approve' as const, 'changes' as const)), {
      minLength: 1,
      maxLength: 2,
    }),
    how,
    missing: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
    apply,
  })
  .map((f) => {
    const steps: Step[] = [
      { do: 'propose', pr: f.pr, by: f.by, set: f.same && f.on !== undefined ? null : f.set, ...(f.on === undefined ? {} : { on: f.on }) },
      { do: 'plan', pr: f.pr },
      ...f.reviews.map(([by, state]): Step => ({ do: 'review', pr: f.pr, by, state })),
      { do: 'merge', pr: f.pr, how: f.how as 'merge' },
      f.apply,
    ];
    return steps.filter((_, i) => !f.missing.includes(i));
  });

/** Between a review and the merge something happens that a reviewer did not see, or saw and nothing more. */
const meddled: fc.Arbitrary<Step[]> = fc
  .record({ set: edit, other: edit, by: reviewer, number: pr, how, before: fc.boolean(), apply })
  .chain((f) =>
    fc
      .array(
        fc.oneof(
          fc.constant<Step>({ do: 'plan', pr: f.number }),
          fc.constant<Step>({ do: 'commit', pr: f.number, by: 'ann', set: f.other }),
          fc.constant<Step>({ do: 'commit', pr: f.number, by: 'ben', set: f.other }),
          fc.constant<Step>({ do: 'update', pr: f.number, by: 'ben' }),
          fc.constant<Step>({ do: 'push', by: 'cat', set: f.other }),
          fc.constant<Step>({ do: 'erase', pr: f.number }),
          fc.constant<Step>({ do: 'counterfeit', pr: f.number }),
          fc.constant<Step>({ do: 'copy', from: f.number, to: f.number, by: 'app', which: 'first' }),
          fc.constant<Step>({ do: 'tamper', pr: f.number, by: 'ann' }),
          fc.constant<Step>({ do: 'review', pr: f.number, by: f.by, state: 'approve' }),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((middle): Step[] => [
        { do: 'propose', pr: f.number, by: 'ann', set: f.set },
        { do: 'plan', pr: f.number },
        ...(f.before ? [{ do: 'review', pr: f.number, by: f.by, state: 'approve' } as const] : []),
        ...middle,
        { do: 'merge', pr: f.number, how: f.how as 'merge' },
        f.apply,
      ]),
  );

/** A change to main that is taken back, or asked for again. */
const backAndForth: fc.Arbitrary<Step[]> = fc
  .record({ name: user, one: value, two: value, between: fc.array(apply, { maxLength: 1 }), apply })
  .map(({ name, one, two, between, apply: last }): Step[] => [
    { do: 'push', by: 'cat', set: { users: { [name]: one } } },
    ...between,
    { do: 'push', by: 'cat', set: { users: { [name]: two } } },
    last,
  ]);

/** What a digest needs: somebody names it, another starts the run. */
const digest: fc.Arbitrary<Step[]> = fc
  .tuple(fc.subarray<Person>(['ben', 'cat', 'dan'], { minLength: 1, maxLength: 2 }), fc.constantFrom<Person>('ann', 'ben', 'dan'))
  .map(([names, by]): Step[] => [...names.map((n): Step => ({ do: 'name', by: n })), { do: 'apply', on: 'dispatch', approve: true, by }]);

const start: fc.Arbitrary<Step> = fc
  .record({
    ada: value,
    live: value,
    grant: fc.option(grant, { freq: 3, nil: undefined }),
    approvals: fc.constantFrom<0 | 1 | 2>(0, 1, 1, 1, 2),
    downgrades: fc.constantFrom(1, 3),
    drifted: fc.boolean(),
  })
  .map((s) => ({
    do: 'start',
    config: {
      users: { ada: s.ada, bob: 'Dev', eve: 'View' },
      grants: s.grant === undefined ? {} : { bob: s.grant },
      rules: { protected: [], downgrades: s.downgrades, approvals: s.approvals },
    },
    live: { ada: s.drifted ? s.live : s.ada, bob: 'Dev', eve: 'View' },
  }));

/** Histories of 6 to 14 steps after the start; always with an apply at the end. */
export function arbitraryHistory(): fc.Arbitrary<readonly Step[]> {
  const chunk = fc.oneof(
    { weight: 4, arbitrary: flow },
    { weight: 3, arbitrary: meddled },
    { weight: 1, arbitrary: backAndForth },
    { weight: 6, arbitrary: single.map((s) => [s]) },
    { weight: 1, arbitrary: digest },
  );
  return fc
    .tuple(start, fc.boolean(), fc.array(chunk, { minLength: 3, maxLength: 8 }), apply)
    .map(([first, applied, chunks, last]) => [
      first,
      ...(applied ? [{ do: 'apply', on: 'push' } as const] : []),
      ...chunks.flat().slice(0, 13),
      last,
    ]);
}

/** Histories in which everybody keeps to the workflow: each must end applied. */
export function honestHistory(): fc.Arbitrary<readonly Step[]> {
  const merged = fc
    .record({
      set: edit,
      how,
      update: fc.boolean(),
      late: fc.boolean(),
      waits: fc.constantFrom(0, 1, 3),
      applied: fc.boolean(),
      hand: fc.option(fc.tuple(user, value)),
    })
    .map((f) => f);
  return fc.tuple(fc.boolean(), fc.array(merged, { minLength: 1, maxLength: 3 })).map(([together, all]) => {
    const steps: Step[] = [
      {
        do: 'start',
        config: { users: { ada: 'Full', bob: 'Dev', eve: 'View' }, grants: {}, rules: { protected: [], downgrades: 3, approvals: 1 } },
        live: { ada: 'Full', bob: 'Dev', eve: 'View' },
      },
      { do: 'apply', on: 'push' },
    ];
    for (const [i, f] of all.entries()) {
      const number = i + 1;
      // Nobody lowers a limit or protects somebody in a history that lowers seats: that is a block, not dishonesty.
      const { approvals } = f.set.rules ?? {};
      const set: Edit = { ...f.set, ...(f.set.rules === undefined ? {} : { rules: approvals === undefined ? {} : { approvals } }) };
      const review = (by: Person): Step => ({ do: 'review', pr: number, by, state: 'approve' });
      steps.push({ do: 'propose', pr: number, by: 'ann', set });
      steps.push({ do: 'plan', pr: number });
      if (!f.late) steps.push(review('ben'), review('dan'));
      if (f.update) steps.push({ do: 'update', pr: number, by: 'ben' }, { do: 'plan', pr: number });
      steps.push({ do: 'merge', pr: number, how: f.how as 'merge' });
      if (f.late) steps.push({ do: 'apply', on: 'push' }, review('ben'), review('dan'));
      if (!together || f.applied) steps.push({ do: 'apply', on: 'push' });
      if (f.waits > 0) steps.push({ do: 'wait', days: f.waits }, { do: 'apply', on: 'schedule' });
    }
    steps.push({ do: 'apply', on: 'schedule' });
    return steps;
  });
}
