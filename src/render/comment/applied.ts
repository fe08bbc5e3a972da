import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Operation } from '../../model/operation.ts';
import { isBlocked, type Plan, type Verdict } from '../../model/plan.ts';
import type { Tally } from '../../model/review.ts';
import { count } from '../count.ts';
import { folded } from '../diff-fence.ts';
import { caution, diagnosticItem, guardItems } from '../markdown-notices.ts';
import { redactOperations, redactPlan, redactTally } from '../redact.ts';
import { seatsLine } from './comment.ts';
import { messageText } from './alerts.ts';
import { approveLines, type UnapprovedChanges } from './approve.ts';
import { choose, diffBlock } from './diff.ts';
import { entriesOf, mostImportantFirst } from './entries.ts';
import { footer, shortSha } from './footer.ts';
import type { Frame } from './frame.ts';
import { missingText } from './missing.ts';
import { bytes, Page } from './page.ts';
import { mostBytes } from './summary.ts';
import { openItem } from './result.ts';
import { warnItems } from './warnings.ts';
import { guideLine, type Section, type Ways } from './ways.ts';

/** An apply as its run tells it. */
export interface Applied {
  /** What of all that was approved or due is in place. */
  readonly tally: Tally;
  /** How many drifted objects were to be corrected as well, and how many are. */
  readonly corrected: { readonly total: number; readonly done: number };
  /** What was to be written. */
  readonly chosen: Plan;
  /** The guards of it that approvals lift. */
  readonly allowed: ReadonlySet<string>;
  /** The guards that hold approved operations back; each names them. */
  readonly holds: readonly Verdict[];
  /** What the configuration asks for and nobody approved. Its rules are not in force yet. */
  readonly unapproved: UnapprovedChanges;
  /** Drift that is not corrected. */
  readonly drift: readonly Operation[];
  /** What a digest would approve, and the digest. */
  readonly remaining: Pick<Plan, 'operations' | 'guards'>;
  readonly digest: string;
  /** How many other people have to name the digest. */
  readonly approvals: number;
  readonly fault?: Trouble;
}

/** What makes a run red. */
export interface Trouble {
  /** It names nobody who is to be masked. */
  readonly diagnostic: Diagnostic;
  /** The same in a few words, where the counts do not say it. */
  readonly title?: string;
  /** Where more stands about it. */
  readonly section: Section;
}

/** What surrounds it: the commit whose configuration was applied, and the run. */
export type AppliedFrame = Pick<Frame, 'head' | 'runUrl' | 'plannedAt' | 'permalink' | 'redact'> & { readonly ways?: Ways | undefined };

const places = ['title', 'fault', 'open', 'seats', 'guards', 'diff', 'rest', 'approve', 'missing', 'guide', 'footer'];

/** The step summary of an apply: how much is in place and what is not, what was to be written, and what differs besides; at most 1,000,000 bytes. */
export function renderApplied(applied: Applied, { head, runUrl, plannedAt, redact, ways }: AppliedFrame): string {
  const { tally, chosen, allowed, drift, unapproved, fault } = applied;
  const rest = [...unapproved.operations, ...drift];
  const page = new Page(places, { room: mostBytes - 1, measure: bytes });
  const plan = redactPlan(chosen, redact);
  page.put('footer', [footer([`Configuration at ${shortSha(head)}`], { runUrl, at: plannedAt })]);
  page.put('title', [`### Figma apply: ${titleOf(applied)}`]);
  page.put('fault', caution(fault ? [diagnosticItem(fault.diagnostic)] : []));
  page.put('guide', fault ? guideLine(fault.section, ways) : []);
  page.reserve(missingRoom);
  const { open } = redactTally(tally, redact);
  const notTold = page.putList('open', { head: [], items: open.map(openItem), most: Infinity, more: (left) => `- …and ${left} more` });
  page.put('seats', seatsLine(plan));
  page.put('guards', [...guardItems(plan, 'block', messageText), ...warnItems(plan, allowed)]);
  // What guards stop is approved, and by its digest it is written all the same.
  const approvable = rest.length + (isBlocked(chosen) ? chosen.operations.length : 0);
  page.put('approve', approvable === 0 ? [] : approveLines({ ...applied, runUrl, ways }, approvable));
  const entries = entriesOf(plan.operations);
  const chosenDiff = choose(mostImportantFirst(entries), page.left, page.measure);
  page.put('diff', diffBlock(`To be written (${count(entries.length, 'change')})`, entries, chosenDiff));
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

/** How an apply ended in a few words: `✅ Applied 3 of 3`, `⚠️ Applied 1 of 1; 2 changes are not approved`. */
function titleOf({ tally: { total, done }, corrected, fault }: Applied): string {
  const deeds = deedsText([
    ...(total === 0 ? [] : [done < total ? `${done} of ${total} applied` : `applied ${done} of ${total}`]),
    ...(corrected.total === 0 ? [] : [correctedText(corrected)]),
  ]);
  if (fault === undefined) return `✅ ${deeds === '' ? 'Nothing to apply' : deeds}`;
  if (fault.title === undefined) return `❌ ${deeds === '' ? 'Nothing written' : deeds}`;
  if (done + corrected.done === 0) return `❌ Nothing written: ${fault.title}`;
  return `${done < total || corrected.done < corrected.total ? '❌' : '⚠️'} ${deeds}; ${fault.title}`;
}

/** Things that were done as one text: `Applied 1 of 1, corrected 2 drifted objects`. */
export function deedsText(deeds: readonly string[]): string {
  const text = deeds.join(', ');
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `corrected 1 of 2 drifted objects`. */
export function correctedText({ total, done }: Applied['corrected']): string {
  return `corrected ${done < total ? `${done} of ` : ''}${count(total, 'drifted object')}`;
}
