/*
 * How one object is found again. GET by id is in no Figma document, so it is tried and, once it has failed for an object that is there,
 * not tried again. Behind it stands the documented filter, whose every hit is checked; behind that the whole list, which a wave reads once.
 * Zero hits of a filter prove nothing (scim-client rule 1): only a whole list, or a 404 from a GET by id that is known to work, does.
 */
import type { Code } from '../model/codes.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Problem, ProblemCode } from '../model/event.ts';
import type { Kind } from '../model/operation.ts';
import { memberIdsOf } from './decode.ts';
import { learnList, sameName, type Knowledge } from './knowledge.ts';
import { collections, listAll, pageOf } from './listing.ts';
import type { Item } from './paging.ts';
import { problemOf } from './problem.ts';
import { idOf, isResource, keyOf, property, textOf, type Resource } from './resource.ts';
import type { Service } from './service.ts';

/** The object, its proven absence, or why neither could be learnt. */
export type Sight =
  | { readonly kind: 'seen'; readonly resource: Resource }
  | { readonly kind: 'absent' }
  | { readonly kind: 'blind'; readonly problem: Problem };

interface Looking {
  readonly signal: AbortSignal;
  /** Reads once even after the abort, and nothing that was read before a write. */
  readonly afterWrite: boolean;
  /** A group of which members should be seen: an answer without any is not believed before a second way of asking. */
  readonly withMembers?: boolean;
}

type WholeList = { readonly kind: 'whole'; readonly items: readonly Item[] } | Extract<Sight, { kind: 'blind' }>;

export interface Lookup {
  /** Finds an object by its id; `name` is what a filter is asked with where the service's spelling is not known. */
  byId(kind: Kind, id: string, name: string, looking: Looking): Promise<Sight>;
  /** Finds an object by its name: by filter if `filter` says so, else or in doubt by a fresh list. Two of one name are a problem. */
  byName(kind: Kind, name: string, looking: Looking, filter: boolean): Promise<Sight>;
  /** Every object of a kind; the list that was read first in this wave, unless it has to be fresh. */
  whole(kind: Kind, looking: Looking): Promise<WholeList>;
}

/** The path of one object. The id is opaque and may hold anything (scim-client rule 11). */
export function pathOf(kind: Kind, id: string): string {
  return `${collections[kind].path}/${encodeURIComponent(id)}`;
}

