import { editText } from './edit-text.ts';
import { shortened } from './markup.ts';
import { bare, nameText } from './name.ts';
import type { Row, RowLine, Sign } from './rows.ts';

/** `~` is `!` here, which GitHub colours. */
const marks: Readonly<Record<Sign, string>> = { '+': '+', '~': '!', '-': '-' };

/** One operation as lines of a diff, safe text with the sign in the first column. */
export function diffLines({ kind, name, sign, note, cause, lines }: Row): readonly string[] {
  const said = note === undefined ? '' : ` (${shortened(note)})`;
  return [`${marks[sign]} ${shortened(nameText(kind, name))}${said}${causeOf(cause)}`, ...lines.map(lineOf)];
}

function lineOf(line: RowLine): string {
  return `${marks[line.sign]}     ${shortened(bare(line.attribute))} ${editText(line, shortened)}${causeOf(line.cause)}`;
}

function causeOf(cause: string | undefined): string {
  return cause === undefined ? '' : `  # ${shortened(cause)}`;
}
