import type { Tally } from '../../model/review.ts';
import { count } from '../count.ts';
import { supersededIn } from './result.ts';

/** How much an apply did, and what makes its run red in a few words. */
interface ApplyCounts {
  readonly tally: Tally;
  readonly corrected: { readonly total: number; readonly done: number };
  readonly fault?: { readonly title?: string };
}

/** How an apply ended in a few words: `✅ Applied 3 of 3`, `⚠️ Applied 1 of 1; 2 changes are not approved`. */
export function titleOf({ tally, corrected, fault }: ApplyCounts): string {
  const { total, done } = tally;
  const superseded = supersededIn(tally);
  const isPartial = done + superseded < total;
  const deeds = deedsText([
    ...(total === 0 ? [] : [isPartial ? `${done} of ${total} applied` : `applied ${done} of ${total}`]),
    ...(superseded > 0 ? [`${superseded} superseded`] : []),
    ...(corrected.total === 0 ? [] : [correctedText(corrected)]),
  ]);
  if (fault === undefined) return `✅ ${deeds === '' ? 'Nothing to apply' : deeds}`;
  if (fault.title === undefined) return `❌ ${deeds === '' ? 'Nothing applied' : deeds}`;
  if (done + corrected.done === 0) return `❌ Nothing applied: ${fault.title}`;
  return `${isPartial || corrected.done < corrected.total ? '❌' : '⚠️'} ${deeds}; ${fault.title}`;
}

/** Things that were done as one text: `Applied 1 of 1, corrected 2 drifted objects`. */
export function deedsText(deeds: readonly string[]): string {
  const text = deeds.join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `corrected 1 of 2 drifted objects`. */
export function correctedText({ total, done }: ApplyCounts['corrected']): string {
  return `corrected ${done < total ? `${done} of ` : ''}${count(total, 'drifted object')}`;
}
