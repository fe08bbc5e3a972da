import type { Operation } from '../../model/operation.ts';
import { count } from '../count.ts';
import { caution, endsOf } from '../markdown-notices.ts';
import { redactOperations, type Redaction } from '../redact.ts';
import { changesOf, pendingText } from '../totals.ts';
import { approveLines } from './approve.ts';
import { choose, diffBlock } from './diff.ts';
import { entriesOf, mostImportantFirst } from './entries.ts';
import { footer } from './footer.ts';
import type { Permalink } from './frame.ts';
import { missingSize, missingText } from './missing.ts';
import { Page, units } from './page.ts';
import { putTable } from './table.ts';

/** What surrounds the drift that an issue tells of. */
export interface DriftFrame {
  /** What `approve` takes. */
  readonly digest: string;
  readonly runUrl: string;
  /** ISO 8601. */
  readonly at: string;
  readonly permalink: Permalink;
  readonly redact: Redaction;
  /** Scheduled runs correct it by themselves. */
  readonly isCorrecting: boolean;
  /** In UTF-16 code units. */
  readonly room: number;
}

const places = ['title', 'told', 'alert', 'table', 'more', 'diff', 'missing', 'approve', 'footer'];

/** The body of the issue on drift: what differs, and how to have it written. No operations: that nothing differs any more. */
export function renderDrift(operations: readonly Operation[], frame: DriftFrame): string {
  const { digest, runUrl, at, permalink, redact, isCorrecting, room } = frame;
  const entries = entriesOf(redactOperations(operations, redact));
  const changes = changesOf(entries.map(({ operation }) => operation.id));
  const isGone = entries.length === 0;
  const page = new Page(places, { room, measure: units });
  page.put('footer', [footer([], { runUrl, at })]);
  page.put('title', [`### Figma drift: ${isGone ? 'none' : pendingText(changes)}`]);
  page.put('told', [isGone ? 'Figma matches the configuration.' : driftText(isCorrecting)]);
  page.put('approve', isGone ? [] : approveLines(approveText, digest));
  page.put('alert', caution(endsOf(changes)));
  page.reserve(missingSize(runUrl));
  const tabled = putTable(page, { entries, removed: [], permalink, formerly: permalink });
  const chosen = choose(mostImportantFirst(entries), page.left, page.measure);
  page.put('diff', diffBlock(`Diff (${count(chosen.parts.size, 'change')})`, entries, chosen));
  page.reserve(-missingSize(runUrl));
  const missing = entries.length - chosen.parts.size;
  const later = entries.filter((entry) => chosen.parts.has(entry) && !tabled.has(entry)).length;
  if (later > 0) page.put('more', [`…and ${later} more in the diff`]);
  page.put('missing', missingText({ changes: missing, members: chosen.shortened, notices: 0, scheduled: 0, pending: 0 }, runUrl));
  return page.text;
}

const approveText = 'To have the whole plan of the run that is named below written, run the apply workflow by hand';

function driftText(isCorrecting: boolean): string {
  const told = 'What is live is not what the configuration asks for: it was changed in Figma, or nobody approved the change.';
  return isCorrecting ? `${told} The next scheduled run corrects it, within the limits.` : told;
}
