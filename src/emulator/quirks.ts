/*
 * Figma documents its happy path and little else. Every point that the documents leave open is a quirk with a switch: the first value is
 * what the documents, or a real answer seen in public, make likeliest; a client has to stay right under all of them.
 */
import { suggestion, type Parsed } from './parsed.ts';

/** Every quirk with its values, the default first; `page-max` takes any other number too. */
export const quirkValues = {
  /** How many resources a list answers with at most, and how many without `count`. */
  'page-max': [200, 3000],
  /** Whether lists carry startIndex and itemsPerPage. */
  'list-meta': ['no', 'yes'],
  /** How a seat is spelled in answers. */
  'seat-case': ['title', 'lower'],
  /** Whether `emails` is one object (as documented) or an array (as in the RFC). */
  emails: ['object', 'array'],
  /** Whether `active: true` is said or left out. */
  'active-in-responses': ['always', 'when-false'],
  /** The name of a group's external id in answers. */
  'external-id-in-groups': ['external_id', 'externalId'],
  /** Whether GET /Users/:id and GET /Groups/:id exist; with `no` they answer 404. */
  'get-by-id': ['yes', 'no'],
  /** POST of a userName that is a SCIM user already: 409, or the attributes are applied to that user. */
  'post-existing': ['conflict', 'bind'],
  /** The status of a POST that went well. */
  'post-status': [201, 200],
  /** The seat after a PUT without `roles`. */
  'put-without-roles': ['keep', 'clear', 'view'],
  /** The state after a PUT without `active`. */
  'put-without-active': ['keep', 'true'],
  /** figmaAdmin after a PUT without it. */
  'put-without-admin': ['keep', 'false'],
  /** A seat that does not exist: 400, or success and the seat stays. */
  'invalid-seat': ['reject', 'ignore'],
  /** A PATCH path that Figma does not know: stored with success and without effect, or 400. */
  'unknown-path': ['store', 'reject'],
  /** A filter other than the documented ones: 400, no hit, or everything. */
  'unsupported-filter': ['reject', 'empty', 'everything'],
  /** How filters compare userName and displayName; externalId is always compared with case. */
  'filter-case': ['insensitive', 'sensitive'],
  /** Which forms of removing members are understood: a filter in the path, an array in the value. */
  'remove-members': ['both', 'filter-only', 'array-only'],
  /** A member whose id is nobody's. */
  'unknown-member': ['reject', 'drop', 'store'],
  /** Whether adding a member who is one already stores it again. */
  'duplicate-members': ['once', 'twice'],
  /** What a deactivation does to memberships. */
  'deactivated-memberships': ['keep', 'remove'],
  /** The seat after a reactivation that names none. */
  'seat-after-reactivation': ['last', 'view'],
  /** A userName outside the seed's `domains`. */
  'foreign-domain': ['accept', 'reject'],
  /** What PATCH answers: 200 with the resource, or 204. */
  'patch-answer': ['body', 'empty'],
  /** What a page past the end holds. */
  'past-the-end': ['empty', 'first-page'],
} as const;

/** The name of a quirk. */
export type QuirkName = keyof typeof quirkValues;

/** One value for every quirk. */
export type Quirks = { readonly [K in QuirkName]: K extends 'page-max' ? number : (typeof quirkValues)[K][number] };

/** The names of all quirks, in the order of the table. */
export const quirkNames = Object.keys(quirkValues) as QuirkName[];

function choose(pick: (name: QuirkName) => number | string | undefined): Quirks {
  return Object.fromEntries(quirkNames.map((name) => [name, pick(name) ?? quirkValues[name][0]])) as unknown as Quirks;
}

const defaults = choose(() => undefined);

/** Three whole sets: what the documents show; the shapes and rules of the RFCs; the second value of every quirk. */
export const quirkProfiles: Readonly<Record<'default' | 'strict' | 'hostile', Quirks>> = {
  default: defaults,
  strict: {
    ...defaults,
    'list-meta': 'yes',
    emails: 'array',
    'external-id-in-groups': 'externalId',
    'put-without-roles': 'clear',
    'put-without-active': 'true',
    'put-without-admin': 'false',
    'unknown-path': 'reject',
    'remove-members': 'filter-only',
  },
  hostile: choose((name) => quirkValues[name][1]),
};

/** The quirks that `NAME=VALUE` texts ask for, or what is wrong with the first that is wrong. */
export function parseQuirks(texts: readonly string[]): Parsed<Partial<Quirks>> {
  const chosen: Record<string, string | number> = {};
  for (const text of texts) {
    const at = text.indexOf('=');
    const given = at === -1 ? text : text.slice(0, at);
    const value = at === -1 ? '' : text.slice(at + 1);
    const name = quirkNames.find((known) => known === given);
    if (name === undefined) {
      return { ok: false, message: `unknown quirk "${given}": ${suggestion(given, quirkNames)}` };
    }
    const known = quirkValues[name].find((candidate) => String(candidate) === value);
    const number = name === 'page-max' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined;
    const meant = known ?? number;
    if (meant === undefined) {
      const values = [...quirkValues[name].map(String), ...(name === 'page-max' ? ['any number above 0'] : [])];
      return { ok: false, message: `quirk "${name}" has no value "${value}": ${suggestion(value, values)}` };
    }
    chosen[name] = meant;
  }
  return { ok: true, value: chosen };
}
