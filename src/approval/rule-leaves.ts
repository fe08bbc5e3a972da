import { fieldOfRule } from '../model/change-id.ts';
import { groupNameOf, userNameOf } from '../model/directory.ts';
import type { OrganizationEntry } from '../model/declaration.ts';
import { quotedName, type RuleLeaf, rulePath, type RuleSource, type RuleStep } from '../model/rule.ts';

/** A single value of the rules: `text` as it was written, `rule` as people are shown it. */
export interface WrittenRule {
  readonly rule: string;
  readonly text: string;
  readonly leaf: RuleLeaf & { readonly value: string };
}

/** What bounds and steers plans, the shortest and most telling first; keys that are not here follow. */
const firstKeys = [
  'minAdmins',
  'limits',
  'unmanaged',
  'tenantId',
  'seats',
  'protected',
  'budgets',
  'ignore',
] as const satisfies readonly (keyof OrganizationEntry)[];

/** Keys that the configuration does not have: they hold together what stands there side by side. */
const unwritten = new Set(['pools', 'attributes']);

/** Lists that mean something else when they are left out than when they are empty, so that they are one value. */
const wholeLists = new Set(['notBy']);

/** Lists that mean the same when they are left out as when they are empty. */
const emptyIsAbsent = new Set(['ignore', 'protected', 'budgets', 'defaults', 'previously']);

/** Every single value of the rules of a configuration by its `fieldOfRule`. */
export function rulesIn({ organization, users, groups }: RuleSource): ReadonlyMap<string, WrittenRule> {
  const names = users.flatMap(({ userName, previously, github }) => valuesAt('user', userName.value, { previously, github }));
  const teams = groups.flatMap(({ displayName, previously, membersWhere }) =>
    valuesAt('group', displayName.value, { previously, membersWhere }),
  );
  return new Map([...organizationRules(organization), ...byField([...names, ...teams])]);
}

/** The same for what stands under `organization`, whatever keys it has. */
export function organizationRules(organization: object): ReadonlyMap<string, WrittenRule> {
  const keys = new Set([...firstKeys, ...Object.keys(organization).toSorted()]);
  const values: Readonly<Record<string, unknown>> = { ...organization };
  return byField([...keys].flatMap((key) => valuesAt('organization', 'organization', { [key]: values[key] })));
}

function byField(rules: readonly WrittenRule[]): ReadonlyMap<string, WrittenRule> {
  return new Map(rules.map((rule) => [fieldOfRule(rule), rule]));
}

function valuesAt(kind: RuleLeaf['kind'], name: string, values: object): readonly WrittenRule[] {
  return pairsIn([], Object.entries(values)).map((value) => written(kind, name, value));
}

/** A value with the steps to it; the last one is an entry where it is one of a list. */
interface Found {
  readonly steps: readonly RuleStep[];
  readonly text: string;
}

function written(kind: RuleLeaf['kind'], name: string, { steps, text }: Found): WrittenRule {
  const isUserName = namesUser(kind, steps);
  const comparable = isUserName ? userNameOf(text) : groupNameOf(text);
  const last = steps.at(-1);
  const isEntry = typeof last === 'object' && 'entry' in last;
  const place = isEntry ? steps.slice(0, -1) : steps;
  const attribute = rulePath(isEntry ? [...place, { entry: comparable }] : steps);
  const owner = kind === 'organization' ? '' : `${kind} ${quotedName(name)} `;
  const comparableName = kind === 'user' ? userNameOf(name) : groupNameOf(name);
  return { rule: `${owner}${rulePath(place)}`, text, leaf: { kind, name: comparableName, attribute, value: comparable } };
}

/** Whether a value is an address, or a pattern of them: those have no case. */
function namesUser(kind: RuleLeaf['kind'], steps: readonly RuleStep[]): boolean {
  const keys = steps.filter((step) => typeof step === 'string');
  const [parent, last] = [keys.at(-2), keys.at(-1)];
  if (last === 'previously') return kind === 'user';
  if (last === 'manager.value') return parent === 'where' || parent === 'membersWhere';
  return last === 'protected' || last === 'users';
}

function valuesIn(steps: readonly RuleStep[], value: unknown): readonly Found[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [{ steps, text: String(value) }];
  if (value instanceof Map) return pairsIn(steps, [...(value as ReadonlyMap<string, unknown>)]);
  if (Array.isArray(value)) return listIn(steps, value as readonly unknown[]);
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  if ('percent' in members) return [{ steps, text: `${Number(members['percent'])}%` }];
  if ('count' in members) return valuesIn(steps, members['count']);
  if ('value' in members) return valuesIn(steps, members['value']);
  return pairsIn(steps, Object.entries(members));
}

function pairsIn(steps: readonly RuleStep[], pairs: readonly (readonly [string, unknown])[]): readonly Found[] {
  return pairs.filter(([key]) => key !== 'at').flatMap(([key, inner]) => valuesIn(unwritten.has(key) ? steps : [...steps, key], inner));
}

function listIn(steps: readonly RuleStep[], items: readonly unknown[]): readonly Found[] {
  const [first, last] = [steps[0], steps.at(-1)];
  const texts = items.map(textOf).filter((text) => text !== undefined);
  if (typeof last === 'string' && wholeLists.has(last))
    return [{ steps, text: texts.length === 0 ? '[]' : [...new Set(texts)].toSorted().map(quotedName).join(', ') }];
  if (items.length === 0) return typeof first === 'string' && emptyIsAbsent.has(first) ? [] : [{ steps, text: '[]' }];
  const names = items.map(nameOf);
  return items.flatMap((item, index) => {
    const text = textOf(item);
    if (text !== undefined) return [{ steps: [...steps, { entry: text }], text }];
    const name = names[index];
    // Two items of one name are told apart by where they stand.
    if (name === undefined || names.indexOf(name) !== names.lastIndexOf(name)) return valuesIn([...steps, { index }], item);
    return namedIn([...steps, { name }], name, item);
  });
}

/** An item of which nothing is said but its name is there all the same. */
function namedIn(steps: readonly RuleStep[], name: string, item: unknown): readonly Found[] {
  const rest = Object.entries(item as object).filter(([key]) => key !== 'name' && key !== 'path');
  const inner = pairsIn(steps, rest);
  return inner.length === 0 ? [{ steps, text: name }] : inner;
}

function textOf(item: unknown): string | undefined {
  if (typeof item === 'object' && item !== null && 'value' in item) return textOf(item.value);
  return typeof item === 'string' || typeof item === 'number' ? String(item) : undefined;
}

function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  if ('name' in item) return textOf(item.name);
  return 'path' in item ? textOf(item.path) : undefined;
}
