import { isBlocked, isEmpty, type Plan } from '../../model/plan.ts';
import type { Review } from '../../model/review.ts';
import { count } from '../count.ts';
import { diagnosticItem } from '../markdown-notices.ts';
import { budgetsOf } from '../markdown-seats.ts';
import { mostRows } from '../markdown-table.ts';
import { codeSpan } from '../markup.ts';
import { costTexts } from '../money.ts';
import { redactReview } from '../redact.ts';
import { changesOf, pendingText, seatTexts } from '../totals.ts';
import { alertOf, approvalText } from './alerts.ts';
import { choose, diffBlock, nothingChosen, type Chosen } from './diff.ts';
import { entriesOf, isEnd, isWholeInTable, mostImportantFirst, type Entry } from './entries.ts';
import { planFooter } from './footer.ts';
import type { Frame, Rendered } from './frame.ts';
import { placeLink } from './link.ts';
import { missingSize, missingText, type Missing } from './missing.ts';
import { Page, units, type Limits } from './page.ts';
import { putPending } from './pending.ts';
import { turnText } from './schedule.ts';
import { putTable } from './table.ts';
import { waitingList } from './waiting.ts';
import { warnItems } from './warnings.ts';

/** The blocks of a comment from top to bottom. */
const places = [
  'title',
  'alert',
  'approval',
  'base',
  'nothing',
  'table',
  'removed',
  'more',
  'seats',
  'budgets',
  'notices',
  'incomplete',
  'waiting',
  'schedule',
  'diff',
  'pending',
  'missing',
  'footer',
];

/** What a pull request would do, as the visible part of its comment: at most `room` UTF-16 code units, whole changes only, no markup from data. */
export function renderReview(review: Review, frame: Frame, room: number): Rendered {
  return renderReviewWithin(review, frame, { room, measure: units, mostListed: mostRows });
}

/** As `renderReview`, within any limits. */
export function renderReviewWithin(review: Review, frame: Frame, limits: Limits): Rendered {
  const seen = redactReview(review, frame.redact);
  const entries = entriesOf(seen.own.operations);
  const page = new Page(places, limits);
  page.put('footer', [planFooter(frame)]);
  page.reserve(missingSize(frame.runUrl));
  const notices = putHead(page, seen, frame, limits);
  const tabled = putTable(page, { ...frame, entries, removed: seen.removed, formerly: frame.formerly ?? nowhere });
  const ends = choose(mostImportantFirst(entries.filter(({ operation }) => isEnd(operation))), page.left, page.measure);
  page.reserve(ends.size);
  const scheduled = putSchedule(page, seen, frame);
  page.reserve(-ends.size);
  const chosen = putDiff(page, entries, ends);
  const pending = putPending(page, seen.pending);
  const isShown = (entry: Entry) => chosen.parts.has(entry) || (tabled.has(entry) && isWholeInTable(entry));
  const missing: Missing = {
    changes: entries.filter((entry) => !isShown(entry)).length,
    members: chosen.shortened,
    notices,
    scheduled,
    pending,
  };
  page.reserve(-missingSize(frame.runUrl));
  const later = entries.filter((entry) => chosen.parts.has(entry) && !tabled.has(entry)).length;
  if (later > 0) page.put('more', [`…and ${later} more in the diff`]);
  const said = missingText(missing, frame.runUrl);
  page.put('missing', said);
  return {
    text: page.text,
    isTruncated: said.length > 0,
    isWhole: scheduled === 0 && entries.every(isShown),
  };
}

/** What stands before the changes; gives the number of things that have no room. */
function putHead(page: Page, review: Review, { approvals, permalink }: Frame, { mostListed }: Limits): number {
  const { own, isBaseLoaded } = review;
  const title = isEmpty(own) ? 'no changes' : pendingText(changesOf(own.operations.map(({ id }) => id)));
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ['title', [`### Figma plan: ${title}`]],
    ['approval', approvalText(approvals)],
    ['alert', alertOf(review)],
    ['base', isBaseLoaded ? [] : [baseText]],
    ['nothing', isEmpty(own) ? [nothingText(review)] : []],
    ['incomplete', own.unresolved === 0 || isEmpty(own) ? [] : [incompleteText]],
    ['seats', seatsLine(own)],
    ['budgets', budgetsOf(own)],
  ];
  const dropped = blocks.filter(([place, lines]) => !page.put(place, lines)).length;
  const diagnostics = own.diagnostics.map((diagnostic) => diagnosticItem(diagnostic, (at) => placeLink(at, permalink)));
  const items = [...warnItems(own, review.allowances), ...diagnostics];
  const notices = page.putList('notices', { head: [], items, most: mostListed, more: (left) => `- …and ${left} more` });
  return dropped + notices + page.putList('waiting', waitingList(own.selection?.held ?? [], mostListed));
}

const baseText = "The configuration that this is merged into cannot be read, so everything counts as this pull request's own.";
const incompleteText = '**Incomplete**: not all that the configuration asks for is in this plan.';

function nothingText({ own, scheduled }: Review): string {
  if (isBlocked(own)) return 'No changes in this plan, but it is blocked.';
  if (own.unresolved > 0) return 'No changes in this plan, but it is incomplete.';
  return `This pull request changes nothing in Figma${scheduled.length > 0 ? ' today' : ''}.`;
}

/** Seats and cost of a plan in one line. Amounts stand as code: GitHub takes what is between two `$` for a formula. */
export function seatsLine(own: Plan): readonly string[] {
  if (isEmpty(own)) return [];
  const cost = own.cost === undefined ? [] : costTexts(own.cost).map((text) => `**${codeSpan(text)}**`);
  const parts = [...seatTexts(own).map(codeSpan), ...cost];
  return parts.length === 0 ? [] : [`**Seats** ${parts.join(' · ')}`];
}

/** Every turn is approved by its day, so none is left out while there is room. */
function putSchedule(page: Page, { scheduled, withdrawn }: Review, { permalink, formerly = nowhere }: Frame): number {
  const items = [
    ...scheduled.map((turn) => `- ${turnText(turn, permalink)}`),
    ...withdrawn.map((turn) => `- no longer ${turnText(turn, formerly)}`),
  ];
  return page.putList('schedule', {
    head: [`**Scheduled by this pull request**`, ''],
    items,
    most: items.length,
    more: (left) => `- …and ${left} more`,
  });
}

/** Fills the rest of the page with changes, those that were chosen already among them. */
function putDiff(page: Page, entries: readonly Entry[], ends: Chosen): Chosen {
  const others = mostImportantFirst(entries.filter((entry) => !ends.parts.has(entry)));
  const chosen = choose(others, page.left, page.measure, ends);
  const [shown, all] = [chosen.parts.size, entries.length];
  const heading = shown === all ? `Full diff (${count(all, 'change')})` : `Diff (${shown} of ${count(all, 'change')})`;
  return page.put('diff', diffBlock(heading, entries, chosen)) ? chosen : nothingChosen;
}

/** Where there is no place to link to. */
function nowhere(): undefined {
  return undefined;
}
