import { seats } from '../../model/directory.ts';
import type { Operation } from '../../model/operation.ts';
import { causeText } from '../cause-text.ts';
import { editSides } from '../edit-text.ts';
import { causesOf, firstOf } from '../markdown-table.ts';
import { codeSpan, wholeSpan } from '../markup.ts';
import { planRows, type Row, type RowLine } from '../rows.ts';
import { editPhrase } from './change-lines.ts';
import type { Permalink } from './frame.ts';
import { causeLink } from './link.ts';

/** One operation with the row that shows it. */
export interface Entry {
  readonly row: Row;
  readonly operation: Operation;
}

/** The operations with their rows, in plan order. */
export function entriesOf(operations: readonly Operation[]): readonly Entry[] {
  const rows = planRows({ operations });
  return operations.flatMap((operation, index) => {
    const row = rows[index];
    return row ? [{ row, operation }] : [];
  });
}

/** Why a change is made, with a link to the first of its lines, and how many others there are among all of `entries`. */
export function whyOf(entries: readonly Entry[], permalink: Permalink): string {
  const [text, ...others] = new Set(entries.flatMap(({ row }) => causesOf(row)));
  if (text === undefined) return '';
  const edit = entries[0]?.operation.edits.find(({ cause }) => causeText(cause) === text);
  return firstOf([edit ? causeLink(edit.cause, permalink) : codeSpan(text), ...others]);
}

/** How texts are shown in a line of a table: cut, or whole. */
export const cells = { cut: detailsWith(codeSpan), whole: detailsWith(wholeSpan) };

/** Seats are shown as plain words if they are ours, everything else in code spans. */
function detailsWith(span: (text: string) => string) {
  return ({ action, seat, was }: Operation) => {
    const isPlain = action === 'deactivate' && was === undefined && isSeat(seat?.before);
    return {
      edit: (line: RowLine) => seatPhrase(line) ?? span(editPhrase(line)),
      note: (note: string) => (isPlain ? note : span(note)),
    };
  };
}

function seatPhrase(line: RowLine): string | undefined {
  const { before, after } = editSides(line);
  const sides = [before, after].filter((side) => side !== undefined);
  return line.attribute === 'seat' && after !== undefined && sides.every(isSeat) ? sides.join(' → ') : undefined;
}

/** Whether a text is the name of a seat type, and so harmless anywhere. */
export function isSeat(text: string | undefined): text is string {
  return (seats as readonly (string | undefined)[]).includes(text);
}
