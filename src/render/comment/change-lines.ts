import { marks } from '../diff-fence.ts';
import { editSides, editText } from '../edit-text.ts';
import { causesOf } from '../markdown-table.ts';
import { bare, nameText } from '../name.ts';
import type { Row, RowLine } from '../rows.ts';
import type { ItemStyle } from './item.ts';

/** One operation as lines of a diff, safe text with the sign in the first column. Nothing is cut. */
export function changeLines(row: Row, { isDense, isMasked }: ItemStyle): readonly string[] {
  const { kind, name, sign, note, cause, lines } = row;
  const head = `${marks[sign]} ${nameText(kind, name)}${note === undefined ? '' : ` (${note})`}`;
  if (!isDense) return [`${head}${comment(cause)}`, ...lines.map(lineOf)];
  const edits = lines.map(editPhrase).join(', ');
  return [`${head}${edits === '' ? '' : `: ${edits}`}${isMasked ? comment(causesOf(row).join(', ')) : ''}`];
}

function lineOf(line: RowLine): string {
  return `${marks[line.sign]}     ${bare(line.attribute)} ${editText(line, whole)}${comment(line.cause)}`;
}

/** One edit as safe text that says without a sign what it does: `title "A" → "B"`, `adds ada@acme.com`. */
export function editPhrase(line: RowLine): string {
  if (line.attribute === 'member') return `${line.after === undefined ? 'removes' : 'adds'} ${editText(line, whole)}`;
  const { before, after } = editSides(line);
  return `${bare(line.attribute)} ${[before, after ?? 'none'].filter((side) => side !== undefined).join(' → ')}`;
}

function comment(cause: string | undefined): string {
  return cause === undefined || cause === '' ? '' : `  # ${cause}`;
}

function whole(side: string): string {
  return side;
}
