import { expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { changedRules } from '../../src/approval/rules.ts';

function organization(yaml: string) {
  const loaded = load([{ path: 'a.yaml', text: `version: 1\nusers: [{ userName: a@x.io }]\n${yaml}` }]);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join('; '));
  return loaded.value.organization;
}

const base = `organization:
  unmanaged: { users: report }
  ignore: { users: ["x-*"] }
  protected: [p@x.io]
  limits: { creations: 10% }
  seats: { Full: { purchased: 1 }, currency: USD }
  budgets: [{ name: D, where: { department: D }, seats: { Full: 1 } }]
`;

/** `limits.creations: 10% → 100%` */
function lines(merged: string, former: string): readonly string[] {
  return changedRules(organization(merged), organization(former)).map(
    ({ rule, before, after }) => `${rule}: ${before ?? '∅'} → ${after ?? '∅'}`,
  );
}

test.each<[string, [string, string], string[]]>([
  ['an action for the undeclared', ['report', 'deactivate'], ['unmanaged.users: report → deactivate']],
  ['who is ignored', ['x-', 'y-'], ['ignore.users: x-* → ∅', 'ignore.users: ∅ → y-*']],
  ['who is protected', ['[p@x.io]', '[p@x.io, q@x.io]'], ['protected: ∅ → q@x.io']],
  ['a limit', ['10%', '7'], ['limits.creations: 10% → 7']],
  [
    'a pool and its currency',
    ['purchased: 1 }, currency: USD', 'purchased: 2 }, currency: EUR'],
    ['seats.Full.purchased: 1 → 2', 'seats.currency: USD → EUR'],
  ],
  [
    'whom a budget is about, and how much',
    ['department: D }, seats: { Full: 1', 'department: E }, seats: { Full: 9'],
    ['budgets.D.where.department: D → ∅', 'budgets.D.seats.Full: 1 → 9', 'budgets.D.where.department: ∅ → E'],
  ],
  ['a new rule and one that is gone', ['protected: [p@x.io]', 'minAdmins: 1'], ['protected: p@x.io → ∅', 'minAdmins: ∅ → 1']],
])('%s is seen', (_, [from, to], expected) => {
  expect(lines(base.replace(from, to), base)).toEqual(expected);
});

test('where a rule stands, and what defaults there are, is no change of a rule', () => {
  expect(lines(`\n\n${base}  defaults: [{ seat: View }]\n`, base)).toEqual([]);
});

test('a whole organization that is new, or gone', () => {
  const all = changedRules(organization(base), {});
  expect(all.map(({ before }) => before)).toEqual(all.map(() => undefined));
  expect(new Set(all.map(({ rule }) => rule.split('.')[0]))).toEqual(
    new Set(['unmanaged', 'ignore', 'protected', 'limits', 'seats', 'budgets']),
  );
  expect(changedRules({}, organization(base))).toHaveLength(all.length);
});
