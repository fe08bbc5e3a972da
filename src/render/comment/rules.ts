import type { RuleChange } from '../../model/rule.ts';
import { wholeSpan } from '../markup.ts';
import type { List } from './page.ts';

/** Changed rules as the items of a list, with the old and the new value, uncut. */
export function ruleItems(rules: readonly RuleChange[]): readonly string[] {
  return rules.map(({ rule, before, after }) => `- ${wholeSpan(rule)}: ${valueText(before)} → ${valueText(after)}`);
}

/** Changed rules as an alert that GitHub shows in red, also if they concern nobody today. */
export function rulesAlert(rules: readonly RuleChange[]): List {
  const quote = (line: string) => `> ${line}`;
  return {
    head: ['> [!CAUTION]', `> **${rules.length === 1 ? '1 rule changes' : `${rules.length} rules change`}**:`],
    items: ruleItems(rules).map(quote),
    most: rules.length,
    more: (left) => quote(`- …and ${left} more`),
  };
}

function valueText(value: string | undefined): string {
  return value === undefined ? 'none' : wholeSpan(value);
}
