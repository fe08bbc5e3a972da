import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';
import type { Live } from '../model/live.ts';
import type { Kind } from '../model/operation.ts';
import { sharedByMany, type Transport } from './client.ts';
import { memberIdsOf } from './decode.ts';
import { diagnose, readError } from './diagnose.ts';
import { learnList, type Knowledge } from './knowledge.ts';
import { listAll } from './listing.ts';
import { liveOf } from './live.ts';
import { tokenProblem } from './origin.ts';
import type { Item } from './paging.ts';
import { isResource, part, property, type Resource } from './resource.ts';
import { reveal } from './reveal.ts';
import type { Service } from './service.ts';

/** How far a read has come: objects of one kind seen so far, and the requests of the run. */
export interface Progress {
  readonly kind: Kind;
  readonly objects: number;
  readonly pages: number;
  readonly requests: number;
}

/** What a read works with. */
export interface Reading {
  readonly tenantId: string;
  readonly token: string;
  readonly service: Service<'GET'>;
  readonly transport: Transport<'GET'>;
  /** Takes what the read learns. */
  readonly knowledge: Knowledge;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Reads both lists at once; when one cannot be read the other is not waited for, and neither is a configuration that nobody asked for. */
export async function readLive(reading: Reading): Promise<Result<Live>> {
  const { token, tenantId, service, transport, knowledge, onProgress } = reading;
  const unusable = tokenProblem(token);
  if (unusable !== undefined) return fail(readError('E101', unusable));
  const before = transport.requests();
  const stop = new AbortController();
  const enough = new AbortController();
  const signal = sharedByMany(reading.signal === undefined ? stop.signal : AbortSignal.any([reading.signal, stop.signal]));
  const config = service.call('GET', '/ServiceProviderConfig', { signal, abandon: enough.signal, attempts: 1 });
  const fallbackCount = async (): Promise<number> => {
    const reply = await config;
    return reply.kind === 'answer' && reply.content.kind === 'json' && isResource(reply.content.value)
      ? maxResultsOf(reply.content.value)
      : 100;
  };

  let failure: Diagnostic | undefined;
  async function list(kind: Kind) {
    let objects = 0;
    let pages = 0;
    const listing = await listAll(service, kind, {
      signal,
      abandon: sharedByMany(stop.signal),
      token,
      fallbackCount,
      onPage: (count) => {
        objects += count;
        pages += 1;
        onProgress?.({ kind, objects, pages, requests: transport.requests() - before });
      },
    });
    if (listing.kind === 'failed') {
      // What comes after the first failure is only its echo.
      failure ??= listing.diagnostic;
      stop.abort();
      enough.abort();
      return [];
    }
    const items = kind === 'group' ? await revealed(listing.items) : listing.items;
    learnList(knowledge, kind, items, listing.requests);
    return items;
  }

  async function revealed(items: readonly Item[]): Promise<readonly Item[]> {
    const groups = await reveal(service, items, { signal, abandon: stop.signal });
    if (groups.kind === 'failed') {
      failure ??= diagnose(groups.reply, 'group members', token);
      stop.abort();
      enough.abort();
      return [];
    }
    knowledge.membersInLists = !groups.hidden;
    return groups.items;
  }

  const [users, groups] = await Promise.all([list('user'), list('group')]);
  enough.abort();
  await config;
  if (failure !== undefined) return fail(failure);
  const populated = groups.filter(({ resource }) => memberIdsOf(resource).size > 0).length;
  if (users.length === 0 && populated > 0) {
    return fail(readError('E104', `Figma listed no user, and groups that have members (${populated}).`));
  }
  return succeed(liveOf(tenantId, users, groups, transport.requests() - before));
}

/** What a service says it lists at most. Source: RFC 7643, 5, `filter.maxResults`. */
function maxResultsOf(config: Resource): number {
  const value = Number(property(part(config, 'filter'), 'maxResults'));
  return Number.isSafeInteger(value) && value > 0 && value < 3000 ? value : 100;
}
