import { seats } from '../../model/directory.ts';
import type { Operation } from '../../model/operation.ts';
import { causeText } from '../cause-text.ts';
import { editSides } from '../edit-text.ts';
import { causesOf, firstOf, mostEdits, spans, tableLine, type Details } from '../markdown-table.ts';
import { codeSpan } from '../markup.ts';
import { planRows, type Row } from '../rows.ts';
import type { Permalink } from './frame.ts';
import { causeLink } from './link.ts';

/** One change with the row that shows it. */
export interface Entry {
  readonly row: Row;
  readonly operation: Operation;
}

/** The changes with their rows, in plan order. */
export function entriesOf(operations: readonly Operation[]): readonly Entry[] {
  const rows = planRows({ operations });
  return operations.flatMap((operation, index) => {
    const row = rows[index];
    return row ? [{ row, operation }] : [];
  });
}

/** Whether a change ends somebody's access or a group, or changes admin rights: what nobody may approve without having seen it. */
export function isEnd({ action, edits }: Operation): boolean {
  return action === 'deactivate' || action === 'delete' || edits.some(({ attribute }) => attribute === 'figmaAdmin');
}

/** What comes first where not all can be shown: ends, then by how much the rest can hurt, else in plan order. */
export function mostImportantFirst(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((one, other) => weightOf(other) - weightOf(one));
}

function weightOf({ row, operation }: Entry): number {
  return row.risk + (row.risk < 3 && isEnd(operation) ? 2.5 - row.risk : 0);
}

/** Whether the line of the table says all of a change. */
export function isWholeInTable({ row }: Entry): boolean {
  return row.lines.length <= mostEdits && row.lines.every(({ attribute }) => attribute !== 'member');
}

/** A change as a line of the table, with a link to why. */
export function entryLine({ row, operation }: Entry, permalink: Permalink): string {
  const why = causesOf(row).map((text, index) => {
    const edit = index === 0 ? operation.edits.find(({ cause }) => causeText(cause) === text) : undefined;
    return edit ? causeLink(edit.cause, permalink) : codeSpan(text);
  });
  return tableLine(row, detailsOf(operation), firstOf(why));
}

/** Seats stand as plain words where they are ours, all else in code spans. */
function detailsOf({ action, seat, was }: Operation): Details {
  const isPlain = action === 'deactivate' && was === undefined && isSeat(seat?.before);
  return {
    edit: (line) => {
      const { before, after } = editSides(line);
      const sides = [before, after].filter((side) => side !== undefined);
      return line.attribute === 'seat' && sides.every(isSeat) ? sides.join(' → ') : spans.edit(line);
    },
    note: (note) => (isPlain ? note : spans.note(note)),
  };
}

/** Whether a text is the name of a seat type, and so harmless anywhere. */
export function isSeat(text: string | undefined): text is string {
  return (seats as readonly (string | undefined)[]).includes(text);
}
