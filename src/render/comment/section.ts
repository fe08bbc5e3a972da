import { count } from '../count.ts';
import { folded } from '../diff-fence.ts';
import { mostRows, tableHead } from '../markdown-table.ts';
import { chooseItems, nothingChosen, type ChosenItems } from './chosen.ts';
import type { Item, TableRow } from './item.ts';
import type { Page } from './page.ts';

/** The blocks of a section from top to bottom. The diff may stand further down. */
const parts = ['head', 'table', 'more', 'lists', 'diff'] as const;

/** The places of a section's blocks from top to bottom. */
export function sectionPlaces(name: string): readonly string[] {
  return parts.map((part) => placeIn(name, part));
}

/** What of a section is not shown: items that are left out, and items with a list that is cut. */
interface SectionResult {
  readonly hidden: readonly Item[];
  readonly cut: readonly Item[];
}

/** The words of a section: `head` stands above its table, `diff` names its diff. */
export interface SectionForm {
  readonly head?: string;
  readonly diff: string;
  /** The diff repeats what the table shows, as far as there is room. */
  readonly isFull: boolean;
}

/** A section whose diff holds everything. */
export const fullSection: SectionForm = { diff: 'Full diff', isFull: true };

/** A section that has begun: what must be shown has its room. `finish` puts its blocks. */
export interface OpenSection {
  readonly finish: () => SectionResult;
}

/** How many changes items stand for. */
export function sizeOf(items: readonly Item[]): number {
  return items.reduce((sum, { size }) => sum + size, 0);
}

/** Begins a section with a table of the first items in the order of reading. Lists and a diff show what the table does not. */
export function openSection(page: Page, name: string, items: readonly Item[], form = fullSection): OpenSection {
  if (items.length === 0) return { finish: () => ({ hidden: [], cut: [] }) };
  const sorted = items.toSorted((one, other) => one.rank - other.rank);
  page.put(placeIn(name, 'head'), form.head === undefined ? [] : [form.head]);
  const tabled = putTable(page, placeIn(name, 'table'), sorted);
  const isDone = (item: Item) => tabled.get(item)?.isWhole === true;
  const open = sorted.filter((item) => !isDone(item));
  page.reserve(moreSize);
  const required = chooseItems(open, page.left, page.measure);
  page.reserve(required.size);
  return {
    finish: () => {
      page.reserve(-required.size);
      const repeated = sorted.filter((item) => form.isFull && isDone(item) && item.size > 0);
      const chosen = chooseItems(repeated, page.left, page.measure, required);
      const shown = putItems(page, name, sorted, { form, chosen });
      page.reserve(-moreSize);
      const below = sorted.filter((item) => shown.items.has(item) && !tabled.has(item)).map(({ size }) => Math.max(size, 1));
      if (below.length > 0) page.put(placeIn(name, 'more'), [`…and ${below.reduce((sum, size) => sum + size)} more below`]);
      return {
        hidden: open.filter((item) => !shown.items.has(item)),
        cut: open.filter((item) => shown.items.get(item)?.isWhole === false),
      };
    },
  };
}

/** More than the line about further items measures. */
const moreSize = 40;

/** Puts as many of the first items into a table as fit, and gives them with their lines. */
function putTable(page: Page, place: string, sorted: readonly Item[]): ReadonlyMap<Item, TableRow> {
  const first = sorted.slice(0, mostRows).map((item) => [item, item.row()] as const);
  const left = page.putList(place, { head: tableHead, items: first.map(([, { text }]) => text), most: first.length, more: () => '' });
  return new Map(first.slice(0, first.length - left));
}

/** What a section's lists and diff show, and what the diff is called. */
interface Choice {
  readonly form: SectionForm;
  readonly chosen: ChosenItems;
}

function putItems(page: Page, name: string, sorted: readonly Item[], choice: Choice): ChosenItems {
  const shown = sorted.flatMap((item) => choice.chosen.items.get(item) ?? []);
  const lists = shown.flatMap((item) => item.lists);
  const lines = shown.flatMap((item) => item.lines);
  const isPut =
    page.put(placeIn(name, 'lists'), lists.length === 0 ? [] : [lists.join('\n\n')]) &&
    page.put(placeIn(name, 'diff'), lines.length === 0 ? [] : folded(headingOf(sorted, choice), lines));
  return isPut ? choice.chosen : nothingChosen;
}

/** `Full diff (3 changes)`, `Diff (2 of 3 changes)`; changes that lists show are not counted. */
function headingOf(sorted: readonly Item[], { form, chosen }: Choice): string {
  const changes = sorted.filter(({ size }) => size > 0);
  const inDiff = changes.filter(({ lines }) => lines.length > 0);
  const shown = inDiff.filter((item) => chosen.items.has(item)).length;
  if (shown < inDiff.length && form.isFull) return `Diff (${shown} of ${count(inDiff.length, 'change')})`;
  const isAll = inDiff.length === changes.length || !form.isFull;
  return `${isAll ? form.diff : 'Diff'} (${count(shown, 'change')})`;
}

function placeIn(name: string, part: (typeof parts)[number]): string {
  return `${name} ${part}`;
}
