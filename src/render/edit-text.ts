import { valueText } from './name.ts';
import type { RowLine } from './rows.ts';

/** The two sides of an edit as safe text; a side that says nothing is absent, a value that is emptied becomes `none`. */
export function editSides({ sign, attribute, before, after }: RowLine): { readonly before?: string; readonly after?: string } {
  const want = after === undefined || after === '' ? 'none' : valueText(attribute, after);
  if (sign === '+' || before === undefined) return { after: want };
  const have = valueText(attribute, before);
  return after === undefined ? { before: have } : { before: have, after: want };
}

/** An edit in one text, each side passed through `shorten`: `View → Full`, or the one side that there is. */
export function editText(line: RowLine, shorten: (side: string) => string): string {
  const { before, after } = editSides(line);
  return [before, after].flatMap((side) => (side === undefined ? [] : [shorten(side)])).join(' → ');
}
