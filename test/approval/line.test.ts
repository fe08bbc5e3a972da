import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datedField, fieldOf, fieldsOf as fieldsOfChange, fieldOfScheduled, type Field } from '../../src/approval/fields.ts';
import { holds, judgePulls, type JudgedPull, type Step } from '../../src/approval/line.ts';
import { changedRules } from '../../src/approval/rules.ts';
import { scheduledIds } from '../../src/approval/scheduled.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { renameId, ruleChangeId } from '../../src/model/change-id.ts';
import type { Day } from '../../src/model/day.ts';
import type { Separation } from '../../src/model/policy.ts';
import type { ChangedRule } from '../../src/model/rule.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';
import { ruled } from './policies.ts';
import { commitOf, fieldsOf, hashOf, id, minute, opinion, pull, seat, signedPlan, standing, step } from './pulls.ts';

const one: Separation = { approvals: 1, notBy: ['author', 'committer', 'beneficiary'] };

function verdictOf({ verdict }: JudgedPull): string {
  return verdict.kind === 'approved' ? `by ${verdict.by.join(' ') || 'nobody'}` : `${verdict.because} (${verdict.needed})`;
}

function verdicts(steps: readonly Step[], start = one): readonly string[] {
  return judgePulls(steps, start, hashOf).pulls.map(verdictOf);
}

describe('whether a pull request approves', () => {
  test.each<[string, Parameters<typeof pull>[1], string]>([
    ['reviewed by somebody else', {}, 'by bob'],
    ['reviewed by its author', { opinions: [opinion('ada')] }, 'not-separate (1)'],
    ['reviewed by nobody', { opinions: [] }, 'not-separate (1)'],
    ['not signed', { signed: { kind: 'refused', because: 'forged' } }, 'forged (1)'],
    ['reviewed in the second since when all was shown', { opinions: [opinion('bob', 1)] }, 'not-separate (1)'],
    ['reviewed by a committer', { commits: [{ oid: 'c', people: ['bob'] }] }, 'not-separate (1)'],
  ])('%s', (_, more, expected) => {
    expect(verdicts([step('s0'), step('s1', [pull(signedPlan(), more)])])).toEqual([expected]);
  });

  test('a merge of the default branch makes nobody a committer where the signed plan says so', () => {
    const commits = [{ oid: 'm1', people: ['bob'] }];
    expect(verdicts([step('s0', [pull(signedPlan({}, { updates: ['m1'] }), { commits })])])).toEqual(['by bob']);
  });

  test('one of which not all commits are known, only where nobody has to be told apart from those who committed', () => {
    const cut = [step('s0', [pull(signedPlan(), { isCut: true })])];
    expect(verdicts(cut)).toEqual(['not-separate (1)']);
    expect(verdicts(cut, { approvals: 1, notBy: ['author'] })).toEqual(['not-separate (1)']);
    const loose: Separation = { approvals: 1, notBy: ['author'] };
    expect(verdicts([step('s0', [pull(signedPlan(), { isCut: true })], { separation: { before: loose, after: loose } })], loose)).toEqual([
      'by bob',
    ]);
    const none: Separation = { approvals: 0, notBy: ['committer'] };
    expect(verdicts([step('s0', [pull(signedPlan(), { isCut: true })], { separation: { before: none, after: none } })], none)).toEqual([
      'by bob',
    ]);
  });

  test('its place, its commit, and what it signed are kept', () => {
    const plan = signedPlan({ changes: [seat('a', 'Full')] });
    const { pulls } = judgePulls([step('s0'), step('s1', [pull(plan)])], one, hashOf);
    expect(pulls).toMatchObject([{ position: 1, commit: 's1', verdict: { kind: 'approved', plan } }]);
  });

  test('two pull requests that one commit merged are each judged by their own reviews', () => {
    const pulls = [pull(), pull(signedPlan(), { number: 2, opinions: [] })];
    expect(verdicts([step('s0', pulls)])).toEqual(['by bob', 'not-separate (1)']);
  });

  test('somebody whose access a commit changes does not approve it', () => {
    expect(verdicts([step('s0', [pull()], { beneficiaries: ['Bob'] })])).toEqual(['not-separate (1)']);
    expect(verdicts([step('s0', [], { beneficiaries: ['bob'] }), step('s1', [pull()]), step('s2', [pull()])])).toEqual([
      'not-separate (1)',
      'by bob',
    ]);
  });
});

