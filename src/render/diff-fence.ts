import { editText } from './edit-text.ts';
import { fence, shortened } from './markup.ts';
import { bare, nameText } from './name.ts';
import type { Row, RowLine, Sign } from './rows.ts';

/** `~` is `!` here, which GitHub colours. */
export const marks: Readonly<Record<Sign, string>> = { '+': '+', '~': '!', '-': '-' };

/** A diff of so many lines is shown unfolded. */
const openUpTo = 12;

/** Lines of a diff under a heading that folds them; the heading is fixed text. */
export function folded(heading: string, lines: readonly string[]): readonly string[] {
  const open = lines.length <= openUpTo ? ' open' : '';
  return [`<details${open}><summary>${heading}</summary>`, '', ...fence('diff', lines), '', '</details>'];
}

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
