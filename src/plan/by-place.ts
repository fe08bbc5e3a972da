import type { Diagnostic } from '../model/diagnostic.ts';

/** The order of diagnostics: by place; those without one come last. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [x, y] = [a.at, b.at];
  if (!x || !y) return x ? -1 : y ? 1 : 0;
  return x.file === y.file ? x.line - y.line || x.column - y.column : x.file < y.file ? -1 : 1;
}
