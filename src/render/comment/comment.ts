import type { Review } from '../../model/review.ts';
import { diagnosticItem } from '../markdown-notices.ts';
import { budgetsOf } from '../markdown-seats.ts';
import { mostRows } from '../markdown-table.ts';
import { redactReview } from '../redact.ts';
import { alertOf, approvalAlert } from './alerts.ts';
import { itemsOf } from './entry-items.ts';
import { planFooter } from './footer.ts';
import type { Frame, Permalink, Rendered } from './frame.ts';
import type { ItemStyle } from './item.ts';
import { placeLink } from './link.ts';
import { missingSize, missingText, type Missing } from './missing.ts';
import { Page, units, type Limits } from './page.ts';
import { putPending } from './pending.ts';
import { removedItems } from './removed-items.ts';
import { rulesAlert } from './rules.ts';
import { putSchedule, scheduleBlocks } from './schedule.ts';
import { seatsLine } from './seats.ts';
import { openSection, sectionPlaces, sizeOf } from './section.ts';
import { emptyText, incompleteText, titleOf } from './title.ts';
import { waitingList } from './waiting.ts';
import { warnItems } from './warnings.ts';

/** The blocks of a comment from top to bottom. */
const places = [
  'title',
  'approval',
  'rules',
  'alert',
  'base',
  'nothing',
  ...sectionPlaces('own').filter((place) => place !== 'own diff'),
  'seats',
  'budgets',
  'notices',
  'incomplete',
  'waiting',
  ...sectionPlaces('taken back'),
  'schedule',
  'own diff',
  'pending',
  'missing',
  'footer',
];

/**
 * What a pull request would do, as the visible part of its comment: at most `room` UTF-16 code units, and no markup comes from data. All that it
 * causes is shown, if need be in a denser form; if even that has no room, `isWhole` is false.
 */
export function renderReview(review: Review, frame: Frame, room: number): Rendered {
  return renderReviewWithin(review, frame, { room, measure: units, mostListed: mostRows });
}

/** As `renderReview`, within any limits. */
export function renderReviewWithin(review: Review, frame: Frame, limits: Limits): Rendered {
  const seen = redactReview(review, frame.redact);
  const isMasked = frame.redact !== 'none';
  const full = draw(seen, frame, limits, { isDense: false, isMasked });
  return full.isWhole ? full : draw(seen, frame, limits, { isDense: true, isMasked });
}

function draw(review: Review, frame: Frame, limits: Limits, style: ItemStyle): Rendered {
  const page = new Page(places, limits);
  page.put('footer', [planFooter(frame)]);
  page.reserve(missingSize(frame.runUrl));
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    ['title', [`### Figma plan: ${titleOf(review)}`]],
    ['approval', approvalAlert(frame)],
    ['base', review.isBaseLoaded ? [] : [baseText]],
    ['nothing', emptyText(review)],
    ['incomplete', incompleteText(review)],
    ['seats', seatsLine(review.own)],
  ];
  const dropped = blocks.filter(([place, lines]) => !page.put(place, lines)).length;
  const isAlertShown = page.put('alert', alertOf(review));
  const caused = putCaused(page, review, linksOf(frame, style), style);
  const notices = putNotices(page, review, frame.permalink, limits.mostListed);
  const others: Missing = { notices: dropped + notices, pending: putPending(page, review.pending) };
  page.reserve(-missingSize(frame.runUrl));
  const missing = missingText({ ...caused, ...others }, frame.runUrl);
  page.put('missing', missing);
  const isWhole = isAlertShown && Object.values(caused).every((left) => left === 0);
  return { text: page.text, isWhole, isTruncated: !isWhole || missing.length > 0 };
}

const baseText = 'The configuration that this is merged into cannot be read, so everything counts as caused by this pull request.';

type Links = Required<Pick<Frame, 'permalink' | 'formerly'>>;

/** Links are left out where room is short, unless a masked name needs its own. */
function linksOf({ permalink, formerly = unlinked }: Frame, { isDense, isMasked }: ItemStyle): Links {
  return isDense && !isMasked ? { permalink: unlinked, formerly: unlinked } : { permalink, formerly };
}

function unlinked(): undefined {
  return undefined;
}

/** Puts all that the pull request causes or withdraws, and gives how much of it has no room. */
function putCaused(page: Page, review: Review, { permalink, formerly }: Links, style: ItemStyle): Omit<Missing, 'notices' | 'pending'> {
  const { own, removed, takenBack, scheduled, withdrawn } = review;
  const rules = page.putList('rules', rulesAlert(review.rules));
  const items = [...itemsOf(own.operations, permalink, style), ...removedItems(removed, formerly, style)];
  const changes = openSection(page, 'own', items);
  const withdrawals = itemsOf(takenBack, formerly, { ...style, isTakenBack: true });
  const undone = openSection(page, 'taken back', withdrawals, takenBackForm).finish();
  const left = putSchedule(page, 'schedule', '**Scheduled by this pull request**:', [
    ...scheduleBlocks(scheduled, permalink, style),
    ...scheduleBlocks(withdrawn, formerly, style, 'no longer '),
  ]);
  const { hidden, cut } = changes.finish();
  return {
    rules,
    changes: sizeOf(hidden),
    removed: hidden.reduce((sum, { size, lists }) => sum + (size > 0 ? 0 : (lists[0]?.names.length ?? 1)), 0),
    cut: cut.length + undone.cut.length,
    takenBack: sizeOf(undone.hidden),
    scheduled: left,
  };
}

const takenBackForm = {
  head: '**Taken back**: approved changes that are not applied yet and are no longer asked for.',
  diff: 'Taken back',
  isFull: false,
};

/** Puts what may be shortened, and gives the number of things that have no room. */
function putNotices(page: Page, { own, allowances }: Review, permalink: Permalink, mostListed: number): number {
  const diagnostics = own.diagnostics.map((diagnostic) => diagnosticItem(diagnostic, (at) => placeLink(at, permalink)));
  const items = [...warnItems(own, allowances), ...diagnostics];
  const isBudgetShown = page.put('budgets', budgetsOf(own));
  const notices = page.putList('notices', { head: [], items, most: mostListed, more: (left) => `- …and ${left} more` });
  return (isBudgetShown ? 0 : 1) + notices + page.putList('waiting', waitingList(own.selection?.held ?? [], mostListed));
}
