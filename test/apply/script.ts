import type { Directory, Outcome } from '../../src/model/live.ts';
import type { Operation, OperationId } from '../../src/model/operation.ts';

/** A directory that answers as it is told and notes what is asked of it, in order: `>` begins a write, `<` ends it, `=` settles a wave. */
export interface Script extends Directory {
  readonly notes: string[];
  readonly sent: Operation[];
  /** The most writes under way at once. */
  readonly peak: () => number;
}

export function scripted(outcomes: Partial<Record<OperationId, Outcome>> = {}, late = false): Script {
  const notes: string[] = [];
  const sent: Operation[] = [];
  let running = 0;
  let peak = 0;
  return {
    notes,
    sent,
    peak: () => peak,
    read: () => Promise.reject(new Error('an apply reads through its waves')),
    wave: (operations) => ({
      write: async (operation) => {
        notes.push(`> ${operation.name}`);
        sent.push(operation);
        peak = Math.max(peak, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        notes.push(`< ${operation.name}`);
        return late && operations.length > 1
          ? { kind: 'written' }
          : (outcomes[operation.id] ?? { kind: 'done', put: operation.action === 'put' });
      },
      settle: async () => {
        notes.push('=');
        return new Map(operations.map(({ id }): [OperationId, Outcome] => [id, outcomes[id] ?? { kind: 'done' }]));
      },
    }),
  };
}
