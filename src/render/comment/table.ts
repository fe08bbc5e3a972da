import type { Removed } from '../../model/review.ts';
import { mostRows, tableHead } from '../markdown-table.ts';
import { codeSpan } from '../markup.ts';
import { bare } from '../name.ts';
import { entryLine, isSeat, mostImportantFirst, type Entry } from './entries.ts';
import type { Permalink } from './frame.ts';
import { causeLink } from './link.ts';
import type { Page } from './page.ts';

/** What a table tells of, and where its links lead. */
export interface Told {
  readonly entries: readonly Entry[];
  readonly removed: readonly Removed[];
  readonly permalink: Permalink;
  /** As `permalink`, for what is no longer there. */
  readonly formerly: Permalink;
}

/** Puts the table of changes, the riskiest first, entries removed while their users are live after what ends; gives the changes that it shows. */
export function putTable(page: Page, { entries, removed, permalink, formerly }: Told): ReadonlySet<Entry> {
  const first = mostImportantFirst(entries).slice(0, mostRows);
  const ends = first.filter(({ row }) => row.risk === 3);
  const gone = removed.slice(0, mostRows).map((entry) => removedLine(entry, formerly));
  const line = (entry: Entry) => entryLine(entry, permalink);
  const items = [...ends.map(line), ...gone, ...first.slice(ends.length).map(line)];
  const kept = items.length - page.putList('table', { head: tableHead, items, most: items.length, more: () => '' });
  const shown = first.slice(0, Math.min(kept, ends.length) + Math.max(kept - ends.length - gone.length, 0));
  const unnamed = removed.length - Math.min(Math.max(kept - ends.length, 0), gone.length);
  if (unnamed > 0) page.put('removed', [`…and ${unnamed} more whose entry is removed and who ${unnamed === 1 ? 'keeps' : 'keep'} access`]);
  return new Set(shown);
}

function removedLine({ userName, seat, at }: Removed, formerly: Permalink): string {
  const keeps = seat === undefined ? '' : ` and a ${isSeat(seat) ? seat : codeSpan(bare(seat))} seat`;
  const detail = `keeps access${keeps}; to off-board write \`active: false\``;
  return `| ⚠️ | ${codeSpan(bare(userName))} | ${detail} | ${causeLink({ at, via: 'entry' }, formerly)} |`;
}
