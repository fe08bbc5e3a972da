/**
 * Text from files and from Figma is hostile until it has passed here: a terminal obeys control characters, a reader is fooled by what he
 * cannot see, and a CI runner takes `##[command]` anywhere in a line for an order. Nothing is dropped, everything is shown.
 */
import { showLookalikesIn } from '../model/lookalike.ts';

/** What a terminal obeys or nobody sees: controls, format characters, surrogates, separators, blanks that only look like a space. */
const hidden =
  /(\p{Extended_Pictographic}\uFE0F)|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00A0\u1680\u2000-\u200A\u202F\u205F\u2800]/gu;

/** What most texts consist of, and what needs no closer look. */
const harmless = /^[ !"$-~]*$/;

/** Logging commands of CI runners that stand anywhere in a line: `##[group]`, `##vso[…]`. */
const runnerCommand = /##(?=\w*\[)/gu;

/**
 * `text` with every hidden character shown, as its picture (U+2400 to U+2421) or as `\u{…}`, in addresses also every letter that can look like
 * another one, and with no runner command in it.
 */
export function safe(text: string): string {
  if (harmless.test(text)) return text;
  const visible = text.replace(hidden, (match: string, emoji: string | undefined) => emoji ?? shown(match));
  return showLookalikesIn(visible.replace(runnerCommand, '#\\u{23}'));
}

/** `text` between quotation marks, in one form only: quotes and backslashes in it are escaped, so that `\u{…}` always means a hidden character. */
export function quoted(text: string): string {
  return `"${safe(text.replace(/["\\]/g, '\\$&'))}"`;
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `\\u{${code.toString(16)}}`;
}
