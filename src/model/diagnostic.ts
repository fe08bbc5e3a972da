import type { Code } from './codes.ts';

/** A place in a file. `line` and `column` count from 1, `column` in UTF-16 code units; `file` is the path as it is shown to people. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A position with the number of characters it covers on its line. */
export interface Span extends Position {
  readonly length: number;
}

export type Severity = 'error' | 'warning' | 'note';

/** One thing to tell the user: what (`code`, `message`), where (`at`), and what to do about it (`label` beside the caret, `help` below). */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: Code;
  readonly message: string;
  readonly at?: Span;
  readonly label?: string;
  readonly help?: string;
  /** Other places that take part, such as the first of two declarations. */
  readonly also?: readonly { readonly at: Span; readonly message: string }[];
}

/** What a stage that judges the user's input gives back: a value with warnings, or every reason why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export function succeed<T>(value: T, warnings: readonly Diagnostic[] = []): Result<T> {
  return { ok: true, value, warnings };
}

export function fail<T>(...diagnostics: readonly Diagnostic[]): Result<T> {
  return { ok: false, diagnostics };
}
