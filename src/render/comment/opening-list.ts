import { count } from '../count.ts';

/** A line, and the names that it stands for in a list that opens below it. */
export interface OpeningList {
  /** Finished Markdown that fits on one line and starts with text of our own. */
  readonly head: string;
  /** A word of our own for one of the names, such as `user`. */
  readonly noun: string;
  /** Each as a code span, which cannot end the list. */
  readonly names: readonly string[];
}

/** How many names are shown of a list that does not fit as a whole. */
const fewNames = 25;

/** The line with its list. */
export function listText({ head, noun, names }: OpeningList): string {
  return [head, `<details><summary>${count(names.length, noun)}</summary>`, '', names.join(' '), '', '</details>'].join('\n');
}

/** The line with the first of its names, where it has many more. */
export function shortListText(list: OpeningList): string | undefined {
  const left = list.names.length - fewNames;
  if (left < 2) return undefined;
  const shown = [...list.names.slice(0, fewNames), `…and ${left} more`];
  return [
    list.head,
    `<details><summary>${fewNames} of ${count(list.names.length, list.noun)}</summary>`,
    '',
    shown.join(' '),
    '',
    '</details>',
  ].join('\n');
}
