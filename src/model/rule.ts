import type { Declaration } from './declaration.ts';

/**
 * One rule by its path, such as `limits.deactivations`, `defaults[1].seat` or `group Design Systems membersWhere`. An entry of a list has one side
 * only; a side that is absent has the default.
 */
export interface RuleChange {
  readonly rule: string;
  readonly before?: string;
  readonly after?: string;
}

/** What rules are read from: all of a configuration but its grants. */
export type RuleSource = Pick<Declaration, 'organization' | 'users' | 'groups'>;

/** One step to a rule: a key as it stands, the name of a list's item, the position of an item without a name, or an entry that is there or not. */
export type RuleStep = string | { readonly name: string } | { readonly index: number } | { readonly entry: string };

/** One rule apart from all others, in comparable form: `attribute` is a `rulePath`, `value` is absent where the rule goes away. */
export interface RuleLeaf {
  readonly kind: 'organization' | 'user' | 'group';
  readonly name: string;
  readonly attribute: string;
  readonly value?: string;
}

/** A rule that two configurations do not share, with the leaf that tells it from all others. */
export interface ChangedRule extends RuleChange {
  readonly leaf: RuleLeaf;
}

/** The path of a rule, such as `limits.deactivations`, `budgets."R&D".seats.Full`, `defaults[1].seat` or `protected["it@acme.com"]`. */
export function rulePath(steps: readonly RuleStep[]): string {
  return steps.map((step, index) => (index > 0 && isKey(step) ? '.' : '') + stepText(step)).join('');
}

function isKey(step: RuleStep): boolean {
  return typeof step === 'string' || 'name' in step;
}

function stepText(step: RuleStep): string {
  if (typeof step === 'string') return step;
  // A dot would be taken for the next step.
  if ('name' in step) return step.name.includes('.') ? JSON.stringify(step.name) : quotedName(step.name);
  return 'index' in step ? `[${step.index}]` : `[${JSON.stringify(step.entry)}]`;
}

/** A name as it is, or in quotes where anything but letters, digits and the signs of an address is in it. */
export function quotedName(name: string): string {
  return /^[\p{L}\p{N}_.@+-]+$/u.test(name) ? name : JSON.stringify(name);
}
