import { invalidValue } from './errors.ts';
import type { FaultPlan } from './faults.ts';
import { readFilter } from './filter.ts';
import type { JsonObject } from './json.ts';
import type { GroupRecord, UserRecord } from './resources.ts';
import { groupShape, userShape } from './shapes.ts';
import type { Shelf } from './store.ts';
import type { World } from './world.ts';

interface Found<T> {
  readonly total: number;
  readonly slice: (from: number, count: number) => readonly T[];
}

/** GET /Users as a ListResponse. */
export function listUsers(world: World, query: URLSearchParams, faults: FaultPlan): JsonObject {
  const found = search(world, world.store.users, query, 'userName', (user) => user.attributes);
  return page(world, query, faults, found, (user: UserRecord) => userShape(user, world));
}

/** GET /Groups as a ListResponse, members included; `excludedAttributes` is taken and without effect. */
export function listGroups(world: World, query: URLSearchParams, faults: FaultPlan): JsonObject {
  const found = search(world, world.store.groups, query, 'displayName', (group) => group.attributes);
  return page(world, query, faults, found, (group: GroupRecord) => groupShape(group, world));
}

function search<T extends { readonly id: string }>(
  world: World,
  shelf: Shelf<T>,
  query: URLSearchParams,
  nameAttribute: string,
  attributesOf: (record: T) => JsonObject,
): Found<T> {
  const wanted = readFilter(query.get('filter'), [nameAttribute, 'externalId'], world.quirks['unsupported-filter']);
  if (wanted === 'all') {
    return { total: shelf.size, slice: (from, count) => shelf.slice(from, count) };
  }
  if (wanted === 'none') {
    return { total: 0, slice: () => [] };
  }
  const { attribute, value } = wanted;
  const folds = attribute === nameAttribute && world.quirks['filter-case'] === 'insensitive';
  const fold = (text: unknown): unknown => (folds && typeof text === 'string' ? text.toLowerCase() : text);
  // userNames are indexed by their folded form, so the look-up of one among very many costs nothing.
  const candidates = attribute === 'userName' ? shelf.named(value.toLowerCase()) : shelf.all();
  const hits = candidates.filter((record) => fold(attributesOf(record)[attribute]) === fold(value));
  return { total: hits.length, slice: (from, count) => hits.slice(from, from + count) };
}

function page<T>(world: World, query: URLSearchParams, faults: FaultPlan, found: Found<T>, shape: (record: T) => JsonObject): JsonObject {
  const { quirks } = world;
  const most = quirks['page-max'];
  const asked = Math.max(1, integer(query, 'startIndex') ?? 1);
  const count = Math.min(most, Math.max(0, integer(query, 'count') ?? most));
  const start = asked > found.total && quirks['past-the-end'] === 'first-page' ? 1 : asked;
  const repeats = start > 1 && start <= found.total && faults.strikes('repeat-page', 'GET') !== undefined;
  const honest = found.slice(repeats ? 0 : start - 1, count).map(shape);
  const grows = start > 1 && faults.strikes('moving-total', 'GET') !== undefined;
  const lacks = honest.length > 0 && faults.strikes('short-page', 'GET') !== undefined;
  const hides = honest.length > 0 ? faults.strikes('empty-list', 'GET') : undefined;
  const lacking = Math.floor(honest.length / 2);
  const resources = hides === undefined ? honest.filter((_, index) => !lacks || index !== lacking) : [];
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: hides?.zero === true ? 0 : found.total + (grows ? 1 : 0),
    ...(quirks['list-meta'] === 'yes' ? { startIndex: start, itemsPerPage: resources.length } : {}),
    Resources: resources,
  };
}

function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') {
    return undefined;
  }
  if (!/^[+-]?\d{1,15}$/.test(text)) {
    throw invalidValue(`${name} must be an integer.`);
  }
  return Number(text);
}
