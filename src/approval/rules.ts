import type { ChangedRule, RuleSource } from '../model/rule.ts';
import { rulesIn, type WrittenRule } from './rule-leaves.ts';

/** Whose approval does not count depends on it: taking a login away loosens the separation. */
const loginAttribute = 'github';

/**
 * The rules that two configurations do not share: each value of `organization`, each `membersWhere`, each `previously`, and each `github` that goes
 * away or changes. A pull request that loosens one may show nothing else of it. An entry of a list has one side only: it is there or not.
 */
export function changedRules(merged: RuleSource, base?: RuleSource): readonly ChangedRule[] {
  return differences(rulesIn(merged), base ? rulesIn(base) : new Map());
}

/** The same for rules that are taken apart already. */
export function differences(after: ReadonlyMap<string, WrittenRule>, before: ReadonlyMap<string, WrittenRule>): readonly ChangedRule[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const was = before.get(key);
    const is = after.get(key);
    const known = is ?? was;
    if (!known || was?.leaf.value === is?.leaf.value) return [];
    // A login that is added leaves somebody out of those who approve, and loosens nothing.
    if (known.leaf.attribute === loginAttribute && !was) return [];
    const { value, ...leaf } = known.leaf;
    return [
      {
        rule: known.rule,
        ...(was && { before: was.text }),
        ...(is && { after: is.text }),
        leaf: { ...leaf, ...(is && { value }) },
      },
    ];
  });
}
