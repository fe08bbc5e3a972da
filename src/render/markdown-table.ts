import { editText } from './edit-text.ts';
import { codeSpan, shortened } from './markup.ts';
import { nameText } from './name.ts';
import type { Row, RowLine, Sign } from './rows.ts';

/** What stands first in a line of the table. */
export const tableMarks: Readonly<Record<Sign, string>> = { '+': '➕', '~': '🟡', '-': '➖' };

/** What a table shows before "and N more"; the full diff shows all. */
export const mostRows = 25;

/** How many edits of one change a table shows. */
export const mostEdits = 3;

/** The head of the table of changes. */
export const tableHead: readonly string[] = ['| | Change | Details | Why |', '|:-:|---|---|---|'];

/** The rows by how much they can hurt, the worst first, and else in their order. */
export function riskiestFirst(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => other.risk - one.risk);
}

/** How the details of a change are shown, as finished Markdown: one edit, and what its headline says. */
export interface Details {
  readonly edit: (line: RowLine) => string;
  readonly note: (note: string) => string;
}

/** Each detail as one code span, an edit with its attribute. */
export const spans: Details = {
  edit: (line) => codeSpan(`${line.attribute} ${editText(line, shortened)}`),
  note: codeSpan,
};

/** One change as a line of the table; `why` is finished Markdown. */
export function tableLine(row: Row, details: Details, why: string): string {
  return `| ${[tableMarks[row.sign], codeSpan(nameText(row.kind, row.name)), detailText(row, details), why].join(' | ')} |`;
}

/** What a change rests on, each text once, the headline's before those of its edits. */
export function causesOf({ cause, lines }: Row): readonly string[] {
  return [...new Set([...(cause === undefined ? [] : [cause]), ...lines.map((line) => line.cause)])];
}

/** The first of several things that stand in one cell, already Markdown, and how many others there are. */
export function firstOf([first, ...others]: readonly string[]): string {
  return first === undefined ? '' : `${first}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}

/** What a change does, in one cell: its note and the first of its edits. */
export function detailText({ action, kind, note, lines }: Row, details: Details): string {
  const edits = lines.filter(({ attribute }) => attribute !== 'member');
  const rest = edits.length - mostEdits;
  const news = action === 'create' && kind === 'user' ? 'new or bound' : note === undefined ? undefined : details.note(note);
  return [
    ...(news === undefined ? [] : [news]),
    ...edits.slice(0, mostEdits).map(details.edit),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ].join(', ');
}
