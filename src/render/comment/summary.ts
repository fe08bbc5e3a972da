import type { Review } from '../../model/review.ts';
import { renderReviewWithin } from './comment.ts';
import type { Frame } from './frame.ts';
import { bytes } from './page.ts';

/** Above 1 MiB GitHub drops a step summary without a word. */
export const mostBytes = 1_000_000;

/** The step summary of a plan: the comment with all of its lists and the full diff, as far as 1,000,000 bytes of UTF-8 go. */
export function renderSummary(review: Review, frame: Frame): string {
  return `${renderReviewWithin(review, frame, { room: mostBytes - 1, measure: bytes, mostListed: Infinity }).text}\n`;
}
