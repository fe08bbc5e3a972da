import type { Outcome } from '../model/live.ts';
import type { Kind } from '../model/operation.ts';
import type { Bench } from './bench.ts';
import { rest } from './clock.ts';
import type { Item } from './paging.ts';
import type { Resource } from './resource.ts';

/** What one look at an object says about an operation; `settled` is false while another look could say something better. */
export interface Judgement {
  readonly settled: boolean;
  readonly outcome: Outcome;
}

/** What is to be proven of an operation that was sent: where to look, and how to judge what is found there. */
export interface Proof {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly withMembers: boolean;
  readonly judge: (found: Resource | undefined) => Judgement;
}

/** An operation that was sent and awaits its proof, or one whose outcome is known already. */
export type Sent = { readonly kind: 'sent'; readonly proof: Proof } | { readonly kind: 'known'; readonly outcome: Outcome };

export function known(outcome: Outcome): Sent {
  return { kind: 'known', outcome };
}

/** A service may show a change a little later: a mismatch is looked at again after 1, 3 and 9 s. */
const pausesMs = [1000, 3000, 9000] as const;

/** Reads one object back until its proof is settled. After an abort it is read once. */
export async function readBack(bench: Bench, proof: Proof, signal: AbortSignal): Promise<Outcome> {
  const { kind, id, name, withMembers } = proof;
  for (let looks = 0; ; looks += 1) {
    const sight = await bench.lookup.byId(kind, id, name, { signal, afterWrite: true, withMembers });
    if (sight.kind === 'blind') return { kind: 'unknown', problem: sight.problem };
    const { settled, outcome } = proof.judge(sight.kind === 'seen' ? sight.resource : undefined);
    const pause = pausesMs[looks];
    if (settled || pause === undefined || !(await rest(bench.clock, pause, signal))) return concluded(bench, outcome);
  }
}

/** Proves many operations of one kind by whole lists; a list that cannot be trusted leaves what it should prove unknown. */
export async function relist<K>(
  bench: Bench,
  kind: Kind,
  proofs: ReadonlyMap<K, Proof>,
  signal: AbortSignal,
): Promise<ReadonlyMap<K, Outcome>> {
  const outcomes = new Map<K, Outcome>();
  let open = proofs;
  for (let looks = 0; ; looks += 1) {
    const list = await bench.lookup.whole(kind, { signal, afterWrite: true });
    if (list.kind === 'blind') {
      for (const key of open.keys()) outcomes.set(key, { kind: 'unknown', problem: list.problem });
      return outcomes;
    }
    open = judgeAll(open, list.items, outcomes);
    const pause = pausesMs[looks];
    if (open.size > 0 && pause !== undefined && (await rest(bench.clock, pause, signal))) continue;
    for (const outcome of outcomes.values()) concluded(bench, outcome);
    return outcomes;
  }
}

function judgeAll<K>(open: ReadonlyMap<K, Proof>, items: readonly Item[], outcomes: Map<K, Outcome>): ReadonlyMap<K, Proof> {
  const found = new Map(items.map((item) => [item.id, item.resource]));
  const rest = new Map<K, Proof>();
  for (const [key, proof] of open) {
    const { settled, outcome } = proof.judge(found.get(proof.id));
    outcomes.set(key, outcome);
    if (!settled) rest.set(key, proof);
  }
  return rest;
}

/** A service that never shows members is found out once. */
function concluded(bench: Bench, outcome: Outcome): Outcome {
  if (outcome.kind === 'not-converged' && outcome.problem.code === 'members-unreadable') bench.knowledge.membersShown = false;
  return outcome;
}
