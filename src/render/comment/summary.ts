import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Review, Tally } from '../../model/review.ts';
import { renderReviewWithin } from './comment.ts';
import { renderFailure } from './failure.ts';
import type { Frame } from './frame.ts';
import { bytes } from './page.ts';
import { renderResult } from './result.ts';

/** What a step summary may tell of; each part may be missing. */
export interface Told {
  readonly tally?: Tally;
  readonly diagnostics?: readonly Diagnostic[];
  readonly review?: Review;
}

/** Above 1 MiB GitHub drops a step summary without a word. */
const mostBytes = 1_000_000;

/** What the news and the diagnostics may measure in UTF-16 code units, each of which is three bytes at most. */
const roomOfEach = 60_000;

/** The summary of a run: what was applied, what failed, and the review with its full diff; at most 1,000,000 bytes of UTF-8. */
export function renderSummary({ tally, diagnostics = [], review }: Told, frame: Frame): string {
  const { runUrl, plannedAt: at, redact } = frame;
  const parts = [
    ...(tally ? [renderResult(tally, { runUrl, at, redact }, roomOfEach)] : []),
    ...(diagnostics.length > 0 ? [renderFailure(diagnostics, frame, roomOfEach)] : []),
  ];
  const room = mostBytes - bytes(`${parts.join('\n\n')}\n\n\n`);
  const shown = review && renderReviewWithin(review, frame, { room, measure: bytes, mostListed: Infinity }).text;
  return `${[...parts, ...(shown === undefined ? [] : [shown])].join('\n\n')}\n`;
}
