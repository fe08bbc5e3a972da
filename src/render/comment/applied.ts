import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Operation } from '../../model/operation.ts';
import type { Plan } from '../../model/plan.ts';
import type { Tally } from '../../model/review.ts';
import { count } from '../count.ts';
import { folded } from '../diff-fence.ts';
import { caution, diagnosticItem, guardItems } from '../markdown-notices.ts';
import { redactDiagnostics, redactOperations, redactPlan, redactTally } from '../redact.ts';
import { seatsLine } from './comment.ts';
import { approveLines } from './approve.ts';
import { choose, diffBlock } from './diff.ts';
import { entriesOf, mostImportantFirst } from './entries.ts';
import { footer, shortSha } from './footer.ts';
import type { Frame } from './frame.ts';
import { missingText } from './missing.ts';
import { bytes, Page } from './page.ts';
import { mostBytes } from './summary.ts';
import { headline, openItem } from './result.ts';

/** An apply as its run tells it. */
export interface Applied {
  /** What of all that was approved or due is in place. */
  readonly tally: Tally;
  /** What was to be written. */
  readonly chosen: Plan;
  /** What differs and was not to be written, and the digest by which it can be. */
  readonly rest: readonly Operation[];
  readonly digest: string;
  /** What makes the run red. */
  readonly fault?: Diagnostic;
}

/** What surrounds it: the commit whose configuration was applied, and the run. */
export type AppliedFrame = Pick<Frame, 'head' | 'runUrl' | 'plannedAt' | 'redact'>;

const places = ['title', 'fault', 'open', 'seats', 'guards', 'diff', 'rest', 'approve', 'missing', 'footer'];

/** The step summary of an apply: how much is in place and what is not, what was to be written, and what differs besides; at most 1,000,000 bytes. */
export function renderApplied({ tally, chosen, rest, digest, fault }: Applied, { head, runUrl, plannedAt, redact }: AppliedFrame): string {
  const page = new Page(places, { room: mostBytes - 1, measure: bytes });
  const plan = redactPlan(chosen, redact);
  page.put('footer', [footer([`Configuration at ${shortSha(head)}`], { runUrl, at: plannedAt })]);
  page.put('title', [`### Figma apply: ${headline(tally)}`]);
  page.put('fault', caution(fault ? redactDiagnostics([fault], redact).map((one) => diagnosticItem(one)) : []));
  page.reserve(missingRoom);
  const { open } = redactTally(tally, redact);
  const notTold = page.putList('open', { head: [], items: open.map(openItem), most: Infinity, more: (left) => `- …and ${left} more` });
  page.put('seats', seatsLine(plan));
  page.put('guards', [...guardItems(plan, 'block'), ...guardItems(plan, 'warn')]);
  page.put('approve', rest.length === 0 ? [] : approveLines(approveText, digest));
  const entries = entriesOf(plan.operations);
  const chosenDiff = choose(mostImportantFirst(entries), page.left, page.measure);
  page.put('diff', diffBlock(`Approved or due (${count(entries.length, 'change')})`, entries, chosenDiff));
  const others = entriesOf(redactOperations(rest, redact));
  const restDiff = choose(mostImportantFirst(others), page.left, page.measure);
  const lines = others.flatMap((entry) => restDiff.parts.get(entry) ?? []);
  page.put('rest', lines.length === 0 ? [] : folded(`Not written (${count(others.length, 'change')})`, lines));
  page.reserve(-missingRoom);
  const missing = { changes: entries.length - chosenDiff.parts.size, pending: others.length - restDiff.parts.size };
  page.put(
    'missing',
    missingText({ ...missing, members: chosenDiff.shortened + restDiff.shortened, notices: notTold, scheduled: 0 }, runUrl),
  );
  return `${page.text}\n`;
}

/** More than the sentence about what is not shown measures. */
const missingRoom = 2000;

const approveText = 'Nobody approved what is not written. To have exactly that written, run this workflow by hand';
