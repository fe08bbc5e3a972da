import { changeIdsOf, changesIn, type ChangeId } from '../model/change-id.ts';
import type { Operation } from '../model/operation.ts';

/** What a plan at the tip of the branch consists of, each change in one part only. */
export interface ChangeOrigins {
  /** Approved in a merged pull request. */
  readonly approved: ReadonlySet<ChangeId>;
  /** Came with time: a grant that is part of the applied configuration has started or ended since it was applied. */
  readonly due: ReadonlySet<ChangeId>;
  /** The configuration asks for it, or asks for it again, since it was last applied, and nobody approved that. */
  readonly unreviewed: ReadonlySet<ChangeId>;
  /** The applied configuration asks for it too: somebody changed Figma. */
  readonly drift: ReadonlySet<ChangeId>;
}

/** Operations of plans on one and the same live state. */
export interface Plans {
  /** Of the tip, today. */
  readonly tip: readonly Operation[];
  /** Of the applied configuration, today; absent where none can be relied on: then everything else counts as not approved. */
  readonly applied?: readonly Operation[];
  /** Of the applied configuration, on the day on which it was applied. */
  readonly formerly?: readonly Operation[];
}

/**
 * Which changes of the tip's plan may be written, and which are what. What is due for somebody who was deactivated meanwhile can only be written
 * together with the return of access, and is whatever that is. What a commit since wanted otherwise is neither due nor drift any more, even if the tip asks
 * for it again: nobody approved that, and it must not be forgotten when the status moves.
 */
export function classifyChanges(
  { tip, applied = [], formerly = [] }: Plans,
  approved: ReadonlySet<ChangeId>,
  isTouched: (id: ChangeId) => boolean,
): ChangeOrigins {
  const [known, old] = [changeIdsOf(applied), changeIdsOf(formerly)];
  const parts = { approved: new Set<ChangeId>(), due: new Set<ChangeId>(), unreviewed: new Set<ChangeId>(), drift: new Set<ChangeId>() };
  const partOf = (id: ChangeId): keyof ChangeOrigins => {
    if (approved.has(id)) return 'approved';
    if (!known.has(id) || isTouched(id)) return 'unreviewed';
    return old.has(id) ? 'drift' : 'due';
  };
  for (const operation of tip) {
    const first = returnOf(operation);
    const home = first === undefined ? 'due' : partOf(first);
    for (const { changeId } of changesIn(operation)) {
      const part = partOf(changeId);
      parts[part === 'due' && home !== 'approved' ? home : part].add(changeId);
    }
  }
  return parts;
}

/** The change by which somebody gets access again. */
export function returnOf(operation: Operation): ChangeId | undefined {
  if (operation.action === 'create') return undefined;
  return changesIn(operation).find(({ edits }) => edits.some(({ attribute, after }) => attribute === 'active' && after === true))?.changeId;
}

/** What is in one set and not in the other. */
export function difference<T>(ids: ReadonlySet<T>, others: ReadonlySet<T>): ReadonlySet<T> {
  return new Set([...ids].filter((id) => !others.has(id)));
}
