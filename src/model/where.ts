import { sameValue, userNameOf, type User, type Value } from './directory.ts';

/** The attributes by which people can be chosen. */
export const whereAttributes = [
  'seat',
  'title',
  'employeeNumber',
  'costCenter',
  'organization',
  'division',
  'department',
  'manager.value',
  'manager.displayName',
] as const satisfies readonly (keyof User)[];

export type WhereAttribute = (typeof whereAttributes)[number];

/** Whom a default, a rule or a budget is about: people who have, for each attribute that is named, one of its values. */
export type Where = ReadonlyMap<WhereAttribute, readonly string[]>;

/** Whether somebody with these values is meant; who does not have an attribute that is named is not. */
export function isMeant(where: Where, valueOf: (attribute: WhereAttribute) => Value | undefined): boolean {
  for (const [attribute, wanted] of where) {
    const value = valueOf(attribute);
    if (value === undefined || !wanted.some((one) => same(attribute, one, value))) return false;
  }
  return true;
}

/** The values of one attribute as they are compared, each once: a manager's address has no case. */
function comparableValues(where: Where, attribute: WhereAttribute): ReadonlySet<string> {
  const values = where.get(attribute) ?? [];
  return new Set(values.map((value) => (attribute === 'manager.value' ? userNameOf(value) : value.normalize('NFC'))));
}

/** Whether two conditions mean the same people, whatever the order of their values. */
export function sameWhere(one: Where, other: Where): boolean {
  if (one.size !== other.size) return false;
  return [...one.keys()].every((attribute) => other.has(attribute) && differingValues(one, other, attribute).length === 0);
}

/** The values of one attribute that only one of two conditions names, in comparable form. */
export function differingValues(one: Where, other: Where, attribute: WhereAttribute): readonly string[] {
  const [was, is] = [comparableValues(one, attribute), comparableValues(other, attribute)];
  return [...was].filter((value) => !is.has(value)).concat([...is].filter((value) => !was.has(value)));
}

/** A manager is named by an address, which has no case; everything else is text as it stands. */
function same(attribute: WhereAttribute, want: string, have: Value): boolean {
  return attribute === 'manager.value' ? userNameOf(want) === userNameOf(String(have)) : sameValue(attribute, want, have);
}
