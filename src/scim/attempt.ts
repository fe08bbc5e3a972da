import type { Problem } from '../model/event.ts';
import type { Outcome } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import { gone, type Assessment } from './assess.ts';
import type { Bench } from './bench.ts';
import { rest } from './clock.ts';
import { fateOf, problemOf } from './problem.ts';
import { pauseMs } from './retry.ts';
import type { Resource } from './resource.ts';
import type { Reply } from './service.ts';

/** A change of one object that exists. */
export interface Change {
  readonly operation: Operation;
  readonly id: string;
  /** Completes "could not …". */
  readonly task: string;
  /** What remains to be done on what was found. */
  readonly assess: (found: Resource) => Assessment;
  readonly send: (found: Resource, edits: readonly Edit[]) => Promise<Reply>;
  /** Whether an object that is gone is what was wanted. */
  readonly absentIsDone?: boolean;
  /** Asks for the members of a group where GET by id leaves them out. */
  readonly withMembers?: boolean;
}

/**
 * How it went. `before` is the object as it was before anything was sent; `sent` is false when nothing had to be, and then `before` is absent
 * where the object is. `now` is what the last look showed.
 */
export type Attempted =
  | { readonly kind: 'made'; readonly sent: boolean; readonly before?: Resource; readonly now?: Resource }
  | { readonly kind: 'failed'; readonly outcome: Outcome };

/** How often a write is sent in all when nobody knows whether it arrived. */
export const mostSendings = 4;

/**
 * Looks, compares, sends. After an answer that proves nothing it looks again before it sends again: some services answer 500 and have stored
 * the change (scim-client rule 5).
 */
export async function attempt(bench: Bench, change: Change, signal: AbortSignal): Promise<Attempted> {
  const { operation, id, task, withMembers } = change;
  let before: Resource | undefined;
  let doubt: Reply | undefined;
  for (let sendings = 0; ; sendings += 1) {
    const looking = { signal, afterWrite: sendings > 0, ...(withMembers !== undefined && sendings === 0 && { withMembers }) };
    const sight = await bench.lookup.byId(operation.kind, id, operation.name, looking);
    if (sight.kind === 'blind') return failed({ kind: doubt === undefined ? 'failed' : 'unknown', problem: sight.problem });
    if (sight.kind === 'absent') {
      if (change.absentIsDone) return { kind: 'made', sent: sendings > 0, ...(before && { before }) };
      const problem = gone(operation.kind, operation.name);
      return failed(doubt === undefined ? { kind: 'moved', problem } : mixedUp(task, problem));
    }
    before ??= sight.resource;
    const assessment = change.assess(sight.resource);
    if (assessment.kind === 'moved') return failed(doubt === undefined ? assessment : mixedUp(task, assessment.problem));
    if (assessment.edits.length === 0 && !(change.absentIsDone ?? false)) {
      return { kind: 'made', sent: sendings > 0, before, now: sight.resource };
    }
    if (doubt !== undefined && (sendings >= mostSendings || signal.aborted || !bench.budget.spend())) {
      const kind = doubt.kind === 'answer' ? 'failed' : 'unknown';
      return failed({ kind, problem: problemOf(doubt, task, bench.token) });
    }
    const reply = await change.send(sight.resource, assessment.edits);
    const fate = fateOf(reply);
    const isGone = change.absentIsDone && reply.kind === 'answer' && reply.status === 404;
    if (fate === 'accepted' || isGone) return { kind: 'made', sent: true, before };
    if (fate === 'refused') return failed({ kind: 'failed', problem: problemOf(reply, task, bench.token) });
    doubt = reply;
    await rest(bench.clock, pauseMs(reply, sendings + 1, bench.random(), bench.clock.now()), signal);
  }
}

/** After a write of ours whose answer proved nothing, a third value is nobody else's for certain. */
function mixedUp(task: string, { message }: Problem): Outcome {
  return {
    kind: 'unknown',
    problem: { code: 'unknown', message: `Figma failed to ${task} and what it shows now is neither old nor new: ${message}` },
  };
}

function failed(outcome: Outcome): Attempted {
  return { kind: 'failed', outcome };
}
