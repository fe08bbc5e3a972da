import { expect, test } from 'vitest';
import { load } from '../../src/config/load.ts';
import { changedRules } from '../../src/github/rules.ts';

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

test.each<[string, [string, string], string[]]>([
  ['an action for the undeclared', ['report', 'deactivate'], ['unmanaged']],
  ['who is ignored', ['x-', 'y-'], ['ignore']],
  ['who is protected', ['p@', 'q@'], ['protected']],
  ['a limit', ['10%', '100%'], ['limits']],
  ['a pool and its currency', ['purchased: 1 }, currency: USD', 'purchased: 2 }, currency: EUR'], ['seats']],
  ['whom a budget is about', ['department: D', 'department: E'], ['budgets']],
  ['a new rule and one that is gone', ['protected: [p@x.io]', 'minAdmins: 1'], ['protected', 'minAdmins']],
])('%s is seen', (_, [from, to], rules) => {
  expect(changedRules(organization(base.replace(from, to)), organization(base))).toEqual(rules);
});

test('where a rule stands, and what defaults there are, is no change of a rule', () => {
  const moved = `\n\n${base}  defaults: [{ seat: View }]\n`;
  expect(changedRules(organization(moved), organization(base))).toEqual([]);
});

test('a whole organization that is new, or gone', () => {
  const all = ['unmanaged', 'ignore', 'protected', 'limits', 'seats', 'budgets'];
  expect(changedRules(organization(base), {})).toEqual(all);
  expect(changedRules({}, organization(base))).toEqual(all);
});
