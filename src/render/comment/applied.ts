import type { Diagnostic } from '../../model/diagnostic.ts';
import { isBlocked, type Plan, type Verdict } from '../../model/plan.ts';
import type { Operation } from '../../model/operation.ts';
import type { Tally, UnapprovedChanges } from '../../model/review.ts';
import { caution, diagnosticItem, guardItems } from '../markdown-notices.ts';
import { redactOperations, redactPlan, redactTally, redactUnapproved } from '../redact.ts';
import { messageText } from './alerts.ts';
import { titleOf } from './applied-title.ts';
import { approveLines, type DigestApproval } from './approve.ts';
import { itemsOf } from './entry-items.ts';
import { footer, shortSha } from './footer.ts';
import type { Frame } from './frame.ts';
import { holdsList } from './holds.ts';
import { missingSize, missingText } from './missing.ts';
import { bytes, Page } from './page.ts';
import { openItem } from './result.ts';
import { seatsLine } from './seats.ts';
import { fullSection, openSection, sectionPlaces, sizeOf } from './section.ts';
import { mostBytes } from './summary.ts';
import { putUnapproved, unapprovedPlaces } from './unapproved-section.ts';
import { warnItems } from './warnings.ts';
import { guideLine, type Section, type Ways } from './ways.ts';

/** An apply as the summary of its run reports it. */
export interface Applied extends Omit<DigestApproval, 'runUrl' | 'ways'> {
  /** What became of all that was approved or due. */
  readonly tally: Tally;
  /** How many drifted objects were to be corrected as well, and how many are. */
  readonly corrected: { readonly total: number; readonly done: number };
  /** What was to be written. */
  readonly chosen: Plan;
  /** The guards of it that approvals lift. */
  readonly allowed: ReadonlySet<string>;
  /** Guards that hold approved operations back; each names them. */
  readonly holds: readonly Verdict[];
  /** What the default branch asks for and nobody approved. Its rules are not in force yet. */
  readonly unapproved: UnapprovedChanges;
  /** Drift that was not to be corrected. */
  readonly drift: readonly Operation[];
  readonly fault?: Trouble;
}

/** What makes a run red. */
export interface Trouble {
  /** It names nobody who is to be masked. */
  readonly diagnostic: Diagnostic;
  /** The same in a few words, if the counts do not say it. */
  readonly title?: string;
  /** The section about it. */
  readonly section: Section;
}

/** What surrounds it: the commit whose configuration was applied, and the run. */
export type AppliedFrame = Pick<Frame, 'head' | 'runUrl' | 'plannedAt' | 'permalink' | 'redact'> & { readonly ways?: Ways | undefined };

const places = [
  'title',
  'fault',
  'open',
  'holds',
  'seats',
  'guards',
  ...sectionPlaces('chosen'),
  ...unapprovedPlaces,
  ...sectionPlaces('drift'),
  'approve',
  'missing',
  'guide',
  'footer',
];

/** The step summary of an apply: how much is applied and what is not and why, what was to be written, and what differs besides; at most 1,000,000 bytes. */
export function renderApplied(applied: Applied, { head, runUrl, plannedAt, permalink, redact, ways }: AppliedFrame): string {
  const { tally, allowed, holds, drift, fault } = applied;
  const page = new Page(places, { room: mostBytes - 1, measure: bytes });
  const style = { isDense: false, isMasked: redact !== 'none' };
  const chosen = redactPlan(applied.chosen, redact);
  const unapproved = redactUnapproved(applied.unapproved, redact);
  page.put('footer', [footer([`Configuration at ${shortSha(head)}`], { runUrl, at: plannedAt })]);
  page.put('title', [`### Figma apply: ${titleOf(applied)}`]);
  page.put('fault', caution(fault ? [diagnosticItem(fault.diagnostic)] : []));
  page.put('guide', fault ? guideLine(fault.section, ways) : []);
  page.put('seats', seatsLine(chosen));
  page.put('guards', [...guardItems(chosen, 'block', messageText), ...warnItems(chosen, allowed)]);
  const approvable = approvableIn(applied);
  page.put(
    'approve',
    approvable.length + unapproved.rules.length + unapproved.later.length === 0
      ? []
      : approveLines({ ...applied, runUrl, ways }, approvable.length),
  );
  page.reserve(missingSize(runUrl));
  const open = redactTally(tally, redact).open.map(openItem);
  const openLeft = page.putList('open', { head: [], items: open, most: open.length, more: (left) => `- …and ${left} more` });
  const holdsLeft = page.putList('holds', holdsList(holds, redact));
  const parts = openSection(page, 'chosen', itemsOf(chosen.operations, permalink, style), { ...fullSection, head: chosenText }).finish();
  const missing = putUnapproved(page, unapproved, permalink, style);
  const rest = openSection(page, 'drift', itemsOf(redactOperations(drift, redact), permalink, style), {
    ...fullSection,
    head: driftText,
  }).finish();
  page.reserve(-missingSize(runUrl));
  const { changes = 0, cut = 0 } = missing;
  page.put(
    'missing',
    missingText(
      {
        ...missing,
        changes: changes + sizeOf(parts.hidden),
        cut: cut + parts.cut.length + rest.cut.length,
        notices: openLeft + holdsLeft,
        pending: sizeOf(rest.hidden),
      },
      runUrl,
    ),
  );
  return `${page.text}\n`;
}

const chosenText = '**To be written** by this run:';
const driftText = '**Drift** that this run does not correct:';

/** What a digest would approve: what is not approved, drift, and what guards hold back or block, because the digest can lift them. */
function approvableIn({ unapproved, drift, chosen, holds }: Applied): readonly unknown[] {
  const held = new Set(holds.flatMap(({ operations }) => operations));
  return [...unapproved.operations, ...drift, ...held, ...(isBlocked(chosen) ? chosen.operations : [])];
}
