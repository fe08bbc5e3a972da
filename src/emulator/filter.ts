import { parse } from 'scim2-parse-filter';
import { spelling } from './attributes.ts';
import { ScimProblem } from './errors.ts';
import type { Quirks } from './quirks.ts';

/** What a list is asked for: everything, nothing, or one value of one attribute. */
export type Query = 'all' | 'none' | { readonly attribute: string; readonly value: string };

/** Reads a filter: only `eq` on the documented attributes is supported, a quirk decides about the rest; no filter means all. */
export function readFilter(text: string | null, supported: readonly string[], unsupported: Quirks['unsupported-filter']): Query {
  if (text === null || text.trim() === '') {
    return 'all';
  }
  const filter = parsed(text);
  const attribute = filter.op === 'eq' ? spelling(filter.attrPath, supported) : undefined;
  if (filter.op === 'eq' && attribute !== undefined && typeof filter.compValue === 'string') {
    return { attribute, value: filter.compValue };
  }
  if (unsupported === 'reject') {
    throw new ScimProblem(400, 'invalidFilter', `Only ${supported.map((name) => `${name} eq "…"`).join(' and ')} are supported.`);
  }
  return unsupported === 'empty' ? 'none' : 'all';
}

function parsed(text: string): ReturnType<typeof parse> {
  try {
    return parse(text);
  } catch {
    throw new ScimProblem(400, 'invalidFilter', 'The filter is not valid.');
  }
}
