import type { OpenRow, Tally } from '../../model/review.ts';
import { codeSpan } from '../markup.ts';
import { redactTally, type Redaction } from '../redact.ts';
import { adviceLines, type Stop } from './advice.ts';
import { momentText } from './footer.ts';
import { runLink } from './link.ts';
import { Page, units } from './page.ts';
import { workText } from './waiting.ts';
import type { Ways } from './ways.ts';

/** What surrounds the result of an apply. */
export interface ResultFrame {
  readonly runUrl: string;
  /** ISO 8601. */
  readonly at: string;
  readonly redact: Redaction;
  /** The login to mention if the apply failed. */
  readonly mention?: string;
  /** What stopped the apply as a whole. */
  readonly stop?: Stop | undefined;
  readonly ways?: Ways | undefined;
}

/** What the result of an apply measures at most in a comment. */
const roomInComment = 4000;

/** What became of the approved changes: how many are applied, and each that is not, with why. Only a failure mentions anybody. */
export function renderResult(tally: Tally, frame: ResultFrame, room = roomInComment): string {
  const { open, isFailure } = redactTally(tally, frame.redact);
  const page = new Page(['title', 'open', 'advice'], { room, measure: units });
  page.put('title', [`**${headline(tally)}** · ${runLink(frame.runUrl)} · ${momentText(frame.at)}`]);
  page.put('advice', isFailure ? adviceLines(open, frame.stop, frame.ways, mentioned(frame.mention)) : []);
  const items = open.map(openItem);
  page.putList('open', { head: [], items, most: items.length, more: (left) => `- …and ${left} more` });
  return page.text;
}

/** One change that is not applied, as an item of a list. */
export function openItem({ operation, fate, reason }: OpenRow): string {
  return `- ${codeSpan(workText(operation.id))} **${fate}**${reason === '' ? '' : `: ${codeSpan(reason)}`}`;
}

/** How much is applied in a few words: `✅ Applied 3 of 3`, `❌ 2 of 3 applied, 1 superseded`. */
function headline(tally: Tally): string {
  const { total, done, isFailure } = tally;
  const superseded = supersededIn(tally);
  const rest = superseded > 0 ? `, ${superseded} superseded` : '';
  if (isFailure || superseded > 0) return `❌ ${done} of ${total} applied${rest}`;
  if (total === 0) return '✅ Nothing to apply';
  return done < total ? `⏳ ${done} of ${total} applied` : `✅ Applied ${done} of ${total}`;
}

/** How many approved changes a later commit took back or changed; a tally counts edits, so never more than are not done. */
export function supersededIn({ open, total, done }: Pick<Tally, 'open' | 'total' | 'done'>): number {
  return Math.min(open.filter(({ fate }) => fate === 'superseded').length, total - done);
}

/** A mention of a login, with a blank after it; nothing if the text does not have the form of a login. */
export function mentioned(login: string | undefined): string {
  return login !== undefined && login !== 'ghost' && /^[A-Za-z0-9_-]+$/.test(login) ? `@${login} ` : '';
}
