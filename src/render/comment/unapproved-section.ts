import type { UnapprovedChanges } from '../../model/review.ts';
import { itemsOf } from './entry-items.ts';
import type { Permalink } from './frame.ts';
import type { ItemStyle } from './item.ts';
import type { Missing } from './missing.ts';
import type { Page } from './page.ts';
import { ruleItems } from './rules.ts';
import { putSchedule, scheduleBlocks } from './schedule.ts';
import { fullSection, openSection, sectionPlaces, sizeOf } from './section.ts';

/** The places of unapproved changes, from top to bottom. */
export const unapprovedPlaces: readonly string[] = ['unapproved rules', ...sectionPlaces('unapproved'), 'unapproved schedule'];

/** Puts changes that nobody approved, masked before, and gives how much of them has no room. */
export function putUnapproved(page: Page, changes: UnapprovedChanges, permalink: Permalink, style: ItemStyle): Missing {
  const { operations, rules, later } = changes;
  const hiddenRules = page.putList('unapproved rules', {
    head: ['**Rules that are not approved**: the stricter value stays in force until the new one is approved.', ''],
    items: ruleItems(rules),
    most: rules.length,
    more: (left) => `- …and ${left} more`,
  });
  const scheduled = putSchedule(
    page,
    'unapproved schedule',
    '**Scheduled changes that are not approved**:',
    scheduleBlocks(later, permalink, style),
  );
  const items = itemsOf(operations, permalink, style);
  const { hidden, cut } = openSection(page, 'unapproved', items, { ...fullSection, head: unapprovedText }).finish();
  return { rules: hiddenRules, changes: sizeOf(hidden), cut: cut.length, scheduled };
}

const unapprovedText =
  '**Not approved**: the default branch asks for these changes. They are not applied until they are approved: ' +
  'by an approving review of their pull request, which counts after the merge too, or by their digest.';
