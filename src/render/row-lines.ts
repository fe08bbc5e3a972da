import { editSides } from './edit-text.ts';
import { emphasised } from './emphasis.ts';
import { bare, nameText } from './name.ts';
import { lineColumns, piece, wrap, type Line, type Look, type Style } from './line.ts';
import type { Row, RowLine, Sign } from './rows.ts';
import { columns } from './width.ts';

const hues: Readonly<Record<Sign, Style>> = { '+': 'green', '~': 'yellow', '-': 'red' };

/** Where the edits of an operation begin, and where what is broken goes on. */
const margin = 6;

/** Causes stand in one column, unless a value is wider than this. */
const widestAligned = 56;

/** One operation for a terminal: its headline, then its edits in columns; what does not fit into `width` columns goes on on the next line. */
export function rowLines(row: Row, { color, width }: Look): readonly Line[] {
  const { kind, name, sign, note, cause, lines } = row;
  const headline = [
    piece('  '),
    piece(sign, hues[sign], 'bold'),
    piece(' '),
    piece(nameText(kind, name), 'bold'),
    piece(note === undefined ? '' : ` (${note})`),
  ];
  const labels = most(lines.map(({ attribute }) => columns(bare(attribute))));
  const edits = lines.map((line) => editLine(line, labels, color));
  const aligned = margin + labels + widestAligned;
  const column = most(edits.map(lineColumns).filter((size) => size <= aligned));
  return [
    ...withCause(headline, cause, { column: 0, width, hang: 4 }),
    ...edits.flatMap((edit, index) => withCause(edit, lines[index]?.cause, { column, width, hang: margin + 2 })),
  ];
}

function editLine(line: RowLine, labels: number, color: boolean): Line {
  const { sign, attribute } = line;
  const label = bare(attribute).padEnd(labels);
  const start = [piece(' '.repeat(margin)), piece(sign, hues[sign]), piece(` ${label} `)];
  const sides = editSides(line);
  if (sides.before === undefined || sides.after === undefined) return [...start, piece(sides.before ?? sides.after ?? '')];
  if (!color) return [...start, piece(`${sides.before} → ${sides.after}`)];
  const words = emphasised(sides.before, sides.after);
  return [...start, ...words.before, piece(' → '), ...words.after];
}

interface Fit {
  readonly column: number;
  readonly width: number | undefined;
  readonly hang: number;
}

/** A line with its cause in `column`, closer where that does not fit, or on a line of its own. */
function withCause(line: Line, cause: string | undefined, { column, width, hang }: Fit): readonly Line[] {
  if (cause === undefined) return wrap(line, width, hang);
  const comment = piece(`# ${cause}`, 'dim');
  const size = lineColumns(line);
  for (const gap of [Math.max(column - size, 0) + 2, 2]) {
    if (width === undefined || size + gap + lineColumns([comment]) <= width) return [[...line, piece(' '.repeat(gap)), comment]];
  }
  return [...wrap(line, width, hang), ...wrap([piece(' '.repeat(hang)), comment], width, hang + 2)];
}

/** The largest of any number of sizes; an operation can have more edits than a call may have arguments. */
function most(sizes: readonly number[]): number {
  return sizes.reduce((largest, size) => Math.max(largest, size), 0);
}
