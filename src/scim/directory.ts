import type { Directory, DirectoryReader } from '../model/live.ts';
import { openBudget, type Budget } from './budget.ts';
import { openTransport, type Method } from './client.ts';
import type { Clock } from './clock.ts';
import { openGate } from './gate.ts';
import { newKnowledge } from './knowledge.ts';
import { openLookup } from './lookup.ts';
import { baseUrlProblem, rootOf, tenantProblem } from './origin.ts';
import { readLive, type Progress } from './read.ts';
import { openService } from './service.ts';
import { openWave } from './wave.ts';

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
  return { read: () => readLive({ ...options, service, transport, knowledge: newKnowledge() }), close: transport.close };
}

/** The service as applying sees it. `wave` needs a `read` before, whose ids it uses. */
export function openDirectory(options: DirectoryOptions): Open<Directory> {
  const budget = openBudget();
  const { transport, service } = connect(options, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], budget);
  const { clock, random, token } = options;
  const knowledge = newKnowledge();
  return {
    read: () => readLive({ ...options, service, transport, knowledge }),
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
