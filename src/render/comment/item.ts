import type { OpeningList } from './opening-list.ts';

/** One change, or several equal ones, as a section of a comment shows it. All of it is safe text or finished Markdown. */
export interface Item {
  /** How many changes it stands for; 0 for what changes nothing, such as an entry that is removed. */
  readonly size: number;
  /** Its place in the order of reading; the lowest is read first. */
  readonly rank: number;
  /** Its line in the table, made only for the few that stand there. */
  readonly row: () => TableRow;
  /** Its lines in the diff; none if the lists show everything. */
  readonly lines: readonly string[];
  readonly lists: readonly OpeningList[];
}

/** A line of a table, and whether it shows everything. */
export interface TableRow {
  readonly text: string;
  readonly isWhole: boolean;
}

/** How a comment shows items. */
export interface ItemStyle {
  /** One line for each change, without its cause. */
  readonly isDense: boolean;
  /** Names are masked, so each is shown with its place. */
  readonly isMasked: boolean;
  /** The changes were pending and are withdrawn. */
  readonly isTakenBack?: boolean;
}
