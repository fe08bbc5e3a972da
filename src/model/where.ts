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

/** A manager is named by an address, which has no case; everything else is text as it stands. */
function same(attribute: WhereAttribute, want: string, have: Value): boolean {
  return attribute === 'manager.value' ? userNameOf(want) === userNameOf(String(have)) : sameValue(attribute, want, have);
}
