import type { OperationId } from '../../model/operation.ts';
import type { Held } from '../../model/plan.ts';
import { count } from '../count.ts';
import { codeSpan } from '../markup.ts';
import { namedBy, nameText } from '../name.ts';
import type { List } from './page.ts';

/** The changes that wait for others that nobody approved. */
export function waitingList(held: readonly Held[], most: number): List {
  const waits = held.length === 1 ? 'waits' : 'wait';
  return {
    head: [`**${count(held.length, 'change')} ${waits}** for what this pull request does not ask for:`, ''],
    items: held.map(({ operation, needs }) => `- ${codeSpan(workText(operation))} needs ${codeSpan(workText(needs))}`),
    most,
    more: (left) => `- …and ${left} more`,
  };
}

/** What an operation does, in words: `change ada@acme.com`. */
export function workText(id: OperationId): string {
  const { action, kind, name } = namedBy(id);
  return `${action === 'put' || action === 'patch' ? 'change' : action} ${nameText(kind, name)}`;
}
