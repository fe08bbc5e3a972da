/** What JSON lets through and a terminal or reader is fooled by: C1, DEL, format characters, separators. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** `document` as indented JSON with a final line feed; characters that a terminal obeys or nobody sees stand as `\u` escapes. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2).replace(hidden, escaped)}\n`;
}

/** `document` as JSON on one line, without a line feed, and as safe as `jsonText`. */
export function jsonLine(document: unknown): string {
  return JSON.stringify(document).replace(hidden, escaped);
}

function escaped(character: string): string {
  if (character === '\n') return character;
  return Array.from({ length: character.length }, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
}
