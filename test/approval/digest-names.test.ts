import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorsOf, digestsIn, namedBy, type DigestClaim, type DigestName } from '../../src/approval/digest-names.ts';
import { datedField, fieldOf } from '../../src/approval/fields.ts';
import type { Step } from '../../src/approval/line.ts';
import type { Rest } from '../../src/approval/rest.ts';
import { changedRules } from '../../src/approval/rules.ts';
import type { Day } from '../../src/model/day.ts';
import type { ScheduledChange } from '../../src/model/scheduled-change.ts';
import { planned } from '../plan/declared.ts';
import { ruled } from './policies.ts';
import { fieldsOf, minute, pull, signedPlan, step } from './pulls.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('the digests in a comment', () => {
  test.each<[string, string, readonly (readonly string[])[]]>([
    ['one', `approve ${digest}`, [[]]],
    ['with a guard', `approve ${digest} deactivations=45`, [['deactivations=45']]],
    ['with several', `approve ${digest}  a=1\tb=2`, [['a=1', 'b=2']]],
    ['with that of a day to come', `approve ${digest} downgrades=8@2026-12-01`, [['downgrades=8@2026-12-01']]],
    ['as code', `\`approve ${digest}\``, [[]]],
    ['as a fence', `\`\`\`approve ${digest} a=1\`\`\``, [['a=1']]],
    ['between other lines', `Looks right.\r\napprove ${digest}\r\nThanks`, [[]]],
    ['two', `approve ${digest}\napprove ${digest} a=1`, [[], ['a=1']]],
    ['in another case', `Approve ${digest}`, [[]]],
    ['no digest', 'approve', []],
    ['a digest that is cut', `approve ${digest.slice(0, -1)}`, []],
    ['one that is longer', `approve ${digest}0`, []],
    ['a question', `approve ${digest}?`, []],
    ['a sentence', `I do not approve ${digest}`, []],
    ['what follows', `approve ${digest} no, wait`, []],
    ['a quotation of somebody else', `> approve ${digest}`, []],
    ['an item of a list', `- approve ${digest}`, []],
    ['a guard without a number', `approve ${digest} deactivations=`, []],
    ['a guard with a negative number', `approve ${digest} deactivations=-1`, []],
    ['a guard of too many digits', `approve ${digest} deactivations=1234567890`, []],
    ['a digest on the next line', `approve\n${digest}`, []],
    ['guards on the next line are none', `approve ${digest}\ndeactivations=45`, [[]]],
  ])('%s', (_, body, allowances) => {
    expect(digestsIn(body)).toEqual(allowances.map((given) => ({ digest, allowances: given })));
  });

  test('a long line is read in no time', () => {
    const hostile = `approve ${digest}${' a=1'.repeat(20_000)}!`;
    expect(digestsIn(hostile)).toEqual([]);
    expect(digestsIn(`${' \t'.repeat(50_000)}approve`)).toEqual([]);
  });

  test('any text gives digests of the right form alone', () => {
    const parts = fc.constantFrom('approve', ' ', '\n', digest, '`', 'a=1', '@2026-12-01', '>', 'x', '\t', '\u2028', '\u00a0');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        for (const { digest: found, allowances } of digestsIn(all.join(''))) {
          expect(found).toBe(digest);
          for (const text of allowances) expect(text).toMatch(/^[A-Za-z]+=\d{1,9}(@\d{4}-\d\d-\d\d)?$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('whose naming counts', () => {
  const name = (author: string, more: Partial<DigestName> = {}): DigestName => ({
    author,
    at: minute(10),
    counts: true,
    digest,
    allowances: [],
    ...more,
  });
  const claim: DigestClaim = { digest, allowances: [], printedSince: minute(5), excluded: [] };
  const { printedSince: _, ...unprinted } = claim;

  test.each<[string, readonly DigestName[], DigestClaim, readonly string[]]>([
    ['nobody’s', [], claim, []],
    ['one', [name('bob')], claim, ['bob']],
    ['two', [name('bob'), name('eve')], claim, ['bob', 'eve']],
    ['one person’s, once', [name('bob'), name('Bob')], claim, ['Bob']],
    ['not in a comment that was edited or by somebody without access', [name('bob', { counts: false })], claim, []],
    ['not of another digest', [name('bob', { digest: `sha256:${'0b'.repeat(32)}` })], claim, []],
    ['not in the second in which printing began', [name('bob', { at: minute(5) })], claim, []],
    ['not before it', [name('bob', { at: minute(4) })], claim, []],
    ['not before somebody lost access who would get it back', [name('bob')], { ...claim, goneSince: minute(11) }, []],
    ['in the second of that', [name('bob')], { ...claim, goneSince: minute(10) }, ['bob']],
    ['not while no run has printed it', [name('bob')], unprinted, []],
    ['not that of who starts the run or made it, in any case', [name('bob'), name('eve')], { ...claim, excluded: ['BOB'] }, ['eve']],
    ['not with guards that are not asked for', [name('bob', { allowances: ['a=1'] })], claim, []],
    ['not without guards that are', [name('bob')], { ...claim, allowances: ['a=1'] }, []],
    ['not with another number', [name('bob', { allowances: ['a=2'] })], { ...claim, allowances: ['a=1'] }, []],
    [
      'with the same guards in another order',
      [name('bob', { allowances: ['b=2', 'a=1'] })],
      { ...claim, allowances: ['a=1', 'b=2'] },
      ['bob'],
    ],
    ['one that counts beside one that does not', [name('bob', { at: minute(1) }), name('bob')], claim, ['bob']],
    ['one that counts, and a later one with guards', [name('bob'), name('bob', { allowances: ['a=1'] })], claim, ['bob']],
  ])('%s', (_, names, asked, expected) => {
    expect(namedBy(names, asked)).toEqual(expected);
  });
});

describe('the authors of what remains', () => {
  const plan = planned('users: [{ userName: a@x.io, seat: Full }]', { users: { 'a@x.io': { seat: 'View' } } });
  const nothing = planned('users: [{ userName: a@x.io, seat: View }]', { users: { 'a@x.io': { seat: 'View' } } });
  const rules = changedRules(ruled('{ minAdmins: 1 }'), ruled('{ minAdmins: 3 }'));
  const later: ScheduledChange = {
    day: '2026-12-01' as Day,
    userName: 'a@x.io',
    what: { seat: { after: 'Dev' } },
    cause: { via: 'grant' },
  };
  const by = (login: string, more: Partial<Omit<Step, 'commit'>> = {}) => {
    const made = step(`by ${login}`, [], more);
    return { ...made, commit: { ...made.commit, people: [login] } };
  };
  const rest = (more: Partial<Rest>): Rest => ({ plan: nothing, rules: [], later: [], ...more });
  const seatField = fieldOf('user', 'a@x.io', 'seat');
  const line = [
    by('zoe'),
    by('ada', { fields: fieldsOf(seatField) }),
    by('ben', { rules }),
    by('cat', { days: fieldsOf(datedField(later)) }),
    by('dan', { fields: fieldsOf(fieldOf('user', 'b@x.io', 'seat')) }),
  ];

  test.each<[string, Rest, boolean, readonly string[]]>([
    ['nothing remains', rest({}), false, []],
    ['a change', rest({ plan }), false, ['ada']],
    ['a rule', rest({ rules }), false, ['ben']],
    ['a day to come', rest({ later: [later] }), false, ['cat']],
    ['everything', { plan, rules, later: [later] }, false, ['ada', 'ben', 'cat']],
    ['on a first apply the oldest commit counts as all of it', rest({ plan }), true, ['zoe', 'ada']],
  ])('%s', (_, remaining, isFirstApply, expected) => {
    expect(authorsOf(remaining, line, isFirstApply)).toEqual(expected);
  });

  test('a commit with an invalid configuration is made with the next valid one', () => {
    const { commit, ...made } = by('eve');
    const { declaration: _, ...invalid } = commit;
    const fixed = by('ada', { fields: fieldsOf(seatField) });
    expect(authorsOf(rest({ plan }), [by('zoe'), { ...made, commit: invalid }, fixed], false)).toEqual(['eve', 'ada']);
  });

  test('the author of a commit that ends an `ignore`, or removes the undeclared, is the author of what comes of it', () => {
    const opened = changedRules(ruled('{ minAdmins: 1 }'), ruled('{ minAdmins: 1, ignore: { users: [b@x.io] } }'));
    expect(authorsOf(rest({ plan }), [by('zoe'), by('dan', { rules: opened })], false)).toEqual(['dan']);
    const strict = changedRules(ruled('{ minAdmins: 1, unmanaged: { users: deactivate } }'), ruled('{ minAdmins: 1 }'));
    const removal = planned('organization: { unmanaged: { users: deactivate } }\nusers: [{ userName: a@x.io }]', {
      users: { 'a@x.io': {}, 'b@x.io': {} },
    });
    expect(authorsOf(rest({ plan: removal }), [by('zoe'), by('dan', { rules: strict })], false)).toEqual(['dan']);
  });

  test('of a pull request its author and everybody whose commits are in it', () => {
    const merged = pull(signedPlan(), { author: 'ada', commits: [{ oid: 'c', people: ['carl', 'cora'] }] });
    const made = step('s1', [merged], { fields: fieldsOf(seatField) });
    expect(authorsOf(rest({ plan }), [step('s0'), made], false)).toEqual(['ada', 'carl', 'cora']);
  });
});
