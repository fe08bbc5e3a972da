import { memberIdsOf } from './decode.ts';
import { idOf, isResource } from './resource.ts';
import { pathOf } from './lookup.ts';
import type { Item } from './paging.ts';
import type { CallOptions, Reply, Service } from './service.ts';

/** Groups with the members that their list left out, or the reply that was none. */
export type Revealed =
  | { readonly kind: 'groups'; readonly items: readonly Item[]; readonly hidden: boolean }
  | { readonly kind: 'failed'; readonly reply: Reply };

/** How many groups are read by themselves before a list without any member is believed; one where the lists are long already. */
function samplesOf(groups: number): number {
  return groups <= 100 ? 3 : 1;
}

/**
 * Some services leave members out of lists, or list every group as empty, and show them in each group alone. A list in which no group has a
 * member is therefore held against a few groups read by themselves; where one of them has members, every group is read so. A sample that fails
 * is a failed read, not an empty group.
 */
export async function reveal(service: Service<'GET'>, items: readonly Item[], options: CallOptions): Promise<Revealed> {
  const believed: Revealed = { kind: 'groups', items, hidden: false };
  if (items.length === 0 || items.some(({ resource }) => memberIdsOf(resource).size > 0)) return believed;
  for (const { id } of spread(items)) {
    const sample = await service.call('GET', pathOf('group', id), options);
    if (cannotTell(sample, id)) return believed;
    const group = groupIn(sample, id);
    if (group === undefined) return { kind: 'failed', reply: sample };
    if (memberIdsOf(group).size > 0) return everyGroup(service, items, options);
  }
  return believed;
}

/** Some of the groups, from all over the list. */
function spread(items: readonly Item[]): readonly Item[] {
  const samples = samplesOf(items.length);
  const step = Math.max(1, Math.floor(items.length / samples));
  return items.filter((_, index) => index % step === 0).slice(0, samples);
}

/** GET by id may not exist (it is in none of Figma's documents), or answer with something that is no group: then the list is all there is. */
function cannotTell(reply: Reply, id: string): boolean {
  if (reply.kind !== 'answer') return false;
  const isOther = reply.status === 200 && reply.content.kind !== 'text' && groupIn(reply, id) === undefined;
  return isOther || [400, 404, 405, 501].includes(reply.status);
}

async function everyGroup(service: Service<'GET'>, items: readonly Item[], options: CallOptions): Promise<Revealed> {
  const whole: Item[] = [];
  const replies = await Promise.all(items.map(({ id }) => service.call('GET', pathOf('group', id), options)));
  for (const [index, { id }] of items.entries()) {
    const reply = replies[index] ?? { kind: 'interrupted' };
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
