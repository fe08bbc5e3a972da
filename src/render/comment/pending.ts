import type { Operation } from '../../model/operation.ts';
import { fence } from '../markup.ts';
import { choose } from './diff.ts';
import { entriesOf, mostImportantFirst } from './entries.ts';
import type { Page } from './page.ts';

/** Puts what the configuration asks for with or without the pull request, folded, and gives how many changes do not fit. */
export function putPending(page: Page, operations: readonly Operation[]): number {
  if (operations.length === 0) return 0;
  const entries = entriesOf(operations);
  const { parts } = choose(mostImportantFirst(entries), page.left, page.measure);
  const lines = entries.flatMap((entry) => parts.get(entry) ?? []);
  if (lines.length === 0) return operations.length;
  const isPut = page.put('pending', [
    `<details><summary>Pending on the base branch, not part of this pull request (${operations.length})</summary>`,
    '',
    'Drift and earlier merges: a merge of this pull request approves nothing of it.',
    '',
    ...fence('diff', lines),
    '',
    '</details>',
  ]);
  return operations.length - (isPut ? parts.size : 0);
}
