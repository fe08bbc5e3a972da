/**
 * The sink for text from data in Markdown. It stands only inside code spans and fences whose delimiter is longer than any run of backticks
 * inside: there GitHub makes no link, mention, image or HTML of it.
 */
import { safe } from './escape.ts';
import { cells } from './width.ts';

/** The longest text that is shown whole, in user-perceived characters; one of them may be long, so code units are counted as well. */
const mostGraphemes = 200;
const mostUnits = 1000;

/** `text` as a code span for any place in Markdown, tables included: `|` is written `\u{7c}`, what is cut ends in an ellipsis. */
export function codeSpan(text: string): string {
  return wholeSpan(shortened(safe(text)));
}

/** As `codeSpan`, and nothing is cut. */
export function wholeSpan(text: string): string {
  const shown = safe(text).replaceAll('|', '\\u{7c}');
  if (shown.trim() === '') return `\`"${shown}"\``;
  const mark = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${mark}${pad}${shown}${pad}${mark}`;
}

/** Lines as a fenced block of `language`. The lines are safe text. */
export function fence(language: string, lines: readonly string[]): readonly string[] {
  const mark = '`'.repeat(lines.reduce((most, line) => Math.max(most, longestRun(line) + 1), 3));
  return [`${mark}${language}`, ...lines, mark];
}

/** Safe text cut to the length that Markdown shows, with an ellipsis where something is missing. */
export function shortened(text: string): string {
  if (text.length <= mostGraphemes) return text;
  const head = cells(text.slice(0, mostUnits));
  if (text.length <= mostUnits && head.length <= mostGraphemes) return text;
  const kept = head.slice(0, Math.min(mostGraphemes, head.length) - 1);
  return `${kept.map((cell) => cell.text).join('')}…`;
}

/** The length of the longest run of backticks in a text. */
export function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
