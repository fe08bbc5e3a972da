import { fail, succeed, type Diagnostic, type Result } from '../model/diagnostic.ts';
import type { Directory, DirectoryReader, Live } from '../model/live.ts';
import type { Kind } from '../model/plan.ts';
import { openBudget, type Budget } from './budget.ts';
import { openTransport, sharedByMany, type Method, type Transport } from './client.ts';
import type { Clock } from './clock.ts';
import { memberIdsOf } from './decode.ts';
import { diagnose, readError } from './diagnose.ts';
import { openGate } from './gate.ts';
import { learnList, newKnowledge, type Knowledge } from './knowledge.ts';
import { listAll } from './listing.ts';
import { openLookup } from './lookup.ts';
import { baseUrlProblem, rootOf, tenantProblem, tokenProblem } from './origin.ts';
import type { Item } from './paging.ts';
import { liveOf } from './read.ts';
import { reveal } from './reveal.ts';
import { isResource, part, property, type Resource } from './resource.ts';
import { openService, type Service } from './service.ts';
import { openWave } from './wave.ts';

/** How far a read has come: objects of one kind seen so far, and the requests of the run. */
export interface Progress {
  readonly kind: Kind;
  readonly objects: number;
  readonly pages: number;
  readonly requests: number;
}

export interface DirectoryOptions {
  /** Where the service lies, such as `https://www.figma.com/scim/v2`; the tenant is appended. `baseUrlProblem` must have accepted it. */
  readonly baseUrl: string;
  readonly tenantId: string;
  /** Travels in the Authorization header and nowhere else. */
  readonly token: string;
  readonly userAgent: string;
  readonly clock: Clock;
  /** Between 0 and 1, for the jitter of waits. */
  readonly random: () => number;
  /** Requests side by side at most; 6 unless told. */
  readonly connections?: number;
  /** How long one request may take; 60 s unless told. */
  readonly timeoutMs?: number;
  /** How large one answer may be; 256 MiB unless told. */
  readonly maxBytes?: number;
  /** Ends the waits of `read` and its new requests. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Said when the service throttles, with the milliseconds that all requests now wait. */
  readonly onWait?: (ms: number) => void;
}

/** A directory with connections to close. */
export type Open<T> = T & { readonly close: () => Promise<void> };

/** The service as planning sees it: nothing but GET can leave, by type and in the transport itself. */
export function openReader(options: DirectoryOptions): Open<DirectoryReader> {
  const { transport, service } = connect(options, ['GET'], openBudget());
  return { read: () => read(options, service, transport, newKnowledge()), close: transport.close };
}

/** The service as applying sees it. `wave` needs a `read` before, whose ids it uses. */
export function openDirectory(options: DirectoryOptions): Open<Directory> {
  const budget = openBudget();
  const { transport, service } = connect(options, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], budget);
  const { clock, random, token } = options;
  const knowledge = newKnowledge();
  return {
    read: () => read(options, service, transport, knowledge),
    wave: (operations) =>
      openWave({ service, budget, clock, random, token, knowledge, lookup: openLookup(service, knowledge, token) }, operations),
    close: transport.close,
  };
}

function connect<M extends Method>(options: DirectoryOptions, methods: readonly M[], budget: Budget) {
  const { baseUrl, tenantId, token, userAgent, clock, random, onWait } = options;
  const problem = baseUrlProblem(baseUrl) ?? tenantProblem(tenantId);
  if (problem !== undefined) throw new Error(problem);
  const connections = options.connections ?? 6;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const maxBytes = options.maxBytes ?? 256 * 1024 * 1024;
  const transport = openTransport({ ...rootOf(baseUrl, tenantId), token, userAgent, connections, methods, timeoutMs, maxBytes });
  return { transport, service: openService({ transport, gate: openGate(clock, connections), budget, clock, random, onWait }) };
}

/** Reads both lists at once; when one cannot be read the other is not waited for, and neither is a configuration that nobody asked for. */
async function read(
  options: DirectoryOptions,
  service: Service<'GET'>,
  transport: Transport<'GET'>,
  knowledge: Knowledge,
): Promise<Result<Live>> {
  const { token, tenantId, onProgress } = options;
  const unusable = tokenProblem(token);
  if (unusable !== undefined) return fail(readError('E101', unusable));
  const before = transport.requests();
  const stop = new AbortController();
  const enough = new AbortController();
  const signal = sharedByMany(options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]));
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
