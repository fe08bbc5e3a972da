import type { Diagnostic, Result, Span } from '../../src/model/diagnostic.ts';

function place(at: Span | undefined): string {
  return at ? `${at.line}:${at.column}+${at.length}` : 'nowhere';
}

/** The code of a diagnostic and its place as `line:column+length`. */
export function where(diagnostic: Diagnostic | undefined): string {
  return diagnostic ? `${diagnostic.code} ${place(diagnostic.at)}` : 'nothing';
}

/** All the words of a diagnostic on one line, other places included. */
export function words(diagnostic: Diagnostic | undefined): string {
  const also = (diagnostic?.also ?? []).map(({ at, message }) => `${at.line}:${at.column} ${message}`);
  return [diagnostic?.message, diagnostic?.label, diagnostic?.help, ...also].filter((part) => part !== undefined).join(' | ');
}

/** Code and place of everything that is wrong; nothing if the result is good. */
export function faults<T>(result: Result<T>): readonly string[] {
  return result.ok ? [] : result.diagnostics.map((diagnostic) => where(diagnostic));
}
