import { approvedPolicy } from '../approval/approved-policy.ts';
import { holds, type JudgedPull, type Step } from '../approval/line.ts';
import { policyOf } from '../desired/policy.ts';
import type { HashOf } from '../model/approval.ts';
import { ruleChangeId } from '../model/change-id.ts';
import type { Policy } from '../model/policy.ts';

/**
 * The policies to which the approved rule changes of a line led, oldest first: each is the one before with what the pull requests of one commit
 * approve of the rules that it changes.
 */
export function approvedPolicies(steps: readonly Step[], start: Policy, pulls: readonly JudgedPull[], hashOf: HashOf): readonly Policy[] {
  let known = start;
  return steps.flatMap(({ commit: { declaration }, rules }, position) => {
    const own = pulls.filter((pull) => pull.position === position);
    const plans = own.flatMap(({ verdict }) => (verdict.kind === 'approved' ? [verdict.plan] : []));
    const approved = rules.filter((rule) => plans.some((plan) => holds(plan, 'rules', ruleChangeId(rule), hashOf)));
    const attributes = new Set(approved.flatMap(({ leaf }) => (leaf.kind === 'organization' ? [leaf.attribute] : [])));
    if (!declaration || attributes.size === 0) return [];
    known = approvedPolicy(known, policyOf(declaration.organization), (attribute) => attributes.has(attribute));
    return [known];
  });
}
