import { longestRun } from '../markup.ts';
import type { Item } from './item.ts';
import { listText, shortListText } from './opening-list.ts';
import type { Measure } from './page.ts';

/** What is shown of an item besides its line in the table. */
interface ShownItem {
  readonly lines: readonly string[];
  readonly lists: readonly string[];
  readonly isWhole: boolean;
}

/** The items that lists and a diff have room for, and what those measure. */
export interface ChosenItems {
  readonly items: ReadonlyMap<Item, ShownItem>;
  readonly size: number;
  readonly fence: number;
}

/** More than the heading, the fences at their shortest and the end of a folded diff measure. */
const frameSize = 250;

/** No item at all. */
export const nothingChosen: ChosenItems = { items: new Map(), size: frameSize, fence: 3 };

/** Adds as many items as fit into `room`, the first ones first. An item is shown whole or not at all; only a long list of names is cut. */
export function chooseItems(items: readonly Item[], room: number, measure: Measure, from = nothingChosen): ChosenItems {
  const shown = new Map(from.items);
  let { size, fence } = from;
  for (const item of items) {
    for (const variant of variantsOf(item)) {
      const ticked = variant.lines.filter((line) => line.includes('```'));
      const wider = ticked.reduce((most, line) => Math.max(most, longestRun(line) + 1), fence);
      const lines = variant.lines.reduce((sum, line) => sum + measure(line) + 1, 0);
      const lists = variant.lists.reduce((sum, list) => sum + measure(list) + 2, 0);
      const grown = size + lines + lists + 2 * (wider - fence);
      if (grown > room) continue;
      shown.set(item, variant);
      [size, fence] = [grown, wider];
      break;
    }
  }
  return { items: shown, size, fence };
}

function* variantsOf({ lines, lists }: Item): Iterable<ShownItem> {
  yield { lines, lists: lists.map(listText), isWhole: true };
  if (lists.some((list) => shortListText(list) !== undefined))
    yield { lines, lists: lists.map((list) => shortListText(list) ?? listText(list)), isWhole: false };
}
