import type { Code } from '../model/codes.ts';
import type { Diagnostic, Span } from '../model/diagnostic.ts';

/** What a diagnostic may carry beside its code, place and message. */
export type Details = Partial<Pick<Diagnostic, 'label' | 'help' | 'also'>>;

/** An error of the user's with its place. */
export function errorAt(at: Span, code: Code, message: string, details: Details = {}): Diagnostic {
  return { severity: 'error', code, message, at, ...details };
}

/** An error at the second of two places that names the first too. */
export function twice(at: Span, first: Span, code: Code, message: string, label: string, firstLabel: string): Diagnostic {
  return errorAt(at, code, message, { label, help: 'keep one of the two', also: [{ at: first, message: firstLabel }] });
}

const hidden = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu;

/** A piece of the user's text as it is quoted in a message: on one line, of bounded length, with nothing invisible in it. */
export function quoted(text: string): string {
  return `"${clipped(text).replaceAll(hidden, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)}"`;
}

/** A character by its number, as in `U+0430`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A piece of the user's text of bounded length. */
export function clipped(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The order of texts that is the same on every machine. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The order of diagnostics: by file, line, column and code; those without a place come last. */
function compare(a: Diagnostic, b: Diagnostic): number {
  if (!a.at || !b.at) return Number(!a.at) - Number(!b.at);
  return (
    byCodeUnit(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    a.at.column - b.at.column ||
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.message, b.message)
  );
}

/** The same diagnostics in their order, equal ones once. */
export function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const ordered = [...diagnostics].sort(compare);
  return ordered.filter((diagnostic, index) => {
    const before = ordered[index - 1];
    return !before || compare(before, diagnostic) !== 0 || before.at === undefined;
  });
}
