import type { Operation } from '../../model/operation.ts';
import { fence } from '../markup.ts';
import { changeLines } from './change-lines.ts';
import { chooseItems } from './chosen.ts';
import { entriesOf } from './entries.ts';
import type { Item } from './item.ts';
import type { Page } from './page.ts';
import { changeKindOf, rankOf } from './reading-order.ts';

/** Puts what the configuration asks for with or without the pull request, folded, and gives how many changes do not fit. */
export function putPending(page: Page, operations: readonly Operation[]): number {
  if (operations.length === 0) return 0;
  const items = entriesOf(operations)
    .map(({ row, operation }): Item => {
      return { size: 1, rank: rankOf(changeKindOf(operation)), row: noRow, lines: changeLines(row, style), lists: [] };
    })
    .toSorted((one, other) => one.rank - other.rank);
  const shown = [...chooseItems(items, page.left, page.measure).items.values()];
  if (shown.length === 0) return operations.length;
  const isPut = page.put('pending', [
    `<details><summary>Pending on the base branch, not part of this pull request (${operations.length})</summary>`,
    '',
    'Drift and earlier merges: a merge of this pull request approves nothing of it.',
    '',
    ...fence(
      'diff',
      shown.flatMap(({ lines }) => lines),
    ),
    '',
    '</details>',
  ]);
  return operations.length - (isPut ? shown.length : 0);
}

const style = { isDense: false, isMasked: false };

function noRow() {
  return { text: '', isWhole: false };
}
