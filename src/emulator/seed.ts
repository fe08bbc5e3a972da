import type { Draft } from './attributes.ts';
import { ScimProblem } from './errors.ts';
import { isObject, textOf, type Json, type JsonObject } from './json.ts';
import type { Parsed } from './parsed.ts';
import { layOver } from './profile.ts';

/** A SCIM user as a seed gives one and `state()` shows one; only userName is needed. */
export interface ScimUser {
  [attribute: string]: unknown;
  userName: string;
  id?: string;
  active?: boolean;
  displayName?: string;
  externalId?: string;
  roles?: { type: string; value: string }[];
}

/** A SCIM group as a seed gives one and `state()` shows one; a member's value is a user's id or userName. */
export interface ScimGroup {
  [attribute: string]: unknown;
  displayName: string;
  id?: string;
  externalId?: string;
  members?: { value: string; display?: string }[];
}

/** What the emulated organization holds. */
export interface Seed {
  users: ScimUser[];
  groups: ScimGroup[];
  /** The domains of the organization, for the quirk foreign-domain. */
  domains?: string[];
  /** E-mails of people whom Figma knows and SCIM does not: a POST binds them. */
  accounts?: string[];
  /** userNames, ids and group names that every write refuses with 400; with a fault `refuse=…` as often as that says. */
  refused?: string[];
}

/** A seed from parsed JSON (users and groups may be left out), or what is wrong with it and where. */
export function parseSeed(value: unknown): Parsed<Seed> {
  if (!isObject(value)) {
    return wrong('a seed must be a JSON object with users and groups');
  }
  const { users = [], groups = [], ...rest } = value;
  const unknown = Object.keys(rest).find((key) => !['domains', 'accounts', 'refused'].includes(key));
  if (unknown !== undefined) {
    return wrong(`a seed has no "${unknown}": expected users, groups, domains, accounts or refused`);
  }
  const list = Object.entries(rest).find(([, names]) => !Array.isArray(names) || names.some((name) => typeof name !== 'string'));
  if (list !== undefined) {
    return wrong(`${list[0]} must be a list of strings`);
  }
  const problem = problemIn('users', users, 'userName') ?? problemIn('groups', groups, 'displayName');
  return problem === undefined ? { ok: true, value: { ...rest, users, groups } as unknown as Seed } : wrong(problem);
}

function problemIn(kind: string, entries: Json, name: string): string | undefined {
  if (!Array.isArray(entries)) {
    return `${kind} must be a list`;
  }
  const ids = new Set<Json>();
  for (const [index, entry] of entries.entries()) {
    const problem = isObject(entry)
      ? (entryProblem(entry, name, ids) ?? (kind === 'users' ? userProblem(entry) : memberProblem(entry)))
      : 'must be an object';
    if (problem !== undefined) {
      return `${kind}[${index}] ${problem}`;
    }
  }
  return undefined;
}

function entryProblem(entry: JsonObject, name: string, ids: Set<Json>): string | undefined {
  const { id, meta } = entry;
  if (typeof entry[name] !== 'string' || entry[name] === '') {
    return `needs a ${name}`;
  }
  if (id !== undefined && (typeof id !== 'string' || id === '' || ids.has(id))) {
    return 'has an id that is no string or stands twice';
  }
  if (id !== undefined) {
    ids.add(id);
  }
  const times = isObject(meta) ? [meta['created'], meta['lastModified']] : [];
  return times.some((time) => time !== undefined && Number.isNaN(Date.parse(textOf(time))))
    ? 'has a meta with a time that is none'
    : undefined;
}

function userProblem(entry: JsonObject): string | undefined {
  try {
    seededDraft(entry);
    return undefined;
  } catch (error) {
    if (error instanceof ScimProblem) {
      return `is wrong: ${error.message}`;
    }
    throw error;
  }
}

function memberProblem({ members = [] }: JsonObject): string | undefined {
  const sound = Array.isArray(members) && members.every((member) => isObject(member) && typeof member['value'] === 'string');
  return sound ? undefined : 'needs members that have a value each';
}

/** A user of a seed as draft: read without limits, any seat as it stands, for a service may hold what it would refuse today. */
export function seededDraft(entry: JsonObject): Draft {
  return layOver({}, entry, { invalidSeat: 'keep', limits: false });
}

function wrong(message: string): Parsed<Seed> {
  return { ok: false, message };
}