/** Commits that ask for one separation after the other, each with the pull request that merged it. */
function chain(
  texts: readonly string[],
  pullsOf: (position: number, rules: readonly ChangedRule[]) => Step['commit']['pulls'],
): readonly Step[] {
  const sources = texts.map((text) => ruled(`{ separation: ${text} }`));
  return sources.map((source, position) => {
    const former = sources[Math.max(0, position - 1)] ?? source;
    const rules = changedRules(source, former);
    const separation = { before: policyOf(former.organization).separation, after: policyOf(source.organization).separation };
    return step(`s${position}`, pullsOf(position, rules), { rules, separation });
  });
}

const none = '{ approvals: 0, notBy: [] }';
const two = '{ approvals: 2, notBy: [author] }';
const single = '{ approvals: 1, notBy: [author, committer, beneficiary] }';
const signing = (rules: readonly ChangedRule[]) => signedPlan({ rules: rules.map(ruleChangeId) });

describe('the separation in force at each place', () => {
  const unreviewed = { opinions: [] };

  test('a pull request that loosens it is judged by what it was', () => {
    const steps = chain([single, none, none], (_, rules) => [pull(signing(rules), unreviewed)]);
    expect(verdicts(steps)).toEqual(['not-separate (1)', 'not-separate (1)', 'not-separate (1)']);
  });

  test('once that was approved the next one is judged by the looser one', () => {
    const steps = chain([single, none, none], (position, rules) => [pull(signing(rules), position === 2 ? unreviewed : {})]);
    expect(verdicts(steps)).toEqual(['by bob', 'by bob', 'by nobody']);
    expect(judgePulls(steps, one, hashOf).separation).toEqual({ approvals: 0, notBy: [] });
  });

  test('a pull request that does not sign the rule, or was signed with a key that is not known, approves none', () => {
    const unsigned = chain([single, none, none], (position) => [pull(signedPlan(), position === 2 ? unreviewed : {})]);
    expect(verdicts(unsigned).at(-1)).toBe('not-separate (1)');
    const foreign = chain([single, none, none], (position, rules) => [
      pull({ ...signing(rules), keyId: 'old' }, position === 2 ? unreviewed : {}),
    ]);
    expect(verdicts(foreign).at(-1)).toBe('not-separate (1)');
  });

  test('a push that loosens it changes nothing, and stays unapproved when others are merged on top', () => {
    const steps = chain([single, none, none, none], (position) => (position > 1 ? [pull(signedPlan(), unreviewed)] : []));
    expect(verdicts(steps)).toEqual(['not-separate (1)', 'not-separate (1)']);
  });

  test('one that tightens it by a push is in force for what is merged after it', () => {
    const steps = chain([single, two, two], (position) => (position === 2 ? [pull()] : []));
    expect(verdicts(steps)).toEqual(['not-separate (2)']);
  });

  test('one that tightens it is itself judged by what it was', () => {
    const steps = chain([single, two], (position, rules) => (position === 1 ? [pull(signing(rules))] : []));
    expect(verdicts(steps)).toEqual(['by bob']);
    expect(judgePulls(steps, one, hashOf).separation).toEqual({ approvals: 2, notBy: ['author'] });
  });

  test('one that is taken back again was never in force beyond its place', () => {
    const steps = chain([single, two, single, single], (position) => (position > 1 ? [pull()] : []));
    expect(verdicts(steps)).toEqual(['not-separate (2)', 'by bob']);
  });

  test('a first apply starts with the strictest', () => {
    expect(
      verdicts(
        chain([none], () => [pull(signedPlan(), unreviewed)]),
        { approvals: 2, notBy: [] },
      ),
    ).toEqual(['not-separate (2)']);
  });
});

describe('a rebase of several commits, of which GitHub names the last', () => {
  test('the rules of all of them are approved by it', () => {
    const steps = chain([single, none, none, none], (position) => {
      if (position === 2) return [pull(signing(changedRules(ruled(`{ separation: ${none} }`), ruled(`{ separation: ${single} }`))))];
      return position === 3 ? [pull(signedPlan(), { opinions: [] })] : [];
    });
    expect(verdicts(steps)).toEqual(['by bob', 'by nobody']);
  });
});

