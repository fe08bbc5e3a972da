import type { ChangedRule, RuleSource } from '../model/rule.ts';
import { rulesIn } from './rule-leaves.ts';

/**
 * The rules that two configurations do not share: each value of `organization`, each `membersWhere` and each `previously`. A pull request that
 * loosens one may show nothing else of it. An entry of a list has one side only: it is there or not.
 */
export function changedRules(merged: RuleSource, base?: RuleSource): readonly ChangedRule[] {
  const before = base ? rulesIn(base) : new Map<string, never>();
  const after = rulesIn(merged);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const was = before.get(key);
    const is = after.get(key);
    const known = is ?? was;
    if (!known || was?.leaf.value === is?.leaf.value) return [];
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
