import type { Outcome, Wave } from '../model/live.ts';
import type { Kind, Operation, OperationId } from '../model/operation.ts';
import type { Bench } from './bench.ts';
import { sharedByMany } from './client.ts';
import { waysOf } from './group-proof.ts';
import { sendGroup } from './groups.ts';
import { learnNames } from './knowledge.ts';
import { sendUser } from './users.ts';
import { readBack, relist, type Proof } from './verify.ts';

const senders = { user: sendUser, group: sendGroup } as const;

/**
 * Opens the writing of `operations`. Where there are more of a kind than reading its whole list takes requests, the proof is left to
 * `settle`; but each put is read back by itself, and so is each change of members until its kind has gone well once: one that changes more than it was
 * asked for is then the last.
 */
export function openWave(bench: Bench, operations: readonly Operation[]): Wave {
  const { knowledge } = bench;
  learnNames(knowledge, operations);
  const proofs: Record<Kind, Map<OperationId, Proof>> = { user: new Map(), group: new Map() };
  const isMany = (kind: Kind): boolean =>
    operations.filter((operation) => operation.kind === kind && operation.action !== 'put').length >
    (knowledge.listRequests[kind] ?? Number.POSITIVE_INFINITY);
  const many: Readonly<Record<Kind, boolean>> = { user: isMany('user'), group: isMany('group') && knowledge.membersInLists };

  async function write(operation: Operation, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted)
      return { kind: 'failed', problem: { code: 'interrupted', message: `Interrupted before ${operation.id} was started.` } };
    const sent = await senders[operation.kind](bench, operation, sharedByMany(signal));
    if (sent.kind === 'known') return sent.outcome;
    const tried = [...waysOf(operation.edits)].every((way) => knowledge.membershipProven.has(way));
    const alone = !many[operation.kind] || operation.action === 'put' || !tried;
    if (alone) return readBack(bench, sent.proof, signal);
    proofs[operation.kind].set(operation.id, sent.proof);
    return { kind: 'written' };
  }

  async function settle(signal: AbortSignal): Promise<ReadonlyMap<OperationId, Outcome>> {
    const kinds = (['user', 'group'] as const).filter((kind) => proofs[kind].size > 0);
    const settled = await Promise.all(kinds.map((kind) => relist(bench, kind, proofs[kind], sharedByMany(signal))));
    for (const kind of kinds) proofs[kind].clear();
    return new Map(settled.flatMap((outcomes) => Array.from(outcomes)));
  }

  return { write, settle };
}
