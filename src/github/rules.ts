import type { OrganizationEntry } from '../model/declaration.ts';
import type { RuleChange } from '../model/review.ts';

/** What bounds and steers plans; what defaults do to people stands in a plan itself. */
const rules = [
  'tenantId',
  'unmanaged',
  'ignore',
  'protected',
  'minAdmins',
  'limits',
  'seats',
  'budgets',
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
  const values = new Map<string, Value>();
  const put = (rule: string, text: string, key = rule) => values.set(key, { rule, text });
  const walk = (rule: string, value: unknown): void => {
    if (value === undefined) return;
    if (value instanceof Map) for (const [name, inner] of value as ReadonlyMap<string, unknown>) walk(`${rule}.${name}`, inner);
    else if (Array.isArray(value)) for (const item of value as readonly unknown[]) list(rule, item);
    else if (typeof value !== 'object' || value === null) put(rule, String(value));
    else if ('percent' in value) put(rule, `${String(value.percent)}%`);
    else if ('count' in value) put(rule, String(value.count));
    else if ('value' in value) walk(rule, value.value);
    else
      for (const [name, inner] of Object.entries(value))
        if (name !== 'at' && name !== 'name') walk(name === 'pools' ? rule : `${rule}.${name}`, inner);
  };
  const list = (rule: string, item: unknown): void => {
    const name =
      typeof item === 'object' && item !== null ? (item as { readonly name?: unknown; readonly value?: unknown }) : { value: item };
    if (typeof name.name === 'string') walk(`${rule}.${name.name}`, item);
    else put(rule, String(name.value), `${rule}\n${String(name.value)}`);
  };
  for (const rule of rules) walk(rule, organization[rule]);
  return values;
}
