import { type ChangeId, fieldOfRule, ruleChangeId } from '../model/change-id.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangedRule, RuleSource } from '../model/rule.ts';
import { approvedPolicy, type IsRuleApproved } from './approved-policy.ts';
import { rulesIn } from './rule-leaves.ts';
import { changedRules } from './rules.ts';
import { stricterOf } from './stricter.ts';

/** The rules by which a plan of the tip is judged, until all that it changes of them is approved. */
export interface RulesInForce {
  /** The tip's `ignore` with the stricter of everything else. */
  readonly policy: Policy;
  /** Patterns of what only the applied configuration ignores: changes to it are held. */
  readonly heldBy: Policy['ignore'];
}

/** For each rule the tip's where its change is approved, otherwise the stricter of the applied configuration's and the tip's. */
export function rulesInForce(applied: Policy, tip: Policy, isApproved: IsRuleApproved): RulesInForce {
  const policy = stricterOf(approvedPolicy(applied, tip, isApproved), tip);
  const { users, groups } = tip.ignore;
  return {
    policy: { ...policy, ignore: tip.ignore },
    heldBy: {
      users: policy.ignore.users.filter((pattern) => !users.includes(pattern)),
      groups: policy.ignore.groups.filter((pattern) => !groups.includes(pattern)),
    },
  };
}

/** Judges a rule of `organization` by its path: it is approved where what the tip wants of it is. */
export function approvedRules(tip: RuleSource, isApproved: (id: ChangeId) => boolean): IsRuleApproved {
  const wanted = rulesIn({ ...tip, users: [], groups: [] });
  return (attribute) => {
    const gone = { leaf: { kind: 'organization', name: 'organization', attribute } } as const;
    return isApproved(ruleChangeId(wanted.get(fieldOfRule(gone)) ?? gone));
  };
}

/** The rules that the tip changes without approval. */
export function unapprovedRules(applied: RuleSource, tip: RuleSource, isApproved: (id: ChangeId) => boolean): readonly ChangedRule[] {
  return changedRules(tip, applied).filter((change) => !isApproved(ruleChangeId(change)));
}
