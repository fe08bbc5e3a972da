import type { ScheduledChange } from '../../model/scheduled-change.ts';
import { causeText } from '../cause-text.ts';
import { count } from '../count.ts';
import { quoted } from '../escape.ts';
import { firstOf } from '../markdown-table.ts';
import { wholeSpan } from '../markup.ts';
import { bare } from '../name.ts';
import { isSeat } from './entries.ts';
import type { Permalink } from './frame.ts';
import { grouped } from './grouping.ts';
import type { ItemStyle } from './item.ts';
import { causeLink } from './link.ts';
import { listText } from './opening-list.ts';
import type { Page } from './page.ts';

/** A part of a list of scheduled changes: one, or those that differ in nothing but the name. */
export interface ScheduleBlock {
  readonly text: string;
  readonly size: number;
}

/** Puts scheduled changes below a line of our own, and gives how many of them do not fit. */
export function putSchedule(page: Page, place: string, head: string, blocks: readonly ScheduleBlock[]): number {
  const sizeOf = (last: number) => blocks.slice(blocks.length - last).reduce((sum, { size }) => sum + size, 0);
  const items = blocks.map(({ text }) => text);
  return sizeOf(page.putList(place, { head: [head, ''], items, most: items.length, more: (left) => `- …and ${sizeOf(left)} more` }));
}

/** The blocks of scheduled changes in their order, each with our own words in front, such as `no longer `. */
export function scheduleBlocks(
  changes: readonly ScheduledChange[],
  permalink: Permalink,
  style: ItemStyle,
  start = '',
): readonly ScheduleBlock[] {
  return grouped(changes, keyOf).map((equal) => {
    const [first, ...others] = equal;
    const head = `${start}${whenText(first)}`;
    const what = whatText(first.what, equal.length);
    const why = firstOf([placeOf(first, permalink), ...others.map(({ userName }) => userName)]);
    if (others.length === 0) return { size: 1, text: `- ${head} ${wholeSpan(bare(first.userName))} ${what} (${why})` };
    const names = equal.map(({ userName, cause }) => wholeSpan(style.isMasked ? `${bare(userName)} ${causeText(cause)}` : bare(userName)));
    const list = listText({ head: `📅 ${head} **${count(equal.length, 'user')}** ${what} (${why})`, noun: 'user', names });
    return { size: equal.length, text: `\n${list}\n` };
  });
}

function keyOf(change: ScheduledChange): string {
  return JSON.stringify([whenText(change), change.day, whatText(change.what, 1)]);
}

function placeOf({ cause }: ScheduledChange, permalink: Permalink): string {
  return causeLink(cause.at ? { at: cause.at, via: 'entry' } : cause, permalink);
}

function whenText({ day, cause }: ScheduledChange): string {
  const isEnd = cause.via === 'expired' && cause.until !== undefined;
  return isEnd ? `after ${dayText(cause.until)}` : `from ${dayText(day)}`;
}

/** What changes for one user, or for many. */
function whatText(what: ScheduledChange['what'], many: number): string {
  const verb = (plural: string) => (many === 1 ? `${plural}s` : plural);
  if ('joins' in what) return `${verb('join')} group ${wholeSpan(quoted(what.joins))}`;
  if ('leaves' in what) return `${verb('leave')} group ${wholeSpan(quoted(what.leaves))}`;
  const { before, after } = what.seat;
  if (after === undefined) return before === undefined ? `${verb('keep')} the seat` : `no longer ${verb('ask')} for ${seatText(before)}`;
  return before === undefined ? `${verb('get')} ${seatText(after)}` : `${seatText(before)} → ${seatText(after)}`;
}

function seatText(seat: string): string {
  return isSeat(seat) ? seat : wholeSpan(bare(seat));
}

function dayText(day: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : wholeSpan(day);
}
