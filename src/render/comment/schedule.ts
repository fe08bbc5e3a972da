import type { ScheduledChange } from '../../model/review.ts';
import { quoted } from '../escape.ts';
import { codeSpan } from '../markup.ts';
import { bare } from '../name.ts';
import { isSeat } from './entries.ts';
import type { Permalink } from './frame.ts';
import { causeLink } from './link.ts';

/** What a grant changes by itself later: from which day on or after which, who, what and where it is written. */
export function turnText({ day, userName, what, cause }: ScheduledChange, permalink: Permalink): string {
  const isEnd = cause.via === 'expired' && cause.until !== undefined;
  const when = isEnd ? `after ${dayText(cause.until)}` : `from ${dayText(day)}`;
  return `${when} ${codeSpan(bare(userName))} ${turningText(what)} (${causeLink(cause.at ? { at: cause.at, via: 'entry' } : cause, permalink)})`;
}

function turningText(what: ScheduledChange['what']): string {
  if ('joins' in what) return `joins group ${codeSpan(quoted(what.joins))}`;
  if ('leaves' in what) return `leaves group ${codeSpan(quoted(what.leaves))}`;
  const { before, after } = what.seat;
  if (after === undefined) return before === undefined ? 'keeps the seat' : `no longer asks for ${seatText(before)}`;
  return before === undefined ? `gets ${seatText(after)}` : `${seatText(before)} → ${seatText(after)}`;
}

function seatText(seat: string): string {
  return isSeat(seat) ? seat : codeSpan(bare(seat));
}

function dayText(day: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? day : codeSpan(day);
}
