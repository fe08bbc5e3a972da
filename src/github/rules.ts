import type { OrganizationEntry } from '../model/declaration.ts';

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

/** The rules of `organization` that two configurations do not share, by their keys: a pull request that loosens one shows nothing else. */
export function changedRules(merged: OrganizationEntry, base: OrganizationEntry): readonly string[] {
  return rules.filter((rule) => valueText(merged[rule]) !== valueText(base[rule]));
}

/** A value without the places where it stands. */
function valueText(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) =>
      key === 'at' ? undefined : inner instanceof Map ? [...(inner as Map<string, unknown>)] : inner,
    ) ?? ''
  );
}