/** Opens the look-ups of one wave: they share one full list of each kind. */
export function openLookup(service: Service<'GET'>, knowledge: Knowledge, token: string): Lookup {
  const shared: Partial<Record<Kind, Promise<WholeList>>> = {};

  async function byId(kind: Kind, id: string, name: string, looking: Looking): Promise<Sight> {
    const spelling = knowledge.spelling.get(id) ?? name;
    const direct = await get(kind, id, spelling, looking);
    if (direct !== undefined && direct !== 'hidden') return direct;
    const hits = await filter(kind, spelling, looking);
    const hit = hits?.find((item) => item.id === id);
    const sight = hit === undefined ? await inList(kind, id, looking) : { kind: 'seen' as const, resource: hit.resource };
    if (sight.kind === 'seen') {
      if (direct !== 'hidden' || memberIdsOf(sight.resource).size > 0) knowledge.byId[kind] = false;
      if (hits?.length === 0 && isCalled(kind, sight.resource, spelling)) knowledge.filter[kind] = false;
    }
    return sight;
  }

  /** Undefined where GET by id cannot tell; `hidden` where it finds a group and leaves its members out. */
  async function get(kind: Kind, id: string, name: string, looking: Looking): Promise<Sight | 'hidden' | undefined> {
    if (knowledge.byId[kind] === false) return undefined;
    const reply = await service.call('GET', pathOf(kind, id), { signal: looking.signal, always: looking.afterWrite });
    const status = reply.kind === 'answer' ? reply.status : undefined;
    if (reply.kind === 'answer' && status === 200) {
      const body = reply.content.kind === 'json' ? reply.content.value : undefined;
      if (!isResource(body) || idOf(body) !== id) return undefined;
      if (kind === 'group' && hidesMembers(body, id, looking)) return 'hidden';
      knowledge.byId[kind] = true;
      return { kind: 'seen', resource: body };
    }
    if (status === 404 && knowledge.byId[kind] === true) return { kind: 'absent' };
    if (status === 400 || status === 404 || status === 405 || status === 501) return undefined;
    return { kind: 'blind', problem: problemOf(reply, `read ${kind} ${name}`, token) };
  }

  /** Members that the list shows and GET by id leaves out would look like members who were removed. */
  function hidesMembers(resource: Resource, id: string, looking: Looking): boolean {
    if (keyOf(resource, 'members') !== undefined) return false;
    if (knowledge.membersShown === false) return false;
    return looking.withMembers === true || (!looking.afterWrite && knowledge.populated.has(id));
  }

  async function filter(kind: Kind, name: string, { signal, afterWrite }: Looking): Promise<readonly Item[] | undefined> {
    if (knowledge.filter[kind] === false) return undefined;
    const { path, plural, nameAttribute } = collections[kind];
    const query = encodeURIComponent(`${nameAttribute} eq ${JSON.stringify(name)}`);
    const reply = await service.call('GET', `${path}?filter=${query}&startIndex=1&count=100`, { signal, always: afterWrite });
    const page = pageOf(reply, plural, token);
    if (page.kind === 'page') return page.page.items;
    if (page.kind === 'refused' || (reply.kind === 'answer' && reply.status === 501)) knowledge.filter[kind] = false;
    return undefined;
  }

  async function inList(kind: Kind, id: string, looking: Looking): Promise<Sight> {
    const list = await whole(kind, looking);
    if (list.kind === 'blind') return list;
    const item = list.items.find((each) => each.id === id);
    return item === undefined ? { kind: 'absent' } : { kind: 'seen', resource: item.resource };
  }

  async function byName(kind: Kind, name: string, looking: Looking, useFilter: boolean): Promise<Sight> {
    const isNamed = ({ resource }: Item): boolean => isCalled(kind, resource, name);
    const filtered = useFilter ? (await filter(kind, name, looking))?.filter(isNamed) : undefined;
    if (filtered !== undefined && filtered.length > 0) return only(kind, name, filtered);
    const list = await whole(kind, { ...looking, afterWrite: true });
    return list.kind === 'blind' ? list : only(kind, name, list.items.filter(isNamed));
  }

  async function whole(kind: Kind, looking: Looking): Promise<WholeList> {
    if (looking.afterWrite) return readWhole(kind, looking);
    const list = (shared[kind] ??= readWhole(kind, looking));
    const result = await list;
    if (result.kind === 'blind' && shared[kind] === list) delete shared[kind];
    return result;
  }

  async function readWhole(kind: Kind, { signal, afterWrite }: Looking): Promise<WholeList> {
    const listing = await listAll(service, kind, { signal, always: afterWrite, token });
    if (listing.kind === 'failed') {
      return { kind: 'blind', problem: unreadable(listing.diagnostic, signal) };
    }
    learnList(knowledge, kind, listing.items, listing.requests);
    return listing;
  }

  return { byId, byName, whole };
}

function isCalled(kind: Kind, resource: Resource, name: string): boolean {
  const found = textOf(property(resource, collections[kind].nameAttribute));
  return found !== undefined && sameName(kind, found, name);
}

const codesOfReads: Readonly<Partial<Record<Code, ProblemCode>>> = {
  E101: 'unauthorized',
  E102: 'unreachable',
  E105: 'throttled',
  E107: 'unavailable',
};

function unreadable({ code, message }: Diagnostic, signal: AbortSignal): Problem {
  return { code: signal.aborted ? 'interrupted' : (codesOfReads[code] ?? 'invalid-answer'), message };
}

function only(kind: Kind, name: string, items: readonly Item[]): Sight {
  const [first, ...others] = items;
  if (first === undefined) return { kind: 'absent' };
  if (others.length === 0) return { kind: 'seen', resource: first.resource };
  return { kind: 'blind', problem: { code: 'conflict', message: `Figma lists ${items.length} objects that are ${kind} ${name}.` } };
}
