import type { Diagnostic, Span } from '../model/diagnostic.ts';
import type { Plan, Verdict } from '../model/plan.ts';
import { count } from './count.ts';
import { codeSpan } from './markup.ts';
import { guardText } from './notices.ts';
import { placeText } from './snippet.ts';
import type { Changes } from './totals.ts';

/** How much ends for good, as one line, or none. */
export function endsOf(changes: Pick<Changes, 'deactivate' | 'delete'>): readonly string[] {
  const ends = [
    ...(changes.deactivate > 0 ? [`**${count(changes.deactivate, 'user')} will be deactivated.**`] : []),
    ...(changes.delete > 0 ? [`**${count(changes.delete, 'group')} will be deleted.**`] : []),
  ];
  return ends.length === 0 ? [] : [ends.join(' ')];
}

/** Lines as an alert that GitHub shows in red, or nothing where there are none. */
export function caution(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['> [!CAUTION]', ...lines.map((line) => `> ${line}`.trimEnd())];
}

/** The guards of one outcome as items of a list. `shown` gives the message as Markdown. */
export function guardItems(
  { guards }: Pick<Plan, 'guards'>,
  outcome: Extract<Verdict['outcome'], 'warn' | 'block'>,
  shown = codeSpan,
): readonly string[] {
  const word = outcome === 'block' ? 'Blocked' : 'Warning';
  return guards
    .filter((verdict) => verdict.outcome === outcome)
    .map((verdict) => `- **${word}**${dayMarkdown(verdict)} by ${codeSpan(guardText(verdict))}: ${shown(verdict.message)}`);
}

/** The day to come that a verdict is about, behind a word. */
function dayMarkdown({ day }: Verdict): string {
  return day === undefined ? '' : ` on ${codeSpan(day)}`;
}

/** One diagnostic as an item of a list. `placed` shows where it is, as Markdown. */
export function diagnosticItem({ severity, code, message, at, help }: Diagnostic, placed = plainPlace): string {
  const place = at ? ` at ${placed(at)}` : '';
  const hint = help === undefined ? '' : `; help: ${codeSpan(help)}`;
  return `- ${codeSpan(`${severity}[${code}]`)}${place}: ${codeSpan(message)}${hint}`;
}

function plainPlace(at: Span): string {
  return codeSpan(placeText(at));
}
