import type { Diagnostic, Severity, Span } from '../model/diagnostic.ts';
import { safe } from './escape.ts';
import { piece, type Line, type Style } from './line.ts';
import { excerptOf, linesOf } from './source-lines.ts';

/** Gives the lines of a file, or nothing where they are not to be had. */
export type LinesOf = (file: string) => readonly string[] | undefined;

const hues: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', note: 'cyan' };

/** The colour of a severity. */
export function hueOf(severity: Severity): Style {
  return hues[severity];
}

/** Lines of files by `sourceOf`, each file split once. */
export function rememberedLines(sourceOf: (file: string) => string | undefined): LinesOf {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const text = sourceOf(file);
      known.set(file, text === undefined ? undefined : linesOf(text));
    }
    return known.get(file);
  };
}

/** A diagnostic for people: what, the places with line and caret, and what to do. */
export function snippetOf(diagnostic: Diagnostic, lines: LinesOf): readonly Line[] {
  const { severity, code, message, at, label, help, also = [] } = diagnostic;
  const spans = [...(at ? [at] : []), ...also.map(({ at }) => at)];
  const gutter = Math.max(1, ...spans.map(({ line }) => String(line).length));
  const hue = hueOf(severity);
  return [
    [piece(`${severity}[${safe(code)}]`, hue, 'bold'), piece(`: ${safe(message)}`, 'bold')],
    ...(at ? placeOf(at, label, lines(at.file), gutter, { mark: '^', hue }) : []),
    ...also.flatMap(({ at, message }) => placeOf(at, message, lines(at.file), gutter, { mark: '-', hue: 'blue' })),
    ...(help === undefined ? [] : [[piece(`${' '.repeat(gutter)} = `, 'blue'), piece('help: ', 'bold'), piece(safe(help))]]),
  ];
}

/** `seatform/users.yaml:17:11`, safe to print. */
export function placeText({ file, line, column }: Span): string {
  return `${safe(file)}:${line}:${column}`;
}

function placeOf(
  at: Span,
  label: string | undefined,
  lines: readonly string[] | undefined,
  gutter: number,
  { mark, hue }: { readonly mark: string; readonly hue: Style },
): readonly Line[] {
  const margin = ' '.repeat(gutter);
  const said = label === undefined ? '' : safe(label);
  const source = lines?.[at.line - 1];
  const arrow = [piece(`${margin}--> `, 'blue'), piece(placeText(at))];
  if (source === undefined) return [said === '' ? arrow : [...arrow, piece(`: ${said}`)]];
  const { text, offset, length } = excerptOf(source, at);
  return [
    arrow,
    [piece(`${margin} |`, 'blue')],
    [piece(`${String(at.line).padStart(gutter)} |`, 'blue'), piece(text === '' ? '' : ` ${text}`)],
    [
      piece(`${margin} |`, 'blue'),
      piece(' '.repeat(offset + 1)),
      piece(mark.repeat(length), hue, 'bold'),
      piece(said === '' ? '' : ` ${said}`, hue),
    ],
  ];
}
