import { keyOf, property, isResource, idOf } from './resource.ts';
import { pathOf } from './lookup.ts';
import type { Item } from './paging.ts';
import type { CallOptions, Reply, Service } from './service.ts';

/** Groups with the members that their list left out, or the reply that was none. */
export type Revealed =
  | { readonly kind: 'groups'; readonly items: readonly Item[]; readonly hidden: boolean }
  | { readonly kind: 'failed'; readonly reply: Reply };

/**
 * Some services leave members out of lists and show them in each group alone. A list in which no group has members is therefore held against
 * one group read by itself; where that one speaks of members, every group is read by itself. Elsewhere it costs one request at most.
 */
export async function reveal(service: Service<'GET'>, items: readonly Item[], options: CallOptions): Promise<Revealed> {
  const [first] = items;
  if (first === undefined || items.some(({ resource }) => speaksOfMembers(resource))) return { kind: 'groups', items, hidden: false };
  const sample = await service.call('GET', pathOf('group', first.id), { ...options, attempts: 1 });
  if (!speaksOfMembers(groupIn(sample, first.id))) return { kind: 'groups', items, hidden: false };
  const whole: Item[] = [];
  const replies = await Promise.all(items.map(({ id }) => service.call('GET', pathOf('group', id), options)));
  for (const [index, { id }] of items.entries()) {
    const reply = replies[index] ?? sample;
    const resource = groupIn(reply, id);
    if (resource === undefined) return { kind: 'failed', reply };
    whole.push({ id, resource });
  }
  return { kind: 'groups', items: whole, hidden: true };
}

function groupIn(reply: Reply, id: string): Item['resource'] | undefined {
  const body = reply.kind === 'answer' && reply.status === 200 && reply.content.kind === 'json' ? reply.content.value : undefined;
  return isResource(body) && idOf(body) === id ? body : undefined;
}

function speaksOfMembers(resource: Item['resource'] | undefined): boolean {
  return resource !== undefined && keyOf(resource, 'members') !== undefined && property(resource, 'members') !== null;
}
