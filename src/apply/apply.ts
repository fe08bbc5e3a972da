import pLimit from 'p-limit';
import { reportOf, type ApplyEvent, type OperationEvent } from '../model/event.ts';
import type { Directory, Outcome, Wave } from '../model/live.ts';
import type { Edit, Operation } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';
import { openChannel, type Channel } from './channel.ts';
import { Ledger } from './ledger.ts';
import { stretches } from './stretches.ts';

export interface ApplyOptions {
  /** Operations at once, at least 1. */
  readonly parallelism: number;
  /** Aborted: what is in flight is finished, nothing new is started, the rest is held. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/**
 * Carries a plan out and tells everything that happens, ending with a summary. `started` is handed over before the operation's first request:
 * the operation waits until the reader asks for the next event. Nothing is sent that is not in the plan, and one operation that fails stops
 * only those that need it.
 */
export async function* apply(
  plan: Pick<Plan, 'operations' | 'unresolved'>,
  directory: Directory,
  options: ApplyOptions,
): AsyncGenerator<ApplyEvent, void, undefined> {
  const told: OperationEvent[] = [];
  const channel = openChannel<OperationEvent>();
  const run = carryOut(plan.operations, directory, options, channel).finally(() => channel.close());
  // An early failure is reported by the await below; until then it must not count as unhandled.
  run.catch(() => {});
  for await (const event of channel.values()) {
    told.push(event);
    yield event;
  }
  await run;
  yield {
    type: 'summary',
    at: options.now().toISOString(),
    report: reportOf(told, { interrupted: options.signal.aborted, omitted: plan.unresolved > 0 }),
  };
}

async function carryOut(
  operations: readonly Operation[],
  directory: Directory,
  options: ApplyOptions,
  channel: Channel<OperationEvent>,
): Promise<void> {
  const tell = teller(channel, options.now);
  for (const operation of operations) await tell.planned(operation);
  const ledger = new Ledger();
  for (const stretch of stretches(operations)) {
    const runnable: Operation[] = [];
    for (const operation of stretch) {
      const { ready, held } = ledger.sift(operation, options.signal.aborted);
      for (const { edits, because } of held) await tell.held(operation, edits, because);
      if (ready) runnable.push(ready);
    }
    if (runnable.length > 0) await runStretch(runnable, directory.wave(runnable), options, ledger, tell);
  }
}

async function runStretch(
  operations: readonly Operation[],
  wave: Wave,
  options: ApplyOptions,
  ledger: Ledger,
  tell: Teller,
): Promise<void> {
  const limit = pLimit(options.parallelism);
  const unsettled = new Map<string, Operation>();
  const conclude = async (operation: Operation, outcome: Outcome) => {
    if (outcome.kind === 'written') {
      unsettled.set(operation.id, operation);
    } else {
      ledger.record(operation, outcome);
      await tell.outcome(operation, outcome);
    }
  };
  const carry = async (operation: Operation) => {
    const stop = ledger.stopReason(operation, options.signal.aborted);
    if (stop !== undefined) {
      await tell.held(operation, operation.edits, stop);
      return;
    }
    await tell.started(operation);
    await conclude(operation, await wave.write(operation, options.signal));
  };
  // What a PUT does to an attribute that it leaves out is documented nowhere: until one has gone well, puts go alone, one after the other.
  const tried = new Set<Operation>();
  for (const put of operations.filter(({ action }) => action === 'put')) {
    if (ledger.putProven) break;
    tried.add(put);
    await carry(put);
  }
  await Promise.all(operations.filter((operation) => !tried.has(operation)).map((operation) => limit(() => carry(operation))));
  if (unsettled.size === 0) return;
  const outcomes = await wave.settle(options.signal);
  for (const operation of unsettled.values()) {
    await conclude(operation, outcomes.get(operation.id) ?? unproven(operation));
  }
}

function unproven(operation: Operation): Outcome {
  return {
    kind: 'unknown',
    problem: { code: 'unknown', message: `${operation.name}: sent, and whether it took effect could not be read` },
  };
}

type Teller = ReturnType<typeof teller>;

/** The events of one run, each resolved when the reader has dealt with it. */
function teller(channel: Channel<OperationEvent>, now: () => Date) {
  const about = ({ id }: Operation, edits: readonly Edit[]) => ({ at: now().toISOString(), operation: id, edits });
  return {
    planned: (operation: Operation) => channel.send({ type: 'planned', ...about(operation, operation.edits) }),
    started: (operation: Operation) => channel.send({ type: 'started', ...about(operation, operation.edits) }),
    held: (operation: Operation, edits: readonly Edit[], because: string) =>
      channel.send({ type: 'held', ...about(operation, edits), because }),
    outcome: async (operation: Operation, outcome: Exclude<Outcome, { kind: 'written' }>) => {
      const { edits } = operation;
      switch (outcome.kind) {
        case 'done':
          return channel.send({ type: 'succeeded', ...about(operation, edits) });
        case 'moved':
          return channel.send({ type: 'skipped', ...about(operation, edits), because: `moved: ${outcome.problem.message}` });
        case 'partial':
          for (const { edit, problem } of outcome.failed) await channel.send({ type: 'failed', ...about(operation, [edit]), problem });
          return;
        case 'not-converged':
          return channel.send({ type: 'failed', ...about(operation, outcome.edits), problem: outcome.problem });
        case 'failed':
          if (outcome.problem.code === 'interrupted')
            return channel.send({ type: 'held', ...about(operation, edits), because: 'interrupted before anything was sent' });
          return channel.send({ type: 'failed', ...about(operation, edits), problem: outcome.problem });
        case 'unknown':
          return channel.send({ type: 'failed', ...about(operation, edits), problem: outcome.problem });
      }
    },
  };
}
