import type { OrganizationEntry } from '../model/declaration.ts';
import type { RuleChange } from '../model/review.ts';

/** What bounds and steers plans, the shortest and most telling first; what defaults do to people stands in a plan itself. */
const rules = [
  'minAdmins',
  'limits',
  'unmanaged',
  'tenantId',
  'seats',
  'protected',
  'budgets',
  'ignore',
] as const satisfies readonly (keyof OrganizationEntry)[];

/** The rules of `organization` that two configurations do not share: a pull request that loosens one shows nothing else of it. */
export function changedRules(merged: OrganizationEntry, base: OrganizationEntry): readonly RuleChange[] {
  const [after, before] = [valuesOf(merged), valuesOf(base)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    if (was?.text === is?.text) return [];
    const rule = was?.rule ?? is?.rule ?? '';
    return [{ rule, ...(was && { before: was.text }), ...(is && { after: is.text }) }];
  });
}

interface Value {
  readonly rule: string;
  readonly text: string;
}

/** Every single value of the rules under a key of its own; each entry of a list is one. */
function valuesOf(organization: OrganizationEntry): ReadonlyMap<string, Value> {
  const found = rules.flatMap((rule) => valuesIn(rule, organization[rule]));
  return new Map(found.map(({ key, ...value }) => [key, value]));
}

function valuesIn(rule: string, value: unknown): readonly (Value & { readonly key: string })[] {
  if (typeof value === 'string' || typeof value === 'number') return [{ key: rule, rule, text: String(value) }];
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, unknown>)].flatMap(([name, inner]) => valuesIn(`${rule}.${name}`, inner));
  if (Array.isArray(value)) return (value as readonly unknown[]).flatMap((item) => listed(rule, item));
  if (typeof value !== 'object' || value === null) return [];
  const members = value as Readonly<Record<string, unknown>>;
  if ('percent' in members) return [{ key: rule, rule, text: `${Number(members['percent'])}%` }];
  if ('count' in members) return valuesIn(rule, members['count']);
  if ('value' in members) return valuesIn(rule, members['value']);
  const inner = Object.entries(members).filter(([name]) => name !== 'at' && name !== 'name');
  return inner.flatMap(([name, one]) => valuesIn(name === 'pools' ? rule : `${rule}.${name}`, one));
}

/** What has a name goes by it; any other entry of a list is there or not. */
function listed(rule: string, item: unknown): ReturnType<typeof valuesIn> {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  if (typeof name === 'string') return valuesIn(`${rule}.${name}`, item);
  return valuesIn(rule, item).map(({ text }) => ({ rule, text, key: `${rule}\n${text}` }));
}
