import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rulesInForce } from '../../src/approval/in-force.ts';
import { looserRules } from '../../src/approval/looser.ts';
import { changedRules } from '../../src/approval/rules.ts';
import { strictestOf } from '../../src/approval/stricter.ts';
import { policyOf } from '../../src/desired/policy.ts';
import { ruleChangeId } from '../../src/model/change-id.ts';
import { organizations } from './organizations.ts';
import { bounds, ruled, sourceOf } from './policies.ts';

/** The rules by which the last of several organizations is looser than the strictest of all. */
function looser(...texts: readonly string[]) {
  const sources = texts.map(ruled);
  const policies = sources.map(({ organization }) => policyOf(organization));
  const [source, policy] = [sources.at(-1), policies.at(-1)];
  if (!source || !policy) throw new Error('no organization');
  return looserRules({ source, policy }, strictestOf(policies));
}

const design = (seats: string, where = '{ department: D }') => `{ budgets: [{ name: Design, where: ${where}, seats: ${seats} }] }`;

test.each<[string, string[], string[]]>([
  ['fewer admins', ['{ minAdmins: 3 }', '{ minAdmins: 1 }'], ['minAdmins: 3 → 1']],
  ['the default number of admins', ['{ minAdmins: 3 }', '{ tenantId: "1" }'], ['minAdmins: 3 → ∅']],
  ['more admins', ['{ minAdmins: 3 }', '{ minAdmins: 4 }'], []],
  ['what was loosened and is as strict as ever', ['{ minAdmins: 3 }', '{ minAdmins: 1 }', '{ minAdmins: 3 }'], []],
  ['a higher limit', ['{ limits: { creations: 3 } }', '{ limits: { creations: 4 } }'], ['limits.creations: 3 → 4']],
  [
    'a number in the place of the default',
    ['{ minAdmins: 2 }', '{ limits: { creations: 4 } }'],
    ['limits.creations: the lower of 10% and 4 → 4'],
  ],
  [
    'a percentage in the place of a number',
    ['{ limits: { creations: 3 } }', '{ limits: { creations: 5% } }'],
    ['limits.creations: the lower of 5% and 3 → 5%'],
  ],
  ['a lower limit', ['{ limits: { downgrades: 30% } }', '{ limits: { downgrades: 3% } }'], []],
  ['who is protected no more', ['{ protected: [P@x.io, q@x.io] }', '{ protected: [q@x.io] }'], ['protected: p@x.io → ∅']],
  ['who is protected now', ['{ minAdmins: 2 }', '{ protected: [q@x.io] }'], []],
  ['who is ignored no more', ['{ ignore: { users: ["a-*"] } }', '{ ignore: { users: ["b-*"] } }'], ['ignore.users: a-* → ∅']],
  [
    'a larger pool',
    ['{ seats: { Full: { purchased: 3, monthlyPrice: 9 } } }', '{ seats: { Full: { purchased: 4 } } }'],
    ['seats.Full.purchased: 3 → 4'],
  ],
  ['a smaller pool', ['{ seats: { Full: { purchased: 3 } } }', '{ seats: { Full: { purchased: 3, outside: 1 } } }'], []],
  [
    'no pool any more',
    ['{ seats: { Full: { purchased: 3, monthlyPrice: 9 } } }', '{ minAdmins: 2 }'],
    ['seats.Full.purchased: 3 → ∅', 'seats.Full.outside: 0 → ∅'],
  ],
  ['a larger budget', [design('{ Full: 3 }'), design('{ Full: 9, Dev: 1 }')], ['budgets.Design.seats.Full: 3 → 9']],
  [
    'no budget any more',
    [design('{ Full: 3 }'), '{ minAdmins: 2 }'],
    ['budgets.Design.where.department: D → ∅', 'budgets.Design.seats.Full: 3 → ∅'],
  ],
  ['fewer approvals', ['{ separation: { approvals: 2 } }', '{ separation: { approvals: 0 } }'], ['separation.approvals: 2 → 0']],
  [
    'approval by more people',
    ['{ minAdmins: 2 }', '{ separation: { notBy: [committer, author] } }'],
    ['separation.notBy: author, beneficiary, committer, requester → author, committer'],
  ],
  ['approval by fewer people', ['{ separation: { notBy: [author] } }', '{ minAdmins: 2 }'], []],
  [
    'a lower budget for others',
    [design('{ Full: 9 }'), design('{ Full: 3 }', '{ department: D, title: T }')],
    ['budgets.Design.where.title: ∅ → T'],
  ],
])('%s', (_, texts, expected) => {
  expect(looser(...texts).map(({ rule, before = '∅', after = '∅' }) => `${rule}: ${before} → ${after}`)).toEqual(expected);
});

test('each has the id of the change by which it was loosened', () => {
  const [before, after] = ['{ minAdmins: 3, protected: [p@x.io], limits: { downgrades: 1 } }', '{ limits: { downgrades: 2 } }'];
  const ids = (changes: Parameters<typeof ruleChangeId>[0][]) => new Set(changes.map(ruleChangeId));
  expect(ids([...looser(before, after)])).toEqual(ids([...changedRules(ruled(after), ruled(before))]));
});

test('nothing is looser than the strictest if, and only if, the tip is in force without approval', () => {
  fc.assert(
    fc.property(organizations, organizations, organizations, (one, two, tip) => {
      const policy = policyOf(tip);
      const strictest = strictestOf([policyOf(one), policyOf(two), policy]);
      const found = looserRules({ policy, source: sourceOf(tip) }, strictest);
      const { policy: inForce, heldBy } = rulesInForce(strictest, policy, () => false);
      const isTip = JSON.stringify(bounds(inForce)) === JSON.stringify(bounds(policy)) && heldBy.users.length + heldBy.groups.length === 0;
      expect(found.length === 0).toBe(isTip);
    }),
    { numRuns: 300 },
  );
});

test('with all of them approved the tip is in force', () => {
  fc.assert(
    fc.property(organizations, organizations, (one, tip) => {
      const policy = policyOf(tip);
      const strictest = strictestOf([policyOf(one), policy]);
      const open = new Set(looserRules({ policy, source: sourceOf(tip) }, strictest).map(({ leaf: { attribute } }) => attribute));
      const { policy: inForce, heldBy } = rulesInForce(strictest, policy, (attribute) => open.has(attribute));
      expect(bounds(inForce)).toEqual(bounds(policy));
      expect(heldBy).toEqual({ users: [], groups: [] });
    }),
    { numRuns: 300 },
  );
});