describe('which approvals still stand', () => {
  const full = seat('a@x.io', 'Full');
  const seatField = fieldOf('user', 'a@x.io', 'seat');
  const approves = (oid: string, ...fields: readonly Field[]) =>
    step(oid, [pull(signedPlan({ changes: [full] }))], { fields: fieldsOf(...fields) });
  const touches = (oid: string, ...fields: readonly Field[]) => step(oid, [], { fields: fieldsOf(...fields) });

  test.each<[string, readonly Step[], string]>([
    ['none', [step('s0')], 'nothing'],
    ['one that itself wants another value than its parent', [step('s0'), approves('s1', seatField)], 's1'],
    ['the newest of several', [approves('s0'), approves('s1')], 's1'],
    ['an earlier one that a push ended', [approves('s0', seatField), touches('s1', seatField)], 'nothing'],
    [
      'an earlier one that an unreviewed pull request ended',
      [approves('s0'), step('s1', [pull(signedPlan(), { opinions: [] })], { fields: fieldsOf(seatField) })],
      'nothing',
    ],
    ['one after the commit that ended others', [approves('s0'), touches('s1', seatField), approves('s2')], 's2'],
    [
      'asked for again by a push after it was taken back',
      [approves('s0', seatField), touches('s1', seatField), touches('s2', seatField)],
      'nothing',
    ],
    [
      'another field of the same object',
      [approves('s0'), touches('s1', fieldOf('user', 'a@x.io'), fieldOf('user', 'a@x.io', 'title'))],
      's0',
    ],
    ['the same field of another object', [approves('s0'), touches('s1', fieldOf('user', 'b@x.io', 'seat'))], 's0'],
  ])('%s', (_, steps, expected) => {
    expect(commitOf(standing(steps).approving(full))).toBe(expected);
  });

  test('a pull request that is refused approves nothing and ends others all the same', () => {
    const refused = step('s1', [pull(signedPlan({ changes: [full] }), { opinions: [] })]);
    expect(commitOf(standing([approves('s0'), refused]).approving(full))).toBe('s0');
  });

  test('a value that is wanted again because something was taken back is approved by that', () => {
    const back = step('s0', [pull(signedPlan({ takenBack: [full] }))]);
    expect(commitOf(standing([back]).approving(full))).toBe('s0');
  });

  test('neither a rule nor a change of a day to come approves a change of today', () => {
    const steps = [step('s0', [pull(signedPlan({ rules: [full], dated: [full] }))])];
    expect(standing(steps).approving(full)).toBeUndefined();
  });

  test('a rule for those without an entry ends what it asked for', () => {
    const gone = id('deactivate', 'a@x.io');
    const source = (users: string) => ruled(`{ unmanaged: { users: ${users} } }`);
    const approved = step('s0', [pull(signedPlan({ changes: [gone] }))]);
    const changed = step('s1', [], { rules: changedRules(source('report'), source('deactivate')) });
    expect(commitOf(standing([approved]).approving(gone))).toBe('s0');
    expect(standing([approved, changed]).approving(gone)).toBeUndefined();
    expect(commitOf(standing([approved, changed]).approving(full))).toBe('nothing');
  });

  test('the last touch of several fields, and none', () => {
    const { lastTouch } = standing([touches('s0', seatField), step('s1'), touches('s2', fieldOf('user', 'b'))]);
    expect(lastTouch([seatField])).toBe(0);
    expect(lastTouch([seatField, fieldOf('user', 'b')])).toBe(2);
    expect(lastTouch([fieldOf('user', 'c')])).toBe(-1);
    expect(lastTouch([])).toBe(-1);
  });

  test('a change of a day to come, by its day and until the field of that day is touched', () => {
    const change: ScheduledChange = {
      day: '2026-12-01' as Day,
      userName: 'a@x.io',
      what: { seat: { after: 'Full' } },
      cause: { via: 'grant' },
    };
    const [dated] = scheduledIds([change]);
    if (!dated) throw new Error('no id');
    const approved = step('s0', [pull(signedPlan({ dated: [dated] }))]);
    const fields = [datedField(change)];
    expect(commitOf(standing([approved]).approvingDated(dated, fields))).toBe('s0');
    const touchedDay = step('s1', [], { days: fieldsOf(datedField(change)) });
    expect(commitOf(standing([approved, touchedDay]).approvingDated(dated, fields))).toBe('nothing');
    const touchedToday = touches('s1', fieldOfScheduled(change));
    expect(commitOf(standing([approved, touchedToday]).approvingDated(dated, fields))).toBe('s0');
    expect(commitOf(standing([approved, touchedToday]).approvingDated(dated, [...fields, fieldOfScheduled(change)]))).toBe('nothing');
    expect(standing([step('s0', [pull(signedPlan({ changes: [dated] }))])]).approvingDated(dated, fields)).toBeUndefined();
  });

  test('a rule, until it is changed again', () => {
    const rulesOf = (after: number, before: number) => changedRules(ruled(`{ minAdmins: ${after} }`), ruled(`{ minAdmins: ${before} }`));
    const [rule] = rulesOf(1, 2);
    if (!rule) throw new Error('no rule');
    const approved = step('s0', [pull(signing([rule]))], { rules: [rule] });
    expect(commitOf(standing([approved]).approvingRule(rule))).toBe('s0');
    expect(commitOf(standing([approved, step('s1', [], { rules: rulesOf(2, 1) })]).approvingRule(rule))).toBe('nothing');
    const again = [approved, step('s1', [], { rules: rulesOf(2, 1) }), step('s2', [], { rules: rulesOf(1, 2) })];
    expect(commitOf(standing(again).approvingRule(rule))).toBe('nothing');
    const other = step('s1', [], { rules: changedRules(ruled('{ minAdmins: 2, tenantId: "1" }'), ruled('{ minAdmins: 2 }')) });
    expect(commitOf(standing([approved, other]).approvingRule(rule))).toBe('s0');
    expect(standing([step('s0', [pull(signedPlan({ changes: [ruleChangeId(rule)] }))])]).approvingRule(rule)).toBeUndefined();
  });

  test('that an object is live under another name, as a rename or as a link', () => {
    const rename = renameId('user', 'old@x.io', 'new@x.io');
    for (const kind of ['changes', 'rules'] as const) {
      const approved = step('s0', [pull(signedPlan({ [kind]: [rename] }))]);
      expect(commitOf(standing([approved]).approvingLink(rename))).toBe('s0');
      const [, name = fieldOf('user', '')] = fieldsOfChange(rename);
      expect(commitOf(standing([approved, touches('s1', name)]).approvingLink(rename))).toBe('nothing');
    }
    expect(standing([step('s0', [pull(signedPlan({ takenBack: [rename] }))])]).approvingLink(rename)).toBeUndefined();
  });
});

