import { filter, parse } from 'scim2-parse-filter';
import { complexAttributes, spelling, userAttribute } from './attributes.ts';
import { ScimProblem } from './errors.ts';
import type { JsonObject } from './json.ts';
import { coreGroup, coreUser, enterprise, figma } from './resources.ts';

/** What a PATCH path points at: an attribute, perhaps something within it, perhaps only the elements that a filter lets through. */
export interface Target {
  readonly attribute: string;
  readonly within: readonly string[];
  readonly matches?: (element: JsonObject) => boolean;
  /** The type that a filter of the form `type eq "…"` asks for. */
  readonly type?: string;
  readonly known: boolean;
}

/** What a path means for a user; a path that Figma does not know is an attribute of that very name. */
export function userTarget(path: string): Target {
  for (const urn of [enterprise, figma]) {
    const rest = after(path, urn);
    if (rest !== undefined) {
      const [head = '', ...deeper] = rest.split('.');
      const known = spelling(head, complexAttributes[urn] ?? []);
      return { attribute: urn, within: rest === '' ? [] : [known ?? head, ...deeper], known: rest === '' || known !== undefined };
    }
  }
  const plain = after(path, coreUser) ?? path;
  const [, list, expression, deep] = /^([^[\].]+)\[(.*)\](?:\.([^[\].]+))?$/s.exec(plain) ?? [];
  const listed = list === undefined ? undefined : spelling(list, ['roles', 'emails']);
  if (listed !== undefined) {
    return { attribute: listed, within: deep === undefined ? [] : [deep], ...condition(expression ?? ''), known: true };
  }
  const [head = '', ...within] = plain.split('.');
  const attribute = userAttribute(head);
  if (attribute !== undefined && (within.length === 0 || attribute in complexAttributes)) {
    return { attribute, within: within.map((name) => spelling(name, complexAttributes[attribute] ?? []) ?? name), known: true };
  }
  return { attribute: plain, within: [], known: false };
}

/** What a path means for a group. */
export function groupTarget(path: string): Target {
  const plain = after(path, coreGroup) ?? path;
  const [, expression] = /^members\[(.*)\]$/is.exec(plain) ?? [];
  if (expression !== undefined) {
    return { attribute: 'members', within: [], ...condition(expression), known: true };
  }
  const known = plain.toLowerCase() === 'external_id' ? 'externalId' : spelling(plain, ['displayName', 'externalId', 'members']);
  return { attribute: known ?? plain, within: [], known: known !== undefined };
}

/** The 400 for a path that Figma does not know, where it minds. */
export function unknownPath(path: string): ScimProblem {
  return new ScimProblem(400, 'invalidPath', `The path ${path.slice(0, 200)} is not known.`);
}

function after(path: string, urn: string): string | undefined {
  if (!path.toLowerCase().startsWith(urn.toLowerCase())) {
    return undefined;
  }
  const rest = path.slice(urn.length);
  return rest === '' || rest.startsWith(':') ? rest.slice(1) : undefined;
}

function condition(expression: string): Pick<Target, 'matches' | 'type'> {
  try {
    const parsed = parse(expression);
    const isType = parsed.op === 'eq' && parsed.attrPath.toLowerCase() === 'type' && typeof parsed.compValue === 'string';
    return { matches: filter(parsed), ...(isType ? { type: String(parsed.compValue) } : {}) };
  } catch {
    throw new ScimProblem(400, 'invalidPath', 'The filter in the path is not valid.');
  }
}
