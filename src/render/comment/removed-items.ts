import type { Removed } from '../../model/review.ts';
import { count } from '../count.ts';
import { firstOf } from '../markdown-table.ts';
import { codeSpan, wholeSpan } from '../markup.ts';
import { bare } from '../name.ts';
import { isSeat } from './entries.ts';
import type { Permalink } from './frame.ts';
import { grouped } from './grouping.ts';
import type { Item, ItemStyle } from './item.ts';
import { causeLink } from './link.ts';
import { rankOf } from './reading-order.ts';

/** Entries that are removed while their users are live, as items; those whose users keep the same seat are one item. */
export function removedItems(removed: readonly Removed[], formerly: Permalink, style: ItemStyle): readonly Item[] {
  return grouped(removed, ({ seat }) => seat ?? '').map((entries) =>
    entries.length === 1 ? singleItem(entries[0], formerly) : jointItem(entries, formerly, style),
  );
}

function singleItem({ userName, seat, at }: Removed, formerly: Permalink): Item {
  const name = bare(userName);
  return {
    size: 0,
    rank: rankOf('removedEntry'),
    row: () => ({
      text: rowText(codeSpan(name), `keeps access${seatText(seat)}`, causeLink({ at, via: 'entry' }, formerly)),
      isWhole: codeSpan(name) === wholeSpan(name),
    }),
    lines: [`# ${name} keeps access${seat === undefined ? '' : ` and a ${bare(seat)} seat`}: the entry is removed`],
    lists: [],
  };
}

function jointItem(entries: readonly [Removed, ...Removed[]], formerly: Permalink, { isMasked }: ItemStyle): Item {
  const [{ seat, at }, ...others] = entries;
  const many = count(entries.length, 'user');
  const keep = `keep access${seatText(seat)}`;
  const why = firstOf([causeLink({ at, via: 'entry' }, formerly), ...others.map(({ userName }) => userName)]);
  const nameOf = (entry: Removed) => `${bare(entry.userName)}${isMasked ? ` ${entry.at.file}:${entry.at.line}` : ''}`;
  return {
    size: 0,
    rank: rankOf('removedEntry'),
    row: () => ({ text: rowText(many, keep, why), isWhole: false }),
    lines: [],
    lists: [
      {
        head: `⚠️ **${many}** ${keep}, although the entries are removed`,
        noun: 'user',
        names: entries.map((entry) => wholeSpan(nameOf(entry))),
      },
    ],
  };
}

function rowText(name: string, keeps: string, why: string): string {
  return `| ⚠️ | ${name} | ${keeps}; to off-board write \`active: false\` | ${why} |`;
}

function seatText(seat: string | undefined): string {
  return seat === undefined ? '' : ` and a ${isSeat(seat) ? seat : wholeSpan(bare(seat))} seat`;
}
