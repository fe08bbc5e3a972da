import type { Span } from '../model/diagnostic.ts';
import { safe } from './escape.ts';
import { cells, columns } from './width.ts';

/** One source line as it is shown: where the caret run starts and how long it is, in columns of a terminal. */
export interface Excerpt {
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

/** The window on very long lines, in columns: all of it, and what is kept before the caret when that is cut. */
const room = 120;
const before = 40;

/** More code units than the window can show, so that a line of megabytes costs no more than any other. */
const reach = 4 * room;

const tab = '    ';

/** The lines of a file; YAML ends a line with LF, CR or both (YAML 1.2.2, 5.4). A byte order mark is no part of the first. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

/** The line that `at` names, with its caret run, tabs as blanks, hidden characters shown, and cut around the caret where it is very long. */
export function excerptOf(line: string, at: Span): Excerpt {
  const start = Math.min(Math.max(at.column - 1, 0), line.length);
  const end = Math.min(start + Math.max(at.length, 1), line.length);
  const head = tail(shown(line.slice(Math.max(0, start - reach), start)));
  const run = lead(shown(line.slice(start, Math.min(end, start + reach))), room - before);
  const offset = columns(head);
  const length = Math.max(columns(run), 1);
  const rest = run.endsWith('…') ? '' : lead(shown(line.slice(end, end + reach)), Math.max(room - offset - length, 1));
  return { text: `${head}${run}${rest}`.trimEnd(), offset, length };
}

function shown(text: string): string {
  return safe(text.replaceAll('\t', tab));
}

/** `text`, or the end of it after an ellipsis where it would push the caret out of the window. */
function tail(text: string): string {
  if (columns(text) <= room - before) return text;
  let kept = '';
  let used = 0;
  for (const cell of cells(text).toReversed()) {
    if (used + cell.columns > before) break;
    kept = cell.text + kept;
    used += cell.columns;
  }
  return `…${kept}`;
}

/** The beginning of `text` in at most `most` columns, before an ellipsis where something is missing. */
function lead(text: string, most: number): string {
  if (columns(text) <= most) return text;
  let kept = '';
  let used = 0;
  for (const cell of cells(text)) {
    if (used + cell.columns > most - 1) break;
    kept += cell.text;
    used += cell.columns;
  }
  return `${kept}…`;
}
