import { count } from '../count.ts';
import { folded } from '../diff-fence.ts';
import { mostRows, tableHead } from '../markdown-table.ts';
import { chooseItems, nothingChosen, type ChosenItems } from './chosen.ts';
import type { Item } from './item.ts';
import type { Page } from './page.ts';

/** The blocks of a section from top to bottom. The diff may stand further down. */
const parts = ['head', 'table', 'more', 'lists', 'diff'] as const;

/** The places of a section's blocks from top to bottom. */
export function sectionPlaces(name: string): readonly string[] {
  return parts.map((part) => placeIn(name, part));
}

/** What of a section is not shown: items that are left out, and items with a list that is cut. */
export interface SectionResult {
  readonly hidden: readonly Item[];
  readonly cut: readonly Item[];
}

/** A section that has begun: what must be shown has its room. `finish` repeats in the diff what the table shows, as far as there is room. */
export interface OpenSection {
  readonly finish: () => SectionResult;
}

/** How many changes items stand for. */
export function sizeOf(items: readonly Item[]): number {
  return items.reduce((sum, { size }) => sum + size, 0);
}

/** Begins a section with a table of the first items in the order of reading. Lists and a diff show what the table does not. */
export function openSection(page: Page, name: string, items: readonly Item[], head: readonly string[] = []): OpenSection {
  if (items.length === 0) return { finish: () => ({ hidden: [], cut: [] }) };
  const sorted = items.toSorted((one, other) => one.rank - other.rank);
  page.put(placeIn(name, 'head'), head);
  const tabled = putTable(page, placeIn(name, 'table'), sorted);
  const isDone = (item: Item) => item.isWholeInRow && tabled.has(item);
  const open = sorted.filter((item) => !isDone(item));
  page.reserve(moreSize);
  const required = chooseItems(open, page.left, page.measure);
  page.reserve(required.size);
  return {
    finish: () => {
      page.reserve(-required.size);
      const repeated = sorted.filter((item) => isDone(item) && item.size > 0);
      const chosen = putItems(page, name, sorted, chooseItems(repeated, page.left, page.measure, required));
      page.reserve(-moreSize);
      const below = sorted.filter((item) => chosen.items.has(item) && !tabled.has(item)).map(({ size }) => Math.max(size, 1));
      if (below.length > 0) page.put(placeIn(name, 'more'), [`…and ${below.reduce((sum, size) => sum + size)} more below`]);
      return {
        hidden: open.filter((item) => !chosen.items.has(item)),
        cut: open.filter((item) => chosen.items.get(item)?.isWhole === false),
      };
    },
  };
}

/** More than the line about further items measures. */
const moreSize = 40;

function putTable(page: Page, place: string, sorted: readonly Item[]): ReadonlySet<Item> {
  const first = sorted.slice(0, mostRows);
  const left = page.putList(place, { head: tableHead, items: first.map(({ row }) => row), most: first.length, more: () => '' });
  return new Set(first.slice(0, first.length - left));
}

function putItems(page: Page, name: string, sorted: readonly Item[], chosen: ChosenItems): ChosenItems {
  const shown = sorted.flatMap((item) => chosen.items.get(item) ?? []);
  const lists = shown.flatMap((item) => item.lists);
  const lines = shown.flatMap((item) => item.lines);
  const isPut =
    page.put(placeIn(name, 'lists'), lists.length === 0 ? [] : [lists.join('\n\n')]) &&
    page.put(placeIn(name, 'diff'), lines.length === 0 ? [] : folded(headingOf(sorted, chosen), lines));
  return isPut ? chosen : nothingChosen;
}

/** `Full diff (3 changes)`, or how many of those that have lines in the diff. */
function headingOf(sorted: readonly Item[], { items }: ChosenItems): string {
  const changes = sorted.filter(({ size }) => size > 0);
  const inDiff = changes.filter(({ lines }) => lines.length > 0);
  const shown = inDiff.filter((item) => items.has(item)).length;
  const all = count(inDiff.length, 'change');
  if (shown < inDiff.length) return `Diff (${shown} of ${all})`;
  return inDiff.length === changes.length ? `Full diff (${all})` : `Diff (${all})`;
}

function placeIn(name: string, part: (typeof parts)[number]): string {
  return `${name} ${part}`;
}
