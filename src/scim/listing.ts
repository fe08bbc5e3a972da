import type { Kind } from '../model/operation.ts';
import { diagnose, readError } from './diagnose.ts';
import { readAll, type Item, type ListPage, type Listing, type PageReply } from './paging.ts';
import { entriesOf, idOf, isResource, property, textOf, type Resource } from './resource.ts';
import type { CallOptions, Reply, Service } from './service.ts';

/** The path under which each kind lies, and what people call a list of it. */
export const collections: Readonly<Record<Kind, { readonly path: string; readonly plural: string; readonly nameAttribute: string }>> = {
  user: { path: '/Users', plural: 'users', nameAttribute: 'userName' },
  group: { path: '/Groups', plural: 'groups', nameAttribute: 'displayName' },
};

export interface ListOptions extends Pick<CallOptions, 'signal' | 'always' | 'abandon'> {
  readonly token: string;
  readonly fallbackCount?: () => Promise<number>;
  /** Said after each page that came, with the number of objects on it. */
  readonly onPage?: (objects: number) => void;
}

/** Every object of a kind, proven to be all of them, or why not. */
export function listAll(service: Service<'GET'>, kind: Kind, options: ListOptions): Promise<Listing> {
  const { path, plural } = collections[kind];
  const list: ListPage = async (startIndex, count) => {
    const reply = await service.call('GET', `${path}?startIndex=${startIndex}&count=${count}`, options);
    const page = pageOf(reply, plural, options.token);
    if (page.kind === 'page') options.onPage?.(page.page.items.length);
    return page;
  };
  return readAll(plural, list, options.fallbackCount ?? (() => Promise.resolve(100)));
}

/** The page that a reply holds. A missing `totalResults` or an object without an id is a reason to trust nothing of it. */
export function pageOf(reply: Reply, plural: string, token: string): PageReply {
  if (reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) {
    const refused = reply.kind === 'answer' && (reply.status === 400 || reply.status === 404);
    const diagnostic = diagnose(reply, plural, token);
    return refused ? { kind: 'refused', diagnostic } : { kind: 'failed', diagnostic };
  }
  const body = reply.content.kind === 'json' ? reply.content.value : undefined;
  if (!isResource(body)) return { kind: 'failed', diagnostic: diagnose(reply, plural, token) };
  if (isError(body)) return distrust(`Figma answered the request for ${plural} with an error and called it a success.`);
  const resources = property(body, 'Resources');
  const total = countOf(property(body, 'totalResults'));
  if (total === undefined && !Array.isArray(resources)) return { kind: 'failed', diagnostic: diagnose(reply, plural, token) };
  if (total === undefined) return distrust(`Figma did not say how many ${plural} there are.`);
  if (resources !== undefined && resources !== null && !Array.isArray(resources)) {
    return distrust(`Figma's list of ${plural} is not a list.`);
  }
  const items: Item[] = [];
  for (const resource of entriesOf(resources)) {
    const id = idOf(resource);
    if (id === undefined || !isResource(resource)) return distrust(`Figma listed one of its ${plural} without an id that can be used.`);
    items.push({ id, resource });
  }
  const startIndex = countOf(property(body, 'startIndex'));
  return { kind: 'page', page: { total, items, ...(startIndex !== undefined && { startIndex }) } };
}

/** An error in the body counts, whatever the status line says. Source: RFC 7644, 3.12. */
function isError(body: Resource): boolean {
  return entriesOf(property(body, 'schemas')).some((schema) => typeof schema === 'string' && schema.endsWith(':Error'));
}

function distrust(message: string): PageReply {
  return { kind: 'failed', diagnostic: readError('E104', message) };
}

/** A count that may come as text. */
function countOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
