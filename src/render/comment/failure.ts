import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import { count } from '../count.ts';
import { diagnosticItem } from '../markdown-notices.ts';
import { redactDiagnostics } from '../redact.ts';
import { footer, shortSha } from './footer.ts';
import type { Frame } from './frame.ts';
import { inAction } from './in-action.ts';
import { placeLink, runLink } from './link.ts';
import { Page, units } from './page.ts';

/** What surrounds the news that there is no plan. */
export type FailureFrame = Pick<Frame, 'head' | 'runUrl' | 'plannedAt' | 'permalink' | 'redact'>;

const title = '### ❌ Figma plan failed';

/** What stands unfolded. */
const mostUnfolded = 9;

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** That there is no plan, and why: the nine worst diagnostics, then as many as fit into `room` UTF-16 code units, folded. */
export function renderFailure(diagnostics: readonly Diagnostic[], frame: FailureFrame, room: number): string {
  const { permalink, runUrl, redact } = frame;
  const page = new Page(['title', 'worst', 'rest', 'more', 'footer'], { room, measure: units });
  page.put('footer', [failureFooter(frame)]);
  page.put('title', [title]);
  const more = (left: number) => [`…and ${left} more in the ${runLink(runUrl)}`];
  const reserved = more(diagnostics.length).join('').length + 2;
  page.reserve(reserved);
  const worst = inAction(redactDiagnostics(diagnostics, redact)).toSorted((one, other) => weights[one.severity] - weights[other.severity]);
  const items = worst.map((diagnostic) => diagnosticItem(diagnostic, (at) => placeLink(at, permalink)));
  const [first, others] = [items.slice(0, mostUnfolded), items.slice(mostUnfolded)];
  const left = page.putList('worst', { head: [], items: first, most: mostUnfolded, more: () => '' });
  const folded = left > 0 ? [] : fitting(others, page.left - foldSize);
  page.put(
    'rest',
    folded.length === 0 ? [] : [`<details><summary>${count(folded.length, 'more problem')}</summary>`, '', ...folded, '', '</details>'],
  );
  page.reserve(-reserved);
  const unsaid = left + others.length - folded.length;
  if (unsaid > 0) page.put('more', more(unsaid));
  return page.text;
}

/** More than the frame of what is folded measures. */
const foldSize = 100;

/** The first of the items, as many as fit. */
function fitting(items: readonly string[], room: number): readonly string[] {
  let left = room;
  const kept: string[] = [];
  for (const item of items) {
    left -= item.length + 1;
    if (left < 0) break;
    kept.push(item);
  }
  return kept;
}

const reasons = {
  conflict: 'The branch has conflicts with its base, so there is nothing to plan. Solve them and push.',
  late: 'GitHub did not produce a test merge within a minute, so there is nothing to plan. Run the job again.',
} as const;

/** That there is no plan since there is nothing to plan, or nobody to show it to. */
export function renderUnplanned(why: keyof typeof reasons, frame: Omit<FailureFrame, 'permalink' | 'redact'>): string {
  return [title, reasons[why], failureFooter(frame)].join('\n\n');
}

function failureFooter({ head, runUrl, plannedAt }: Pick<FailureFrame, 'head' | 'runUrl' | 'plannedAt'>): string {
  return footer([shortSha(head)], { runUrl, at: plannedAt });
}