test('a plan holds what was hashed with its key, by kind', () => {
  const full = seat('a@x.io', 'Full');
  const plan = signedPlan({ changes: [full] });
  expect(holds(plan, 'changes', full, hashOf)).toBe(true);
  expect(holds(plan, 'dated', full, hashOf)).toBe(false);
  expect(holds(plan, 'changes', seat('a@x.io', 'Dev'), hashOf)).toBe(false);
  expect(holds({ ...plan, keyId: 'old' }, 'changes', full, hashOf)).toBe(false);
});

test('what is approved is what the last commit that touches it, or one after it, approves', () => {
  const full = seat('a@x.io', 'Full');
  const kinds = fc.array(fc.constantFrom<'touch' | 'approve' | 'both' | 'nothing'>('touch', 'approve', 'both', 'nothing'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(kinds, (all) => {
      const steps = all.map((kind, position) =>
        step(`s${position}`, kind === 'approve' || kind === 'both' ? [pull(signedPlan({ changes: [full] }))] : [], {
          fields: kind === 'touch' || kind === 'both' ? fieldsOf(fieldOf('user', 'a@x.io', 'seat')) : fieldsOf(),
        }),
      );
      const touch = Math.max(all.lastIndexOf('touch'), all.lastIndexOf('both'));
      const approval = Math.max(all.lastIndexOf('approve'), all.lastIndexOf('both'));
      expect(commitOf(standing(steps).approving(full))).toBe(approval >= 0 && approval >= touch ? `s${approval}` : 'nothing');
    }),
  );
});

test('nothing but the order of the line decides: times are those of the merges', () => {
  const full = seat('a@x.io', 'Full');
  const late = pull(signedPlan({ changes: [full] }, { plannedAt: minute(50), since: minute(51) }), {
    mergedAt: minute(55),
    opinions: [opinion('bob', 53)],
  });
  const touch = step('s1', [], { fields: fieldsOf(fieldOf('user', 'a@x.io', 'seat')) });
  expect(standing([step('s0', [late]), touch]).approving(full)).toBeUndefined();
});
