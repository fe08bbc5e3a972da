import { fieldOfRule } from '../model/change-id.ts';
import { type Budget, type Limit, limitNames, type Policy } from '../model/policy.ts';
import type { ChangedRule, RuleSource } from '../model/rule.ts';
import { organizationRules, rulesIn, type WrittenRule } from './rule-leaves.ts';
import { differences } from './rules.ts';
import { limitsOn, lowerSeats, stricterOf } from './stricter.ts';

/**
 * The rules by which a tip is looser than the strictest policy of its history. `after` is what the tip itself says, as in `changedRules`, so that
 * each is a change that somebody may have approved.
 */
export function looserRules(tip: { readonly policy: Policy; readonly source: RuleSource }, strictest: Policy): readonly ChangedRule[] {
  const { policy } = tip;
  const inForce = stricterOf(strictest, policy);
  const changes = [
    ...differences(boundsIn(policy), boundsIn(inForce)),
    ...inForce.budgets.flatMap((budget) => looserBudget(budget, policy)),
  ];
  const written = rulesIn(tip.source);
  const found = changes.map((change) => [fieldOfRule(change), change] as const);
  return [...new Map(found)].map(([field, change]) => asWritten(change, written.get(field)));
}

/** Everything of a policy that can be stricter than another, but its budgets. */
function boundsIn(policy: Policy): ReadonlyMap<string, WrittenRule> {
  const { minAdmins, protected: guarded, pools, ignore, separation } = policy;
  const limits = Object.fromEntries(limitNames.map((name) => [name, limitText(limitsOn(policy, name))]));
  const seats = Object.fromEntries(Object.entries(pools).map(([seat, { purchased, outside }]) => [seat, { purchased, outside }]));
  return organizationRules({ minAdmins, limits, seats, protected: guarded, ignore, separation });
}

function limitText(limits: readonly Limit[]): string {
  const texts = limits.map((limit) => ('count' in limit ? String(limit.count) : `${limit.percent}%`));
  return texts.length > 1 ? `the lower of ${texts.join(' and ')}` : texts.join('');
}

/** What of a budget in force the tip's of the same name does not keep; a number that it lowers is kept. */
function looserBudget(budget: Budget, { budgets }: Policy): readonly ChangedRule[] {
  const own = budgets.find(({ name }) => name === budget.name);
  const strict = { ...budget, seats: lowerSeats(budget.seats, own?.seats ?? {}) };
  return differences(organizationRules({ budgets: own ? [own] : [] }), organizationRules({ budgets: [strict] }));
}

function asWritten({ rule, before, leaf: { kind, name, attribute } }: ChangedRule, written: WrittenRule | undefined): ChangedRule {
  return {
    rule,
    ...(before !== undefined && { before }),
    ...(written && { after: written.text }),
    leaf: { kind, name, attribute, ...(written && { value: written.leaf.value }) },
  };
}
