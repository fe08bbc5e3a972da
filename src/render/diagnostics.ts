import type { Diagnostic } from '../model/diagnostic.ts';
import { renderAnnotation } from './annotations.ts';
import { diagnosticDocument } from './json-diagnostic.ts';
import { jsonText } from './json-text.ts';
import { safe } from './escape.ts';
import { paint, piece, type Line } from './line.ts';
import { hueOf, placeText, rememberedLines, snippetOf } from './snippet.ts';

export type DiagnosticFormat = 'human' | 'concise' | 'json' | 'github';

/** How diagnostics are to look. `sourceOf` gives the text of a file by the path that people are shown; without it no line is quoted. */
export interface DiagnosticOptions {
  readonly format: DiagnosticFormat;
  readonly color: boolean;
  readonly sourceOf: (file: string) => string | undefined;
}

/** Diagnostics sorted by place, those without one last; empty text for none, but `[]` in JSON. Ends with a line feed. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], { format, color, sourceOf }: DiagnosticOptions): string {
  const sorted = diagnostics.toSorted(byPlace);
  switch (format) {
    case 'json':
      return jsonText(sorted.map(diagnosticDocument));
    case 'github':
      return sorted.map((diagnostic) => `${renderAnnotation(diagnostic)}\n`).join('');
    case 'concise':
      return paint(sorted.map(conciseLine), color);
    case 'human': {
      const lines = rememberedLines(sourceOf);
      return sorted.map((diagnostic) => paint(snippetOf(diagnostic, lines), color)).join('\n');
    }
  }
}

function conciseLine({ severity, code, message, at, help }: Diagnostic): Line {
  const hint = help?.startsWith('did you mean') === true ? ` (${safe(help)})` : '';
  return [piece(at ? `${placeText(at)}: ` : ''), piece(`${severity}[${safe(code)}]`, hueOf(severity)), piece(`: ${safe(message)}${hint}`)];
}

function byPlace({ at: one }: Diagnostic, { at: other }: Diagnostic): number {
  if (!one || !other) return Number(!one) - Number(!other);
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
