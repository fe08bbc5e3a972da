import { sameValue, type Value } from '../model/directory.ts';
import type { Problem } from '../model/event.ts';
import type { Kind, Edit } from '../model/operation.ts';

/** Attributes in the shape that is compared. */
export type Attributes = Readonly<Record<string, Value | undefined>>;

/** Which edits remain to be made, or why none may be. */
export type Assessment = { readonly kind: 'todo'; readonly edits: readonly Edit[] } | { readonly kind: 'moved'; readonly problem: Problem };

/** Compares each edit with what is there: at `after` it is done, at `before` it remains, and anything else has moved since the plan. */
export function assess(kind: Kind, name: string, edits: readonly Edit[], have: Attributes): Assessment {
  const remaining = unmet(edits, have);
  const moved = remaining.find((edit) => !sameValue(edit.attribute, edit.before, have[edit.attribute]));
  if (moved === undefined) return { kind: 'todo', edits: remaining };
  const expected = shown(moved.before);
  const found = shown(have[moved.attribute]);
  const message = `${moved.attribute} of ${kind} ${name} was ${expected} when this was planned and is ${found} now.`;
  return { kind: 'moved', problem: { code: 'moved', message } };
}

/** The edits that are not at their `after`. */
export function unmet(edits: readonly Edit[], have: Attributes): readonly Edit[] {
  return edits.filter((edit) => !sameValue(edit.attribute, edit.after, have[edit.attribute]));
}

/** The problem of an object that was planned for and is not there. */
export function gone(kind: Kind, name: string): Problem {
  return { code: 'moved', message: `${kind} ${name} was there when this was planned and is gone now.` };
}

/** The problem of edits that the service accepted and does not show. */
export function notThere(kind: Kind, name: string, edits: readonly Edit[]): Problem {
  const names = [...new Set(edits.map((edit) => edit.attribute))].join(', ');
  return { code: 'not-converged', message: `Figma accepted the change of ${kind} ${name} and does not show it: ${names}.` };
}

/** As much of a value as a sentence has room for. */
const shownLength = 100;

/** A value as a sentence names it, shortened where a service holds a whole page. */
export function shown(value: Value | undefined): string {
  if (value === undefined || value === '') return 'not set';
  if (typeof value === 'boolean') return String(value);
  const text = Array.from(value);
  return JSON.stringify(text.length <= shownLength ? value : `${text.slice(0, shownLength).join('')}…`);
}
