import { atomicChanges, atomsOf, type Atom } from '../model/atom.ts';
import type { Operation } from '../model/operation.ts';

/** What a plan at the tip of the branch consists of, each change in one part only. */
export interface Division {
  /** Approved in a merged pull request. */
  readonly approved: ReadonlySet<Atom>;
  /** Came with time: a grant that is part of the applied configuration has started or ended since it was applied. */
  readonly due: ReadonlySet<Atom>;
  /** The configuration asks for it since it was last applied, and nobody approved it. */
  readonly unreviewed: ReadonlySet<Atom>;
  /** The applied configuration asks for it too: somebody changed Figma. */
  readonly drift: ReadonlySet<Atom>;
}

/** Operations of plans on one and the same live state. */
export interface Plans {
  /** Of the tip, today. */
  readonly tip: readonly Operation[];
  /** Of the applied configuration, today; absent where none was applied. */
  readonly applied?: readonly Operation[];
  /** Of the applied configuration, on the day on which it was applied. */
  readonly formerly?: readonly Operation[];
}

/**
 * Which changes of the tip's plan may be written, and which are what. What is due for somebody who was deactivated meanwhile can only be written
 * together with the return of access, and is whatever that is.
 */
export function divide({ tip, applied = [], formerly = [] }: Plans, approved: ReadonlySet<Atom>): Division {
  const [known, old] = [atomsOf(applied), atomsOf(formerly)];
  const parts = { approved: new Set<Atom>(), due: new Set<Atom>(), unreviewed: new Set<Atom>(), drift: new Set<Atom>() };
  const partOf = (atom: Atom): keyof Division => {
    if (approved.has(atom)) return 'approved';
    if (!known.has(atom)) return 'unreviewed';
    return old.has(atom) ? 'drift' : 'due';
  };
  for (const operation of tip) {
    const first = returnOf(operation);
    const home = first === undefined ? 'due' : partOf(first);
    for (const { atom } of atomicChanges(operation)) {
      const part = partOf(atom);
      parts[part === 'due' && home !== 'approved' ? home : part].add(atom);
    }
  }
  return parts;
}

/** The change by which somebody gets access again. */
function returnOf(operation: Operation): Atom | undefined {
  if (operation.action === 'create') return undefined;
  return atomicChanges(operation).find(({ edits }) => edits.some(({ attribute, after }) => attribute === 'active' && after === true))?.atom;
}

/** What a pull request causes: changes of the plan with it that the plan without it has not. */
export function causedBy(merged: readonly Operation[], base: readonly Operation[]): ReadonlySet<Atom> {
  return difference(atomsOf(merged), atomsOf(base));
}

/** What is in one set and not in the other. */
export function difference(atoms: ReadonlySet<Atom>, others: ReadonlySet<Atom>): ReadonlySet<Atom> {
  return new Set([...atoms].filter((atom) => !others.has(atom)));
}
