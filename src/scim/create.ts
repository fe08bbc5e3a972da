import type { Outcome } from '../model/live.ts';
import type { Kind, Operation } from '../model/operation.ts';
import type { Bench } from './bench.ts';
import { mostSendings } from './attempt.ts';
import { rest } from './clock.ts';
import { sameName } from './knowledge.ts';
import { collections } from './listing.ts';
import type { Sight } from './lookup.ts';
import { fateOf, problemOf } from './problem.ts';
import { pauseMs } from './retry.ts';
import { idOf, type Resource } from './resource.ts';
import type { Reply } from './service.ts';

/** `made`: a POST of ours made it. `exists`: the service had it already, and nothing was sent that took effect. */
export type Created =
  | { readonly kind: 'made'; readonly id: string }
  | { readonly kind: 'exists'; readonly id: string; readonly resource: Resource }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/**
 * Creates an object, never twice. A POST that may have arrived is looked up by filter and then by a fresh list before it is sent again; a
 * success without an id (seen for addresses with `+`) and a 409 are looked up in a fresh list, since filters can miss what is there.
 */
export async function create(bench: Bench, operation: Operation, name: string, body: Resource, signal: AbortSignal): Promise<Created> {
  const { kind } = operation;
  const task = `create ${kind} ${name}`;
  for (let sendings = 1; ; sendings += 1) {
    const reply = await bench.service.call('POST', collections[kind].path, { body, signal });
    const fate = fateOf(reply);
    if (fate === 'accepted') return accepted(bench, operation, name, reply, signal);
    if (reply.kind === 'answer' && reply.status === 409) return conflicting(bench, operation, name, reply, signal);
    if (fate === 'refused') return failed({ kind: 'failed', problem: problemOf(reply, task, bench.token) });
    await rest(bench.clock, 1000 + pauseMs(reply, sendings, bench.random(), bench.clock.now()), signal);
    const sight = await bench.lookup.byName(kind, name, { signal, afterWrite: true }, true);
    if (sight.kind === 'blind') return failed({ kind: 'unknown', problem: sight.problem });
    if (sight.kind === 'seen') return made(idOf(sight.resource) ?? '');
    if (sendings >= mostSendings || signal.aborted || !bench.budget.spend()) {
      const outcome = reply.kind === 'answer' ? 'failed' : 'unknown';
      return failed({ kind: outcome, problem: problemOf(reply, task, bench.token) });
    }
  }
}

async function accepted(bench: Bench, operation: Operation, name: string, reply: Reply, signal: AbortSignal): Promise<Created> {
  const id = reply.kind === 'answer' && reply.content.kind === 'json' ? idOf(reply.content.value) : undefined;
  if (id !== undefined && !isAnother(bench, operation.kind, id, name)) return made(id);
  const { kind } = operation;
  let sight: Sight = { kind: 'absent' };
  for (const pause of [0, 1000, 3000, 9000]) {
    if (pause > 0 && !(await rest(bench.clock, pause, signal))) break;
    sight = await bench.lookup.byName(kind, name, { signal, afterWrite: true }, false);
    if (sight.kind !== 'absent') break;
  }
  if (sight.kind === 'seen') return made(idOf(sight.resource) ?? '');
  if (sight.kind === 'blind') return failed({ kind: 'unknown', problem: sight.problem });
  const message = `Figma accepted ${kind} ${name} without an id of its own, and does not list it.`;
  return failed({ kind: 'unknown', problem: { code: 'unknown', message } });
}

/** An id that the lists gave to somebody else must not be written to: the answer may point anywhere (scim-client rule 11). */
function isAnother({ knowledge }: Bench, kind: Kind, id: string, name: string): boolean {
  const spelling = knowledge.spelling.get(id);
  return spelling !== undefined && !sameName(kind, spelling, name);
}

async function conflicting(bench: Bench, { kind }: Operation, name: string, reply: Reply, signal: AbortSignal): Promise<Created> {
  const sight = await bench.lookup.byName(kind, name, { signal, afterWrite: true }, false);
  if (sight.kind === 'seen') return { kind: 'exists', id: idOf(sight.resource) ?? '', resource: sight.resource };
  if (sight.kind === 'blind') return failed({ kind: 'failed', problem: sight.problem });
  const { message } = problemOf(reply, `create ${kind} ${name}`, bench.token);
  return failed({ kind: 'failed', problem: { code: 'conflict', message: `${message} It exists, and Figma does not list it.` } });
}

function made(id: string): Created {
  return { kind: 'made', id };
}

function failed(outcome: Outcome): Created {
  return { kind: 'failed', outcome };
}
