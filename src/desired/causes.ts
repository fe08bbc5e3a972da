import type { GrantEntry, Written } from '../model/declaration.ts';
import type { Cause, Wanted } from '../model/desired.ts';
import type { Position, Span } from '../model/diagnostic.ts';

export function entryAt(at: Span): Cause {
  return { at: positionOf(at), via: 'entry' };
}

/** What a grant gives or gave, with its last day. */
export function grantCause({ at, until }: GrantEntry, via: 'grant' | 'expired'): Cause {
  return { at: positionOf(at), via, until: until.value };
}

export function declared<T>({ value, at }: Written<T>): Wanted<T> {
  return { value, cause: entryAt(at) };
}

export function positionOf({ file, line, column }: Span): Position {
  return { file, line, column };
}
