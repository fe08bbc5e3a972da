import { notByKinds, type Separation } from '../model/policy.ts';
import type { ChangedRule } from '../model/rule.ts';

/** The stricter of two: more approvals, and nobody whom either leaves out. */
export function stricterSeparation(one: Separation, other: Separation): Separation {
  return {
    approvals: Math.max(one.approvals, other.approvals),
    notBy: notByKinds.filter((kind) => one.notBy.includes(kind) || other.notBy.includes(kind)),
  };
}

/** The separation that is approved after a commit which asks for `wanted`: each part of it only where all of its changes were approved. */
export function separationAfter(
  known: Separation,
  wanted: Separation,
  rules: readonly ChangedRule[],
  isApproved: (rule: ChangedRule) => boolean,
): Separation {
  const isSettled = (part: keyof Separation) => {
    const changed = rules.filter(({ rule }) => rule.startsWith(`separation.${part}`));
    return changed.length > 0 && changed.every(isApproved);
  };
  return {
    approvals: isSettled('approvals') ? wanted.approvals : known.approvals,
    notBy: isSettled('notBy') ? wanted.notBy : known.notBy,
  };
}
