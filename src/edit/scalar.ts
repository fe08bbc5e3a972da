import { stringify } from 'yaml';

/** Text that every reader of YAML takes for the same text without quotes: it starts with a letter and holds no indicator. */
const plain = /^\p{L}(?:[\p{L}\p{N} ._+@'()&/-]*[\p{L}\p{N}.@)])?$/u;

/** Words that are no text for somebody: booleans and null, those of YAML 1.1 too, and `E5`, which some of its readers take for a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|e[-+]?\d+)$/i;

/** What nobody sees; the selector that makes an emoji of a sign is seen. */
const hidden = /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u00A0\u2000-\u200A\u202F\u205F\u2800]/gu;

/** `text` as a YAML scalar on one line that YAML 1.1 and 1.2 read as this text; characters that nobody sees stand as escapes. */
export function scalar(text: string): string {
  const seen = text.search(hidden) === -1;
  if (seen && plain.test(text) && !reserved.test(text)) return text;
  const inQuotes = stringify(text, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }).trimEnd();
  return seen ? inQuotes : inQuotes.replace(hidden, escaped);
}

/** A comment line, set in by `indent` blanks; nothing in `text` can end it. */
export function comment(text: string, indent = 0): string {
  return `${' '.repeat(indent)}# ${text.replace(hidden, escaped).replace(/\p{Cs}/gu, '\uFFFD')}`;
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
