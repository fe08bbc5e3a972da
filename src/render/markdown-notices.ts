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

/** The guards of one outcome as items of a list. */
export function guardItems({ guards }: Pick<Plan, 'guards'>, outcome: Extract<Verdict['outcome'], 'warn' | 'block'>): readonly string[] {
  const word = outcome === 'block' ? 'Blocked' : 'Warning';
  return guards
    .filter((verdict) => verdict.outcome === outcome)
    .map((verdict) => `- **${word}** by ${codeSpan(guardText(verdict))}: ${codeSpan(verdict.message)}`);
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
